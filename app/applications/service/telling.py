"""Who is told of what? Messages of applications: never a health, RSA or eligibility word in them."""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from app.accounts.models import User
from app.applications.models import Application
from app.candidates.models import Candidate
from app.core.db import db
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.offers.models import Offer
from app.offers.queries import people_to_ask


def address(path: str) -> str:
    """A whole address of the portal, for a message."""
    base: str = current_app.extensions["settings"].base_url
    return f"{base}{path}"


def person(candidate: Candidate) -> Recipient:
    """The person, by SMS first; nobody when they have neither phone nor e-mail."""
    user_id = db.session.scalar(select(User.id).where(User.candidate_id == candidate.id))
    return Recipient(candidate.first_name, user_id, candidate.email, candidate.phone, prefers=Channel.SMS)


def tell_person(kind: str, application: Application, **context: Any) -> None:
    """Write to the person of an application."""
    messages.queue(
        kind,
        person(application.candidate),
        about=("application", application.id),
        application=application,
        offer=application.offer,
        url=address("/mes-reponses"),
        **context,
    )


def tell_employer(kind: str, application: Application, **context: Any) -> None:
    """Write to those of the employer who look after the offer."""
    for recipient in people_to_ask([application.offer]).get(application.offer.id, ()):
        messages.queue(
            kind,
            recipient,
            about=("application", application.id),
            application=application,
            offer=application.offer,
            url=address(f"/candidatures/{application.id}"),
            **context,
        )


def tell_proposer(kind: str, application: Application, **context: Any) -> None:
    """Write to the professional who proposed, or who is the person's referent."""
    user = _user(application.proposed_by or application.candidate.referent_id)
    if user is not None:
        messages.queue(
            kind,
            Recipient(user.full_name, user.id, user.email, user.phone),
            about=("application", application.id),
            application=application,
            offer=application.offer,
            url=address(f"/candidatures/{application.id}"),
            **context,
        )


def _user(user_id: UUID | None) -> User | None:
    return db.session.get(User, user_id) if user_id else None


def offer_words(offer: Offer) -> str:
    """« Agent d'entretien, à Massy »."""
    return f"{offer.title}, à {offer.commune.name}" if offer.commune else offer.title
