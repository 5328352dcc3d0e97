"""Who is told of what? Messages of applications: never a health, RSA or eligibility word, never what was written."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from app.accounts.models import User
from app.applications.models import Application
from app.candidates.models import Candidate
from app.candidates.queries import mandates_of
from app.candidates.rules.standing import Empowered, mandate_holds
from app.core import clock
from app.core.db import db
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.offers.queries import people_to_ask


def _queue(kind: str, to: Recipient, application: Application, **context: Any) -> bool:
    message = messages.queue(
        kind,
        to,
        about=("application", application.id),
        application=application,
        offer=application.offer,
        url=f"{current_app.extensions['settings'].base_url}/candidatures/{application.id}",
        **context,
    )
    return message is not None


def _person(candidate: Candidate) -> Recipient:
    """By SMS first."""
    user_id = db.session.scalar(select(User.id).where(User.candidate_id == candidate.id))
    return Recipient(candidate.first_name, user_id, candidate.email, candidate.phone, prefers=Channel.SMS)


def tell_person(kind: str, application: Application, *, through_others: bool = True, **context: Any) -> bool:
    """Write to the person; who has neither phone nor e-mail is told by those who hold their mandate."""
    if _queue(kind, _person(application.candidate), application, **context):
        return True
    holders = _mandate_holders(application.candidate_id, clock.today()) if through_others else []
    return _to_all("application_for_person", [_professional(user) for user in holders], application)


def _to_all(kind: str, recipients: Sequence[Recipient], application: Application, **context: Any) -> bool:
    """Write to each; did any message leave?"""
    return sum(_queue(kind, to, application, **context) for to in recipients) > 0


def _mandate_holders(candidate_id: UUID, today: date) -> list[User]:
    return [
        mandate.user
        for mandate in mandates_of(candidate_id)
        if mandate_holds(
            [Empowered(mandate.user_id, mandate.starts_on, mandate.ends_on, None, mandate.withdrawn_at is not None)],
            mandate.user_id,
            None,
            today,
        )
    ]


def _professional(user: User) -> Recipient:
    return Recipient(user.full_name, user.id, user.email, user.phone)


def tell_employer(kind: str, application: Application, **context: Any) -> bool:
    """Write to those of the employer who look after the offer."""
    recipients = people_to_ask([application.offer]).get(application.offer.id, ())
    return _to_all(kind, recipients, application, **context)


def tell_proposer(kind: str, application: Application, **context: Any) -> bool:
    """Write to the professional who proposed, or who is the person's referent."""
    user_id = application.proposed_by or application.candidate.referent_id
    user = db.session.get(User, user_id) if user_id else None
    if user is None or user.disabled_at is not None:
        return False
    return _queue(kind, _professional(user), application, **context)
