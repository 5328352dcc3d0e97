"""What did the person mean? Typed words become clauses that engines can answer, and sometimes a place.

« menage etampe » is read as the trades that « ménage » names, within 15 km of Étampes. Whatever was guessed is
told, so that the page can say it and the person can undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from search_index import analysis
from search_index.analysis import Word
from search_index.documents import Kind
from search_index.engine import WordSense
from search_index.entry import family_token, licence_token, name_token, trade_token
from search_index.gazetteer import LONGEST_NAME, Gazetteer, Town, TownSpan, place_of, starts_a_place
from search_index.lexicon import Lexicon, Meaning, Span
from search_index.query import Alternative, Clause, Correction, Group, Query, Term
from search_index.spelling import SHORTEST, nearest

MOST_WORDS = 20  # the rest of a pasted letter is not a query
SHORTEST_PREFIX = 3
SURE = 0.9  # closeness of what only sounds alike: better than a beginning
LONGEST_PLACE = 5  # words looked at together for a misspelt commune

Senses = Callable[[Sequence[str]], Mapping[str, WordSense]]


@dataclass(frozen=True, slots=True)
class Understood:
    """The query with its clauses and place filled, and what was guessed on the way."""

    query: Query
    corrections: tuple[Correction, ...] = ()
    town: Town | None = None
    words_without_place: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A typed word, the one it is taken for when nobody knows it, and whether known words begin with it."""

    typed: Word
    fixed: Word | None = None
    begins: bool = False

    @property
    def best(self) -> Word:
        return self.fixed or self.typed


def plain_clauses(words: str) -> tuple[Clause, ...]:
    """Without a lexicon: every word must be present."""
    tokens = dict.fromkeys(analysis.stems(words))
    return tuple((Group(((Term(token),),)),) for token in list(tokens)[:MOST_WORDS])


def understand(kind: Kind, query: Query, lexicon: Lexicon, gazetteer: Gazetteer, senses: Senses) -> Understood:
    """`senses` is asked of the engine only for words that no trade and no commune knows."""
    words = list(analysis.words_of(query.words))[:MOST_WORDS]
    if not words:
        return Understood(replace(query, clauses=()))
    wants_place = query.place_from_words and query.place is None
    places = _places_in(words, lexicon, gazetteer) if wants_place else []
    unknown = [word for word in _outside(words, places) if _is_unknown(word, lexicon)]
    known_to_engine = senses([word.plain for word in unknown]) if unknown else {}
    lost = frozenset(word for word in unknown if word.plain in known_to_engine)
    corrections = []
    if wants_place and not places and lost and (guess := _town_nearly_in(words, lost, lexicon, gazetteer)):
        places = [guess]
        typed = " ".join(word.typed for word in words[guess.start : guess.end])
        corrections.append(Correction(typed, guess.town.name))
    read = [_correct(word, known_to_engine, lexicon) for word in _outside(words, places)]
    town = places[0].town if places else None
    corrections += [Correction(one.typed.typed, one.fixed.typed) for one in read if one.fixed]
    clauses, without_licence = _clauses(kind, read, lexicon)
    understood = replace(
        query,
        clauses=clauses,
        place=place_of(town) if town else query.place,
        without_licence=query.without_licence or without_licence,
    )
    rest = _without(analysis.clean(query.words), words, places)
    return Understood(understood, tuple(corrections), town, rest)


def _outside(words: Sequence[Word], places: Sequence[TownSpan]) -> list[Word]:
    return [word for at, word in enumerate(words) if not any(place.start <= at < place.end for place in places)]


def _is_unknown(word: Word, lexicon: Lexicon) -> bool:
    return (
        not word.empty
        and len(word.plain) >= SHORTEST_PREFIX
        and word.plain not in analysis.FILLERS
        and not lexicon.knows(word.stem)
        and not word.plain.isdigit()
    )


# Places


def _places_in(words: Sequence[Word], lexicon: Lexicon, gazetteer: Gazetteer) -> list[TownSpan]:
    """The first commune named, and its postcode or its name again if they were typed too.

    One word that is also a job word (« forges ») needs « à » in front of it.
    """
    found: list[TownSpan] = []
    for span in gazetteer.spans(words):
        first = words[span.start]
        alone = span.end - span.start == 1
        introduced = span.start > 0 and starts_a_place(words[span.start - 1])
        if alone and not introduced and lexicon.knows(first.stem):
            continue
        if not found or span.town == found[0].town or first.plain.isdigit():
            found.append(_stretched(words, span, gazetteer))
    return found


def _stretched(words: Sequence[Word], span: TownSpan, gazetteer: Gazetteer) -> TownSpan:
    """« ste genevieve des boi »: the short name was right, and the words after it are the rest of the long one."""
    for end in range(min(len(words), span.start + LONGEST_NAME), span.end, -1):
        _, town = gazetteer.nearest(words[span.start : end])
        if town == span.town and not words[end - 1].empty:
            return TownSpan(span.start, end, town)
    return span


def _town_nearly_in(
    words: Sequence[Word], lost: frozenset[Word], lexicon: Lexicon, gazetteer: Gazetteer
) -> TownSpan | None:
    """A misspelt commune, unless the word is a better misspelling of a job."""
    best: tuple[float, int, TownSpan] | None = None
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_PLACE) + 1):
            inside = words[start:end]
            if lost.isdisjoint(inside) or inside[0].empty or inside[-1].empty:
                continue
            if any(lexicon.knows(word.stem) for word in inside if not word.empty):
                continue
            score, town = gazetteer.nearest(inside)
            if town and (best is None or (score, end - start) > best[:2]):
                best = (score, end - start, TownSpan(start, end, town))
    if best is None:
        return None
    score, length, span = best
    job, _ = lexicon.shelf.nearest(words[span.start].plain) if length == 1 else (0.0, "")
    return span if score > job else None


def _without(text: str, words: Sequence[Word], places: Sequence[TownSpan]) -> str:
    """The typed text once the place, and the « à » before it, are taken out."""
    for place in sorted(places, key=lambda one: -one.start):
        start = place.start
        while start > 0 and starts_a_place(words[start - 1]):
            start -= 1
        text = f"{text[: words[start].start]} {text[words[place.end - 1].end :]}"
    return " ".join(text.split())


# Words


def _correct(word: Word, known_to_engine: Mapping[str, WordSense], lexicon: Lexicon) -> _Read:
    """Leave what somebody knows; complete what is a beginning; correct the rest when something is close enough."""
    sense = known_to_engine.get(word.plain)
    if sense is None or not _is_unknown(word, lexicon):
        return _Read(word)
    job_score, job = max(lexicon.shelf.nearest(plain) for plain in _unglued(word.plain))
    if sense.begins and job_score < SURE:
        return _Read(word, begins=True)
    if len(word.plain) < SHORTEST:
        return _Read(word)
    shown = {analysis.fold(like): like for like in sense.like}
    other_score, other = nearest(word.plain, shown)
    if max(job_score, other_score) == 0:
        return _Read(word)
    chosen = job if job_score >= other_score else shown[other]
    return _Read(word, next(analysis.words_of(chosen)))


def _unglued(plain: str) -> Sequence[str]:
    """« denfan » was heard as one word: « d'enfants »."""
    return (plain, plain[1:]) if plain[0] in "dl" and plain[1] in "aeiouh" else (plain,)


def _clauses(kind: Kind, read: Sequence[_Read], lexicon: Lexicon) -> tuple[tuple[Clause, ...], bool]:
    """Phrases first, then the words left; and whether « sans permis » was among them."""
    spans = lexicon.spans([one.best for one in read])
    either = any(one.typed.plain == "ou" for one in read)
    inside = {at for span in spans for at in range(span.start, span.end)}
    jobs: list[tuple[Meaning, Group]] = []
    clauses: list[Clause] = []
    for span in spans:
        if span.meaning.without_licence:
            continue
        group = _group_of_span(kind, span, read[span.start : span.end])
        if span.meaning.licences or (not either and any(span.meaning.is_kin_to(job) for job, _ in jobs)):
            clauses.append((group,))
        else:
            jobs.append((span.meaning, group))
    if jobs:
        clauses.insert(0, tuple(group for _, group in jobs))
    for at, one in enumerate(read):
        if at not in inside and not one.best.empty and one.best.plain not in analysis.FILLERS:
            clauses.append((Group(_alternatives(kind, one)),))
    return tuple(dict.fromkeys(clauses)), any(span.meaning.without_licence for span in spans)


def _group_of_span(kind: Kind, span: Span, read: Sequence[_Read]) -> Group:
    """What the phrase names, or the phrase itself in the text."""
    meaning = span.meaning
    tokens = [licence_token(code) for code in sorted(meaning.licences)]
    if not meaning.licences:
        tokens += [trade_token(slug) for slug in sorted(meaning.trades)]
        tokens += [family_token(slug) for slug in sorted(meaning.families)]
    said = [one for one in read if not one.best.empty]
    alternatives: list[Alternative] = [(Term(token),) for token in tokens]
    alternatives.append(tuple(Term(one.best.stem) for one in said))
    if len(said) == 1:
        alternatives += _alternatives(kind, said[0])
    return Group(tuple(dict.fromkeys(alternatives)))


def _alternatives(kind: Kind, one: _Read) -> tuple[Alternative, ...]:
    """One word as typed and as corrected; for people, also the beginning of a name."""
    terms = [Term(one.typed.stem)]
    if one.begins:
        terms += [Term(one.typed.plain, prefix=True), Term(one.typed.stem, prefix=True)]
    if one.fixed:
        terms.append(Term(one.fixed.stem))
    if kind is Kind.CANDIDATES:
        terms += [Term(name_token(word.plain), prefix=True) for word in (one.typed, one.fixed) if word]
    return tuple((term,) for term in dict.fromkeys(terms))
