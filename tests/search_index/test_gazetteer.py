"""Which commune do words name?"""

import pytest

from search_index.analysis import words_of
from search_index.gazetteer import Gazetteer, Town


def town(insee: str, name: str, population: int = 5_000, **more: object) -> Town:
    return Town(insee=insee, name=name, lat=48.6, lon=2.3, population=population, **more)  # type: ignore[arg-type]


GAZETTEER = Gazetteer(
    [
        town("1", "Étampes", postcodes=("91150",)),
        town("2", "La Ferté-Alais"),
        town("3", "Les Ulis"),
        town("4", "Saint-Michel-sur-Orge"),
        town("5", "Épinay-sur-Orge"),
        town("6", "Épinay-sous-Sénart"),
        town("7", "D’Huison-Longueville"),
        town("8", "Évry-Courcouronnes", other_names=("Évry",)),
        town("9", "Vert-le-Grand"),
        town("10", "La Ville-du-Bois"),
        town("11", "Brières-les-Scellés", 1_200),
        town("12", "Le Plessis-Pâté"),
        town("13", "Bouville", 600, postcodes=("91150", "91880")),
        town("14", "Corbeil-Essonnes", 50_000),
    ]
)


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("étampes", "1"),
        ("ETAMPE", "1"),
        ("91150", "1"),
        ("91880", "13"),
        ("la ferte alais", "2"),
        ("ferté-alais", "2"),
        ("ulis", "3"),
        ("les ulis", "3"),
        ("st michel", "4"),
        ("saint michel sur orge", "4"),
        ("épinay", None),  # there are two
        ("epinay sous senart", "6"),
        ("d'huison longueville", "7"),
        ("evry", "8"),
        ("corbeil", "14"),
        ("vert", None),
        ("ville", None),
        ("brieres", None),  # too small to be shortened
        ("brieres les scelles", "11"),
        ("plessis pate", "12"),
        ("saint", None),
        ("paris", None),
        ("", None),
        ("75001", None),
    ],
)
def test_a_name_as_people_type_it(typed: str, insee: str | None) -> None:
    spans = GAZETTEER.spans(list(words_of(typed)))
    assert [span.town.insee for span in spans] == ([insee] if insee else [])


def test_the_longest_name_wins_and_the_rest_is_left() -> None:
    words = list(words_of("vendeur saint michel sur orge le soir"))
    (span,) = GAZETTEER.spans(words)
    assert (span.start, span.end) == (1, 5)


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("etanpes", "1"),
        ("ferte allais", "2"),
        ("saint michelle sur orge", "4"),
        ("corbeille essonne", "14"),
        ("zzz", None),
    ],
)
def test_a_misspelt_name(typed: str, insee: str | None) -> None:
    score, found = GAZETTEER.nearest(list(words_of(typed)))
    assert (found.insee if found else None) == insee
    assert (score > 0.7) == (insee is not None)
