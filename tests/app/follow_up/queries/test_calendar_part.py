"""What does the line of the six months say?"""

from datetime import date, time

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Visit, VisitMove
from app.follow_up.queries.calendar_part import Mark, part
from app.follow_up.queries.visible import the_follow_up
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.states import VisitState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import somebody

K, S = VisitKind, VisitState


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Since 1 September, the trial ends on 30 November; the first call was held, the first visit is late."""
    made = a_follow_up(trial_ends_on=date(2026, 11, 30))
    call = made.visits[K.FIRST_CALL]
    call.state, call.met_on, call.mode = S.HELD, date(2026, 9, 9), MeetingMode.PHONE
    session.commit()
    return made


def line(followed: Followed, today: date) -> list[Mark]:
    actor = followed.referent.actor
    steps: list[Mark] = part(the_follow_up(actor, followed.follow_up.id), actor, today)["steps"]
    return steps


def notes(followed: Followed, today: date) -> dict[VisitKind, str]:
    return {mark.kind: mark.note.replace("\u00a0", " ") for mark in line(followed, today)}


def test_each_step_says_what_came_of_it_or_why_it_is_on_that_day(
    session: scoped_session, followed: Followed, today: date
) -> None:
    assert notes(followed, today) == {
        K.FIRST_CALL: "Rencontre faite, par téléphone",
        K.MONTH_1: "En retard de 35 jours",
        K.MONTH_3: "Avancée : l’essai finit le 30",
        K.MONTH_5: "Suite du contrat",
        K.CLOSING: "Bilan à trois",
    }
    looks = {mark.kind: (mark.look, mark.late) for mark in line(followed, today)}
    assert looks[K.FIRST_CALL] == ("done", False)
    assert looks[K.MONTH_1] == ("now", True)
    assert looks[K.MONTH_3] == ("", False)
    assert line(followed, today)[0].on == date(2026, 9, 9)


def test_a_moved_step_says_where_it_was_first(session: scoped_session, followed: Followed, today: date) -> None:
    visit = followed.visits[K.MONTH_3]
    for number, (start, end) in enumerate(((23, 25), (25, 26))):
        moved = VisitMove(
            visit_id=visit.id, from_on=date(2026, 11, start), to_on=date(2026, 11, end), reason=f"{number}"
        )
        moved.by_name = "Claire"
        session.add(moved)
    visit.planned_on, visit.planned_at = date(2026, 11, 26), time(9, 30)
    session.commit()
    assert notes(followed, today)[K.MONTH_3] == "Déplacée : c’était le 23"
    assert [mark.hour for mark in line(followed, today) if mark.kind is K.MONTH_3] == ["9\u00a0h\u00a030"]


def test_a_missed_step_tried_again_is_shown_once_where_it_stands(
    session: scoped_session, followed: Followed, today: date
) -> None:
    missed = followed.visits[K.MONTH_1]
    missed.state, missed.met_on = S.NO_ANSWER, missed.planned_on
    session.commit()
    assert notes(followed, today)[K.MONTH_1] == "Sans réponse"
    actor = followed.referent.actor
    assert part(the_follow_up(actor, followed.follow_up.id), actor, today)["missing"] == (K.MONTH_1,)
    again = Visit(
        follow_up_id=followed.follow_up.id, kind=K.MONTH_1, due_on=missed.due_on, planned_on=date(2026, 11, 9)
    )
    session.add(again)
    session.commit()
    shown = [mark.visit_id for mark in line(followed, today) if mark.kind is K.MONTH_1]
    assert shown == [again.id]
    assert len(line(followed, today)) == len(followed.visits)


def test_extra_visits_stand_between_unless_they_were_called_off(
    session: scoped_session, followed: Followed, today: date
) -> None:
    for day, state in ((10, S.PLANNED), (12, S.CANCELLED)):
        on = date(2026, 11, day)
        session.add(Visit(follow_up_id=followed.follow_up.id, kind=K.EXTRA, due_on=on, planned_on=on, state=state))
    session.commit()
    kinds = [mark.kind for mark in line(followed, today)]
    assert kinds == [K.FIRST_CALL, K.MONTH_1, K.EXTRA, K.MONTH_3, K.MONTH_5, K.CLOSING]


def test_a_step_from_before_the_opening_says_so(session: scoped_session, followed: Followed, today: date) -> None:
    followed.visits[K.FIRST_CALL].state, followed.visits[K.FIRST_CALL].met_on = S.SKIPPED, None
    session.commit()
    assert notes(followed, today)[K.FIRST_CALL] == "Avant l’ouverture du suivi"


def test_it_costs_one_statement_and_the_departement_gets_no_link(
    session: scoped_session, followed: Followed, today: date, statements: Statements
) -> None:
    found = the_follow_up(followed.referent.actor, followed.follow_up.id)
    statements.clear()
    assert part(found, followed.referent.actor, today)["accompanies"]
    assert len(statements) == 1
    assert not part(found, somebody(Role.DEPARTMENT).actor, today)["accompanies"]
