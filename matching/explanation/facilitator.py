"""What the facilitator reads: for, against and to be checked, with the precise figures."""

from matching.comparison import Comparison
from matching.criteria import Words
from matching.explanation.french import BY_MEANS, LEVELS, clock, hours, limit, name, names, on_day, typeset, way
from matching.explanation.sentence import Sentence, Writer, written
from matching.explanation.week import freedom
from matching.reasons import Reason
from matching.slots import earliest_start


def for_facilitator(pair: Comparison, words: Words) -> tuple[Sentence, ...]:
    return written(pair, words, WRITERS)


def _same_trade(pair: Comparison, words: Words) -> str:
    return typeset(f"Même métier : {name(words.trades, pair.offer.trade)}")


def _same_rome(pair: Comparison, words: Words) -> str:
    return typeset(f"Même fiche métier que : {name(words.trades, pair.trade.wanted or '')}")


def _near_move(pair: Comparison, words: Words) -> str:
    return typeset(f"Passage possible depuis : {name(words.trades, pair.trade.wanted or '')}")


def _same_family(pair: Comparison, words: Words) -> str:
    return typeset(f"Même famille de métiers que : {name(words.trades, pair.trade.wanted or '')}")


def _other_trade(pair: Comparison, words: Words) -> str:
    wanted = ", ".join(name(words.trades, trade) for trade in pair.candidate.trades[:3])
    return typeset(f"Autre métier que ceux recherchés : {wanted}" if wanted else "Aucun métier recherché")


def _same_commune(pair: Comparison, words: Words) -> str:
    commune = words.communes.get(pair.offer.place)
    return typeset(f"Dans sa commune : {commune}" if commune else "Dans sa commune")


def _trip(pair: Comparison, words: Words) -> str:
    return typeset(f"À {way(pair.route.best, pair.route.km)}")


def _long_trip(pair: Comparison, words: Words) -> str:
    best = pair.route.best
    return typeset(f"À {way(best, pair.route.km)}, pour un maximum de {limit(best)}")


def _all_slots(pair: Comparison, words: Words) -> str:
    return typeset("Libre sur tous les horaires demandés")


def _part_of_slots(pair: Comparison, words: Words) -> str:
    return typeset(freedom(pair.candidate.grid, pair.offer.grid))


def _free_hours(pair: Comparison, words: Words) -> str:
    return typeset("Aucun horaire imposé")


def _offered(pair: Comparison) -> str:
    return hours(pair.offer.hours_week or 0)


def _hours_fit(pair: Comparison, words: Words) -> str:
    return typeset(f"{_offered(pair)} par semaine : dans ses souhaits")


def _fewer_hours(pair: Comparison, words: Words) -> str:
    return typeset(f"{_offered(pair)} par semaine, au moins {hours(pair.candidate.hours_min or 0)} souhaitées")


def _more_hours(pair: Comparison, words: Words) -> str:
    return typeset(f"{_offered(pair)} par semaine, au plus {hours(pair.candidate.hours_max or 0)} souhaitées")


def _all_required_skills(pair: Comparison, words: Words) -> str:
    return typeset(f"Compétences demandées, toutes acquises : {names(words.skills, pair.required_held)}")


def _some_required_skills(pair: Comparison, words: Words) -> str:
    held, required = pair.required_held, pair.offer.required_skills
    return typeset(f"{len(held)} sur {len(required)} compétences demandées : {names(words.skills, held)}")


def _required_skills_missing(pair: Comparison, words: Words) -> str:
    missing = pair.offer.required_skills - pair.candidate.skills
    return typeset(f"Manque : {names(words.skills, missing)}")


def _wished_held(pair: Comparison, words: Words) -> str:
    skills, titles = pair.wished_held
    held = [text for text in (names(words.skills, skills), names(words.titles, titles)) if text]
    return typeset(f"Souhaité et acquis : {', '.join(held)}")


def _title_held(pair: Comparison, words: Words) -> str:
    return typeset(f"Titre obligatoire détenu : {names(words.titles, pair.offer.required_titles)}")


def _licence_held(pair: Comparison, words: Words) -> str:
    return typeset(f"Permis demandé, détenu : {names(words.licences, pair.offer.required_licences)}")


def _no_skill_asked(pair: Comparison, words: Words) -> str:
    return typeset("Aucune compétence demandée")


def _levels(pair: Comparison) -> tuple[str, str]:
    return LEVELS[pair.candidate.french], LEVELS[pair.offer.french]


def _french_above(pair: Comparison, words: Words) -> str:
    level, need = _levels(pair)
    return typeset(f"Français {level} : au-dessus du {need} demandé")


def _french_just(pair: Comparison, words: Words) -> str:
    return typeset(f"Français {_levels(pair)[0]} : juste le niveau demandé")


def _french_under(pair: Comparison, words: Words) -> str:
    level, need = _levels(pair)
    return typeset(f"Français {level} : un niveau sous le {need} demandé")


def _french_far(pair: Comparison, words: Words) -> str:
    level, need = _levels(pair)
    return typeset(f"Français {level} : loin du {need} demandé")


def _available(pair: Comparison, words: Words) -> str:
    return typeset(f"Disponible au début, le {on_day(pair.offer.start_on)}")


def _eligible(pair: Comparison, words: Words) -> str:
    until = pair.candidate.eligible_until
    return typeset(f"Éligible à la clause jusqu'au {on_day(until)}" if until else "Éligible à la clause")


def _early_start(pair: Comparison, words: Words) -> str:
    start = clock(earliest_start(pair.offer.grid) or 0)
    return typeset(f"Premier horaire à {start} : pas de bus avant 6 h 30, à vérifier")


def _availability_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Date de disponibilité non dite : à vérifier")


def _grid_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Horaires possibles non dits : à vérifier")


def _travel_unknown(pair: Comparison, words: Words) -> str:
    usual = pair.weights.default_travels
    ways = " ou ".join(BY_MEANS[travel.means] for travel in usual)
    return typeset(f"Moyens de transport non dits, calcul {ways} : à vérifier")


def _distance_unknown(pair: Comparison, words: Words) -> str:
    return typeset("Distance inconnue : trajet à vérifier")


WRITERS: dict[Reason, Writer] = {
    Reason.SAME_TRADE: _same_trade,
    Reason.SAME_ROME: _same_rome,
    Reason.NEAR_MOVE: _near_move,
    Reason.SAME_FAMILY: _same_family,
    Reason.OTHER_TRADE: _other_trade,
    Reason.SAME_COMMUNE: _same_commune,
    Reason.SHORT_TRIP: _trip,
    Reason.FAIR_TRIP: _trip,
    Reason.LONG_TRIP: _long_trip,
    Reason.ALL_SLOTS: _all_slots,
    Reason.MOST_SLOTS: _part_of_slots,
    Reason.FEW_SLOTS: _part_of_slots,
    Reason.FREE_HOURS: _free_hours,
    Reason.HOURS_FIT: _hours_fit,
    Reason.FEWER_HOURS: _fewer_hours,
    Reason.MORE_HOURS: _more_hours,
    Reason.ALL_REQUIRED_SKILLS: _all_required_skills,
    Reason.SOME_REQUIRED_SKILLS: _some_required_skills,
    Reason.REQUIRED_SKILLS_MISSING: _required_skills_missing,
    Reason.WISHED_HELD: _wished_held,
    Reason.TITLE_HELD: _title_held,
    Reason.LICENCE_HELD: _licence_held,
    Reason.NO_SKILL_ASKED: _no_skill_asked,
    Reason.FRENCH_ABOVE: _french_above,
    Reason.FRENCH_JUST: _french_just,
    Reason.FRENCH_UNDER: _french_under,
    Reason.FRENCH_FAR: _french_far,
    Reason.AVAILABLE: _available,
    Reason.ELIGIBLE: _eligible,
    Reason.EARLY_START: _early_start,
    Reason.AVAILABILITY_UNKNOWN: _availability_unknown,
    Reason.GRID_UNKNOWN: _grid_unknown,
    Reason.TRAVEL_UNKNOWN: _travel_unknown,
    Reason.DISTANCE_UNKNOWN: _distance_unknown,
}
