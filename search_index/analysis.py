"""Typed French to tokens: the same for documents and queries, and the same whatever the engine.

A token is a folded stem: lower case, without accents or ligatures, without elided or empty words, one form for both
genders of a job. Accents go *before* stemming, since half of what people type has none; what the stemmer then
no longer recognises (« magasinière ») is mended by a few rules of our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

VERSION = 2  # part of every digest: raise it when the tokens of the same text change, and the compare rewrites all
LONGEST_TOKEN = 40
LONGEST_TEXT = 20_000
SHORT_TEXT = 60

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_APOSTROPHES = frozenset("'’‘ʼ`´′")
_ELIDED = frozenset(("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"))
_EMPTY_WORDS = """
a au aux avec ce ces cet cette chez comme dans de des du elle elles en est et etre eux il ils je la le les leur leurs
lui ma mais me mes moi mon ne nos notre nous on ou par pas pour qu que qui quoi sa se ses si son sont sous sur ta te
tes toi ton tu un une vers vos votre vous y ai as ont avoir etes sommes suis plus tres tout tous toute toutes pres
proche
"""
_FILLER_WORDS = """
emploi emplois travail travailler boulot taf job jobs offre offres poste postes annonce annonces cherche chercher
recherche rechercher recrute recrutement trouver besoin veux voudrais urgent metier metiers
"""
_STOP = frozenset(_EMPTY_WORDS.split())
FILLERS = frozenset(_FILLER_WORDS.split())  # typed around what is looked for; kept in documents
_VARIANTS = {"st": "saint", "ste": "saint", "sts": "saint", "resto": "restaurant", "we": "weekend"}
_GENDERS = tuple(
    (re.compile(pattern), masculine)
    for pattern, masculine in (
        (r"(?<=..)euses?$", "eur"),
        (r"(?<=..)trices?$", "teur"),
        (r"(?<=..)ieres?$", "ier"),
        (r"(?<=...)eres?$", "er"),
        (r"iennes?$", "ien"),
        (r"(?<=..)onnes?$", "on"),
        (r"ffes?$", "f"),
        (r"(?<=..)ees?$", "e"),
    )
)
_TOKEN = re.compile(r"[^\W_]+")
_WEEKEND = re.compile(r"\b(week)[ \-‐‑](?=end)", re.IGNORECASE)
_stem_word = snowballstemmer.stemmer("french").stemWord


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it was, how it was typed, its folded form and its stem."""

    start: int
    end: int
    typed: str
    plain: str
    stem: str
    empty: bool  # an article, a preposition, an elided « l' »: says nothing alone


def clean(text: str) -> str:
    """One writing of each character, no control character, no mark that stands apart (Arabic vowels)."""
    text = _WEEKEND.sub(r"\1", text[:LONGEST_TEXT])
    if text.isascii():
        return text.replace("\0", " ")
    text = unicodedata.normalize("NFKC", text).replace("\0", " ").replace("\u0640", "")
    return "".join(char for char in text if not unicodedata.combining(char))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """« Œuvré » and « oeuvre » are one word."""
    word = word.casefold().translate(_LETTERS)
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return word[:LONGEST_TOKEN]


@lru_cache(maxsize=100_000)
def stem(plain: str) -> str:
    """The stem of a folded word; numbers, short words and other scripts stay as they are."""
    plain = _VARIANTS.get(plain, plain)
    if len(plain) < 4 or not plain.isascii() or not plain.isalpha():
        return plain
    for pattern, masculine in _GENDERS:
        plain, changed = pattern.subn(masculine, plain)
        if changed:
            break
    return str(_stem_word(plain))


def words_of(text: str) -> Iterator[Word]:
    """Every word of a text, the empty ones included: places need them (« La Ferté-Alais »)."""
    text = clean(text)
    for match in _TOKEN.finditer(text):
        plain = fold(match.group())
        elided = plain in _ELIDED and text[match.end() : match.end() + 1] in _APOSTROPHES
        yield Word(match.start(), match.end(), match.group(), plain, stem(plain), elided or plain in _STOP)


@lru_cache(maxsize=10_000)
def _said_shortly(text: str) -> tuple[Word, ...]:
    return tuple(word for word in words_of(text) if not word.empty)


def said(text: str) -> tuple[Word, ...]:
    """The words that say something. Names of trades and communes come back in every document: they are remembered."""
    return _said_shortly(text) if len(text) <= SHORT_TEXT else tuple(word for word in words_of(text) if not word.empty)


def stems(text: str) -> tuple[str, ...]:
    """The tokens of a text, in order, repeated as they are repeated."""
    return tuple(word.stem for word in said(text))


def name_tokens(name: str) -> tuple[str, ...]:
    """The folded parts of a person's name, never stemmed: « N'Diaye-Sow » gives ndiaye, diaye and sow."""
    tokens: list[str] = []
    for part in re.split(r"[\s\-]+", clean(name)):
        pieces = [fold(piece) for piece in _TOKEN.findall(part)]
        if len(pieces) > 1:
            tokens.append("".join(pieces)[:LONGEST_TOKEN])
        tokens += [piece for piece in pieces if len(pieces) == 1 or len(piece) > 1]
    return tuple(dict.fromkeys(tokens))
