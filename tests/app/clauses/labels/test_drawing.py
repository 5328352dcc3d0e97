"""The curve on its sheet: points at their places, words that do not lie on each other, the table of its figures."""

import itertools
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.clauses.labels.drawing import BOTTOM, LEFT, RIGHT, TOP, draw
from app.clauses.rules.curve import curve
from app.clauses.rules.progress import MonthHours

STARTS, ENDS, TODAY = date(2026, 3, 2), date(2027, 1, 15), date(2026, 11, 5)


def months(*hours: int) -> list[MonthHours]:
    return [MonthHours(date(2026, 3 + rank, 1), Decimal(one), Decimal(one)) for rank, one in enumerate(hours)]


def test_the_drawing_says_what_its_table_says() -> None:
    drawn = draw(
        curve(months(46, 92, 103, 107, 99, 65, 90, 48), [(STARTS, Decimal(700)), (date(2026, 6, 1), Decimal(800))],
              starts_on=STARTS, ends_on=ENDS, today=TODAY, forecast=Decimal(685)),
        title="Heures", starts_on=STARTS, ends_on=ENDS, today=TODAY, alert_on=date(2026, 12, 15),
    )  # fmt: skip
    words = drawn.words.replace("\u00a0", " ")
    assert words == (
        "Objectif 700 h puis 800 h. 650 h validées au 31 octobre 2026. "
        "Prévision 685 h le 15 janvier 2027 : il manque 115 h."
    )
    assert [column.replace("\u00a0", " ") for column in drawn.columns] == [
        "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.", "15 janv.",
    ]  # fmt: skip
    rows = {title: [cell.replace("\u00a0", " ") for cell in cells] for title, cells in drawn.rows}
    assert rows["Objectif"][:4] == ["700", "700", "700", "800"]
    assert rows["Validées"][:3] == ["46", "138", "241"]
    assert rows["Validées"][-3:] == ["–", "–", "–"]
    assert rows["Prévision"][-1] == "685"
    assert drawn.alert is not None
    assert drawn.alert[1] == "agir avant le 15/12"
    assert [label for _, label in drawn.grid] == ["0", "200", "400", "600", "800"]


def test_a_contract_without_hours_is_drawn() -> None:
    drawn = draw(
        curve([], [], starts_on=STARTS, ends_on=ENDS, today=STARTS, forecast=None),
        title="Heures", starts_on=STARTS, ends_on=ENDS, today=STARTS,
    )  # fmt: skip
    assert drawn.goal.startswith(f"M{LEFT},{BOTTOM}")
    assert drawn.forecast == ""


@given(
    st.lists(st.integers(0, 100_000), max_size=8),
    st.integers(0, 1_000_000),
    st.one_of(st.none(), st.integers(0, 1_000_000)),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
def test_everything_stays_on_the_sheet(done: list[int], due: int, forecast: int | None, today: date) -> None:
    line = curve(
        months(*done), [(STARTS, Decimal(due))], starts_on=STARTS, ends_on=ENDS, today=today,
        forecast=None if forecast is None else Decimal(forecast),
    )  # fmt: skip
    drawn = draw(line, title="Heures", starts_on=STARTS, ends_on=ENDS, today=today)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in drawn.dots)
    places = [y for y, _ in drawn.ends]
    assert all(below - above >= 17 for above, below in itertools.pairwise(places))
    assert len({len(cells) for _, cells in drawn.rows} | {len(drawn.columns)}) == 1


def test_the_names_of_months_never_lie_on_each_other() -> None:
    starts, ends = date(2026, 3, 25), date(2027, 2, 4)
    months = [MonthHours(date(2026, month, 1), Decimal(10), Decimal(10)) for month in range(4, 11)]
    steps = [(starts, Decimal(250))]
    told = curve(months, steps, starts_on=starts, ends_on=ends, today=date(2026, 11, 25), forecast=Decimal(129))
    shown = draw(told, title="Heures", starts_on=starts, ends_on=ends, today=date(2026, 11, 25)).months
    assert len(shown) >= 10
    assert all(after - before >= 34 for (before, _), (after, _) in itertools.pairwise(shown))
