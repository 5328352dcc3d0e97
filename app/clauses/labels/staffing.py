"""The French words of the lots' needs for people."""

from collections.abc import Mapping
from enum import Enum

from app.clauses.rules.staffing_requests import MOST_POSTS, StaffingRefusal, Urgency
from app.clauses.rules.states import StaffingAction

DONE_WORDS: Mapping[StaffingAction, str] = {
    StaffingAction.ANSWER: "Personnes proposées",
    StaffingAction.COVER: "Besoin pourvu",
    StaffingAction.END: "Demande retirée ou terminée",
}
_R = StaffingRefusal
URGENCY_WORDS: Mapping[Urgency, str] = {
    Urgency.LATE: "En retard",
    Urgency.SOON: "Bientôt",
    Urgency.LATER: "",
}
URGENCY_LOOKS: Mapping[Urgency, str] = {Urgency.LATE: "bad", Urgency.SOON: "warn", Urgency.LATER: ""}
REFUSAL_WORDS: Mapping[Enum, str] = {
    _R.NO_POST: "Proposez au moins une personne.",
    _R.TOO_MANY_POSTS: f"Écrivez {MOST_POSTS} personnes au plus.",
    _R.STARTS_AFTER_WORKS: "Les travaux seront finis à cette date.",
    _R.STARTS_BEFORE_TODAY: "Cette date est passée. Écrivez aujourd’hui ou un jour à venir.",
    _R.NOT_A_PROVIDER: "Seules les structures d’insertion, les GEIQ et les ETTI proposent des personnes.",
    _R.OWN_LOT: "Votre structure tient ce lot\u00a0: embauchez directement, ou appelez le facilitateur.",
}
REFUSAL_FIELDS: Mapping[Enum, str] = {
    _R.NO_POST: "posts",
    _R.TOO_MANY_POSTS: "posts",
    _R.STARTS_AFTER_WORKS: "available_from",
    _R.STARTS_BEFORE_TODAY: "available_from",
}
