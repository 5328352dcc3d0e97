"""Do refusals and what is left say the date or the number that helps?"""

from datetime import date
from uuid import uuid4

from app.placements.labels.limits import REFUSAL_WORDS, days_left_sentences, refusal_sentence
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.limits import Asked, Convention, PlacementRefusal, days_left

HOST = "12345678900011"
R = PlacementRefusal


def test_a_stage_too_long_says_until_when() -> None:
    asked = Asked(Convention(HOST, date(2026, 3, 2), date(2026, 4, 2)))

    assert refusal_sentence(R.ABOVE_A_MONTH, asked, []) == (
        "Un stage dure un mois au plus\u00a0: jusqu’au 1er avril 2026."
    )


def test_an_overlap_names_the_other_dates_and_days_the_last_one_possible() -> None:
    first = Convention(HOST, date(2026, 7, 1), date(2026, 7, 31), PlacementPurpose.DISCOVER, uuid4())
    asked = Asked(Convention(HOST, date(2026, 8, 1), date(2026, 8, 31), PlacementPurpose.CONFIRM))

    assert "jusqu’au 29 août 2026" in refusal_sentence(R.TOO_MANY_DAYS, asked, [first])
    on_it = Asked(Convention(HOST, date(2026, 7, 20), date(2026, 8, 5)))
    assert "du 1er juillet 2026 au 31 juillet 2026" in refusal_sentence(R.OVERLAP, on_it, [first])


def test_the_other_purposes_are_named() -> None:
    first = Convention(HOST, date(2026, 7, 1), date(2026, 7, 3), PlacementPurpose.DISCOVER, uuid4())
    asked = Asked(Convention(HOST, date(2026, 8, 1), date(2026, 8, 5), PlacementPurpose.DISCOVER))

    words = refusal_sentence(R.SAME_PURPOSE, asked, [first])

    assert "confirmer un projet professionnel" in words
    assert "découvrir un métier" not in words


def test_a_reason_without_a_number_has_its_plain_words() -> None:
    asked = Asked(Convention(HOST, date(2026, 3, 2), date(2026, 3, 3)))

    assert refusal_sentence(R.OWN_EMPLOYER, asked, []) == REFUSAL_WORDS[R.OWN_EMPLOYER]


def test_what_is_left_is_said_before_asking() -> None:
    first = Convention(HOST, date(2026, 7, 1), date(2026, 7, 31), PlacementPurpose.DISCOVER, uuid4())

    lines = days_left_sentences(days_left([first], HOST, date(2026, 9, 1)))

    assert lines == [
        "31\u00a0jours sur 60 en 12\u00a0mois chez cet employeur, 1\u00a0convention sur 2. Il reste 29\u00a0jours.",
        "En commençant le 1er septembre 2026\u00a0: jusqu’au 29 septembre 2026 au plus.",
        "Le dernier stage peut se renouveler, jusqu’au 29 septembre 2026 au plus.",
    ]
    assert days_left_sentences(days_left([], HOST, date(2026, 9, 1))) == [
        "Pas encore de stage chez cet employeur en 12\u00a0mois\u00a0: 60\u00a0jours possibles.",
        "En commençant le 1er septembre 2026\u00a0: jusqu’au 30 septembre 2026 au plus.",
    ]


def test_the_person_reads_what_is_left_in_short_sentences() -> None:
    first = Convention(HOST, date(2026, 7, 1), date(2026, 7, 31), PlacementPurpose.DISCOVER, uuid4())

    lines = days_left_sentences(days_left([first], HOST, date(2026, 9, 1)), own=True)

    assert lines == [
        "Vous avez déjà 31\u00a0jours ici en 12\u00a0mois.",
        "Il vous reste 29\u00a0jours.",
        "Vous commencez le 1er septembre 2026\u00a0?",
        "Le dernier jour possible est le 29 septembre 2026.",
        "Votre dernier stage peut continuer jusqu’au 29 septembre 2026.",
    ]
    assert max(len(line.replace("\u00a0", " ").split()) for line in lines) <= 15
    assert days_left_sentences(days_left([], HOST, date(2026, 9, 1)), own=True)[0] == (
        "Vous pouvez faire 60\u00a0jours de stage ici, en 12\u00a0mois."
    )


def test_a_day_on_which_nothing_may_begin_says_so() -> None:
    first = Convention(HOST, date(2026, 7, 1), date(2026, 7, 31), PlacementPurpose.DISCOVER, uuid4())

    lines = days_left_sentences(days_left([first], HOST, date(2026, 7, 14)))

    assert lines[1:] == ["Aucun nouveau stage ne peut commencer le 14 juillet 2026."]
