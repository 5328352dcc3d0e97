"""What was asked changes until the convention is prepared: within the limits, told, never over another change."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import Refused, StaleVersion
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.placements.models import PlacementTransition
from app.placements.rules.asking import AskRefusal, DeclaredHost, More, Terms
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState
from app.placements.service import editing as service
from tests.factories.placements import Placed, a_placement

_S = PlacementState


@pytest.fixture
def accepted(session: scoped_session, today: date) -> Placed:
    placed = a_placement(_S.ACCEPTED, tutor_name="Sandrine Leroy")
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    session.commit()
    return placed


def same(placed: Placed) -> Terms:
    found = placed.placement
    return Terms(
        found.starts_on, found.ends_on, found.hours_week, found.purpose, found.title, asked_words=found.asked_words
    )


def told(session: scoped_session) -> list[str]:
    return sorted(session.scalars(select(Message.to_name).where(Message.kind == "placement_changed")))


def test_other_dates_are_told_to_the_others(session: scoped_session, today: date, accepted: Placed) -> None:
    terms = replace(same(accepted), starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 18))
    found = service.edit(accepted.placement.id, terms, by=accepted.host.actor, version=1, today=today)
    assert (found.starts_on, found.ends_on, found.tutor_name) == (
        date(2026, 12, 7),
        date(2026, 12, 18),
        "Sandrine Leroy",
    )
    assert told(session) == sorted(["Camille", accepted.referent.user.full_name])
    line = session.scalars(select(PlacementTransition)).one()
    assert (line.action, line.words) == ("edit", "Du lundi 7 décembre 2026 au vendredi 18 décembre 2026.")


def test_tasks_and_tutor_change_without_a_message(session: scoped_session, today: date, accepted: Placed) -> None:
    terms = replace(same(accepted), tasks="Servir")
    more = More(tutor_name="Luc Martin")
    found = service.edit(accepted.placement.id, terms, more, by=accepted.referent.actor, version=1, today=today)
    assert (found.tasks, found.tutor_name) == ("Servir", "Luc Martin")
    assert told(session) == []


def test_nothing_changed_is_nothing_done_even_from_a_page_of_before(
    session: scoped_session, today: date, accepted: Placed
) -> None:
    found = service.edit(accepted.placement.id, same(accepted), by=accepted.host.actor, version=7, today=today)
    assert found.version == 1
    assert session.scalars(select(PlacementTransition)).all() == []
    changed = replace(same(accepted), title="Charpentier")
    with pytest.raises(StaleVersion) as stale:
        service.edit(accepted.placement.id, changed, by=accepted.host.actor, version=7, today=today)
    assert stale.value.theirs["title"] == "Menuisier"


def test_new_dates_are_within_the_limits_and_one_is_not_in_ones_own_way(
    session: scoped_session, today: date, accepted: Placed
) -> None:
    terms = replace(same(accepted), ends_on=accepted.placement.starts_on + timedelta(days=40), hours_week=Decimal(49))
    with pytest.raises(Refused) as refusal:
        service.edit(accepted.placement.id, terms, by=accepted.referent.actor, version=1, today=today)
    assert set(refusal.value.reasons) == {PlacementRefusal.ABOVE_A_MONTH, PlacementRefusal.HOURS}
    session.refresh(accepted.placement)
    assert (accepted.placement.hours_week, told(session)) == (Decimal(35), [])
    shorter = replace(same(accepted), ends_on=accepted.placement.ends_on - timedelta(days=1))
    service.edit(accepted.placement.id, shorter, by=accepted.referent.actor, version=1, today=today)


@pytest.mark.parametrize("state", [_S.PREPARED, _S.VALIDATED, _S.RUNNING, _S.CANCELLED])
def test_once_the_convention_is_prepared_nothing_changes_here(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    with pytest.raises(Refused) as refusal:
        service.edit(placed.placement.id, same(placed), by=placed.referent.actor, today=today)
    assert refusal.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_the_person_changes_what_no_host_has_answered(session: scoped_session, today: date, accepted: Placed) -> None:
    wished = a_placement(_S.WISHED, tasks="Poncer")
    session.commit()
    terms = replace(same(wished), purpose=PlacementPurpose.CONFIRM)
    found = service.edit(wished.placement.id, terms, by=wished.person.actor, version=1, today=today)
    assert (found.purpose, found.tasks) == (PlacementPurpose.CONFIRM, "Poncer")
    with pytest.raises(Refused):
        service.edit(accepted.placement.id, same(accepted), by=accepted.person.actor, today=today)


def test_a_declared_host_is_corrected_and_one_of_the_portal_is_not(
    session: scoped_session, today: date, accepted: Placed
) -> None:
    declared = a_placement(_S.WISHED, host_organisation_id=None, host_name="Garage Martn", host_siret=None)
    session.commit()
    host = DeclaredHost("Garage Martin", host_contact_name="Luc Martin")
    found = service.edit(declared.placement.id, same(declared), None, host, by=declared.referent.actor, today=today)
    assert (found.host_name, found.host_contact_name) == ("Garage Martin", "Luc Martin")
    with pytest.raises(Refused) as refusal:
        service.edit(
            declared.placement.id, same(declared), None, DeclaredHost(""), by=declared.referent.actor, today=today
        )
    assert AskRefusal.NO_HOST in refusal.value.reasons
    service.edit(accepted.placement.id, same(accepted), None, host, by=accepted.referent.actor, today=today)
    session.refresh(accepted.placement)
    assert accepted.placement.host_name == "Menuiserie du Val"
