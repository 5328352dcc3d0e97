"""The French words of the acts on an alert: what lacks, and the words of the address for each kind."""

from collections.abc import Mapping
from enum import Enum

from app.follow_up.rules.alert_acts import AlertRefusal
from app.follow_up.rules.kinds import AlertKind

KIND_SLUGS: Mapping[AlertKind, str] = {
    AlertKind.TWO_ABSENCES: "absences",
    AlertKind.VISIT_LATE: "visite-en-retard",
    AlertKind.NO_ANSWER: "sans-reponse",
    AlertKind.TRIAL_WITHOUT_VISIT: "essai-sans-visite",
    AlertKind.END_WITHOUT_PLAN: "fin-sans-suite",
    AlertKind.LOW_HOURS: "heures-basses",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    AlertRefusal.NO_WORDS: "Écrivez ce que vous avez fait ou prévu.",
    AlertRefusal.NO_OUTCOME: "Dites comment l’alerte se termine.",
    AlertRefusal.WATCHED_NO_WORDS: "Écrivez ce qui est prévu, et pour quand.",
    AlertRefusal.BREAK_FIRST: "Signalez d’abord la rupture\u00a0: l’alerte se ferme avec elle.",
}
