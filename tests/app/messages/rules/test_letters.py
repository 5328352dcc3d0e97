"""An address fits the window of an envelope; a text reads as a letter."""

from uuid import uuid4

import pytest

from app.messages.rules import LetterRefusal
from app.messages.rules.letters import (
    Letterhead,
    paragraphs_of,
    postal_block,
    postal_lines,
    postal_refusals,
)

GOOD = ("Mme Aminata Diallo", "3 rue du Four", "91300 Massy")


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        (GOOD, ()),
        ((*GOOD[:1], "Résidence A", "Bât. C", "Porte 12", *GOOD[1:]), ()),
        ((), (LetterRefusal.NO_ADDRESS,)),
        (GOOD[:1], (LetterRefusal.NO_ADDRESS,)),
        (GOOD[:2], (LetterRefusal.NO_POSTCODE,)),
        (("91300 Massy", "3 rue du Four"), (LetterRefusal.NO_POSTCODE,)),
        ((GOOD[0], "x" * 38, GOOD[2]), ()),
        ((GOOD[0], "x" * 39, GOOD[2]), (LetterRefusal.LINE_TOO_LONG,)),
        (("A", "B", "C", "D", "E", "F", "91300 Massy"), (LetterRefusal.TOO_MANY_LINES,)),
        (("A", "B", "C", "D", "E", "F", "x" * 39), tuple(reason for reason in LetterRefusal if reason.value in {
            "message_letter_too_many_lines", "message_letter_line_too_long", "message_letter_no_postcode"})),
    ],
)  # fmt: skip
def test_an_address_is_refused_for_every_reason_at_once(
    lines: tuple[str, ...], reasons: tuple[LetterRefusal, ...]
) -> None:
    assert postal_refusals(lines) == reasons


@pytest.mark.parametrize(
    ("street", "lines"),
    [
        ("3 rue du Four", ("A", "3 rue du Four", "91300 Massy")),
        ("3, rue du Four", ("A", "3 rue du Four", "91300 Massy")),
        ("3 bis, rue du Four", ("A", "3 bis rue du Four", "91300 Massy")),
        ("Résidence A, 3 rue du Four", ("A", "Résidence A", "3 rue du Four", "91300 Massy")),
        ("3 rue du Four\n91120 Palaiseau", ("A", "3 rue du Four", "91120 Palaiseau")),
        ("", ()),
        ("  \n , ", ()),
    ],
)
def test_a_street_and_a_town_make_an_address(street: str, lines: tuple[str, ...]) -> None:
    assert postal_block("A", street, "91300", "Massy") == lines


def test_an_address_typed_in_a_box_loses_its_empty_lines() -> None:
    assert postal_lines("  Mme   Diallo \n\n 3 rue du Four\n91300 Massy\n") == ("Mme Diallo", *GOOD[1:])


def test_a_text_is_cut_in_paragraphs_and_its_greeting_stands_alone() -> None:
    body = "Bonjour Aminata. Une offre : Agent.\nRépondez vite.\n\nDeux.\n\nLe portail insertion de l’Essonne"
    assert paragraphs_of(body) == (("Bonjour Aminata,",), ("Une offre : Agent.", "Répondez vite."), ("Deux.",))
    assert paragraphs_of("Bonjour,\n\nUn.") == (("Bonjour,",), ("Un.",))
    assert paragraphs_of("") == ()


def test_a_head_that_was_kept_reads_back_the_same() -> None:
    head = Letterhead(
        uuid4(), "MDS de Massy", ("4 avenue de France", "91300 Massy"), "Massy", "C. Morel", "+33199001234"
    )
    assert Letterhead.read(head.organisation_id, head.kept()) == head
