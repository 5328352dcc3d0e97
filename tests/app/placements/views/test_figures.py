"""Figures of stages: counted once each, groups of few people are not named, for those who may read the stages."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.models import PlacementNext
from app.placements.queries.figures import Asked, figures_of
from app.placements.rules.kinds import Completion, NextKind, PlacementOrigin, PlacementPurpose, StopReason
from app.placements.rules.states import VALIDATED_ONES, PlacementState
from tests.app.placements.views.test_convention import SignIn, text
from tests.conftest import Statements
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement, an_assessment

_S = PlacementState
YEAR = Asked(date(2025, 12, 1), date(2026, 12, 31))


@pytest.fixture
def referent(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.REFERENT, manager=False)


def some(referent: Somebody, count: int, state: PlacementState = _S.ENDED, **values: Any) -> list[Placed]:
    return [a_placement(state, referent=referent, **values) for _ in range(count)]


def follows(placed: Placed, kind: NextKind, on: date) -> PlacementNext:
    return PlacementNext(placement_id=placed.placement.id, kind=kind, on=on, by_name="Alex")


def test_what_is_done_whole_stopped_and_hired_is_counted_once_a_stage(
    session: scoped_session, referent: Somebody, today: date
) -> None:
    ended = some(referent, 4)
    some(referent, 1, _S.STOPPED, stop_reason=StopReason.HIRED)
    some(referent, 1, _S.RUNNING)
    some(referent, 2, _S.WISHED)
    an_assessment(ended[0].placement, hired=True, hired_on=today)
    session.add(follows(ended[0], NextKind.HIRE, today))
    an_assessment(ended[1].placement, completion=Completion.PARTLY, missed_hours=3)
    session.commit()
    found = figures_of(referent.actor, YEAR, "objet", 5, today).all
    assert (found.stages, found.people, found.over) == (6, 6, 5)
    assert (found.completed, found.stopped, found.hired) == (3, 1, 2)
    assert (found.percent(found.completed), found.percent(found.hired)) == (60, 40)


def test_the_latest_word_on_what_follows_holds(session: scoped_session, referent: Somebody, today: date) -> None:
    placed = some(referent, 1)[0]
    first, last = follows(placed, NextKind.HIRE, today), follows(placed, NextKind.NOTHING, today)
    last.recorded_at = first.recorded_at = placed.placement.created_at
    last.recorded_at += timedelta(hours=1)
    session.add_all([first, last])
    session.commit()
    assert figures_of(referent.actor, YEAR, "objet", 5, today).all.hired == 0


def test_groups_of_fewer_than_five_people_are_together(
    session: scoped_session, referent: Somebody, today: date
) -> None:
    some(referent, 5, purpose=PlacementPurpose.DISCOVER)
    confirm = some(referent, 1, purpose=PlacementPurpose.CONFIRM)[0]
    for number in range(5):
        some(referent, 1, person=confirm.person, purpose=PlacementPurpose.CONFIRM, starts_on=date(2026, 1 + number, 5))
    some(referent, 4, purpose=PlacementPurpose.RECRUIT)
    session.commit()
    found = figures_of(referent.actor, YEAR, "objet", 5, today)
    assert [(group.name, group.sums.stages) for group in found.groups] == [("Découvrir un métier ou un secteur", 5)]
    assert (found.small_groups, found.others.stages, found.others.people) == (2, 10, 5)


@pytest.mark.parametrize(("recruit", "shown", "together"), [(0, [], 8), (5, ["Découvrir un métier ou un secteur"], 7)])
def test_a_hidden_group_is_not_what_the_total_lacks(
    session: scoped_session, referent: Somebody, today: date, recruit: int, shown: list[str], together: int
) -> None:
    some(referent, 6, purpose=PlacementPurpose.DISCOVER)
    some(referent, 2, purpose=PlacementPurpose.CONFIRM)
    some(referent, recruit, purpose=PlacementPurpose.RECRUIT)
    session.commit()
    found = figures_of(referent.actor, YEAR, "objet", 5, today)
    assert [group.name for group in found.groups] == shown
    assert (found.others.stages, found.others.people) == (together, together)


def test_a_handful_of_people_is_hidden_on_the_page_and_in_the_files(
    session: scoped_session, referent: Somebody, sign_in: SignIn
) -> None:
    some(referent, 4)
    session.commit()
    client = sign_in(referent)
    assert "Moins de 5 personnes" in text(client.get("/stages/chiffres"))
    assert [line for line in text(client.get("/stages/chiffres?export=csv")).splitlines() if "4" in line] == []
    some(referent, 1, purpose=PlacementPurpose.RECRUIT)
    session.commit()
    file = text(client.get("/stages/chiffres?export=csv")).splitlines()
    assert [line.split(";")[:2] for line in file[1:]] == [["Autres, ensemble", "5"], ["Ensemble", "5"]]


@pytest.mark.parametrize("group", ["objet", "origine", "accueil", "territoire", "mois", "rien"])
def test_each_grouping_is_a_page_in_few_statements(
    session: scoped_session, referent: Somebody, sign_in: SignIn, statements: Statements, group: str
) -> None:
    some(referent, 5, origin=PlacementOrigin.PROPOSAL)
    some(referent, 5, host_organisation_id=None)
    session.commit()
    client = sign_in(referent)
    statements.clear()
    shown = text(client.get(f"/stages/chiffres?par={group}"))
    assert len(statements) <= 12
    assert "10 personnes" in shown
    names = {"origine": "Proposition de l’accompagnement", "accueil": "Hors du portail", "mois": "Octobre 2026"}
    assert names.get(group, "Par ") in shown
    assert client.get(f"/stages/chiffres?par={group}&export=xlsx").data[:2] == b"PK"


def test_filters_narrow_what_is_counted(session: scoped_session, referent: Somebody, today: date) -> None:
    some(referent, 1, origin=PlacementOrigin.PROPOSAL, purpose=PlacementPurpose.CONFIRM)
    some(referent, 2)
    session.commit()

    def counted(**asked: Any) -> int:
        return figures_of(referent.actor, Asked(YEAR.since, YEAR.until, **asked), "objet", 5, today).all.stages

    assert (counted(), counted(origin="proposal"), counted(purpose="confirm"), counted(purpose="recruit")) == (
        3,
        1,
        1,
        0,
    )
    assert counted(territory="rien") == 0
    assert figures_of(referent.actor, Asked(date(2020, 1, 1), date(2020, 2, 1)), "objet", 5, today).all.stages == 0


@pytest.mark.parametrize("state", sorted(PlacementState))
def test_only_validated_stages_count(
    session: scoped_session, referent: Somebody, today: date, state: PlacementState
) -> None:
    some(referent, 1, state)
    session.commit()
    assert figures_of(referent.actor, YEAR, "objet", 5, today).all.stages == (1 if state in VALIDATED_ONES else 0)


def test_nobody_counts_what_they_may_not_read(
    session: scoped_session, referent: Somebody, today: date, sign_in: SignIn
) -> None:
    placed = some(referent, 1)[0]
    stranger = somebody(Role.REFERENT, manager=False)
    session.commit()
    assert figures_of(stranger.actor, YEAR, "objet", 5, today).all.stages == 0
    assert sign_in(placed.host).get("/stages/chiffres").status_code == 403
    assert sign_in(placed.person).get("/stages/chiffres").status_code == 403
