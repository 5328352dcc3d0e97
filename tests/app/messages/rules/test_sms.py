"""How many SMS a text takes: 160 and 153 signs of the GSM alphabet, 70 and 67 of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages.rules.sms import LONGEST, sms_size, sms_text


@pytest.mark.parametrize(
    ("text", "signs", "parts", "plain"),
    [
        ("", 0, 1, True),
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("é" * 160, 160, 1, True),
        ("a" * 153 * 2, 306, 2, True),
        ("a" * (153 * 2 + 1), 307, 3, True),
        ("€" * 80, 160, 1, True),
        ("€" * 81, 162, 2, True),
        ("a" * 152 + "€" + "a" * 152, 306, 3, True),  # the two signs of € are not cut in two
        ("ê" * 70, 70, 1, False),
        ("ê" * 71, 71, 2, False),
        ("ê" * 67 * 2, 134, 2, False),
        ("ê" * (67 * 2 + 1), 135, 3, False),
        ("a" * 69 + "ж", 70, 1, False),
        ("🙂" * 35, 70, 1, False),
        ("🙂" * 36, 72, 2, False),
        ("🙂" * 67, 134, 3, False),  # 33 a part: the two halves of a sign stay together
    ],
)
def test_a_text_is_counted_as_the_networks_count_it(text: str, signs: int, parts: int, plain: bool) -> None:
    size = sms_size(text)
    assert (size.signs, size.parts, size.plain) == (signs, parts, plain)


def test_the_longest_message_of_the_portal_is_two_sms() -> None:
    assert sms_size("a" * LONGEST).parts == 2
    assert sms_size("a" * (LONGEST + 1)).parts == 3


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("L’offre «\u00a0Agent\u00a0» : oui\u00a0?", 'L\'offre "Agent" : oui ?'),
        ("Vous êtes reçu à l’hôpital, ça va…", "Vous etes recu à l'hopital, ça va...".replace("ça", "ca")),
        ("Où ? É, è, à, ù, Ç", "Où ? É, è, à, ù, Ç"),
        ("Manœuvre — bâtiment", "Manoeuvre - batiment"),
        ("Олена, vous êtes attendue", "Олена, vous êtes attendue"),
    ],
)
def test_a_text_leaves_with_the_signs_that_phones_have(written: str, sent: str) -> None:
    assert sms_text(written) == sent


@given(st.text("abcçêôîûïë’«» \u00a0…œéèàùÀÈ!?:", max_size=200))
def test_french_always_fits_the_alphabet_of_phones(text: str) -> None:
    sent = sms_text(text)
    assert sms_size(sent).plain
    assert sms_text(sent) == sent
