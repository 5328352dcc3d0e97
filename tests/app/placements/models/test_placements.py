"""What does the database itself refuse of placements, presences, assessments and meetings?"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.placements.models import PlacementIncident, PlacementNext
from app.placements.rules.kinds import (
    Answer,
    AssessmentSide,
    Completion,
    Half,
    IncidentKind,
    NextKind,
    Party,
    PlacementOrigin,
    Presence,
    SignatureMeans,
)
from app.placements.rules.states import PlacementState, TripartiteState
from tests.factories.placements import (
    a_placement,
    a_presence,
    a_signature,
    a_tripartite,
    an_assessment,
)

S = PlacementState
START = date(2026, 11, 16)
pytestmark = pytest.mark.usefixtures("session", "today")


def _refused(name: str, make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), db.session.begin_nested():
        make()


@pytest.mark.parametrize("state", sorted(S))
def test_each_state_has_its_columns(state: S) -> None:
    assert a_placement(state).placement.state is state


@pytest.mark.parametrize(
    ("state", "values", "name"),
    [
        (S.WISHED, {"ends_on": START - timedelta(days=1)}, "order"),
        (S.WISHED, {"ends_on": date(2026, 12, 17)}, "month"),
        (S.WISHED, {"hours_week": Decimal("48.01")}, "hours_week"),
        (S.WISHED, {"hours_week": Decimal(0)}, "hours_week"),
        (S.WISHED, {"host_name": ""}, "has_host"),
        (S.WISHED, {"host_siret": "123"}, "siret_digits"),
        (S.WISHED, {"origin": PlacementOrigin.OFFER}, "offer_has_offer"),
        (S.WISHED, {"stopped_on": START, "stop_reason": "agreed"}, "day_of_a_stop"),
        (S.ACCEPTED, {"accepted_at": None}, "accepted_has_instant"),
        (S.PREPARED, {"prepared_at": None}, "prepared_is_complete"),
        (S.PREPARED, {"purpose": None}, "prepared_is_complete"),
        (S.PREPARED, {"tasks": ""}, "prepared_is_complete"),
        (S.PREPARED, {"tutor_name": ""}, "prepared_is_complete"),
        (S.PREPARED, {"prescriber_organisation_id": None, "prescriber_id": None}, "prepared_is_complete"),
        (S.DEPOSITED, {"official_reference": ""}, "deposited_has_reference"),
        (S.DEPOSITED, {"deposited_on": None}, "deposited_has_reference"),
        (S.VALIDATED, {"validated_on": None}, "validated_has_day"),
        (S.VALIDATED, {"validated_on": START + timedelta(days=1)}, "validated_before_start"),
        (S.VALIDATED, {"validated_on": date(2026, 10, 1)}, "deposited_before_validated"),
        (S.RUNNING, {"official_reference": ""}, "deposited_has_reference"),
        (S.ENDED, {"validated_on": None}, "validated_has_day"),
        (S.STOPPED, {"stopped_on": None, "stop_reason": None}, "stopped_has_day"),
        (S.STOPPED, {"stop_reason": None}, "stopped_has_reason"),
        (S.STOPPED, {"stopped_on": START - timedelta(days=1)}, "stopped_inside"),
        (S.DECLINED, {"declined_at": None}, "declined_has_instant"),
        (S.CANCELLED, {"cancelled_at": None, "cancel_reason": None}, "cancelled_has_instant"),
        (S.CANCELLED, {"cancel_reason": None}, "cancelled_has_reason"),
        (S.CLOSED, {"closed_on": None}, "closed_has_day"),
        (S.CLOSED, {"accepted_at": None}, "accepted_has_instant"),
    ],
)
def test_a_state_without_its_columns_is_refused(state: S, values: dict[str, Any], name: str) -> None:
    _refused(name, lambda: a_placement(state, starts_on=START, **values))


def test_a_month_date_to_date_fits_the_end_of_february() -> None:
    a_placement(starts_on=date(2027, 1, 31), ends_on=date(2027, 2, 28))
    a_placement(starts_on=date(2027, 1, 29), ends_on=date(2027, 2, 28))


def test_a_placement_is_renewed_by_one_that_lives() -> None:
    first = a_placement(S.ENDED)
    around = {"person": first.person, "host": first.host, "referent": first.referent}
    a_placement(S.CANCELLED, **around, renewal_of_id=first.placement.id)
    a_placement(S.ACCEPTED, **around, renewal_of_id=first.placement.id)

    _refused("uq_placements_renewal", lambda: a_placement(**around, renewal_of_id=first.placement.id))


def test_each_party_signs_once_and_on_the_portal_with_an_account() -> None:
    placement = a_placement(S.PREPARED).placement
    a_signature(placement, Party.HOST)

    _refused("uq_placement_signatures", lambda: a_signature(placement, Party.HOST))
    _refused("portal_has_user", lambda: a_signature(placement, Party.PERSON, means=SignatureMeans.PORTAL))


def test_a_half_day_is_said_once_with_hours_for_those_present() -> None:
    placement = a_placement(S.RUNNING).placement
    day = placement.starts_on
    a_presence(placement, day, hours=Decimal("2.50"))

    _refused("uq_presence_halves", lambda: a_presence(placement, day))
    for hours in (Decimal(0), Decimal("13.01")):
        _refused("hours", lambda hours=hours: a_presence(placement, day, Half.PM, hours=hours))
    _refused("hours_of_the_present", lambda: a_presence(placement, day, Half.PM, Presence.ABSENT, hours=Decimal(1)))


def test_each_side_assesses_once_and_answers_its_own_questions() -> None:
    placement = a_placement(S.ENDED).placement
    an_assessment(placement)
    an_assessment(placement, AssessmentSide.PERSON)

    _refused("uq_placement_assessments", lambda: an_assessment(placement))
    other = a_placement(S.ENDED).placement
    _refused("part_of_the_host", lambda: an_assessment(other, liked=Answer.YES))
    _refused("part_of_the_person", lambda: an_assessment(other, AssessmentSide.PERSON, punctual=Answer.NO))
    _refused("host_says_completion", lambda: an_assessment(other, completion=None))
    _refused("partly_says_what", lambda: an_assessment(other, missed_hours=Decimal(3)))
    _refused("hired_says_when", lambda: an_assessment(other, hired=None, hired_on=START))
    an_assessment(other, completion=Completion.PARTLY, missed_hours=Decimal(3), hired=True, hired_on=START)


def test_an_accident_has_words_and_a_day_when_it_was_declared() -> None:
    placement = a_placement(S.RUNNING).placement

    def note(**values: Any) -> None:
        db.session.add(
            PlacementIncident(
                placement_id=placement.id, kind=IncidentKind.ACCIDENT, day=START, by_name="Alex", **values
            )
        )
        db.session.flush()

    note(words="Chute dans l’atelier")
    note(words="Chute dans l’atelier", declared_to="Caisse", declared_on=START)
    _refused("has_words", lambda: note(words=""))
    _refused("declared_has_day", lambda: note(words="Chute", declared_to="Caisse"))


def test_what_follows_names_another_stage_only_when_it_is_one() -> None:
    placement, other = a_placement(S.ENDED).placement, a_placement().placement

    def follow(kind: NextKind, next_id: object) -> None:
        db.session.add(
            PlacementNext(placement_id=placement.id, kind=kind, on=START, by_name="Alex", next_placement_id=next_id)
        )
        db.session.flush()

    follow(NextKind.OTHER_PLACEMENT, other.id)
    _refused("other_placement", lambda: follow(NextKind.NOTHING, other.id))
    _refused("another_one", lambda: follow(NextKind.OTHER_PLACEMENT, placement.id))


@pytest.mark.parametrize(
    ("state", "values", "name"),
    [
        (TripartiteState.AGREED, {"chosen_at": None}, "agreed_has_date"),
        (TripartiteState.HELD, {"chosen_at": None}, "agreed_has_date"),
        (TripartiteState.PROPOSED, {"organisation_id": None}, "has_structure"),
        (TripartiteState.PROPOSED, {"minutes": 5}, "minutes"),
    ],
)
def test_a_tripartite_meeting_agreed_has_a_date_and_a_structure(
    state: TripartiteState, values: dict[str, Any], name: str
) -> None:
    _refused(name, lambda: a_tripartite(state, **values))


def test_the_last_day_is_the_day_of_the_stop(session: scoped_session) -> None:
    stopped = a_placement(S.STOPPED, starts_on=date(2026, 10, 5)).placement

    assert stopped.last_day == date(2026, 10, 8)
    assert a_placement(S.ENDED, starts_on=date(2026, 10, 5)).placement.last_day == date(2026, 10, 16)
