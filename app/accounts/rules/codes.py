"""What does a code look like, and which code did the person mean?"""

from collections.abc import Callable

SENT_ALPHABET = "0123456789"
SENT_LENGTH = 6
# No 0 O Q, 1 I L, 2 Z, 5 S, 8 B, nor V beside U: read aloud and copied by hand.
PAPER_ALPHABET = "ACDEFGHJKMNPRTUWXY34679"
PAPER_LENGTH = 8


def drawn(alphabet: str, length: int, pick: Callable[[str], str]) -> str:
    """A code of ``length`` signs; ``pick`` draws one at random."""
    return "".join(pick(alphabet) for _ in range(length))


def typed_digits(text: str) -> str:
    """« 123 456 » → « 123456 ». Digits of every script count."""
    return "".join(str(int(char)) for char in text if char.isdecimal())[: SENT_LENGTH + 1]


def typed_paper(text: str) -> str:
    """« acde-fghj » → « ACDEFGHJ »."""
    return "".join(char for char in text.upper() if char.isalnum())[: PAPER_LENGTH + 1]


def on_paper(code: str) -> str:
    """« ACDEFGHJ » → « ACDE-FGHJ », as it is printed."""
    return f"{code[:4]}-{code[4:]}"
