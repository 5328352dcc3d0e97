"""What the employer reads: only what speaks for the person and bears directly on the job (code du travail, L1221-6).

Plain texts in one fixed order. Neither a text nor its place depends on the person's own limits: not the way (a band of
distance says the same of everyone who lives there), not the hours wished, not the level of French, not the means of
transport, not a score. Silence says nothing, since no reader knows which sentences could have been there.
"""

from matching.comparison import Comparison, TradeLink
from matching.criteria import Words
from matching.explanation.french import name, names, on_day, typeset
from matching.explanation.sentence import Writer

BANDS_KM = (5, 10)


def for_employer(pair: Comparison, words: Words) -> tuple[str, ...]:
    texts = (writer(pair, words) for writer in WRITERS)
    return tuple(typeset(text) for text in texts if text)


def _trade(pair: Comparison, words: Words) -> str:
    if pair.trade.link is TradeLink.SAME_TRADE:
        return f"Recherche ce métier : {name(words.trades, pair.offer.trade)}"
    if pair.trade.link in (TradeLink.SAME_ROME, TradeLink.NEAR_MOVE) and pair.trade.wanted:
        return f"Recherche un métier proche : {name(words.trades, pair.trade.wanted)}"
    return ""


def _required_skills(pair: Comparison, words: Words) -> str:
    held = names(words.skills, pair.required_held)
    return f"Compétences du poste : {held}" if held else ""


def _title(pair: Comparison, words: Words) -> str:
    held = names(words.titles, pair.offer.required_titles & pair.candidate.titles)
    return f"Titre obligatoire : {held}" if held else ""


def _licence(pair: Comparison, words: Words) -> str:
    """A licence the job does not need is nobody's business."""
    held = names(words.licences, pair.offer.required_licences & pair.candidate.licences)
    return f"Permis demandé : {held}" if held else ""


def _wished(pair: Comparison, words: Words) -> str:
    skills, titles = pair.wished_held
    held = ", ".join(text for text in (names(words.skills, skills), names(words.titles, titles)) if text)
    return f"Atouts souhaités : {held}" if held else ""


def _week(pair: Comparison, words: Words) -> str:
    free = pair.asked and pair.candidate.grid and pair.covered == pair.asked
    return "Disponible sur tous les horaires du poste" if free else ""


def _start(pair: Comparison, words: Words) -> str:
    since, start = pair.candidate.available_from, pair.offer.start_on
    return f"Disponible au {on_day(start)}, date de début" if since and since <= start else ""


def _place(pair: Comparison, words: Words) -> str:
    """Nothing beyond the last band, nor when the distance is not known."""
    if pair.route.km == 0:
        return "Habite la commune du poste"
    band = next((limit for limit in BANDS_KM if pair.route.km <= limit), None)
    return f"Habite à moins de {band} km du poste" if band else ""


def _clause(pair: Comparison, words: Words) -> str:
    """Signed by the facilitator; why the person is eligible is never said."""
    until = pair.candidate.eligible_until
    eligible = pair.offer.claused and until is not None and until >= pair.offer.start_on
    return f"Éligible à la clause jusqu'au {on_day(until)}" if until and eligible else ""


WRITERS: tuple[Writer, ...] = (
    _trade,
    _required_skills,
    _title,
    _licence,
    _wished,
    _week,
    _start,
    _place,
    _clause,
)
