"""The convention is complete before it is signed, deposited before it is validated, validated before anybody begins."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.grid import Grid, Span
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.placements.models import PlacementSignature, PlacementTransition
from app.placements.rules.asking import AskRefusal
from app.placements.rules.convention import ConventionData
from app.placements.rules.kinds import Party, PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState
from app.placements.rules.validating import Deposit, DepositRefusal, Missing
from app.placements.service import convention as service
from tests.factories.people import an_organisation, somebody
from tests.factories.placements import Placed, a_placement, a_signature

_S, _D = PlacementState, DepositRefusal
DAY = timedelta(days=1)


def told(session: scoped_session, kind: str) -> set[str]:
    return set(session.scalars(select(Message.to_name).where(Message.kind == kind)))


def reachable(placed: Placed) -> Placed:
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    return placed


# --- the data ---------------------------------------------------------------------------------------------


def test_the_host_says_what_only_it_knows(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED, tutor_name="", tasks="", equipment="")
    session.commit()
    said = ConventionData(tutor_name="Léa Roux", tasks="Accueillir", equipment="Chaussures fournies")
    found = service.fill(placed.placement.id, said, by=placed.host.actor, version=1, today=today)
    assert (found.tutor_name, found.tasks, found.equipment) == ("Léa Roux", "Accueillir", "Chaussures fournies")


def test_one_who_saves_after_another_reads_both_versions(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED)
    session.commit()
    service.fill(placed.placement.id, ConventionData(tasks="Coller"), by=placed.host.actor, version=1, today=today)
    with pytest.raises(StaleVersion) as stale:
        service.fill(
            placed.placement.id, ConventionData(tasks="Scier"), by=placed.referent.actor, version=1, today=today
        )
    assert stale.value.theirs == {"tasks": "Coller", "version": 2}


def test_a_week_of_more_than_48_hours_is_refused_beside_its_field(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED)
    session.commit()
    long = Grid.from_spans([Span(day, 16, 36) for day in range(5)])  # 50 hours
    with pytest.raises(Refused) as no:
        service.fill(placed.placement.id, ConventionData(grid=long), by=placed.referent.actor, today=today)
    assert no.value.reasons == (PlacementRefusal.HOURS,)
    assert no.value.fields[PlacementRefusal.HOURS] == "hours_week"


def test_other_hours_are_told_to_the_others(session: scoped_session, today: date) -> None:
    placed = reachable(a_placement(_S.ACCEPTED))
    session.commit()
    said = ConventionData(hours_week=Decimal("28.5"))
    service.fill(placed.placement.id, said, by=placed.referent.actor, today=today)
    assert told(session, "placement_changed") == {"Camille", placed.host.user.full_name}


def test_the_siret_of_a_host_of_the_portal_is_refused_for_a_declared_one(session: scoped_session, today: date) -> None:
    an_organisation(siret="55208131766522")
    placed = a_placement(_S.ACCEPTED, host_organisation_id=None, host_siret=None, host_name="Boulangerie Roux")
    session.commit()
    said = ConventionData(host_siret="55208131766522")
    with pytest.raises(Refused) as no:
        service.fill(placed.placement.id, said, by=placed.referent.actor, today=today)
    assert no.value.reasons == (AskRefusal.HOST_ON_PORTAL,)


@pytest.mark.parametrize("state", sorted(set(PlacementState) - {_S.ACCEPTED}))
def test_data_change_only_between_the_yes_and_the_signatures(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    with pytest.raises(Refused) as no:
        service.fill(placed.placement.id, ConventionData(tasks="Scier"), by=placed.referent.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_strangers_and_the_person_change_nothing(session: scoped_session, today: date) -> None:
    placed, stranger = a_placement(_S.ACCEPTED), somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        service.fill(placed.placement.id, ConventionData(tasks="Scier"), by=stranger.actor, today=today)
    with pytest.raises(Refused):
        service.fill(placed.placement.id, ConventionData(tasks="Scier"), by=placed.person.actor, today=today)


def test_a_place_that_accompanies_says_that_it_signs(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED, prescriber_id=None, prescriber_organisation_id=None)
    session.commit()
    with pytest.raises(Refused):
        service.prescribe(placed.placement.id, by=placed.host.actor)
    for _ in range(2):
        found = service.prescribe(placed.placement.id, by=placed.referent.actor)
    assert found.prescriber_organisation_id == placed.referent.actor.organisation_id
    lines = session.scalars(select(PlacementTransition.action).where(PlacementTransition.action == "prescribe"))
    assert len(lines.all()) == 1


# --- prepared ---------------------------------------------------------------------------------------------


def test_all_that_lacks_is_said_at_once(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED, tasks="", tutor_name="", purpose=None, grid=Grid())
    placed.person.candidate.birth_date = None  # type: ignore[union-attr]
    session.commit()
    with pytest.raises(Refused) as no:
        service.prepare(placed.placement.id, by=placed.referent.actor, today=today)
    assert set(no.value.reasons) == {
        Missing.BIRTH_DATE, Missing.PURPOSE, Missing.TASKS, Missing.GRID, Missing.TUTOR,
    }  # fmt: skip


def test_a_complete_convention_is_prepared_once_and_the_two_others_are_told(
    session: scoped_session, today: date
) -> None:
    placed = reachable(a_placement(_S.ACCEPTED))
    session.commit()
    for _ in range(2):
        found = service.prepare(placed.placement.id, by=placed.referent.actor, version=1, today=today)
    assert (found.state, found.prepared_at) == (_S.PREPARED, clock.now())
    assert told(session, "placement_prepared") == {"Camille", placed.host.user.full_name}
    assert len(session.scalars(select(Message).where(Message.kind == "placement_prepared")).all()) == 2


def test_the_limits_are_counted_again_when_it_is_prepared(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.ACCEPTED)
    other = a_placement(_S.ACCEPTED, person=placed.person)
    assert other.placement.starts_on == placed.placement.starts_on
    session.commit()
    with pytest.raises(Refused) as no:
        service.prepare(placed.placement.id, by=placed.referent.actor, today=today)
    assert no.value.reasons == (PlacementRefusal.OVERLAP,)


@pytest.mark.parametrize("who", ["host", "person"])
def test_only_who_accompanies_prepares_deposits_validates(session: scoped_session, today: date, who: str) -> None:
    ready, prepared, deposited = (a_placement(state) for state in (_S.ACCEPTED, _S.PREPARED, _S.DEPOSITED))
    session.commit()
    with pytest.raises(Refused):
        service.prepare(ready.placement.id, by=getattr(ready, who).actor, today=today)
    with pytest.raises(Refused):
        service.deposit(prepared.placement.id, Deposit("1", today), by=getattr(prepared, who).actor, today=today)
    with pytest.raises(Refused):
        service.validate(deposited.placement.id, today, by=getattr(deposited, who).actor, today=today)


# --- deposited --------------------------------------------------------------------------------------------


def test_a_deposit_keeps_reference_and_day_and_is_sent_twice_without_harm(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.PREPARED)
    session.commit()
    for _ in range(2):
        found = service.deposit(
            placed.placement.id, Deposit(" A  12 ", today), by=placed.referent.actor, version=1, today=today
        )
    assert (found.state, found.official_reference, found.deposited_on) == (_S.DEPOSITED, "A 12", today)
    with pytest.raises(StaleVersion):
        service.deposit(placed.placement.id, Deposit("B 13", today), by=placed.referent.actor, today=today)


@pytest.mark.parametrize(
    ("reference", "on", "reasons"),
    [
        ("A1", 0, ()),
        ("A1", 1, (DepositRefusal.DEPOSITED_IN_FUTURE,)),
        (" ", 0, (DepositRefusal.NO_REFERENCE,)),
        ("", 30, (_D.NO_REFERENCE, _D.DEPOSITED_IN_FUTURE, _D.DEPOSITED_AFTER_START)),
    ],
)  # fmt: skip
def test_a_deposit_is_refused_with_all_reasons(
    session: scoped_session, today: date, reference: str, on: int, reasons: tuple[Any, ...]
) -> None:
    placed = a_placement(_S.PREPARED)
    session.commit()
    said = Deposit(reference, today + on * DAY)
    if not reasons:
        assert service.deposit(placed.placement.id, said, by=placed.referent.actor, today=today).deposited_on == today
        return
    with pytest.raises(Refused) as no:
        service.deposit(placed.placement.id, said, by=placed.referent.actor, today=today)
    assert no.value.reasons == reasons


# --- validated: no start before it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_in", "validated_in", "state"),
    [(3, 0, _S.VALIDATED), (1, 0, _S.VALIDATED), (0, 0, _S.RUNNING), (0, -1, _S.RUNNING)],
)
def test_validation_comes_on_the_first_day_at_the_latest_and_then_it_begins_at_once(
    session: scoped_session, today: date, starts_in: int, validated_in: int, state: PlacementState
) -> None:
    placed = reachable(a_placement(_S.DEPOSITED, starts_on=today + starts_in * DAY, deposited_on=today - 3 * DAY))
    session.commit()
    for _ in range(2):
        found = service.validate(
            placed.placement.id, today + validated_in * DAY, by=placed.referent.actor, version=1, today=today
        )
    assert (found.state, found.validated_on) == (state, today + validated_in * DAY)
    assert told(session, "placement_validated") == {"Camille", placed.host.user.full_name}


@pytest.mark.parametrize(
    ("starts_in", "deposited_in", "validated_in", "reason"),
    [
        (-1, -5, 0, DepositRefusal.VALIDATED_AFTER_START),
        (5, -5, 1, DepositRefusal.VALIDATED_IN_FUTURE),
        (5, -1, -2, DepositRefusal.VALIDATED_BEFORE_DEPOSIT),
    ],
)
def test_validation_after_the_first_day_ahead_of_time_or_before_the_deposit_is_refused(
    session: scoped_session, today: date, starts_in: int, deposited_in: int, validated_in: int, reason: Any
) -> None:
    placed = a_placement(_S.DEPOSITED, starts_on=today + starts_in * DAY, deposited_on=today + deposited_in * DAY)
    session.commit()
    with pytest.raises(Refused) as no:
        service.validate(placed.placement.id, today + validated_in * DAY, by=placed.referent.actor, today=today)
    assert no.value.reasons == (reason,)
    assert no.value.fields[reason] == "validated_on"
    assert placed.placement.state is _S.DEPOSITED


# --- corrected --------------------------------------------------------------------------------------------


def test_a_correction_undoes_deposit_and_signatures_and_leaves_their_trace(
    session: scoped_session, today: date
) -> None:
    placed = reachable(a_placement(_S.DEPOSITED))
    for party in Party:
        a_signature(placed.placement, party)
    session.commit()
    for _ in range(2):
        found = service.correct(placed.placement.id, by=placed.referent.actor, version=1)
    assert (found.state, found.deposited_on, found.official_reference) == (_S.ACCEPTED, None, "")
    assert session.scalars(select(PlacementSignature)).all() == []
    lines = session.execute(select(PlacementTransition.subject, PlacementTransition.action)).all()
    assert sorted(map(tuple, lines)) == [("placement", "correct"), *[("signature", "take_back")] * 3]
    assert told(session, "placement_to_correct") == {"Camille", placed.host.user.full_name}
    said = ConventionData(purpose=PlacementPurpose.CONFIRM)
    assert (
        service.fill(placed.placement.id, said, by=placed.host.actor, today=today).purpose is PlacementPurpose.CONFIRM
    )


def test_what_is_validated_is_never_corrected(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.VALIDATED)
    session.commit()
    with pytest.raises(Refused) as no:
        service.correct(placed.placement.id, by=placed.referent.actor)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_cancelled_stage_is_not_said_to_be_validated(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.CANCELLED, validated_on=today, deposited_on=today)
    session.commit()
    with pytest.raises(Refused):
        service.validate(placed.placement.id, today, by=placed.referent.actor, today=today)
