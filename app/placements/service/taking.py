"""A host takes somebody on an offer of stage: the stage is agreed at once, within the limits, or nobody is taken."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.applications.rules import TakenTerms
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.fields import phone_number
from app.core.grid import Grid
from app.core.roles import Actor
from app.offers.models import Offer
from app.placements.models import Placement
from app.placements.queries.visible import lock_person
from app.placements.rules.asking import TAKE_FIELDS
from app.placements.rules.kinds import PlacementOrigin
from app.placements.rules.states import PlacementState
from app.placements.service import telling
from app.placements.service.asking import accompaniment, host_columns
from app.placements.service.checking import must_fit
from app.placements.service.journal import log


def taken(application: Application, terms: TakenTerms, by: Actor) -> None:
    """A listener of applications. Raises Refused with all reasons, beside the fields of the host's page: then the whole
    act is undone."""
    lock_person(application.candidate_id)
    if db.session.scalar(select(Placement.id).where(Placement.application_id == application.id)) is not None:
        return
    offer = db.session.scalars(
        select(Offer).where(Offer.id == application.offer_id).options(joinedload(Offer.organisation))
    ).one()
    candidate = db.session.get_one(Candidate, application.candidate_id)
    placement = Placement(
        **{**host_columns(offer.organisation), **accompaniment(candidate), **_terms(terms), **_offered(offer, terms)},
        candidate_id=candidate.id,
        origin=PlacementOrigin.OFFER,
        state=PlacementState.ACCEPTED,
        application_id=application.id,
        host_contact_name=by.name,
        asked_words=application.person_words,
        accepted_at=clock.now(),
    )
    placement.candidate = candidate
    must_fit(placement, by, clock.today(), fields=TAKE_FIELDS)
    db.session.add(placement)
    db.session.flush()
    log(placement, "placement", placement.id, "take", by, to_state=placement.state)
    told = application.proposed_by or candidate.referent_id  # by the application itself
    telling.tell_accompaniment("placement_accepted_for", placement, by, but=told)


def _terms(terms: TakenTerms) -> dict[str, object]:
    return {
        "starts_on": terms.start_on,
        "ends_on": terms.end_on,
        "hours_week": terms.hours_week,
        "tutor_name": terms.tutor_name,
        "tutor_phone": phone_number(terms.tutor_phone) if terms.tutor_phone else None,
        "tasks": terms.tasks,
    }


def _schedule(offer: Offer, terms: TakenTerms) -> Grid | None:
    """The week of the offer when it is a schedule: as many hours as agreed. « En journée » (50 h) says when, not how
    long: the schedule is then asked for the convention."""
    same = offer.grid is not None and Decimal(str(offer.grid.hours)) == terms.hours_week
    return offer.grid if same else None


def _offered(offer: Offer, terms: TakenTerms) -> dict[str, object]:
    return {
        "offer_id": offer.id,
        "title": offer.title,
        "trade_slug": offer.trade_slug,
        "commune_insee": offer.commune_insee,
        "workplace_address": offer.address,
        "grid": _schedule(offer, terms),
        "access": offer.transport_access,
    }
