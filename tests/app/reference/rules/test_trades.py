"""Official names, their family, and the moves between trades."""

import pytest

from app.reference.rules import OTHER_FAMILY, FamilyGuess, NearMoves, domain_of, gendered


@pytest.mark.parametrize(
    ("official", "masculine", "feminine"),
    [
        ("Agent / Agente d'entretien", "Agent d’entretien", "Agente d’entretien"),
        ("Magasinier / Magasinière", "Magasinier", "Magasinière"),
        (
            "Chauffeur-livreur préparateur / Chauffeuse-livreuse préparatrice de commandes",
            "Chauffeur-livreur préparateur de commandes",
            "Chauffeuse-livreuse préparatrice de commandes",
        ),
        (
            "Chef d'équipe plongeur / Cheffe d'équipe plongeuse subaquatique",
            "Chef d’équipe plongeur subaquatique",
            "Cheffe d’équipe plongeuse subaquatique",
        ),
        ("Homme sage-femme / Sage-femme", "Homme sage-femme", "Sage-femme"),
        ("Garde-malade", "Garde-malade", "Garde-malade"),
        ("A / B / C", "A / B / C", "A / B / C"),
    ],
)
def test_an_official_name_is_said_in_both_genders(official: str, masculine: str, feminine: str) -> None:
    assert gendered(official) == (masculine, feminine)


def test_the_domain_is_the_first_three_characters() -> None:
    assert domain_of("K2205") == "K22"


PARENTS = {"K2205": "K2204", "K2204": "K2204", "K2202": "K2202", "K2299": "K2204", "J1102": "J1102"}


def test_the_family_comes_from_the_same_code_then_the_wider_code_then_the_domain() -> None:
    ours = [("K2205", "proprete"), ("K2205", "proprete"), ("K2205", "linge"), ("K2202", "vitres"), ("K2202", "vitres")]
    guess = FamilyGuess([*ours, ("K2202", "vitres")], PARENTS)
    assert guess.of("K2205") == "proprete"
    assert guess.of("K2202") == "vitres"
    assert guess.of("K2299") == "proprete"
    assert guess.of("K2298") == "vitres"
    assert guess.of("J1102") == OTHER_FAMILY


def test_as_many_of_two_families_gives_the_first_in_the_alphabet() -> None:
    assert FamilyGuess([("K2205", "b"), ("K2204", "a")], {}).of("K2201") == "a"


MOVES = NearMoves(
    {("menage", "hotel"): 18, ("bureaux", "hotel"): 12, ("hotel", "menage"): 16},
    {"menage": "K1", "bureaux": "K1", "hotel": "G1", "plonge": "G2", "rome-1": "K1", "rome-2": "G1", "rome-3": "X1"},
    ["menage", "bureaux", "hotel", "plonge"],
)


def test_written_moves_are_read_as_written() -> None:
    assert MOVES["menage", "hotel"] == 18
    assert MOVES.get(("hotel", "bureaux")) is None
    assert MOVES.get(("plonge", "menage")) is None
    assert sorted(MOVES) == [("bureaux", "hotel"), ("hotel", "menage"), ("menage", "hotel")]
    assert len(MOVES) == 3


def test_an_official_name_moves_as_our_trades_of_its_code_the_best_one() -> None:
    assert MOVES["rome-1", "hotel"] == 18
    assert MOVES["rome-1", "rome-2"] == 18
    assert MOVES["menage", "rome-2"] == 18
    assert MOVES["bureaux", "rome-2"] == 12
    assert MOVES.get(("rome-3", "hotel")) is None
    assert MOVES.get(("unknown", "hotel")) is None
