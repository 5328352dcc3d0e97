"""Who counts, on which proof, until when: the worked dates of the domain, their neighbours, and any date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.eligibility import (
    CATEGORIES,
    Category,
    ClauseHire,
    CountingPeriod,
    EligibilityRefusal,
    counting_periods,
    counts_on,
    counts_until,
    judge,
)
from app.clauses.rules.terms import DEFAULTS, TO_THE_END, Duration, Terms
from app.core.quantities import add_months
from app.offers.rules import EmploymentKind

R, K = EligibilityRefusal, EmploymentKind
BY_SLUG = {category.slug: category for category in CATEGORIES}
RSA, QPV, PLIE, OTHER = BY_SLUG["rsa"], BY_SLUG["qpv"], BY_SLUG["plie"], BY_SLUG["other"]
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))


def capped(months: int | None) -> Terms:
    return replace(DEFAULTS, durations={**DEFAULTS.durations, K.CDI: Duration(None, True, months)})


def test_the_list_holds_every_category_of_the_domain_with_its_proof() -> None:
    assert len(BY_SLUG) == len(CATEGORIES) == 14
    assert all(category.label and category.proof for category in CATEGORIES)
    ages = {category.slug: category.proof_max_months for category in CATEGORIES if category.proof_max_months}
    assert ages == {"rsa": 3, "qpv": 6}
    assert [category.slug for category in CATEGORIES if category.needs_text] == ["other"]


@pytest.mark.parametrize(
    ("category", "dated_on", "good_until"),
    [
        (RSA, date(2026, 3, 1), date(2026, 5, 31)),
        (RSA, date(2026, 3, 2), date(2026, 6, 1)),
        (RSA, date(2026, 11, 30), date(2027, 2, 27)),
        (RSA, date(2027, 11, 29), date(2028, 2, 28)),
        (QPV, date(2026, 3, 1), date(2026, 8, 31)),
        (QPV, date(2026, 8, 31), date(2027, 2, 27)),
    ],
)
def test_a_proof_is_good_for_a_hire_until_the_day_before_its_age(
    category: Category, dated_on: date, good_until: date
) -> None:
    on_the_day = judge(category, dated_on, good_until, DEFAULTS)
    assert (on_the_day.refusals, on_the_day.good_until, on_the_day.eligible) == ((), good_until, True)
    day_after = judge(category, dated_on, good_until + ONE_DAY, DEFAULTS)
    assert (day_after.refusals, day_after.eligible) == ((R.PROOF_TOO_OLD,), False)


def test_a_proof_of_the_hire_date_is_good_and_one_of_the_day_after_is_not() -> None:
    hired = date(2026, 3, 1)
    assert judge(RSA, hired, hired, DEFAULTS).eligible
    assert judge(RSA, hired + ONE_DAY, hired, DEFAULTS).refusals == (R.PROOF_AFTER_HIRE,)


def test_a_proof_without_an_age_is_good_for_ever() -> None:
    judged = judge(PLIE, date(2015, 1, 1), date(2026, 3, 1), DEFAULTS)
    assert (judged.refusals, judged.good_until) == ((), None)


def test_the_contract_may_ask_for_a_younger_proof_or_for_none() -> None:
    asked = replace(DEFAULTS, proof_months={"plie": 1, "rsa": None})
    assert judge(PLIE, date(2026, 3, 1), date(2026, 3, 31), asked).eligible
    assert judge(PLIE, date(2026, 3, 1), date(2026, 4, 1), asked).refusals == (R.PROOF_TOO_OLD,)
    assert judge(RSA, date(2020, 3, 1), date(2026, 4, 1), asked).eligible


def test_a_category_counts_when_the_terms_name_it_or_name_none() -> None:
    hired, only = date(2026, 3, 1), replace(DEFAULTS, categories=("plie",))
    assert judge(PLIE, hired, hired, only).eligible
    assert judge(RSA, hired, hired, only).refusals == (R.CATEGORY_NOT_COUNTED,)
    assert judge(RSA, hired, hired, DEFAULTS).eligible


def test_another_category_stands_on_the_written_advice() -> None:
    hired = date(2026, 3, 1)
    assert judge(OTHER, None, hired, DEFAULTS, "  ").refusals == (R.TEXT_COMPULSORY,)
    assert judge(OTHER, None, hired, DEFAULTS, "Sort d’un long arrêt.").eligible


def test_every_reason_is_said_at_once() -> None:
    only = replace(DEFAULTS, categories=("plie",), proof_months={"other": 3})
    asked = judge(OTHER, None, date(2026, 3, 1), only)
    assert asked.refusals == (R.CATEGORY_NOT_COUNTED, R.PROOF_MISSING, R.TEXT_COMPULSORY)
    assert judge(RSA, None, date(2026, 3, 1), DEFAULTS).refusals == (R.PROOF_MISSING,)


@given(dated=DAYS, months=st.integers(1, 36), after=st.integers(0, 1500))
def test_a_proof_is_refused_from_the_day_it_reaches_its_age(dated: date, months: int, after: int) -> None:
    hired = dated + timedelta(days=after)
    judged = judge(RSA, dated, hired, replace(DEFAULTS, proof_months={"rsa": months}))
    assert judged.eligible == (hired < add_months(dated, months))


@pytest.mark.parametrize(
    ("hired", "last"),
    [
        (date(2024, 3, 15), date(2026, 3, 14)),
        (date(2024, 3, 14), date(2026, 3, 13)),
        (date(2024, 3, 16), date(2026, 3, 15)),
        (date(2024, 3, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2024, 1, 1), date(2025, 12, 31)),
        (date(2024, 2, 29), date(2026, 2, 27)),
        (date(2024, 8, 31), date(2026, 8, 30)),
    ],
)
def test_a_person_counts_24_months_to_the_day_before_the_anniversary(hired: date, last: date) -> None:
    until = counts_until(hired, K.CDD, None, DEFAULTS)
    assert until == last
    assert counts_on(last, [CountingPeriod(hired, until)])
    assert not counts_on(last + ONE_DAY, [CountingPeriod(hired, until)])
    assert not counts_on(hired - ONE_DAY, [CountingPeriod(hired, until)])


@pytest.mark.parametrize(
    ("hired", "ended", "months", "last"),
    [
        (date(2025, 6, 1), None, 48, date(2029, 5, 31)),
        (date(2025, 6, 2), None, 48, date(2029, 6, 1)),
        (date(2025, 6, 1), None, 36, date(2028, 5, 31)),
        (date(2025, 6, 1), date(2027, 1, 31), 48, date(2027, 1, 31)),
        (date(2025, 6, 1), date(2029, 5, 31), 48, date(2029, 5, 31)),
        (date(2025, 6, 1), date(2029, 6, 1), 48, date(2029, 5, 31)),
        (date(2025, 6, 1), date(2033, 1, 31), None, date(2033, 1, 31)),
        (date(2025, 6, 1), None, None, None),
        (date(2024, 2, 29), None, 48, date(2028, 2, 28)),
    ],
)
def test_a_cdi_counts_to_its_end_or_to_the_cap(
    hired: date, ended: date | None, months: int | None, last: date | None
) -> None:
    assert counts_until(hired, K.CDI, ended, capped(months)) == last


@given(hired=DAYS, months=st.integers(1, 120), kind=st.sampled_from(EmploymentKind))
def test_nobody_counts_before_the_hire_nor_on_the_anniversary(hired: date, months: int, kind: EmploymentKind) -> None:
    said = replace(DEFAULTS, durations={kind: Duration(months)})
    until = counts_until(hired, kind, None, said)
    assert until is not None
    assert until >= hired
    periods = counting_periods([ClauseHire(hired, kind)], said)
    assert periods == (CountingPeriod(hired, until),)
    assert counts_on(until, periods)
    assert not counts_on(until + ONE_DAY, periods)
    assert not counts_on(hired - ONE_DAY, periods)
    assert until + ONE_DAY == add_months(hired, months)


@given(hired=DAYS, length=st.integers(0, 4000), cap=st.none() | st.integers(1, 120))
def test_a_cdi_never_counts_after_its_end_nor_after_its_cap(hired: date, length: int, cap: int | None) -> None:
    ended = hired + timedelta(days=length)
    until = counts_until(hired, K.CDI, ended, capped(cap))
    assert until is not None
    assert hired <= until <= ended
    assert cap is None or until < add_months(hired, cap)


def test_a_renewal_does_not_restart_the_period() -> None:
    first = ClauseHire(date(2024, 3, 15), K.CDD, date(2024, 9, 14))
    renewed = ClauseHire(date(2024, 9, 15), K.CDD, date(2026, 9, 14))
    periods = counting_periods([renewed, first], DEFAULTS)
    assert [period.last_day for period in periods] == [date(2026, 3, 14)] * 2
    assert counts_on(date(2026, 3, 14), periods)
    assert not counts_on(date(2026, 3, 15), periods)


def test_a_hire_after_the_last_day_counts_no_more() -> None:
    first = ClauseHire(date(2024, 3, 15), K.CDD, date(2024, 9, 14))
    for kind in (K.CDD, K.INTERIM, K.CDI):
        last_chance = counting_periods([first, ClauseHire(date(2026, 3, 14), kind)], DEFAULTS)
        assert counts_on(date(2026, 3, 14), last_chance)
        too_late = counting_periods([first, ClauseHire(date(2026, 3, 15), kind)], DEFAULTS)
        assert not counts_on(date(2026, 3, 15), too_late)


def test_a_cdi_signed_while_the_person_counts_goes_on_and_its_cap_runs_from_the_first_hire() -> None:
    hires = [ClauseHire(date(2025, 6, 1), K.CDD, date(2025, 11, 30)), ClauseHire(date(2025, 12, 1), K.CDI)]
    assert counts_on(date(2035, 1, 1), counting_periods(hires, DEFAULTS))
    periods = counting_periods(hires, capped(48))
    assert counts_on(date(2029, 5, 31), periods)
    assert not counts_on(date(2029, 6, 1), periods)


def test_a_second_job_after_a_short_cdi_counts_within_the_24_months() -> None:
    hires = [ClauseHire(date(2024, 1, 1), K.CDI, date(2024, 3, 31)), ClauseHire(date(2024, 6, 1), K.CDD)]
    periods = counting_periods(hires, DEFAULTS)
    assert [(p.first_day, p.last_day) for p in periods] == [
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 6, 1), date(2025, 12, 31)),
    ]
    assert not counts_on(date(2024, 4, 1), periods)


def test_no_hire_no_period() -> None:
    assert counting_periods([], DEFAULTS) == ()
    assert not counts_on(date(2026, 1, 1), ())


def test_each_kind_of_employment_has_its_own_duration() -> None:
    said = replace(DEFAULTS, durations={K.INTERIM: Duration(12), K.CDDI: TO_THE_END})
    assert counts_until(date(2025, 1, 1), K.INTERIM, None, said) == date(2025, 12, 31)
    assert counts_until(date(2025, 1, 1), K.CDDI, date(2025, 4, 30), said) == date(2025, 4, 30)
    assert counts_until(date(2025, 1, 1), K.CDD, None, said) == date(2026, 12, 31)
