"""Tables of the big screen stay on the screen, in letters that are read from far, however many there are."""

import pytest

from app.events.queries.screen import ASIDE, BOTTOM, EDGE, PAGE, WIDTH, entries_of
from app.events.rules.badges import width_of

LONG = "Association intermédiaire du Val d’Yerres et du Sénart"


def pairs(count: int, name: str) -> list[tuple[int, tuple[str, str]]]:
    return [(number, (name, name)) for number in range(1, count + 1)]


@pytest.mark.parametrize("name", ["Chantier Vert", LONG])
@pytest.mark.parametrize("count", [1, 5, 6, 12, 20, 21, 30, PAGE])
def test_every_table_stands_inside_the_screen(count: int, name: str):
    found = entries_of(pairs(count, name))
    assert [one.table for one in found] == list(range(1, count + 1))
    for one in found:
        assert all(one.x + ASIDE + width_of(line) * one.size <= WIDTH - EDGE + 1 for line in one.lines)
        assert one.y <= BOTTOM


@pytest.mark.parametrize("count", [3, 12, 24, PAGE])
def test_letters_are_read_from_ten_metres_on_two_metres_of_wall(count: int):
    """Capitals of 2 cm, on a wall where 1920 points are 2 m: letters of 27 points."""
    assert min(one.size for one in entries_of(pairs(count, "Chantier Vert"))) >= 27


def test_two_tables_never_stand_at_the_same_place():
    places = [(one.x, one.y) for one in entries_of(pairs(PAGE, "Chantier Vert"))]
    assert len(set(places)) == PAGE
