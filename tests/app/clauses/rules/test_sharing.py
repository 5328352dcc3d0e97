"""Until when a link may be read."""

from datetime import date

from app.clauses.rules.sharing import LinkRefusal, is_open, link_refusals

TODAY = date(2026, 11, 5)


def test_a_link_lasts_from_today_to_two_years() -> None:
    assert link_refusals(TODAY, TODAY) == ()
    assert link_refusals(date(2026, 11, 4), TODAY) == (LinkRefusal.LAST_DAY_PAST,)
    assert link_refusals(date(2028, 11, 5), TODAY) == ()
    assert link_refusals(date(2028, 11, 6), TODAY) == (LinkRefusal.LAST_DAY_FAR,)


def test_the_last_day_is_included() -> None:
    assert is_open(TODAY, False, TODAY)
    assert not is_open(date(2026, 11, 4), False, TODAY)
    assert not is_open(TODAY, True, TODAY)
