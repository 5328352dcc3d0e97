"""The terms of a clause as dated data."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.kinds import Frequency, HourKind
from app.clauses.rules.terms import (
    DEFAULTS,
    TEMPLATES,
    Duration,
    Terms,
    TermsRefusal,
    changes,
    term_refusals,
    terms_on,
    terms_refusals,
)
from app.offers.rules import EmploymentKind

R = TermsRefusal
MONTHS = st.integers(1, 120)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(9999), places=2)
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
DURATIONS = st.one_of(
    st.builds(Duration, months=MONTHS),
    st.builds(Duration, months=st.none(), to_end=st.just(True), cap_months=st.none() | MONTHS),
)
TERMS = st.builds(
    Terms,
    categories=st.lists(SLUGS, unique=True).map(lambda slugs: tuple(sorted(slugs))),
    proof_months=st.dictionaries(SLUGS, st.none() | MONTHS, max_size=4),
    durations=st.dictionaries(st.sampled_from(EmploymentKind), DURATIONS),
    training_counts=st.booleans(),
    training_ceiling_percent=st.none() | st.decimals(Decimal("0.01"), Decimal(100), places=2),
    frequency=st.sampled_from(Frequency),
    due_day=st.integers(1, 28),
    month_cap=st.decimals(Decimal(160), Decimal(208), places=2),
    penalty_per_hour=st.none() | AMOUNTS,
    penalty_per_day=st.none() | AMOUNTS,
    pooling=st.booleans(),
)


@given(TERMS)
def test_terms_come_back_from_json_as_they_went(terms: Terms) -> None:
    text = json.dumps(terms.to_json())
    assert Terms.from_json(json.loads(text)) == terms
    assert json.dumps(Terms.from_json(json.loads(text)).to_json()) == text
    assert changes(terms, Terms.from_json(json.loads(text))) == []
    assert terms_refusals(terms) == ()


def test_the_defaults_are_those_of_the_field() -> None:
    said = DEFAULTS
    assert said.duration(EmploymentKind.CDD) == Duration(months=24)
    assert said.duration(EmploymentKind.CDI) == Duration(months=None, to_end=True, cap_months=None)
    assert (said.month_cap, said.reason_above) == (Decimal(48) * 52 / 12, Decimal("151.67"))
    assert [kind for kind in HourKind if said.counts(kind)] == [HourKind.WORK, HourKind.TRAINING]
    assert said.training_ceiling_percent is not None
    assert (said.due_day, said.alert_weeks, said.answer_days, said.etp_divisor) == (15, 8, 15, 1607)


def test_json_of_an_older_portal_takes_the_defaults_and_drops_what_is_not_known() -> None:
    assert Terms.from_json({"due_day": 10, "colour": "blue"}) == replace(DEFAULTS, due_day=10)


def test_a_kind_of_employment_that_the_terms_do_not_name_takes_the_default() -> None:
    said = replace(DEFAULTS, durations={EmploymentKind.CDD: Duration(months=12)})
    assert said.duration(EmploymentKind.CDD).months == 12
    assert said.duration(EmploymentKind.INTERIM).months == 24
    assert said.duration(EmploymentKind.CDI).to_end


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.slug)
def test_a_template_can_be_kept_as_it_is(template: object) -> None:
    assert isinstance(template, type(TEMPLATES[0]))
    assert terms_refusals(template.terms) == ()
    assert Terms.from_json(template.terms.to_json()) == template.terms


def test_the_first_template_is_the_real_contract() -> None:
    terms = TEMPLATES[0].terms
    assert (terms.penalty_per_hour, terms.penalty_per_day) == (Decimal(200), Decimal(75))
    assert (terms.frequency, terms.due_day) == (Frequency.QUARTERLY, 15)
    assert terms.duration(EmploymentKind.CDI).cap_months == 48
    assert len({template.slug for template in TEMPLATES}) == len(TEMPLATES)


def test_a_change_holds_from_its_day_and_leaves_the_past_as_it_was() -> None:
    first, second = DEFAULTS, replace(DEFAULTS, pooling=True)
    versions = [(date(2026, 6, 1), date(2026, 6, 20), second), (date(2026, 1, 1), date(2026, 1, 1), first)]
    assert terms_on(date(2025, 12, 31), versions) is None
    assert terms_on(date(2026, 1, 1), versions) is first
    assert terms_on(date(2026, 5, 31), versions) is first
    assert terms_on(date(2026, 6, 1), versions) is second
    assert terms_on(date(2026, 6, 5), versions, known_on=date(2026, 6, 19)) is first
    assert terms_on(date(2026, 6, 5), versions, known_on=date(2026, 6, 20)) is second


@given(
    starts=st.lists(st.dates(date(2024, 1, 1), date(2027, 1, 1)), min_size=1, max_size=6, unique=True),
    day=st.dates(date(2023, 1, 1), date(2028, 1, 1)),
    later=st.integers(1, 500),
)
def test_a_later_version_never_changes_what_held_before_it(starts: list[date], day: date, later: int) -> None:
    versions = [(start, start, replace(DEFAULTS, due_day=rank + 1)) for rank, start in enumerate(starts)]
    added = max(starts) + timedelta(days=later)
    more = [*versions, (added, added, replace(DEFAULTS, due_day=28))]
    if day < added:
        assert terms_on(day, more) == terms_on(day, versions)
    else:
        assert terms_on(day, more) == replace(DEFAULTS, due_day=28)


def test_the_history_names_the_fields_that_changed() -> None:
    capped = {**DEFAULTS.durations, EmploymentKind.CDI: Duration(None, True, 48)}
    after = replace(DEFAULTS, pooling=True, durations=capped, month_cap=Decimal("208.00"))
    assert changes(DEFAULTS, after) == ["durations", "pooling"]
    assert changes(replace(DEFAULTS, categories=("b", "a")), replace(DEFAULTS, categories=("a", "b"))) == []


@pytest.mark.parametrize(
    ("name", "refused", "allowed", "reason"),
    [
        ("due_day", [0, 29], [1, 28], R.DUE_DAY),
        ("month_cap", [Decimal("208.01"), Decimal(300)], [Decimal(208), Decimal("151.67")], R.MONTH_CAP),
        ("reason_above", [Decimal(0), Decimal("208.01")], [Decimal("0.01"), Decimal(208)], R.REASON_ABOVE),
        ("training_ceiling_percent", [Decimal(0), Decimal("100.01")], [Decimal(100), None], R.TRAINING_CEILING),
        ("penalty_per_hour", [Decimal(0), Decimal(-1)], [Decimal("0.01"), None], R.PENALTY),
        ("penalty_per_day", [Decimal(0), Decimal(-1)], [Decimal("0.01"), None], R.PENALTY),
        ("notice_days", [-1, 366], [0, 365], R.NOTICE_DAYS),
        ("alert_weeks", [0, 53], [1, 52], R.ALERT_WEEKS),
        ("answer_days", [0, 91], [1, 90], R.ANSWER_DAYS),
        ("etp_divisor", [0, 2501], [1, 1607, 1820, 2500], R.ETP_DIVISOR),
        ("proof_months", [{"rsa": 0}], [{"rsa": 1}, {"rsa": None}], R.PROOF_MONTHS),
    ],
)
def test_each_figure_of_the_terms_has_its_bounds(
    name: str, refused: list[object], allowed: list[object], reason: TermsRefusal
) -> None:
    for value in refused:
        assert terms_refusals(replace(DEFAULTS, **{name: value})) == (reason,)
    for value in allowed:
        assert terms_refusals(replace(DEFAULTS, **{name: value})) == ()


def test_a_reason_is_asked_below_the_cap_of_the_month() -> None:
    assert terms_refusals(replace(DEFAULTS, month_cap=Decimal("151.66"))) == (R.REASON_ABOVE,)
    assert terms_refusals(replace(DEFAULTS, month_cap=Decimal(0))) == (R.MONTH_CAP, R.REASON_ABOVE)


@pytest.mark.parametrize(
    "duration",
    [Duration(None), Duration(0), Duration(24, True), Duration(24, False, 48), Duration(None, True, 0)],
)
def test_a_duration_is_in_months_or_to_the_end(duration: Duration) -> None:
    assert terms_refusals(replace(DEFAULTS, durations={EmploymentKind.CDD: duration})) == (R.DURATION,)


def test_a_category_must_be_on_the_list() -> None:
    said = replace(DEFAULTS, categories=("rsa", "unknown"))
    assert terms_refusals(said, {"rsa"}) == (R.UNKNOWN_CATEGORY,)
    assert terms_refusals(said, {"rsa", "unknown"}) == ()


@pytest.mark.parametrize(
    ("valid_from", "reasons"),
    [
        (date(2026, 2, 28), (R.BEFORE_LAST_VERSION, R.BEFORE_NOTIFICATION)),
        (date(2026, 3, 2), (R.BEFORE_LAST_VERSION,)),
        (date(2026, 6, 1), (R.BEFORE_LAST_VERSION,)),
        (date(2026, 6, 2), ()),
    ],
)
def test_a_change_starts_after_the_last_one(valid_from: date, reasons: tuple[TermsRefusal, ...]) -> None:
    said = replace(DEFAULTS, pooling=True)
    last, notified = (date(2026, 6, 1), DEFAULTS), date(2026, 3, 2)
    assert term_refusals(said, valid_from=valid_from, notified_on=notified, last=last) == reasons


def test_the_first_version_starts_on_the_notification_at_the_earliest() -> None:
    notified = date(2026, 3, 2)
    assert term_refusals(DEFAULTS, valid_from=notified, notified_on=notified) == ()
    early = term_refusals(DEFAULTS, valid_from=notified - timedelta(days=1), notified_on=notified)
    assert early == (R.BEFORE_NOTIFICATION,)
    assert term_refusals(DEFAULTS, valid_from=notified, notified_on=None) == ()


def test_a_version_that_changes_nothing_is_refused_with_all_the_rest_at_once() -> None:
    notified, wrong = date(2026, 3, 2), replace(DEFAULTS, due_day=31)
    found = term_refusals(wrong, valid_from=notified, notified_on=notified, last=(notified, wrong))
    assert found == (R.BEFORE_LAST_VERSION, R.NOTHING_CHANGED, R.DUE_DAY)
