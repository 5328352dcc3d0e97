"""Does each indicator give its own label, with the bound of six months on its own side, and is the grid data?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core.quantities import add_months
from app.follow_up.rules.exits import (
    ExitJob,
    Grid,
    Situation,
    Training,
    exit_labels,
    lasts,
    parse_grid,
    the_grid,
)
from app.offers.rules.states import EmploymentKind

DAY = timedelta(days=1)
TODAY = date(2026, 11, 5)
JANUARY = date(2026, 1, 1)
HALF_TIME = Decimal("17.5")


def job(start: date = JANUARY, until: date = date(2026, 6, 30), kind: str = "cdd", **values: object) -> ExitJob:
    """A job attested, full time, that lasted as foreseen."""
    terms = {"hours_week": Decimal(35), "attested": True, "end_on": None if kind == "cdi" else until, **values}
    return ExitJob(kind, start, until, **terms)  # type: ignore[arg-type]


def codes(*jobs: ExitJob, grid: Grid | None = None, **values: object) -> dict[str, str | None]:
    situation = Situation(jobs=jobs, **values)  # type: ignore[arg-type]
    return {label.indicator: label.code for label in exit_labels(situation, TODAY, grid)}


@pytest.mark.parametrize(
    ("until", "plie", "iae", "plan"),
    [
        (date(2026, 6, 29), None, "transition", "short_term"),
        (date(2026, 6, 30), "job", "transition", "short_term"),
        (date(2026, 7, 1), "job", "durable", "long_term"),
    ],
)
def test_a_job_of_exactly_six_months_is_positive_for_the_plie_and_of_transition_for_the_iae(
    until: date, plie: str | None, iae: str, plan: str
) -> None:
    assert codes(job(until=until)) == {"plie": plie, "iae": iae, "plan": plan}


@pytest.mark.parametrize(
    ("start", "six_months"),
    [
        (JANUARY, date(2026, 6, 30)),
        (date(2026, 8, 31), date(2027, 2, 27)),
        (date(2027, 8, 31), date(2028, 2, 28)),
        (date(2027, 9, 1), date(2028, 2, 29)),
        (date(2026, 9, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 8, 28)),
        (date(2026, 3, 31), date(2026, 9, 29)),
        (date(2026, 1, 15), date(2026, 7, 14)),
    ],
)
def test_six_months_are_civil_months_clamped(start: date, six_months: date) -> None:
    assert not lasts(start, six_months - DAY, 6, "at_least")
    assert lasts(start, six_months, 6, "at_least")
    assert not lasts(start, six_months, 6, "more_than")
    assert lasts(start, six_months + DAY, 6, "more_than")


def test_over_two_years_at_least_six_months_begins_on_the_eve_of_more_than_six_months() -> None:
    for rank in range(731):
        start = date(2027, 1, 1) + rank * DAY
        first = next(start + days * DAY for days in range(200) if lasts(start, start + days * DAY, 6, "at_least"))
        assert first == add_months(start, 6) - DAY
        assert not lasts(start, first, 6, "more_than")
        assert lasts(start, first + DAY, 6, "more_than")


@pytest.mark.parametrize(("hours", "plie"), [("17.49", None), ("17.5", "job"), ("35", "job")])
def test_a_job_below_half_time_is_no_positive_exit_of_the_plie(hours: str, plie: str | None) -> None:
    found = codes(job(hours_week=Decimal(hours)))

    assert (found["plie"], found["iae"]) == (plie, "transition")


def test_a_job_nobody_attested_is_no_positive_exit_of_the_plie() -> None:
    assert codes(job(attested=False))["plie"] is None


def test_an_open_ended_job_is_durable_at_once_and_positive_for_the_plie_after_six_months() -> None:
    assert codes(job(kind="cdi", until=date(2026, 2, 1))) == {"plie": None, "iae": "durable", "plan": "open_ended"}
    assert codes(job(kind="cdi"))["plie"] == "job"


def test_a_job_foreseen_for_eight_months_is_durable_but_positive_for_the_plie_only_once_worked() -> None:
    begun = job(until=date(2026, 3, 31), end_on=date(2026, 8, 31))

    assert codes(begun) == {"plie": None, "iae": "durable", "plan": "long_term"}


def chain(*gaps: int, kind: str = "interim") -> list[ExitJob]:
    """Two months each, from 1 January; ``gaps`` are the days without work between them."""
    jobs, start = [], JANUARY
    for gap in (*gaps, 0):
        until = add_months(start, 2) - DAY
        jobs.append(job(start, until, kind))
        start = until + DAY + gap * DAY
    return jobs


def test_temporary_jobs_that_follow_one_another_for_six_months_are_positive_for_the_plie() -> None:
    assert [one.until for one in chain(0, 0)][-1] == date(2026, 6, 30)
    assert codes(*chain(0, 0))["plie"] == "jobs"
    assert codes(*chain(0))["plie"] is None
    assert codes(*reversed(chain(0, 0)))["plie"] == "jobs"


def test_one_day_less_worked_and_they_are_not() -> None:
    first, second, third = chain(0, 0)
    shorter = job(third.start_on, third.until - DAY, "interim")

    assert codes(first, second, shorter)["plie"] is None


@pytest.mark.parametrize(("gap", "plie"), [(1, "jobs"), (30, "jobs"), (31, None)])
def test_30_days_without_work_are_admitted_between_two_of_them(gap: int, plie: str | None) -> None:
    first = job(JANUARY, date(2026, 3, 31))
    second_start = date(2026, 4, 1) + gap * DAY
    second = job(second_start, second_start + 90 * DAY)  # 90 + 91 days, as from 1 January to 30 June

    assert codes(first, second)["plie"] == plie


def test_the_days_without_work_are_not_added() -> None:
    first, second = job(JANUARY, date(2026, 3, 31)), job(date(2026, 4, 11), date(2026, 7, 9))

    assert codes(first, second)["plie"] is None
    assert codes(first, job(date(2026, 4, 11), date(2026, 7, 10)))["plie"] == "jobs"


def test_the_days_of_two_jobs_at_once_count_once() -> None:
    both = [job(JANUARY, date(2026, 4, 15)), job(JANUARY, date(2026, 4, 15), "interim")]

    assert codes(*both)["plie"] is None
    assert codes(*both, job(date(2026, 4, 1), date(2026, 6, 30)))["plie"] == "jobs"


def test_a_short_job_inside_a_longer_one_changes_nothing() -> None:
    longer, inside = job(JANUARY, date(2026, 6, 15)), job(date(2026, 2, 1), date(2026, 3, 1))

    assert codes(longer, inside, job(date(2026, 6, 16), date(2026, 6, 30)))["plie"] == "jobs"


def test_a_day_of_work_before_never_spoils_six_months() -> None:
    before = job(date(2026, 8, 15), date(2026, 8, 15))
    after = [job(date(2026, 9, 1), date(2026, 11, 30)), job(date(2026, 12, 1), date(2027, 2, 28))]

    assert codes(before, *after)["plie"] == "jobs"


def test_an_open_ended_job_is_not_added_to_temporary_ones() -> None:
    assert codes(*chain(0), job(date(2026, 5, 1), date(2026, 6, 30), "cdi"))["plie"] is None


def test_creating_a_business_counts_everywhere() -> None:
    assert codes(business=True) == {"plie": "business", "iae": "durable", "plan": "business"}


@pytest.mark.parametrize(
    ("qualifying", "validated", "plie", "iae", "plan"),
    [
        (True, True, "training", "positive", "training"),
        (True, False, None, "positive", "training"),
        (False, True, None, None, None),
    ],
)
def test_a_qualifying_training_is_positive_and_for_the_plie_once_validated(
    qualifying: bool, validated: bool, plie: str | None, iae: str | None, plan: str | None
) -> None:
    assert codes(training=Training(qualifying, validated)) == {"plie": plie, "iae": iae, "plan": plan}


@pytest.mark.parametrize("hired", [job(kind="cddi", until=date(2026, 8, 31)), job(kind="mission", in_siae=True)])
def test_a_hire_in_another_insertion_structure_is_a_positive_exit_of_the_iae(hired: ExitJob) -> None:
    found = codes(hired)

    assert (found["iae"], found["plan"]) == ("positive", "siae")


def test_the_best_label_of_several_jobs_is_given() -> None:
    assert codes(job(until=date(2026, 2, 1)), job(kind="cdi"))["iae"] == "durable"
    assert codes(job(kind="cddi"), job(until=date(2026, 2, 1)))["iae"] == "transition"


def test_nothing_is_another_exit_in_words() -> None:
    labels = exit_labels(Situation(), TODAY)

    assert [label.words for label in labels] == ["Pas une sortie positive", "Autre sortie", "Autre sortie"]
    assert not [label for label in labels if label.counts or label.code]


def test_each_label_says_its_indicator_and_its_words() -> None:
    labels = exit_labels(Situation(jobs=[job()]), TODAY)

    assert [(label.name, label.words, label.counts) for label in labels] == [
        ("Sortie positive (PLIE)", "Emploi d’au moins 6 mois, au moins à mi-temps", True),
        ("Sortie de l’IAE", "Sortie de transition", True),
        ("Sortie dynamique (fiche 3-7)", "CDD de 6 mois au plus", True),
    ]


GRID = """
[[indicator]]
code = "plie"
name = "Essai"
valid_from = 2026-01-01
otherwise = "Non"
[[indicator.rule]]
what = "job"
label = "short"
words = "Emploi de 3 mois"
counts = true
months = 3
bound = "{bound}"
hours_week = 10
"""


@pytest.mark.parametrize(("bound", "plie"), [("at_least", "short"), ("more_than", None)])
def test_another_grid_gives_another_answer(bound: str, plie: str | None) -> None:
    three_months = job(until=date(2026, 3, 31), attested=False, hours_week=Decimal(10))

    assert codes(three_months, grid=parse_grid(GRID.format(bound=bound))) == {"plie": plie}
    assert codes(three_months)["plie"] is None


def test_the_newest_version_in_force_answers() -> None:
    first = GRID.format(bound="at_least")
    second = first.replace("2026-01-01", "2026-11-06").replace('"short"', '"newer"')
    grid = parse_grid(second + first)
    said = Situation(jobs=[job()])

    assert [label.code for label in exit_labels(said, TODAY, grid)] == ["short"]
    assert [label.code for label in exit_labels(said, TODAY + DAY, grid)] == ["newer"]
    assert exit_labels(said, date(2025, 12, 31), grid) == ()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [('"job"', '"jbo"'), ("at_least", "atleast"), ("hours_week", "hours"), ("otherwise", "else")],
)
def test_a_grid_with_an_unknown_word_is_refused(was: str, becomes: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse_grid(GRID.format(bound="at_least").replace(was, becomes))


def test_the_grid_of_the_portal_has_the_three_indicators_and_only_known_forms_of_employment() -> None:
    grid = the_grid()
    known = {kind.value for kind in EmploymentKind} | {"public_service", "aided"}

    assert [one.code for one in grid] == ["plie", "iae", "plan"]
    assert {kind for one in grid for rule in one.rules for kind in rule.kinds or ()} <= known


@pytest.mark.parametrize("kind", sorted(EmploymentKind))
def test_no_form_of_employment_is_left_without_a_label(kind: EmploymentKind) -> None:
    found = codes(job(kind=kind.value, until=date(2026, 8, 31)))

    assert None not in found.values()
