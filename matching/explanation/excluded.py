"""Why is this person not matched with this offer? For the facilitator, every reason, with the figures."""

from matching.comparison import Comparison
from matching.criteria import Words
from matching.explanation.french import limit, names, on_day, typeset, way
from matching.explanation.sentence import Writer
from matching.filters import Exclusion, exclusions


def why_excluded(pair: Comparison, words: Words) -> tuple[tuple[Exclusion, str], ...]:
    return tuple((exclusion, WRITERS[exclusion](pair, words)) for exclusion in exclusions(pair))


def _no_place_left(pair: Comparison, words: Words) -> str:
    return typeset("Plus de poste à pourvoir")


def _not_eligible(pair: Comparison, words: Words) -> str:
    until, start = pair.candidate.eligible_until, on_day(pair.offer.start_on)
    if until is None:
        return typeset(f"Pas d'éligibilité à la clause connue au début, le {start}")
    return typeset(f"Éligible à la clause jusqu'au {on_day(until)}, avant le début, le {start}")


def _not_available(pair: Comparison, words: Words) -> str:
    since, offer = pair.candidate.available_from or pair.offer.start_on, pair.offer
    until = "le dernier début possible" if offer.latest_start > offer.start_on else "le début"
    return typeset(f"Disponible le {on_day(since)}, après {until}, le {on_day(offer.latest_start)}")


def _licence_missing(pair: Comparison, words: Words) -> str:
    missing = pair.offer.required_licences - pair.candidate.licences
    return typeset(f"Permis demandé, non détenu : {names(words.licences, missing)}")


def _title_missing(pair: Comparison, words: Words) -> str:
    missing = pair.offer.required_titles - pair.candidate.titles
    return typeset(f"Titre exigé par la loi, non détenu : {names(words.titles, missing)}")


def _too_far(pair: Comparison, words: Words) -> str:
    best = pair.route.best
    return typeset(f"Trop loin : {way(best, pair.route.km)}, pour un maximum de {limit(best)}")


def _condition_refused(pair: Comparison, words: Words) -> str:
    refused = pair.offer.conditions & pair.candidate.refusals
    return typeset(f"Refuse : {names(words.conditions, refused)}")


def _offer_refused(pair: Comparison, words: Words) -> str:
    return typeset("A déjà refusé cette offre ou y a déjà postulé")


WRITERS: dict[Exclusion, Writer] = {
    Exclusion.NO_PLACE_LEFT: _no_place_left,
    Exclusion.NOT_ELIGIBLE: _not_eligible,
    Exclusion.NOT_AVAILABLE: _not_available,
    Exclusion.LICENCE_MISSING: _licence_missing,
    Exclusion.TITLE_MISSING: _title_missing,
    Exclusion.TOO_FAR: _too_far,
    Exclusion.CONDITION_REFUSED: _condition_refused,
    Exclusion.OFFER_REFUSED: _offer_refused,
}
