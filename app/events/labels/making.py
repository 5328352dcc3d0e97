"""How the pages say when an event is, how many seats are left, and why it cannot be written so."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol

from app.core.french import clock_time, date_words, plural
from app.core.quantities import NBSP
from app.events.rules.content import EventRefusal
from app.events.rules.kinds import EventKind
from app.events.rules.next_step import NextStep


class Timed(Protocol):
    """A slot, as far as its time goes."""

    starts_at: datetime
    ends_at: datetime


class Counted(Protocol):
    """The seats of a side, as far as they are counted."""

    seats: int
    taken: int


def hours_words(slot: Timed) -> str:
    """« de 9 h à 12 h 30 »."""
    return f"de {clock_time(slot.starts_at)} à {clock_time(slot.ends_at)}"


def slot_words(slot: Timed, today: date | None = None) -> str:
    """« mardi 17 novembre de 9 h à 12 h »."""
    return f"{date_words(slot.starts_at, today)}, {hours_words(slot)}"


def when_words(slots: Sequence[Timed], today: date | None = None) -> str:
    """« jeudi 12 novembre, de 9 h à 12 h », « 5 créneaux, du … au … », « date à fixer »."""
    if not slots:
        return "date à fixer"
    if len(slots) == 1:
        return slot_words(slots[0], today)
    begin, end = date_words(slots[0].starts_at, today), date_words(slots[-1].starts_at, today)
    count = plural(len(slots), "créneau")
    return f"{count} le {begin}" if begin == end else f"{count}, du {begin} au {end}"


class Listed(Protocol):
    """A line of a list: when its first slot begins and its last one ends."""

    starts_at: Any
    ends_at: Any
    slots: int


def line_words(line: Listed, today: date | None = None) -> str:
    """The same as ``when_words``, of a line that knows its first start and its last end."""
    if line.starts_at is None:
        return "date à fixer"
    if line.slots == 1:
        return slot_words(line, today)
    begin, end = date_words(line.starts_at, today), date_words(line.ends_at, today)
    count = plural(line.slots, "créneau")
    return f"{begin}, {count}" if begin == end else f"du {begin} au {end}, {count}"


def left_words(sides: Sequence[Counted]) -> str:
    """What the agenda says of a slot's seats: « 3 places », « Complet : liste d’attente »."""
    left = sum(side.seats - side.taken for side in sides)
    return plural(left, "place") if left > 0 else f"Complet{NBSP}: liste d’attente"


REFUSAL_WORDS: Mapping[Enum, str] = {
    EventRefusal.NO_TITLE: "Donnez un titre.",
    EventRefusal.NO_PLACE: "Dites où c’est\u00a0: le nom du lieu ou l’adresse.",
    EventRefusal.NO_COMMUNE: "Choisissez la commune.",
    EventRefusal.NO_CONTACT: "Donnez le nom de la personne à appeler.",
    EventRefusal.NO_CONTACT_PHONE: "Donnez un téléphone\u00a0: beaucoup préfèrent parler à quelqu’un.",
    EventRefusal.NO_SUMMARY: "Dites en quelques phrases ce qui se passera.",
    EventRefusal.NO_SLOT_AHEAD: "Ajoutez un créneau à venir.",
    EventRefusal.KIND_NOT_YOURS: "Votre organisation n’organise pas ce type d’événement sur le portail.",
    EventRefusal.AUDIENCE: "Ce public n’est pas celui de ce type d’événement.",
    EventRefusal.END_BEFORE_START: "La fin doit venir après le début.",
    EventRefusal.TOO_LONG: "Un créneau dure 14\u00a0heures au plus. Pour plusieurs jours, ajoutez des créneaux.",
    EventRefusal.PAST: "Cette date est passée. Choisissez un moment à venir.",
    EventRefusal.TOO_FAR: "C’est trop loin\u00a0: deux ans au plus.",
    EventRefusal.NO_SEAT: "Il faut au moins une place.",
    EventRefusal.TOO_MANY_SEATS: "C’est trop\u00a0: 2\u00a0000\u00a0places au plus par créneau.",
    EventRefusal.ROOM_TAKEN: "Un autre créneau occupe cette salle à cette heure. Changez l’heure ou la salle.",
    EventRefusal.CLOSES_TOO_LATE: "Le dernier jour pour s’inscrire vient après la fin de l’événement.",
    EventRefusal.NOT_EDITABLE: "L’événement est terminé ou annulé\u00a0: il ne se modifie plus. Vous pouvez le copier.",
    EventRefusal.TELL_FIRST: "Des personnes sont inscrites. Confirmez que nous les prévenons du changement.",
    EventRefusal.NO_REASON: "Dites pourquoi, en une phrase\u00a0: les personnes inscrites la liront.",
    EventRefusal.NOT_OVER: "Un créneau est encore à venir. Attendez la fin, ou annulez l’événement.",
    EventRefusal.PRESENCE_NOTED: (
        "Des présences y sont déjà notées\u00a0: ce créneau garde son jour, son heure et sa salle. "
        "Annulez d’abord ces présences, ou ajoutez un autre créneau."
    ),
    EventRefusal.PLACE_IN_USE: (
        "Un créneau est en cours et des présences y sont notées\u00a0: le lieu se change une fois ce créneau terminé."
    ),
    EventRefusal.SLOT_TAKEN: "Des personnes y sont inscrites. Déplacez-le, ou annulez d’abord leurs inscriptions.",
    EventRefusal.LAST_SLOT: "C’est le seul créneau d’un événement publié. Déplacez-le, ou annulez l’événement.",
    EventRefusal.NO_SUCH_PROGRAMME: "Ce programme n’est pas ouvert à votre événement.",
    EventRefusal.PROGRAMME_ORDER: "Le dernier jour doit venir après le premier.",
    EventRefusal.SLUG_SHAPE: "Lettres sans accent, chiffres et tirets. Exemple\u00a0: semaine-insertion-2026",
    EventRefusal.SLUG_TAKEN: "Cette adresse est déjà prise par un autre programme. Ajoutez l’année, par exemple.",
    EventRefusal.NO_DAY: "Il n’y a aucun jour à garder entre ces deux dates.",
    EventRefusal.TOO_MANY_DAYS: "C’est trop à la fois\u00a0: 60\u00a0créneaux au plus.",
}

KIND_HINTS: Mapping[EventKind, str] = {
    EventKind.SPEED_DATING: "Des structures d’insertion et des entreprises se rencontrent deux à deux, à des tables.",
    EventKind.JOB_DATING: "Des candidats rencontrent des employeurs, un entretien court à chaque table.",
    EventKind.FORUM: "Des stands dans une grande salle, tout le monde va et vient.",
    EventKind.INFORMATION_SESSION: "Un groupe, une présentation, des questions.",
    EventKind.OPEN_DAY: "Une structure ou une entreprise ouvre ses portes.",
    EventKind.STRUCTURE_VISIT: "Un petit groupe découvre une structure sur place.",
    EventKind.WORKSHOP: "Un petit groupe travaille : CV, entretien, métier, numérique.",
    EventKind.PROFESSIONAL_VISIT: "Des travailleurs sociaux découvrent l’insertion par l’activité économique.",
    EventKind.PROFESSIONAL_IMMERSION: "Un ou plusieurs jours dans une structure, pour des professionnels.",
}
STEPS: Mapping[NextStep, tuple[str, str]] = {
    NextStep.COMPLETE: ("À compléter avant de publier", "Il manque encore ce qui suit."),
    NextStep.PUBLISH: ("Prêt à publier", "Tout y est. Personne ne le voit tant qu’il n’est pas publié."),
    NextStep.INVITE: ("Faites venir du monde", "Moins de la moitié des places sont prises."),
    NextStep.PLAN: ("Faites le plan des rencontres", "Il reste moins de deux semaines."),
    NextStep.WELCOME: ("C’est aujourd’hui", "La liste d’arrivée et les feuilles à imprimer sont prêtes."),
    NextStep.WAIT: ("Les inscriptions vont bien", "Rien ne presse. Les rappels partent tout seuls."),
    NextStep.ATTENDANCE: ("Qui est venu ?", "Des présences ne sont pas encore notées."),
    NextStep.CLOSE: ("L’événement est passé", "Vérifiez les présences, puis déclarez-le terminé."),
    NextStep.AFTERWARDS: ("Qu’en est-il sorti ?", "Les suites et le bilan restent ouverts."),
    NextStep.NOTHING: ("", ""),
}
"""The title and the sentence of the next thing to do."""

JOURNAL: Mapping[tuple[str, str], str] = {
    ("event", "create"): "Événement créé",
    ("event", "edit"): "Événement modifié",
    ("event", "copy"): "Événement copié d’un autre",
    ("event", "publish"): "Événement publié",
    ("event", "close"): "Événement terminé",
    ("event", "reopen"): "Événement rouvert",
    ("event", "cancel"): "Événement annulé",
    ("slot", "add"): "Créneau ajouté",
    ("slot", "series"): "Série de créneaux ajoutée",
    ("slot", "move"): "Créneau déplacé",
    ("slot", "seats"): "Nombre de places changé",
    ("slot", "remove"): "Créneau retiré",
    ("plan", "make"): "Plan des rencontres fait",
    ("plan", "replan"): "Plan des rencontres refait",
}
"""What the journal of an event says of each line that its page shows."""


def journal_words(subject: str, action: str) -> str:
    """A line in words; one that nobody named is said plainly."""
    other = {"plan": "Plan des rencontres changé", "slot": "Créneau changé"}.get(subject, "Événement changé")
    return JOURNAL.get((subject, action), other)
