"""Writing an offer: made once whatever is clicked twice, saved over no one else's words, copied."""

from dataclasses import fields, replace
from uuid import UUID

from sqlalchemy import func, select

from app.audit import service as audit
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.offers.models import Offer
from app.offers.queries import offers_visible_to, review_of, whole
from app.offers.rules import DERIVED, FIELDS, Content, OfferRefusal, OfferState, conditions_of, edit_refusals
from app.offers.service.moving import locked, situation_of
from app.offers.service.states import publish_locked
from app.organisations.models import Organisation
from app.reference.queries import titles_required_by_law


@transaction
def create_offer(content: Content, *, by: Actor, row_id: UUID, publish: bool = False) -> Offer:
    """A new draft of the employer's organisation; the same ``row_id`` again finds the one already made.

    With ``publish``, it is also published when nothing is to be read again; else it stays a draft and the page
    shows the warnings. Raises Refused (nothing is kept then), NotFound for somebody without an organisation.
    """
    organisation = db.session.get(Organisation, by.organisation_id) if by.organisation_id else None
    if organisation is None:
        raise NotFound
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(row_id), 0))))
    if db.session.get(Offer, row_id) is not None:
        return locked(row_id, by=by)
    offer = Offer(
        id=row_id, organisation=organisation, made_by=by.user_id, state=OfferState.DRAFT, kind=content.kind,
        posts_filled=0,
    )  # fmt: skip
    _write(offer, content)
    db.session.add(offer)
    db.session.flush()
    audit.note(by, "offer.created", "offer", offer.id)
    if publish:
        _publish_if_clean(offer.id, by)
    return offer


@transaction
def save_offer(offer_id: UUID, content: Content, *, by: Actor, version: int, publish: bool = False) -> Offer:
    """Write over the version that the person saw; ``publish`` as for a new one.

    Raises NotFound, StaleVersion (with what is now written), Refused.
    """
    offer = locked(offer_id, by=by, version=version)
    before = offer.content
    if before.is_placement is not content.is_placement:
        raise refused((OfferRefusal.KIND_IS_KEPT,))
    _write(offer, content)
    changed = [part.name for part in fields(Content) if getattr(before, part.name) != getattr(offer.content, part.name)]
    db.session.flush()
    if changed:
        audit.note(by, "offer.saved", "offer", offer.id, fields=changed)
    if publish and offer.state is OfferState.DRAFT:
        _publish_if_clean(offer.id, by)
    return offer


@transaction
def duplicate(offer_id: UUID, *, by: Actor, row_id: UUID) -> Offer:
    """A new draft that says the same, without the dates. Raises NotFound."""
    source = db.session.scalar(whole(offers_visible_to(by)).where(Offer.id == offer_id))
    if source is None:
        raise NotFound
    return create_offer(replace(source.content, start_on=None, end_on=None, expires_on=None), by=by, row_id=row_id)


def _publish_if_clean(offer_id: UUID, by: Actor) -> None:
    offer = locked(offer_id, by=by)
    if not review_of(offer).warnings:
        publish_locked(offer, by)


def _write(offer: Offer, content: Content) -> None:
    """Put the content in the row, with what the grid shows and what the law asks. Raises Refused.

    The law asks a title of whoever practises the job; in a stage a person only discovers it.
    """
    content = replace(
        content,
        conditions=tuple(sorted({*content.conditions} - DERIVED | conditions_of(content.grid))),
        expires_on=content.expires_on or (offer.expires_on if offer.published_at else None),
    )
    if reasons := edit_refusals(content, situation_of(offer), offer.state):
        raise refused(reasons)
    for part in fields(Content):
        value = getattr(content, part.name)
        setattr(offer, part.name, list(value) if isinstance(value, tuple) else value)
    practised = None if content.is_placement else content.trade_slug
    offer.required_titles = sorted(titles_required_by_law(practised)) if practised else []


def refused(reasons: tuple[OfferRefusal, ...]) -> Refused:
    """The refusal, each reason beside its field."""
    return Refused(reasons, {reason: FIELDS[reason] for reason in reasons if reason in FIELDS})
