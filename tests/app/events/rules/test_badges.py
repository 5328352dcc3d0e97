"""Names fit on what is printed, and a person is shown by first name and initial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules.badges import fitted, pages_of, short_name, width_of


@pytest.mark.parametrize(
    ("name", "short"),
    [("Pierre Blanc", "Pierre B."), ("Awa", "Awa"), ("  Lê Thị Hoa ", "Lê H."), ("nora el amrani", "nora A.")],
)
def test_a_person_is_shown_by_first_name_and_initial(name: str, short: str):
    assert short_name(name) == short


def test_a_short_name_is_written_large_and_a_long_one_smaller_on_two_lines():
    assert fitted("Chantier", 80, (12, 9, 7)).size == 12
    long = fitted("Association intermédiaire du Val d’Yerres", 80, (12, 9, 7))
    assert long.size < 12
    assert len(long.lines) == 2


@given(st.text(st.characters(codec="utf-8", categories=("L", "P", "Zs")), max_size=120), st.integers(20, 90))
def test_whatever_the_name_no_line_leaves_its_room(name: str, width: int):
    found = fitted(name, width, (12, 9, 7))
    assert len(found.lines) <= 2
    assert all(width_of(line) * found.size <= width + 1e-6 for line in found.lines)


def test_seventeen_badges_need_three_sheets():
    assert [len(sheet) for sheet in pages_of(range(17))] == [8, 8, 1]
