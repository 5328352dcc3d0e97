"""Is this password hard to guess? Length first, then what it is made of; nothing is asked of a distant service."""

import unicodedata
from collections.abc import Iterable, Iterator

from app.accounts.rules import AccountRefusal
from app.accounts.rules.common_passwords import COMMON, RUNS, WORDS

SHORTEST = 15
STRENGTH = 8
"""Signs that must be left once runs, common words and personal words count for one each, and repeats for nothing."""
_LEET = str.maketrans("0134578@$!", "oieastbasi")


def tidy(password: str) -> str:
    """The same password whatever the keyboard that composed its accents."""
    return unicodedata.normalize("NFKC", password)


def folded(text: str) -> str:
    """Letters and digits, without case or accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in flat if char.isalnum())


def password_refusals(password: str, personal: Iterable[str] = ()) -> tuple[AccountRefusal, ...]:
    """Why a password is not taken; empty when it is. ``personal``: name, e-mail, organisation of the person."""
    if len(tidy(password)) < SHORTEST:
        return (AccountRefusal.PASSWORD_TOO_SHORT,)
    bare = folded(tidy(password)) or tidy(password)
    unleet = folded(tidy(password).casefold().translate(_LEET))
    if {bare, unleet, bare.rstrip("0123456789"), unleet.rstrip("0123456789")} & COMMON:
        return (AccountRefusal.PASSWORD_COMMON,)
    if len(set(bare)) < 5 or _is_a_loop(bare) or _strength(bare, ()) < STRENGTH:
        return (AccountRefusal.PASSWORD_REPEATS,)
    if min(_strength(form, WORDS) for form in (bare, unleet)) < STRENGTH:
        return (AccountRefusal.PASSWORD_COMMON,)
    own = [*WORDS, *_words_of(personal)]
    if min(_strength(form, own) for form in (bare, unleet)) < STRENGTH:
        return (AccountRefusal.PASSWORD_PERSONAL,)
    return ()


def _is_a_loop(text: str) -> bool:
    """Is it one shorter text, said several times and nothing else?"""
    return (text + text).find(text, 1) < len(text)


def _words_of(personal: Iterable[str]) -> Iterator[str]:
    """Words of three letters and more of names and addresses, and each name joined up."""
    for text in personal:
        spaced = "".join(char if char.isalnum() else " " for char in text)
        for word in (*spaced.split(), text):
            if len(bare := folded(word)) >= 3:
                yield bare
                yield bare.translate(_LEET)


def _strength(bare: str, words: Iterable[str]) -> int:
    """How many signs are left when known words and runs count for one, and repeats for nothing."""
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        bare = bare.replace(word, "\0")
    kept = 0
    place = 0
    while place < len(bare):
        repeat = _repeat_at(bare, place)
        kept += not repeat
        place += repeat or max(_run_at(bare, place), 1)
    return kept


def _run_at(text: str, place: int) -> int:
    """Length of a stretch of a known row (« abcd », « 4321 », « azert ») that starts here, when four or more."""
    length = 0
    while any(text[place : place + length + 1] in row for row in RUNS) and place + length < len(text):
        length += 1
    return length if length >= 4 else 0


def _repeat_at(text: str, place: int) -> int:
    """Length of what starts here and was already said just before: « abcabc », « aaaa »."""
    for size in range(min(place, len(text) - place), 0, -1):
        unit = text[place - size : place]
        if text.startswith(unit, place) and (size > 1 or text[place - 1] == text[place]):
            return size
    return 0
