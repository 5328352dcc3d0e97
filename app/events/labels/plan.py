"""What do the pages of wishes and of the plan say of figures, of what does not fit, and of why two meet?"""

from collections.abc import Collection, Mapping
from enum import Enum

from app.core.french import clock_time, plural
from app.core.quantities import NBSP
from app.events.labels.kinds import side_words
from app.events.rules.kinds import EventKind, Outcome, Side
from app.events.rules.plan_words import Changes, Choice, Unserved, fair
from app.events.rules.setup import Caution, Outline, PlanRefusal, Rests, SetupRefusal
from app.events.rules.wishes import Most, WishRefusal

REFUSAL_WORDS: Mapping[Enum, str] = {
    WishRefusal.NOT_OPEN: "Les souhaits ne sont pas ouverts pour cet événement.",
    WishRefusal.OVER: "Les rencontres ont commencé\u00a0: les souhaits sont clos. Appelez la personne qui organise.",
    WishRefusal.NOT_COMING: "Cette inscription n’est plus active\u00a0: les souhaits ne sont plus pris.",
    WishRefusal.TOO_MANY_MEET: "Il y a trop de souhaits «\u00a0à rencontrer\u00a0». Gardez les plus importants.",
    WishRefusal.TOO_MANY_AVOID: "Il y a trop de choix «\u00a0à éviter\u00a0». Gardez les plus importants.",
    SetupRefusal.FIRST_ROUND_OUTSIDE: "Le premier tour commence pendant le créneau de l’événement.",
    SetupRefusal.BREAK_HALF_SAID: "Dites après quel tour vient la pause, et combien de minutes elle dure.",
    SetupRefusal.BREAK_TWICE: "Deux pauses suivent le même tour\u00a0: n’en gardez qu’une.",
    SetupRefusal.BREAK_AFTER_END: "Une pause vient après un tour, et avant le dernier.",
    PlanRefusal.NO_SLOT: "L’événement n’a pas encore de créneau\u00a0: ajoutez sa date.",
    PlanRefusal.NOT_OPEN: "Publiez l’événement avant de faire son plan. Un événement terminé ou annulé n’en a plus.",
    PlanRefusal.NO_SEATED: "Personne n’est inscrit à une table\u00a0: il n’y a personne à rencontrer.",
    PlanRefusal.NO_MOVING: "Personne ne va de table en table\u00a0: il n’y a personne à rencontrer.",
    PlanRefusal.ROUND_BEGUN: "Ce tour a commencé\u00a0: refaites le plan depuis l’onglet «\u00a0Le jour J\u00a0».",
    PlanRefusal.NO_ROUND_LEFT: "Il ne reste pas de tour à planifier.",
    PlanRefusal.NO_PLAN: "Il n’y a pas encore de plan.",
    PlanRefusal.TOO_LONG: "Le calcul du plan a pris trop de temps. Recommencez, ou écrivez moins de tours.",
}
UNSERVED: Mapping[Unserved, str] = {
    Unserved.NOT_THERE: "n’est pas attendu",
    Unserved.SET_APART: "rencontre écartée",
    Unserved.NO_ROOM: "plus de tour commun",
}
CHOICES: Mapping[Choice, str] = {
    Choice.MUTUAL: "Vous vous êtes choisis.",
    Choice.OWN: "Vous avez demandé cette rencontre.",
    Choice.NONE: "",
}
CAUTIONS: Mapping[Caution, str] = {
    Caution.NO_SEATED: "Personne n’est inscrit de ce côté",
    Caution.NO_MOVING: "Personne n’est inscrit de ce côté",
    Caution.ENDS_LATE: "Cela finit après l’heure prévue",
    Caution.FEW_TABLES: "Il y a moins de tables que de participants",
    Caution.ROUNDS_TO_SPARE: "Il y a plus de tours que nécessaire",
    Caution.NOT_ALL_MEET: "Tout le monde ne rencontre pas tout le monde",
}
ON_PAPER: Mapping[Outcome, str] = {
    Outcome.FOLLOW_UP: "On se reparle",
    Outcome.OFFER: "Un poste",
    Outcome.VISIT: "Une visite",
    Outcome.STAGE: "Un stage",
    Outcome.NO: "Pas de suite",
}
"""What is ticked on a sheet, short enough for one line."""
NO_REASON = "Une occasion de faire connaissance."


def changes_words(changes: Changes) -> str:
    """« 2 inscriptions annulées et 1 nouvelle inscription depuis ce plan. »"""
    counted = (
        (changes.cancelled, "inscription annulée"),
        (changes.excused, "excuse notée"),
        (changes.absent, "absence notée"),
        (changes.left, "départ noté"),
        (changes.new, "nouvelle inscription"),
    )
    said = [plural(count, words) for count, words in counted if count]
    if changes.wishing:
        said.append(f"souhaits changés par {plural(changes.wishing, 'participant')}")
    if changes.reset:
        said.append("un autre nombre de tours ou de tables")
    whole = " et ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)
    return f"{whole[:1].upper()}{whole[1:]} depuis ce plan."


def length_words(minutes: int) -> str:
    """« 45 min », « 2 h 22 », « 3 h »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"


def outline_words(of: Outline, round_minutes: int, change_minutes: int) -> str:
    """« 12 tours de 10 min, 2 min entre deux : 144 rencontres, 2 h 22, fin à 16 h 22 »."""
    between = f", {change_minutes}{NBSP}min entre deux" if change_minutes and of.rounds > 1 else ""
    rounds = f"{plural(of.rounds, 'tour')} de {round_minutes}{NBSP}min{between}"
    made = f"{plural(of.meetings, 'rencontre')}, {length_words(of.minutes)}, fin à {clock_time(of.ends_at)}"
    return f"{rounds}{NBSP}: {made}"


def rest_words(rests: Rests) -> str:
    """« sans pause », « 3 pauses chacun », « 2 ou 3 pauses chacun »."""
    if rests.most == 0:
        return "aucun tour sans rencontre"
    if rests.least == rests.most:
        return f"{plural(rests.most, 'tour')} sans rencontre pour chacun"
    return f"{rests.least} à {plural(rests.most, 'tour')} sans rencontre pour chacun"


def caution_words(caution: Caution, of: Outline, kind: EventKind) -> str:
    """What is wrong, and what to change."""
    seated, moving = (side_words(kind, side).lower() for side in (Side.SEATED, Side.MOVING))
    match caution:
        case Caution.NO_SEATED:
            return f"Aucune inscription côté «\u00a0{seated}\u00a0». Ouvrez l’onglet Inscriptions pour en ajouter."
        case Caution.NO_MOVING:
            return f"Aucune inscription côté «\u00a0{moving}\u00a0». Ouvrez l’onglet Inscriptions pour en ajouter."
        case Caution.ENDS_LATE:
            fits = f"{plural(of.fitting, 'tour')} au plus" if of.fitting else "aucun tour"
            return (
                f"Avec {length_words(of.minutes)} de rencontres, la fin tombe à "
                f"{clock_time(of.ends_at)}, après la fin du créneau. Dans le créneau {_hold(of.fitting)} {fits}. "
                "Écrivez ce nombre de tours, raccourcissez-les, ou allongez le créneau."
            )
        case Caution.FEW_TABLES:
            return (
                f"{plural(of.tables, 'table')} pour {of.seated} et {of.moving}\u00a0: à chaque tour, "
                f"{plural(max(0, of.seated - of.tables), 'participant')} assis et {max(0, of.moving - of.tables)} en "
                f"mouvement attendent. {seated.capitalize()}\u00a0: {rest_words(of.seated_rests)}. "
                f"{moving.capitalize()}\u00a0: {rest_words(of.moving_rests)}."
            )
        case Caution.ROUNDS_TO_SPARE:
            return f"{plural(of.needed, 'tour')} suffisent pour que tous se rencontrent. Les autres seraient vides."
        case Caution.NOT_ALL_MEET:
            return (
                f"{of.meetings} rencontres sur {of.seated * of.moving} possibles. Il faudrait "
                f"{plural(of.needed, 'tour')} pour toutes. Le plan garde d’abord les souhaits, puis les affinités."
            )


def _hold(count: int) -> str:
    return "tient" if count < 2 else "tiennent"


def wishes_met_words(met: int, possible: int) -> str:
    """« 38 souhaits sur 40 », « aucun souhait donné »."""
    return f"{met} sur {possible}" if possible else "aucun"


def gap_words(gap_percent: float) -> str:
    """« au maximum possible », « à 0,4 % du maximum prouvé »."""
    if gap_percent <= 0:
        return "au maximum possible"
    shown = f"{max(gap_percent, 0.1):.1f}".replace(".", ",")
    return f"à {shown}{NBSP}% du maximum prouvé"


def fair_words(rests: Collection[int]) -> str:
    """Of the rests of one side."""
    if not rests or max(rests) == 0:
        return "personne n’attend"
    least, most = min(rests), max(rests)
    how = f"{plural(most, 'tour')} d’attente" if least == most else f"{least} à {plural(most, 'tour')} d’attente"
    return f"{how} chacun, {'bien partagés' if fair(rests) else 'inégaux'}"


def most_words(most: Most) -> str:
    """The limits, said plainly above the list."""
    return (
        f"Vous pouvez choisir {plural(most.meet, 'rencontre souhaitée', 'rencontres souhaitées')} au plus, "
        f"et {most.avoid} à éviter au plus."
    )
