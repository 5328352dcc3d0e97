"""Who may be said ready, when a mandate holds, which sections each role changes, which question comes next."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from app.candidates.rules import CandidateRefusal, Question, ReadinessCheck, Section
from app.candidates.rules.questions import WIZARD, after, before, left, number_of
from app.candidates.rules.rights import changeable
from app.candidates.rules.standing import Empowered, mandate_holds, mandate_refusals, readiness_refusals
from app.core.roles import Role

TODAY = date(2026, 11, 5)
ME, PLACE = uuid4(), uuid4()
R = CandidateRefusal


def test_every_check_is_needed() -> None:
    assert readiness_refusals(set(ReadinessCheck), trades=1, commune="91377") == ()
    for check in ReadinessCheck:
        assert readiness_refusals(set(ReadinessCheck) - {check}, trades=1, commune="91377") == (R.CHECKS_MISSING,)


@pytest.mark.parametrize(
    ("mandate", "holds"),
    [
        (Empowered(ME, TODAY, TODAY + timedelta(days=1)), True),
        (Empowered(ME, TODAY, TODAY), False),
        (Empowered(ME, TODAY + timedelta(days=1), TODAY + timedelta(days=2)), False),
        (Empowered(ME, TODAY, TODAY + timedelta(days=1), withdrawn=True), False),
        (Empowered(ME, TODAY, TODAY + timedelta(days=1), PLACE), True),
        (Empowered(ME, TODAY, TODAY + timedelta(days=1), uuid4()), False),
        (Empowered(uuid4(), TODAY, TODAY + timedelta(days=1)), False),
    ],
)
def test_a_mandate_holds_for_its_holder_its_place_and_its_days(mandate: Empowered, holds: bool) -> None:
    assert mandate_holds([mandate], ME, PLACE, TODAY) is holds
    assert not mandate_holds([mandate], None, PLACE, TODAY)


@pytest.mark.parametrize(
    ("ends_on", "reasons"),
    [
        (date(2027, 11, 5), ()),
        (date(2027, 11, 6), (R.MANDATE_TOO_LONG,)),
        (TODAY, (R.MANDATE_ORDER,)),
    ],
)
def test_a_mandate_lasts_a_day_to_twelve_months(ends_on: date, reasons: tuple[R, ...]) -> None:
    said = {"starts_on": TODAY, "reason": "Pas de téléphone.", "reachable": False, "today": TODAY}
    assert mandate_refusals(ends_on=ends_on, **said) == reasons  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "mine"),
    [
        (Role.CANDIDATE, set(Section) - {Section.ACCOMPANIMENT, Section.PROGRAMMES, Section.BARRIERS}),
        (Role.FACILITATOR, set(Section) - {Section.BARRIERS}),
        (Role.REFERENT, set(Section)),
        (Role.DEPARTMENT, set()),
        (Role.EMPLOYER, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_role_changes_its_own_sections(role: Role, mine: set[Section]) -> None:
    assert changeable(role) == mine


def test_the_nine_questions_follow_one_another() -> None:
    assert [number_of(question) for question in WIZARD] == list(range(1, 10))
    assert number_of(Question.START) == 4
    for one, following in pairwise(WIZARD):
        assert after(one) is following
        assert before(following) is one
    assert (before(WIZARD[0]), after(WIZARD[-1]), after(Question.NAME), before(Question.HOME)) == (None,) * 4


def test_stopping_and_coming_back_starts_at_the_first_question_without_an_answer() -> None:
    assert left([]) == WIZARD
    assert left([Question.JOBS.value, Question.TITLES.value])[0] is Question.SKILLS
    assert left([question.value for question in Question]) == ()
