"""The French words of penalties, statements and attestations."""

from collections.abc import Mapping
from enum import Enum

from app.clauses.rules.closing import ClosingRefusal
from app.clauses.rules.penalties import PenaltyRefusal

_R = ClosingRefusal
CLOSING_REFUSALS: Mapping[Enum, str] = {
    _R.NOT_DELIVERED: "Le marché n’est pas livré. Faites un bilan intermédiaire, ou notez d’abord la livraison.",
    _R.HOURS_WAITING: "Des heures attendent encore. Validez-les ou renvoyez-les d’abord.",
    _R.AS_OF_LATER: "Cette date est à venir. Choisissez aujourd’hui ou un jour passé.",
    _R.BEFORE_NOTIFICATION: "Cette date est avant la notification du marché.",
    _R.NO_SIGNATORY: "Écrivez le nom de la personne qui signe.",
    _R.NO_UNIT: "Les règles de ce marché ne fixent pas cette pénalité. Changez d’abord les règles de la clause.",
    _R.NOTICE_LATER: "Le délai de la mise en demeure n’est pas encore fini : il n’y a pas de retard.",
    _R.NOTHING_DUE: "Il n’y a rien à calculer : aucune heure ne manque, ou aucun jour de retard.",
    _R.NOTIFIED_LATER: "La notification ne peut pas être à venir.",
    _R.REVOKED_ALREADY: "Ce document est déjà annulé.",
    _R.REASON_MISSING: "Dites pourquoi ce document est annulé.",
    PenaltyRefusal.REASON_MISSING: "Dites pourquoi la pénalité est levée.",
}
REFUSAL_WORDS = CLOSING_REFUSALS
