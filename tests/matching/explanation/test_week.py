import pytest

from matching.explanation.week import freedom
from tests.matching.examples import hours_of

MORNINGS = hours_of(range(5), 8, 12)


def nights(*days):
    return sum(hours_of((day,), 22, 24) | hours_of(((day + 1) % 7,), 0, 6) for day in days)


@pytest.mark.parametrize(
    ("free", "asked", "words"),
    [
        (hours_of((0, 1, 3, 4), 0, 24), MORNINGS, "Libre 4 matins sur 5 : pas le mercredi"),
        (hours_of((0, 1, 4), 0, 24), MORNINGS, "Libre 3 matins sur 5 : pas le mercredi ni le jeudi"),
        (hours_of((0,), 0, 24), MORNINGS, "Libre 1 matin sur 5"),
        (hours_of(range(4), 8, 12) | hours_of((4,), 8, 10), MORNINGS, "Libre 4 matins sur 5 : le vendredi en partie"),
        (
            hours_of((0, 1, 2), 8, 12) | hours_of((4,), 8, 10),
            MORNINGS,
            "Libre 3 matins sur 5 : pas le jeudi, le vendredi en partie",
        ),
        (hours_of(range(5), 10, 12), MORNINGS, "Libre 10 h sur les 20 h demandées"),
        (hours_of((0,), 8, 10.5), hours_of((0,), 8, 12), "Libre 2,5 h sur les 4 h demandées"),
        (hours_of((0,), 0, 24), hours_of((0, 1), 13, 18), "Libre 1 après-midi sur 2 : pas le mardi"),
        (hours_of((0,), 0, 24), hours_of((0, 1), 18, 22), "Libre 1 soir sur 2 : pas le mardi"),
        (hours_of((0,), 0, 24), hours_of((0, 1), 9, 17), "Libre 1 jour sur 2 : pas le mardi"),
        (nights(0, 1), nights(0, 1, 2), "Libre 2 nuits sur 3 : pas le mercredi"),
        (nights(6), nights(5, 6), "Libre 1 nuit sur 2 : pas le samedi"),
    ],
)
def test_a_partial_fit_is_said_by_days(free, asked, words):
    assert freedom(free, asked) == words
