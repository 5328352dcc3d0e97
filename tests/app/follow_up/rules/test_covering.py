"""May somebody be away and be covered by that colleague?"""

from datetime import date
from uuid import UUID, uuid4

import pytest

from app.follow_up.rules.covering import Away, CoverRefusal, CoverStanding, cover_refusals, cover_standing

TODAY = date(2026, 11, 5)
CLAIRE, OMAR, SAMIA = uuid4(), uuid4(), uuid4()
TEAM = {CLAIRE, OMAR, SAMIA}


def away(absent: UUID, cover: UUID, first: int, last: int) -> Away:
    return Away(absent, cover, date(2026, 11, first), date(2026, 11, last))


WANTED = away(CLAIRE, OMAR, 9, 13)


def refused(wanted: Away = WANTED, *known: Away) -> set[CoverRefusal]:
    return set(cover_refusals(wanted, known, TEAM, TODAY))


def test_a_week_covered_by_a_colleague_is_accepted() -> None:
    assert refused() == set()


def test_the_same_person_is_not_away_twice_on_a_day() -> None:
    assert refused(WANTED, away(CLAIRE, SAMIA, 13, 20)) == {CoverRefusal.OVERLAP}
    assert refused(WANTED, away(CLAIRE, SAMIA, 14, 20)) == set()


def test_both_are_not_away_together() -> None:
    assert refused(WANTED, away(OMAR, SAMIA, 13, 20)) == {CoverRefusal.COVER_AWAY}


def test_whoever_covers_somebody_is_not_away_meanwhile() -> None:
    assert refused(WANTED, away(SAMIA, CLAIRE, 5, 9)) == {CoverRefusal.COVERS_SOMEBODY}


def test_one_colleague_may_cover_two_people() -> None:
    assert refused(WANTED, away(SAMIA, OMAR, 9, 13)) == set()


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (away(CLAIRE, OMAR, 13, 9), CoverRefusal.END_BEFORE_START),
        (away(CLAIRE, OMAR, 2, 4), CoverRefusal.OVER),
        (away(CLAIRE, CLAIRE, 9, 13), CoverRefusal.ONESELF),
        (away(CLAIRE, uuid4(), 9, 13), CoverRefusal.NOT_A_COLLEAGUE),
        (Away(CLAIRE, OMAR, TODAY, date(2027, 11, 8)), CoverRefusal.TOO_LONG),
    ],
)
def test_what_cannot_be_says_why(wanted: Away, reason: CoverRefusal) -> None:
    assert refused(wanted) == {reason}


@pytest.mark.parametrize(
    ("first", "last", "ended", "standing"),
    [
        (date(2026, 11, 6), date(2026, 11, 8), False, CoverStanding.COMING),
        (date(2026, 11, 5), date(2026, 11, 5), False, CoverStanding.RUNNING),
        (date(2026, 11, 1), date(2026, 11, 4), False, CoverStanding.OVER),
        (date(2026, 11, 1), date(2026, 11, 9), True, CoverStanding.ENDED_EARLY),
    ],
)
def test_a_cover_ends_by_itself_or_earlier(first: date, last: date, ended: bool, standing: CoverStanding) -> None:
    assert cover_standing(first, last, ended, TODAY) is standing
