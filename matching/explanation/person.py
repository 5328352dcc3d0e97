"""What the person reads: vous, at most fifteen words a sentence, no figure of score, nothing that hurts."""

from matching.comparison import Comparison
from matching.criteria import Words
from matching.explanation.french import (
    BY_MEANS,
    clock,
    duration,
    fitting,
    hours,
    name,
    names,
    on_day,
    typeset,
)
from matching.explanation.sentence import Sentence, Writer, written
from matching.reasons import Reason
from matching.slots import earliest_start


def for_person(pair: Comparison, words: Words) -> tuple[Sentence, ...]:
    """What speaks for the offer, the best first, then what the person is invited to check or to tell us."""
    return written(pair, words, WRITERS)


def _what(pair: Comparison) -> str:
    return "stage" if pair.offer.placement else "travail"


def _same_trade(pair: Comparison, words: Words) -> str:
    long = f"C'est un métier que vous cherchez : {name(words.trades, pair.offer.trade)}."
    return typeset(fitting(long, "C'est un métier que vous cherchez."))


def _same_rome(pair: Comparison, words: Words) -> str:
    one = f"Ce {_what(pair)} ressemble beaucoup à votre recherche"
    return typeset(fitting(f"{one} : {name(words.trades, pair.trade.wanted or '')}.", f"{one}."))


def _near_move(pair: Comparison, words: Words) -> str:
    one = f"Ce {_what(pair)} est proche d'un métier que vous cherchez"
    return typeset(fitting(f"{one} : {name(words.trades, pair.trade.wanted or '')}.", f"{one}."))


def _same_family(pair: Comparison, words: Words) -> str:
    return typeset(f"Ce {_what(pair)} est dans une branche qui vous intéresse.")


def _same_commune(pair: Comparison, words: Words) -> str:
    commune = words.communes.get(pair.offer.place)
    return typeset(f"Le {_what(pair)} est dans votre commune : {commune}." if commune else "C'est dans votre commune.")


def _trip(pair: Comparison, words: Words) -> str:
    trip = pair.route.best
    return typeset(f"C'est à environ {duration(trip.minutes)} de chez vous {BY_MEANS[trip.travel.means]}.")


def _all_slots(pair: Comparison, words: Words) -> str:
    return typeset("Les horaires vont avec vos disponibilités.")


def _most_slots(pair: Comparison, words: Words) -> str:
    return typeset("La plupart des horaires vont avec vos disponibilités.")


def _free_hours(pair: Comparison, words: Words) -> str:
    return typeset("L'offre n'impose pas d'horaires précis.")


def _hours_fit(pair: Comparison, words: Words) -> str:
    offered = hours(pair.offer.hours_week) if pair.offer.hours_week is not None else ""
    return typeset(f"C'est {offered} par semaine, comme vous le souhaitez.")


def _all_required_skills(pair: Comparison, words: Words) -> str:
    held = pair.required_held
    one = "Vous savez faire ce qui est demandé"
    long = f"{one} : {names(words.skills, held)}."
    return typeset(fitting(long, f"{one}."))


def _some_required_skills(pair: Comparison, words: Words) -> str:
    one = "Vous savez déjà faire une partie de ce qui est demandé"
    return typeset(fitting(f"{one} : {names(words.skills, pair.required_held)}.", f"{one}."))


def _wished_held(pair: Comparison, words: Words) -> str:
    skills, titles = pair.wished_held
    held = ", ".join(text for text in (names(words.skills, skills), names(words.titles, titles)) if text)
    return typeset(fitting(f"Vous avez un plus pour ce poste : {held}.", "Vous avez un plus pour ce poste."))


def _title_held(pair: Comparison, words: Words) -> str:
    long = f"Vous avez le diplôme obligatoire : {names(words.titles, pair.offer.required_titles)}."
    return typeset(fitting(long, "Vous avez le diplôme obligatoire."))


def _licence_held(pair: Comparison, words: Words) -> str:
    long = f"Vous avez le permis demandé : {names(words.licences, pair.offer.required_licences)}."
    return typeset(fitting(long, "Vous avez le permis demandé."))


def _french(pair: Comparison, words: Words) -> str:
    return typeset("Votre niveau de français convient.")


def _available(pair: Comparison, words: Words) -> str:
    begins = "est possible à partir du" if pair.offer.placement else "commence le"
    return typeset(f"Le {_what(pair)} {begins} {on_day(pair.offer.start_on)} : vous serez disponible.")


def _eligible(pair: Comparison, words: Words) -> str:
    return typeset("Cette offre fait partie d'un programme pour l'emploi auquel vous avez droit.")


def _no_skill_asked(pair: Comparison, words: Words) -> str:
    return typeset("Aucune compétence particulière n'est demandée.")


def _early_start(pair: Comparison, words: Words) -> str:
    start = clock(earliest_start(pair.offer.grid) or 0)
    return typeset(f"Le {_what(pair)} commence à {start}, avant les premiers bus : vérifiez comment venir.")


def _availability_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Dites-nous à partir de quand vous êtes disponible.")


def _grid_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Dites-nous quels jours et à quelles heures vous êtes libre.")


def _travel_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Dites-nous comment vous vous déplacez.")


def _distance_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Regardez le trajet : nous ne connaissons pas la distance.")


WRITERS: dict[Reason, Writer] = {
    Reason.SAME_TRADE: _same_trade,
    Reason.SAME_ROME: _same_rome,
    Reason.NEAR_MOVE: _near_move,
    Reason.SAME_FAMILY: _same_family,
    Reason.SAME_COMMUNE: _same_commune,
    Reason.SHORT_TRIP: _trip,
    Reason.FAIR_TRIP: _trip,
    Reason.ALL_SLOTS: _all_slots,
    Reason.MOST_SLOTS: _most_slots,
    Reason.FREE_HOURS: _free_hours,
    Reason.HOURS_FIT: _hours_fit,
    Reason.ALL_REQUIRED_SKILLS: _all_required_skills,
    Reason.SOME_REQUIRED_SKILLS: _some_required_skills,
    Reason.WISHED_HELD: _wished_held,
    Reason.TITLE_HELD: _title_held,
    Reason.LICENCE_HELD: _licence_held,
    Reason.FRENCH_ABOVE: _french,
    Reason.FRENCH_JUST: _french,
    Reason.AVAILABLE: _available,
    Reason.ELIGIBLE: _eligible,
    Reason.NO_SKILL_ASKED: _no_skill_asked,
    Reason.EARLY_START: _early_start,
    Reason.AVAILABILITY_UNKNOWN: _availability_unknown,
    Reason.GRID_UNKNOWN: _grid_unknown,
    Reason.TRAVEL_UNKNOWN: _travel_unknown,
    Reason.DISTANCE_UNKNOWN: _distance_unknown,
}
