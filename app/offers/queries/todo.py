"""What waits for an employer today among their offers."""

from datetime import date, timedelta

from sqlalchemy import or_

from app.core.db import db
from app.core.french import date_words, plural
from app.core.roles import Actor, Role
from app.core.todo import TodoItem
from app.offers.models import Offer
from app.offers.queries.visible import offers_visible_to
from app.offers.rules import DELAYS, OfferState

SOON_DAYS = 5
MOST = 12


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Offers asked about, about to go out, or left as drafts. Nothing for the others."""
    if actor.role is not Role.EMPLOYER:
        return []
    soon = today + timedelta(days=SOON_DAYS)
    query = offers_visible_to(actor).where(
        or_(
            Offer.state == OfferState.DRAFT,
            (Offer.state == OfferState.PUBLISHED) & (Offer.stale_asked_on.is_not(None) | (Offer.expires_on <= soon)),
        )
    )
    rows = db.session.scalars(query.order_by(Offer.state.desc(), Offer.expires_on, Offer.created_at.desc()).limit(MOST))
    return [_item(offer, today) for offer in rows]


def _item(offer: Offer, today: date) -> TodoItem:
    title = offer.title or "Offre sans titre"
    if offer.state is OfferState.DRAFT:
        return TodoItem(
            "offer_draft", f"Terminer l’offre «\u00a0{title}\u00a0»", "Ce brouillon n’est visible que par vous.",
            "offers.edit", {"offer_id": offer.id}, action="Reprendre", icon="job",
        )  # fmt: skip
    if offer.stale_asked_on is not None:
        closes_on = DELAYS.closes_on(offer.stale_asked_on)
        return TodoItem(
            "offer_stale", f"«\u00a0{title}\u00a0»\u00a0: toujours ouverte\u00a0?",
            "Sans réponse, elle ne sera plus visible.", "offers.offer", {"offer_id": offer.id}, action="Répondre",
            tag=f"avant le {date_words(closes_on, today)}", tag_state="warn", icon="clock",
            urgency=1 if closes_on <= today + timedelta(days=2) else 2,
        )  # fmt: skip
    left = (offer.expires_on - today).days if offer.expires_on else 0
    return TodoItem(
        "offer_expires", f"«\u00a0{title}\u00a0» s’arrête bientôt", "Prolongez-la si vous cherchez toujours.",
        "offers.offer", {"offer_id": offer.id}, action="Voir", icon="clock", urgency=2,
        tag="dernier jour" if left <= 0 else f"encore {plural(left, 'jour')}", tag_state="warn",
    )  # fmt: skip
