"""The same person under two spellings is one; somebody with a similar name is not."""

from random import Random

import pytest

from app.clauses.rules.sheet_hours import PersonMatch, ReadLine, match_people, same_name, spellings

PEOPLE = [
    (1, "Mamadou", "Diarra"),
    (2, "Mamadou", "Diallo"),
    (3, "Aïcha", "Ben Saïd"),
    (4, "Jean", "Martin"),
    (5, "Jean", "Martin"),
    (6, "Fatou", "Koné"),
]


def _line(name: str) -> ReadLine:
    return ReadLine(1, {}, name, name, "", "", None, None, None, "", "", "", "")


def _match(name: str) -> PersonMatch[int]:
    (found,) = match_people([_line(name)], PEOPLE).values()
    return found


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("DIARRA Mamadou", "Mamadou Diarra", True),
        ("DIARRA Mamadou", "Diara Mamadou", True),
        ("DIARRA Mamadou", "Diarra Mamaduo", True),
        ("Ben Saïd Aïcha", "BENSAID Aicha", True),
        ("Bensaïd", "Ben Said", True),
        ("Le Goff Jean-Marc", "LE GOFF Jean Marc", True),
        ("Ben Saïd Aïcha Fatima", "Aicha Ben Said", True),
        ("DIARRA Mamadou", "DIALLO Mamadou", False),
        ("KONE Fatou", "KANE Fatou", False),
        ("Martin Jean", "Martin Jeanne", False),
        ("Martin", "Martin Jean", False),
        ("Salarié 1234567", "Salarié 1234568", False),
        ("", "", False),
    ],
)
def test_spellings_of_one_name_are_told_from_similar_names(name: str, other: str, same: bool) -> None:
    assert same_name(name, other) is same
    assert same_name(other, name) is same


def test_a_known_name_gives_its_person_whatever_the_order_case_and_accents() -> None:
    assert _match("KONE fatou") == PersonMatch(6)


def test_another_spelling_gives_the_person_and_says_so() -> None:
    assert _match("Diara Mamadou") == PersonMatch(1, spelled_otherwise=True)


def test_two_persons_of_one_name_are_never_chosen_between() -> None:
    assert _match("MARTIN Jean") == PersonMatch(candidates=(4, 5))


def test_somebody_unknown_comes_with_three_near_names_at_most() -> None:
    found = _match("Diallo Mamadi")
    assert found.key is None
    assert found.near[0] == 2
    assert len(found.near) <= 3
    assert _match("Zwicker Olga") == PersonMatch()


def test_two_spellings_within_a_sheet_are_one_person() -> None:
    groups = spellings(
        [_line(name) for name in ("DIARRA Mamadou", "Diara Mamadou", "DIALLO Mamadou", "Mamadou DIARRA")]
    )
    assert groups == {
        "diarra mamadou": "diarra mamadou",
        "diara mamadou": "diarra mamadou",
        "diallo mamadou": "diallo mamadou",
    }


def test_another_spelling_is_found_as_if_everybody_had_been_compared() -> None:
    names = ["Diarra Mamadou", "Diara Mamadou", "Mamadou Diarra Ali", "Bensaid Aicha", "Ben Said Aicha", "Kone Fatou"]
    names += ["Kane Fatou", "Martin Jean", "Martin Jaen", "Jean Paul Martin", "Fatoumata Kone", "Fatoumeta Kone", "Ali"]
    for name in names:
        for other in names:
            found = match_people([_line(name)], [(1, "", other)])
            (match,) = found.values()
            assert (match.key == 1) is same_name(name, other)


def test_ten_thousand_people_who_share_a_first_name_are_told_apart() -> None:
    letters = str.maketrans("0123456789", "aeioubdklm")
    names = [f"{number:05}".translate(letters) for number in range(0, 100_000, 10)]
    lines = [_line(f"{name}{name[::-1]} Mamadou") for name in names]
    groups = spellings(lines)
    assert len(set(groups.values())) == 10_000


def test_ten_thousand_lines_meet_five_hundred_people() -> None:
    random = Random(4)
    syllables = ["ma", "di", "ra", "ko", "ne", "ba", "lo", "si", "tra", "ou", "ben", "said"]

    def word() -> str:
        return "".join(random.choices(syllables, k=3))

    people = [(rank, word(), word()) for rank in range(500)]
    lines = [_line(f"{word()} {word()}") for _ in range(9_500)]
    lines += [_line(f"{last} {first}") for _, first, last in people]
    found = match_people(lines, people)
    assert all(found[line.name_key].key is not None or found[line.name_key].candidates for line in lines[9_500:])
