"""Taken on an offer of stage: an accepted stage at once; when the limits say no, nobody is taken, nothing is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications.rules import ApplicationState
from app.applications.service import TAKEN
from app.core.errors import Refused
from app.core.grid import Grid, Preset, Span
from app.core.roles import Role
from app.messages.models import Message
from app.placements.models import Placement
from app.placements.rules.asking import AskRefusal
from app.placements.rules.kinds import PlacementOrigin, PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState
from app.placements.service.taking import taken as listener
from tests.factories.applications import a_market, delivered, kinds_of_messages, sent, taken
from tests.factories.people import somebody
from tests.factories.placements import a_placement


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Whether or not the wiring has connected it already."""
    known = listener in TAKEN._listeners
    TAKEN.connect(listener)
    yield
    if not known:
        TAKEN._listeners.remove(listener)


def test_who_is_taken_has_an_accepted_stage_with_the_terms_of_the_host(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    application = sent(market, today)
    for _ in range(2):
        taken(market, today, application, tutor_phone="06 12 34 56 78", tasks="Servir en salle.")
    made = session.scalars(select(Placement)).one()
    assert (made.state, made.origin, made.application_id) == (
        PlacementState.ACCEPTED, PlacementOrigin.OFFER, application.id,
    )  # fmt: skip
    assert (made.starts_on, made.ends_on) == (today + timedelta(days=10), today + timedelta(days=23))
    assert (made.hours_week, made.tutor_name, made.tutor_phone) == (Decimal(28), "Sandrine Leroy", "+33612345678")
    assert (made.host_name, made.title, made.tasks) == ("Étampes Propreté", market.offer.title, "Servir en salle.")
    assert made.host_contact_name == market.employer.actor.name


@pytest.mark.parametrize(("presets", "kept"), [(["day"], False), (None, True)], ids=["En journée, 50 h", "28 h"])
def test_the_week_of_the_offer_is_the_schedule_only_when_it_has_the_hours_agreed(
    session: scoped_session, today: date, presets: list[str] | None, kept: bool
) -> None:
    market = a_market(stage=True)
    seven = [Span(day, 16, 30) for day in range(4)]
    market.offer.grid = Grid.from_presets([Preset.DAY]) if presets else Grid.from_spans(seven)
    taken(market, today, sent(market, today))
    made = session.scalars(select(Placement)).one()
    assert (made.grid or Grid()) == (market.offer.grid if kept else Grid())


def test_when_the_person_is_elsewhere_those_days_nobody_is_taken(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    application = sent(market, today)
    a_placement(PlacementState.VALIDATED, person=market.person, starts_on=today + timedelta(days=20))
    session.commit()
    with pytest.raises(Refused) as refusal:
        taken(market, today, application)
    assert refusal.value.reasons == (AskRefusal.NOT_FREE,)
    assert refusal.value.fields[AskRefusal.NOT_FREE] == "start_on"
    session.refresh(application)
    session.refresh(market.offer)
    assert (application.state, market.offer.posts_filled) == (ApplicationState.SENT, 0)
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
    assert "application_taken" not in kinds_of_messages()


def test_when_no_day_is_left_with_this_host_the_reasons_stand_beside_the_fields(
    session: scoped_session, today: date
) -> None:
    market = a_market(stage=True)
    application = sent(market, today)
    for months, purpose in ((5, PlacementPurpose.DISCOVER), (2, PlacementPurpose.CONFIRM)):
        a_placement(
            PlacementState.CLOSED, person=market.person, host=market.employer, purpose=purpose,
            starts_on=today - timedelta(days=30 * months), days=28,
        )  # fmt: skip
    session.commit()
    with pytest.raises(Refused) as refusal:
        taken(market, today, application)
    assert set(refusal.value.reasons) == {PlacementRefusal.TOO_MANY_CONVENTIONS, PlacementRefusal.TOO_MANY_DAYS}
    assert refusal.value.fields[PlacementRefusal.TOO_MANY_DAYS] == "end_on"
    session.refresh(application)
    assert application.state is ApplicationState.SENT


def test_who_accompanies_is_told_once_that_a_convention_is_to_be_prepared(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    referent = somebody(Role.REFERENT, manager=False)
    assert market.person.candidate is not None
    assert referent.organisation is not None
    market.person.candidate.referent_id = referent.user.id
    market.person.candidate.referent_organisation_id = referent.organisation.id
    session.commit()
    taken(market, today, delivered(market, today))
    kinds = ("application_taken_for", "placement_accepted_for")
    told = session.execute(select(Message.kind, Message.to_name).where(Message.kind.in_(kinds))).all()
    assert sorted(map(tuple, told)) == sorted(
        [("application_taken_for", market.facilitator.user.full_name), (kinds[1], referent.user.full_name)]
    )


def test_a_referent_told_of_the_application_is_not_told_again(session: scoped_session, today: date) -> None:
    market = a_market(stage=True)
    referent = somebody(Role.REFERENT, manager=False)
    assert market.person.candidate is not None
    assert referent.organisation is not None
    market.person.candidate.referent_id = referent.user.id
    market.person.candidate.referent_organisation_id = referent.organisation.id
    session.commit()
    taken(market, today, sent(market, today))
    told = session.scalars(select(Message.kind).where(Message.to_name == referent.user.full_name)).all()
    assert told == ["application_taken_for"]
