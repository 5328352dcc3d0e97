"""Which trades do words name? The portal gives its trades, families and licences; phrases are found in typed words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search_index import analysis
from search_index.spelling import Shelf

LONGEST_PHRASE = 8
NAMES = 2  # the first phrases of a trade are its names, for both genders
MOST_OF_A_HEAD = 4  # trades that one first word may name


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeWords:
    """A trade as people name it: « Magasinier », « Magasinière »; then everyday words, « réception »."""

    slug: str
    family: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyWords:
    slug: str
    phrases: tuple[str, ...] = ()  # « Gros œuvre », « BTP »


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceWords:
    code: str
    phrases: tuple[str, ...] = ()  # « permis B »


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase names. `domains` are the families its trades belong to, its own included."""

    trades: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    without_licence: bool = False
    domains: frozenset[str] = frozenset()

    def and_also(self, other: Meaning) -> Meaning:
        return Meaning(
            self.trades | other.trades,
            self.families | other.families,
            self.licences | other.licences,
            self.without_licence or other.without_licence,
            self.domains | other.domains,
        )

    def is_kin_to(self, other: Meaning) -> bool:
        """Two phrases that describe one job (« ménage bureaux »), not two jobs side by side (« nounou ménage »)."""
        if self.trades and other.trades:
            return bool(self.trades & other.trades)
        return bool(self.domains & other.domains)


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase found in the typed words, by the positions of its first word and just after its last."""

    start: int
    end: int
    meaning: Meaning


WITHOUT_LICENCE = ("sans permis", "pas de permis", "pas le permis", "pas besoin de permis")


@dataclass(slots=True)
class Lexicon:
    """Immutable once made: make it at start-up and again when the département edits a trade."""

    trades: Sequence[TradeWords] = ()
    families: Sequence[FamilyWords] = ()
    licences: Sequence[LicenceWords] = ()
    _phrases: dict[tuple[str, ...], Meaning] = field(init=False, default_factory=dict)
    _stems: frozenset[str] = field(init=False, default=frozenset())
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        plain: list[str] = []
        for trade in self.trades:
            meaning = Meaning(trades=frozenset((trade.slug,)), domains=frozenset((trade.family,)))
            self._learn(trade.phrases, meaning, plain)
        for family in self.families:
            slugs = frozenset((family.slug,))
            self._learn(family.phrases, Meaning(families=slugs, domains=slugs), plain)
        for licence in self.licences:
            self._learn(licence.phrases, Meaning(licences=frozenset((licence.code,))), plain)
        self._learn_heads()
        for phrase in WITHOUT_LICENCE:
            self._phrases[_whole(phrase)] = Meaning(without_licence=True)
        self._stems = frozenset(analysis.stem(word) for phrase in self._phrases for word in phrase)
        self.shelf = Shelf(plain)

    def _learn(self, phrases: Iterable[str], meaning: Meaning, plain: list[str]) -> None:
        for phrase in phrases:
            key = analysis.stems(phrase)
            if 0 < len(key) <= LONGEST_PHRASE:
                known = self._phrases.get(key)
                self._phrases[key] = known.and_also(meaning) if known else meaning
                plain.extend(word.plain for word in analysis.words_of(phrase) if not word.empty)

    def _learn_heads(self) -> None:
        """« peintre » names the trade « Peintre en bâtiment »; « agent » names too many to name one."""
        heads: dict[tuple[str, ...], Meaning] = {}
        for trade in self.trades:
            meaning = Meaning(trades=frozenset((trade.slug,)), domains=frozenset((trade.family,)))
            for head in {analysis.stems(name)[:1] for name in trade.phrases[:NAMES]}:
                heads[head] = heads.get(head, Meaning()).and_also(meaning)
        for head, meaning in heads.items():
            if head and head not in self._phrases and len(meaning.trades) <= MOST_OF_A_HEAD:
                self._phrases[head] = meaning

    def knows(self, stem: str) -> bool:
        """The word occurs in the name of some trade."""
        return stem in self._stems

    def meaning_of(self, phrase: str) -> Meaning | None:
        return self._phrases.get(analysis.stems(phrase))

    def spans(self, words: Sequence[analysis.Word]) -> list[Span]:
        """Phrases in the words, longest first, never overlapping, in their order."""
        found: list[Span] = []
        start = 0
        while start < len(words):
            span = self._longest_at(words, start)
            if span is not None:
                found.append(span)
            start = span.end if span else start + 1
        return found

    def _longest_at(self, words: Sequence[analysis.Word], start: int) -> Span | None:
        best: Span | None = None
        said: list[str] = []
        whole: list[str] = []
        for end in range(start + 1, min(len(words), start + 2 * LONGEST_PHRASE) + 1):
            word = words[end - 1]
            whole.append(word.plain)
            if not word.empty:
                said.append(word.stem)
            meaning = self._phrases.get(("", *whole)) or (not word.empty and self._phrases.get(tuple(said)))
            if meaning and (not words[start].empty or meaning.without_licence):
                best = Span(start, end, meaning)
        return best


def _whole(phrase: str) -> tuple[str, ...]:
    """A phrase whose empty words count (« pas de permis »): kept apart by its first, empty, item."""
    return ("", *(word.plain for word in analysis.words_of(phrase)))
