"""Offers grow old: their employers are asked whether they are still open, then they go out. Safe to run twice."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, select

from app.core.db import db
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind
from app.offers.models import Offer
from app.offers.queries import people_to_ask
from app.offers.rules import DELAYS, TAKING, OfferAction, OfferState
from app.offers.service.moving import OFFER_CLOSED, move


@transaction
def ask_stale(today: date) -> int:
    """Ask the employers of offers that nobody has confirmed for long; how many were asked about."""
    rule = reminder(ReminderKind.OFFER_STALE)
    if not rule.active:
        return 0
    since = today - timedelta(days=rule.days)
    stale = _held(Offer.state == OfferState.PUBLISHED, Offer.stale_asked_on.is_(None), Offer.confirmed_on <= since)
    for offer in stale:
        offer.stale_asked_on = today
    _tell("offer_stale", stale, closes_on=DELAYS.closes_on(today))
    return len(stale)


@transaction
def expire_due(today: date) -> int:
    """Expire offers whose last day is past, and those asked about in vain; how many went out."""
    past = _held(Offer.state.in_((OfferState.PUBLISHED, OfferState.PAUSED)), Offer.expires_on < today)
    _expire(past, "Dernier jour passé")
    asked = today - timedelta(days=DELAYS.close_after_days)
    silent = _held(Offer.state == OfferState.PUBLISHED, Offer.stale_asked_on <= asked)
    _expire(silent, "Sans réponse de l’employeur")
    return len(past) + len(silent)


def organisation_closed(organisation_id: UUID, by: Actor) -> None:
    """A listener: the employer takes part no more, so what it has published closes, and people are answered."""
    published = select(Offer).where(Offer.organisation_id == organisation_id, Offer.state.in_(TAKING))
    for offer in db.session.scalars(published.order_by(Offer.id).with_for_update()).all():
        move(offer, OfferAction.CLOSE, SYSTEM, reason="Organisation fermée")
        OFFER_CLOSED(offer, by)


def _expire(offers: Iterable[Offer], reason: str) -> None:
    expired = list(offers)
    for offer in expired:
        move(offer, OfferAction.EXPIRE, SYSTEM, reason=reason)
    _tell("offer_expired", expired, reason=reason)


def _held(*conditions: ColumnElement[bool]) -> Sequence[Offer]:
    """Offers locked for this run; those that somebody else is changing wait for the next one."""
    query = select(Offer).where(*conditions).order_by(Offer.id).with_for_update(skip_locked=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _tell(kind: str, offers: Sequence[Offer], **context: Any) -> None:
    recipients = people_to_ask(offers)
    base = current_app.extensions["settings"].base_url
    for offer in offers:
        for recipient in recipients.get(offer.id, ()):
            messages.queue(
                kind,
                recipient,
                about=("offer", offer.id),
                title=offer.title,
                link=f"{base}/mes-offres/{offer.id}",
                **context,
            )
