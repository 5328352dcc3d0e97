"""The French words of every enum of the offers, and of what is to be read again."""

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from app.core.french import instant_words
from app.core.grid import Preset
from app.core.quantities import format_euros, format_hours
from app.offers.rules import (
    Criterion,
    EmploymentKind,
    OfferAction,
    OfferKind,
    OfferRefusal,
    OfferState,
    OfferWarning,
    PayPeriod,
    WarningKind,
)
from app.offers.rules.saved import SAVED_MOST, SavedSearchRefusal

KINDS: Mapping[OfferKind, str] = {
    OfferKind.JOB: "Emploi ordinaire",
    OfferKind.SIAE_POST: "Poste en structure d’insertion",
    OfferKind.PLACEMENT: "Stage en immersion",
}
EMPLOYMENTS: Mapping[EmploymentKind, str] = {
    EmploymentKind.CDI: "CDI",
    EmploymentKind.CDD: "CDD",
    EmploymentKind.CDDI: "CDD d’insertion (CDDI)",
    EmploymentKind.INTERIM: "Intérim",
    EmploymentKind.MISSION: "Mission (ETTI, AI)",
    EmploymentKind.APPRENTICESHIP: "Apprentissage",
    EmploymentKind.PROFESSIONNALISATION: "Contrat de professionnalisation",
    EmploymentKind.SEASONAL: "Contrat saisonnier",
    EmploymentKind.INDEPENDENT: "Travail indépendant",
}
PERIODS: Mapping[PayPeriod, str] = {
    PayPeriod.HOUR: "par heure",
    PayPeriod.MONTH: "par mois",
    PayPeriod.YEAR: "par an",
}
STATES: Mapping[OfferState, str] = {
    OfferState.DRAFT: "Brouillon",
    OfferState.PUBLISHED: "Publiée",
    OfferState.PAUSED: "En pause",
    OfferState.FILLED: "Pourvue",
    OfferState.EXPIRED: "Expirée",
    OfferState.CLOSED: "Fermée",
}
STATE_LOOKS: Mapping[OfferState, str] = {
    OfferState.DRAFT: "",
    OfferState.PUBLISHED: "ok",
    OfferState.PAUSED: "warn",
    OfferState.FILLED: "brand",
    OfferState.EXPIRED: "warn",
    OfferState.CLOSED: "",
}
ACTIONS: Mapping[OfferAction, str] = {
    OfferAction.PUBLISH: "Publier",
    OfferAction.CONFIRM: "Confirmer",
    OfferAction.PAUSE: "Mettre en pause",
    OfferAction.RESUME: "Reprendre",
    OfferAction.FILL: "Déclarer pourvue",
    OfferAction.EXPIRE: "Faire expirer",
    OfferAction.REOPEN: "Rouvrir",
    OfferAction.CLOSE: "Fermer l’offre",
}
DONE: Mapping[OfferAction, str] = {
    OfferAction.PUBLISH: "Publiée",
    OfferAction.CONFIRM: "Confirmée\u00a0: toujours ouverte",
    OfferAction.PAUSE: "Mise en pause",
    OfferAction.RESUME: "Reprise",
    OfferAction.FILL: "Pourvue",
    OfferAction.EXPIRE: "Expirée",
    OfferAction.REOPEN: "Rouverte",
    OfferAction.CLOSE: "Fermée",
}
"""What the history and the flashed message say once it is done."""
MOMENTS: Mapping[Preset, str] = {
    Preset.DAY: "En journée",
    Preset.EARLY: "Tôt le matin",
    Preset.EVENING: "Le soir",
    Preset.NIGHT: "La nuit",
    Preset.WEEKEND: "Le week-end",
}
HOURS: Mapping[str, str] = {
    "moins-de-20": "Moins de 20\u00a0h",
    "20-a-34": "De 20 à 34\u00a0h",
    "35-et-plus": "35\u00a0h et plus",
}
SORT_WORDS: Mapping[str, str] = {
    "pertinence": "Pertinence",
    "distance": "Les plus proches",
    "date": "Les plus récentes",
}
FRENCH: Mapping[int, str] = {
    0: "Aucun niveau demandé",
    1: "A1\u00a0: comprendre des mots simples",
    2: "A2\u00a0: se faire comprendre au quotidien",
    3: "B1\u00a0: suivre une consigne, raconter",
    4: "B2\u00a0: discuter sans effort, écrire un message",
    5: "C1\u00a0: rédiger",
    6: "C2\u00a0: maîtriser la langue",
}
REFUSALS: Mapping[Enum, str] = {
    OfferRefusal.TRADE_MISSING: "Dites le métier. Par exemple\u00a0: ménage, maçon, serveur.",
    OfferRefusal.TITLE_MISSING: "Donnez un titre à l’offre.",
    OfferRefusal.COMMUNE_MISSING: "Dites dans quelle commune on travaille.",
    OfferRefusal.EMPLOYMENT_MISSING: "Choisissez le contrat.",
    OfferRefusal.START_MISSING: "Dites quand cela commence.",
    OfferRefusal.HOURS_MISSING: "Dites combien d’heures par semaine.",
    OfferRefusal.START_IN_PAST: "Cette date est passée. Donnez un début à venir pour publier.",
    OfferRefusal.END_BEFORE_START: "La fin est avant le début. Vérifiez les deux dates.",
    OfferRefusal.CDI_WITH_END: "Un CDI n’a pas de date de fin. Effacez-la ou changez de contrat.",
    OfferRefusal.HOURS_ABOVE_LEGAL: "C’est trop\u00a0: le maximum légal est de 48\u00a0h par semaine.",
    OfferRefusal.PAY_ORDER: "Le maximum est plus petit que le minimum.",
    OfferRefusal.FRENCH_WITHOUT_REASON: "Dites pourquoi ce niveau de français est utile au poste.",
    OfferRefusal.EXPIRY_IN_PAST: "Cette date est passée. Donnez un jour à venir, ou laissez vide pour 60\u00a0jours.",
    OfferRefusal.EXPIRY_TOO_FAR: "C’est trop loin\u00a0: une offre reste en ligne 6\u00a0mois au plus.",
    OfferRefusal.CDDI_NEEDS_SIAE: "Seuls une EI, un ACI ou une AI signent un CDD d’insertion.",
    OfferRefusal.POST_NEEDS_SIAE: "Seule une structure d’insertion (SIAE) propose ce type de poste.",
    OfferRefusal.POSTS_BELOW_FILLED: "Des personnes sont déjà embauchées\u00a0: gardez au moins ce nombre de postes.",
    OfferRefusal.NO_POST_LEFT: "Tous les postes sont pris. Ajoutez un poste, ou déclarez l’offre pourvue.",
    OfferRefusal.NOT_EDITABLE: "Cette offre est fermée. Dupliquez-la pour en faire une nouvelle.",
    OfferRefusal.NOT_OPEN: "Cette offre n’est plus ouverte.",
    OfferRefusal.ORGANISATION_NOT_APPROVED: "Le Département doit d’abord valider votre organisation.",
    OfferRefusal.PLACEMENT_IS_NO_JOB: "Un stage en immersion n’a ni contrat de travail ni salaire.",
    OfferRefusal.KIND_IS_KEPT: "Un emploi ne devient pas un stage, ni un stage un emploi. Faites une nouvelle offre.",
    SavedSearchRefusal.TOO_MANY: f"Vous gardez déjà {SAVED_MOST}\u00a0recherches. Effacez-en une d’abord.",
    SavedSearchRefusal.EMPTY: "Dites d’abord ce que vous cherchez\u00a0: un métier, une commune.",
}
FORM_LABELS: Mapping[str, str] = {
    "job": "Métier",
    "title": "Titre",
    "commune": "Commune",
    "employment_kind": "Contrat",
    "start_on": "Début",
    "end_on": "Fin",
    "hours_week": "Heures par semaine",
    "grid": "Horaires",
    "pay_min": "Salaire",
    "pay_max": "Salaire",
    "posts": "Postes",
    "kind": "Type de poste",
    "description": "Description",
    "required_licences": "Permis",
    "french_reason": "Français",
    "transport_access": "Comment venir",
    "expires_on": "Dernier jour pour postuler",
}
"""Short names of the fields, for what is to be read again and for the history."""
FIELD_WORDS: Mapping[str, str] = {
    **FORM_LABELS,
    "trade_slug": "Métier",
    "commune_insee": "Commune",
    "address": "Adresse",
    "pay_period": "Salaire",
    "required_skills": "Compétences",
    "wished_skills": "Compétences",
    "wished_titles": "Titres",
    "conditions": "Conditions de travail",
    "french": "Français",
    "tutor_name": "Tuteur ou tutrice",
}
CRITERIA: Mapping[Criterion, str] = {
    Criterion.AGE: "l’âge",
    Criterion.SEX: "le sexe",
    Criterion.ORIGIN: "l’origine ou la nationalité",
    Criterion.FAMILY: "la situation de famille",
    Criterion.APPEARANCE: "l’apparence",
    Criterion.HEALTH: "la santé ou le handicap",
    Criterion.BELIEF: "les croyances ou les opinions",
    Criterion.RESIDENCE: "le lieu où l’on habite",
}
WARNINGS: Mapping[WarningKind, str] = {
    WarningKind.PAY_MISSING: "Le salaire manque. Une offre avec un salaire reçoit plus de réponses.",
    WarningKind.PAY_BELOW_SMIC: "Ce salaire est sous le SMIC ({amount} brut par heure). Vérifiez-le.",
    WarningKind.LICENCE_UNNEEDED: "Le permis est-il vraiment utile\u00a0? Ce métier se fait souvent sans conduire, "
    "et beaucoup de personnes n’ont pas le permis.",
    WarningKind.DISCRIMINATING: "«\u00a0{found}\u00a0» peut écarter des personnes selon {criterion}. "
    "La loi l’interdit, sauf exception. Écrivez plutôt\u00a0: {better}.",
    WarningKind.VAGUE: "La description est courte. Dites ce que la personne fera, avec qui, et où.",
    WarningKind.GRID_MISSING: "Les horaires manquent. Sans eux, une personne ne sait pas si elle est libre.",
    WarningKind.GRID_SHORT: "Les horaires cochés font {amount}, moins que la durée annoncée. Vérifiez les deux.",
    WarningKind.END_MISSING: "La date de fin manque. Donnez-la si vous la connaissez.",
}


def warning_words(warning: OfferWarning) -> str:
    """The sentence of a warning, with the word found and the better one."""
    amount = ""
    if warning.amount is not None:
        hours = warning.kind is WarningKind.GRID_SHORT
        amount = format_hours(warning.amount) if hours else format_euros(warning.amount)
    return WARNINGS[warning.kind].format(
        found=warning.found,
        better=warning.better,
        criterion=CRITERIA[warning.criterion] if warning.criterion else "",
        amount=amount,
    )


def pay_words(low: Decimal | None, high: Decimal | None, period: PayPeriod) -> str:
    """« 12,40 € brut par heure », « de 1 900,00 € à 2 100 € brut par mois »; empty when no pay is said."""
    if low is None and high is None:
        return ""
    if low is not None and high is not None and low != high:
        amount = f"de {format_euros(low)} à {format_euros(high)}"
    elif low is not None:
        amount = format_euros(low)
    else:
        amount = f"jusqu’à {format_euros(high or Decimal(0))}"
    return f"{amount} brut {PERIODS[period]}"


def employment_words(offer: Any) -> str:
    """« CDD », or « Stage en immersion »; empty while a draft does not say. ``offer``: a row, or a line of a list."""
    if offer.kind is OfferKind.PLACEMENT:
        return KINDS[OfferKind.PLACEMENT]
    return EMPLOYMENTS[offer.employment_kind] if offer.employment_kind else ""


def history_events(moves: Iterable[Any], writings: Iterable[Any]) -> list[dict[str, str]]:
    """The lines of the history: changes of state (``action``, ``by_name``, ``reason``) and writings of the trail."""
    events = [(move.at, DONE[move.action], move.by_name, move.reason, _look(move.to_state)) for move in moves]
    for entry in writings:
        made = entry.action == "offer.created"
        changed = ", ".join(dict.fromkeys(FIELD_WORDS.get(name, name) for name in entry.details.get("fields", ())))
        events.append((entry.at, "Créée" if made else "Modifiée", entry.actor_name, changed, "done"))
    events.sort(key=lambda event: event[0], reverse=True)
    return [
        {"title": title, "when": f"{instant_words(at)}, par {who}", "text": text, "state": look}
        for at, title, who, text, look in events
    ]


def _look(state: OfferState) -> str:
    return STATE_LOOKS[state] or "done"


def at(commune: str) -> str:
    """« à Massy », « aux Ulis », « au Coudray-Montceaux », « à La Norville »."""
    for article, said in (("Les ", "aux "), ("Le ", "au ")):
        if commune.startswith(article):
            return said + commune.removeprefix(article)
    return f"à {commune}"


def of(commune: str) -> str:
    """« de Massy », « d’Étampes », « des Ulis », « du Coudray-Montceaux »: after « autour »."""
    for article, said in (("Les ", "des "), ("Le ", "du ")):
        if commune.startswith(article):
            return said + commune.removeprefix(article)
    first = unicodedata.normalize("NFD", commune[:1]).lower()[:1]
    return f"d’{commune}" if first in "aeiouyh" else f"de {commune}"
