"""Which offers may somebody read, and what is known around one of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership, User
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.messages.rules import Recipient
from app.offers.models import Offer, OfferTransition
from app.offers.rules import (
    OfferRefusal,
    OfferState,
    OfferWarning,
    Situation,
    publish_refusals,
    warnings_for,
)
from app.organisations.rules import OrganisationState

_WHOLE_COUNTY = frozenset({Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.ADMINISTRATOR})


def public_offers() -> Select[Offer]:
    """What anybody may read: published, and not past its last day even if the morning's job has not run."""
    return select(Offer).where(Offer.state == OfferState.PUBLISHED, Offer.expires_on >= clock.today())


def offers_visible_to(actor: Actor) -> Select[Offer]:
    """An employer reads the offers of the organisation they act in; professionals of the accompaniment and the
    département, all that were ever published, wherever they are: people travel; a candidate, the public ones.
    """
    if actor.role is Role.SYSTEM:
        return select(Offer)
    if actor.role is Role.EMPLOYER:
        if actor.organisation_id is None:
            return select(Offer).where(false())
        return select(Offer).where(Offer.organisation_id == actor.organisation_id)
    if actor.role in _WHOLE_COUNTY:
        return select(Offer).where(Offer.published_at.is_not(None))
    return public_offers()


def whole(query: Select[Offer]) -> Select[Offer]:
    """With the organisation, the commune and the job, in the same statement."""
    return query.options(joinedload(Offer.organisation), joinedload(Offer.commune), joinedload(Offer.trade))


def the_offer(actor: Actor, offer_id: UUID) -> Offer:
    """The reader's offer, whole. Raises NotFound."""
    return _one(whole(offers_visible_to(actor)).where(Offer.id == offer_id))


def the_public_offer(offer_id: UUID) -> Offer:
    """An open offer, whole. Raises NotFound."""
    return _one(whole(public_offers()).where(Offer.id == offer_id))


def _one(query: Select[Offer]) -> Offer:
    offer: Offer | None = db.session.scalar(query)
    if offer is None:
        raise NotFound
    return offer


@dataclass(frozen=True, slots=True)
class Review:
    """What forbids publishing, and what is to be read again."""

    refusals: tuple[OfferRefusal, ...]
    warnings: tuple[OfferWarning, ...]


def review_of(offer: Offer) -> Review:
    """Judge a whole offer as if it were published today."""
    today = clock.today()
    situation = Situation(
        today=today,
        organisation_kind=offer.organisation.kind.value,
        organisation_approved=offer.organisation.state is OrganisationState.APPROVED,
        posts_filled=offer.posts_filled,
    )
    family = offer.trade.family_slug if offer.trade else None
    content = offer.content
    return Review(publish_refusals(content, situation), warnings_for(content, family=family, today=today))


def last_move(offer: Offer) -> OfferTransition | None:
    """The last change of state."""
    moves = select(OfferTransition).where(OfferTransition.offer_id == offer.id)
    return db.session.scalars(moves.order_by(OfferTransition.at.desc()).limit(1)).first()


def history_of(offer: Offer) -> tuple[Sequence[OfferTransition], Sequence[AuditEntry]]:
    """The changes of state, and the times it was written, each the newest first."""
    moves = select(OfferTransition).where(OfferTransition.offer_id == offer.id)
    writings = select(AuditEntry).where(
        AuditEntry.object_type == "offer",
        AuditEntry.object_id == offer.id,
        AuditEntry.action.in_(("offer.created", "offer.saved")),
    )
    return (
        db.session.scalars(moves.order_by(OfferTransition.at.desc(), OfferTransition.id)).all(),
        db.session.scalars(writings.order_by(AuditEntry.id.desc()).limit(50)).all(),
    )


def people_to_ask(offers: Sequence[Offer]) -> Mapping[UUID, Sequence[Recipient]]:
    """For each offer: who wrote it if still there, else the managers of its organisation, else all its members."""
    if not offers:
        return {}
    rows = db.session.execute(
        select(Membership.organisation_id, Membership.is_manager, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id.in_({offer.organisation_id for offer in offers}),
            Membership.role == Role.EMPLOYER,
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
            or_(User.email.is_not(None), User.phone.is_not(None)),
        )
        .order_by(User.last_name, User.first_name, User.id)
    ).all()
    found: dict[UUID, Sequence[Recipient]] = {}
    for offer in offers:
        members = [(manager, user) for place, manager, user in rows if place == offer.organisation_id]
        writer = [user for _, user in members if user.id == offer.made_by]
        managers = [user for manager, user in members if manager]
        chosen = writer or managers or [user for _, user in members]
        found[offer.id] = [Recipient(user.full_name, user.id, user.email, user.phone) for user in chosen]
    return found
