"""Work noted whole, alerts 30 days ahead, and what follows before it ends."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.clauses.rules.employments import (
    EmploymentAlert,
    EmploymentRefusal,
    Horizon,
    Post,
    Work,
    alerts,
    employer_key,
    horizon,
    mode_of,
    work_refusals,
)
from app.clauses.rules.kinds import HolderRole, Mode
from app.offers.rules import EmploymentKind

TODAY = date(2026, 11, 5)
START = date(2026, 4, 1)
_A = EmploymentAlert


def test_two_spellings_of_an_employer_are_one() -> None:
    assert employer_key(None, "  ETTI  Sud-Essonne ") == employer_key(None, "etti sud-essonne")
    assert employer_key("26910012300018", "Morel") == employer_key("26910012300018", "MOREL SAS")


@pytest.mark.parametrize(("started_on", "wrong"), [(date(2027, 1, 15), False), (date(2027, 1, 16), True)])
def test_work_may_start_on_the_day_of_delivery_and_not_after(started_on: date, wrong: bool) -> None:
    work = Work(Mode.DIRECT, EmploymentKind.CDD, started_on, Decimal(35))
    assert work_refusals(work, date(2027, 1, 15)) == ((EmploymentRefusal.AFTER_DELIVERY,) if wrong else ())


@pytest.mark.parametrize(
    ("post", "raised"),
    [
        (Post(START, None, None), ()),
        (Post(START, TODAY + timedelta(days=31), None), ()),
        (Post(START, TODAY + timedelta(days=30), None), (_A.ENDS_SOON,)),
        (Post(START, TODAY, None), (_A.ENDS_SOON,)),
        (Post(START, TODAY - timedelta(days=1), TODAY - timedelta(days=9)), ()),
        (Post(START, None, TODAY), ()),
        (Post(START, None, TODAY - timedelta(days=1)), (_A.COUNTS_NO_MORE,)),
        (Post(START, None, None, TODAY + timedelta(days=30)), (_A.CONTRACT_ENDS,)),
        (Post(START, None, None, kind=EmploymentKind.APPRENTICESHIP), (_A.NO_TUTOR,)),
    ],
)
def test_alerts_come_30_days_before_and_never_after_the_end(post: Post, raised: tuple[EmploymentAlert, ...]) -> None:
    assert alerts(post, TODAY) == raised


@pytest.mark.parametrize(
    ("kind", "is_holder", "role", "mode"),
    [
        ("firm", True, HolderRole.SOLE, Mode.DIRECT),
        ("etti", False, HolderRole.SOLE, Mode.MADE_AVAILABLE),
        ("geiq", False, HolderRole.MANDATARY, Mode.MADE_AVAILABLE),
        ("ei", True, HolderRole.SOLE, Mode.DIRECT),
        ("ei", True, HolderRole.CO_CONTRACTOR, Mode.SUBCONTRACT),
        ("aci", True, HolderRole.SUBCONTRACTOR, Mode.SUBCONTRACT),
        ("aci", False, HolderRole.SOLE, Mode.SUBCONTRACT),
    ],
)
def test_the_mode_follows_what_the_employer_is(kind: str, is_holder: bool, role: HolderRole, mode: Mode) -> None:
    assert mode_of(kind, is_holder=is_holder, role=role) is mode


def test_the_horizon_is_the_last_end_of_what_runs_and_the_first_start_after() -> None:
    short, long = Post(START, date(2026, 11, 20), None), Post(START, date(2026, 12, 31), None)
    later = Post(date(2026, 12, 1), None, None)
    assert horizon([], TODAY) is None
    assert horizon([Post(START, TODAY - timedelta(days=1), None)], TODAY) is None
    assert horizon([short, long], TODAY) == Horizon(date(2026, 12, 31))
    assert horizon([short, Post(START, None, None)], TODAY) == Horizon(None)
    assert horizon([short, later], TODAY) == Horizon(date(2026, 11, 20), date(2026, 12, 1))


def test_somebody_is_alone_before_the_end_when_nothing_follows() -> None:
    assert Horizon(TODAY).alone(TODAY)
    assert not Horizon(TODAY, TODAY + timedelta(days=1)).alone(TODAY)
    assert not Horizon(None).alone(TODAY)


def test_the_last_useful_day_is_the_first_of_the_three_ends() -> None:
    assert Post(START, date(2027, 1, 1), date(2026, 12, 1), date(2026, 11, 30)).last_useful_day == date(2026, 11, 30)
    assert Post(START, None, None).last_useful_day is None
