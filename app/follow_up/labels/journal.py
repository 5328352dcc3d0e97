"""The French titles of the lines of the journal, and the look of each on the timeline."""

from collections.abc import Mapping
from typing import Final

_TITLES: Final[Mapping[str, str]] = {
    "follow_up.open": "Suivi ouvert",
    "follow_up.plan": "Calendrier prévu",
    "follow_up.break": "Emploi perdu",
    "follow_up.resume": "Nouvel emploi, le suivi reprend",
    "follow_up.close": "Suivi clos",
    "follow_up.stop": "Suivi arrêté",
    "follow_up.warn_to_close": "Clôture attendue",
    "visit.hold": "Rencontre faite",
    "visit.note_absence": "Personne absente",
    "visit.note_no_answer": "Pas de réponse",
    "visit.note_refusal": "Rencontre refusée",
    "visit.cancel": "Rencontre annulée",
    "visit.plan_again": "Nouvel essai prévu",
    "visit.recompute": "Date recalculée",
    "visit.move": "Date déplacée",
    "visit.add": "Visite ajoutée",
    "visit.correct": "Compte rendu corrigé",
    "job.change": "Changement d’emploi",
    "job.correct": "Emploi corrigé",
    "job.decide": "Suite décidée",
    "job.break": "Rupture notée",
    "job.employer_closed": "L’entreprise a fermé",
    "job.set_tutor": "Tuteur ou tutrice\u00a0: coordonnées changées",
    "alert.open": "Alerte ouverte",
    "alert.escalate": "Alerte transmise au responsable",
    "alert.acknowledge": "Alerte vue",
    "alert.act": "Alerte, action notée",
    "alert.close": "Alerte close",
    "annex.sign": "Annexe signée",
    "annex.record_paper": "Annexe signée sur papier",
    "referent.assign": "Suivi confié",
    "voice.say": "Paroles reçues",
    "exchange.note": "Échange",
    "absence.declare": "Absence signalée",
    "absence.take_back": "Absence retirée",
    "link.send": "Questions envoyées à l’entreprise",
}
_SUBJECTS: Final[Mapping[str, str]] = {
    "follow_up": "Suivi",
    "visit": "Rencontre",
    "job": "Emploi",
    "alert": "Alerte",
    "annex": "Annexe",
    "referent": "Qui suit",
    "voice": "Paroles",
    "exchange": "Échange",
    "absence": "Absence",
    "link": "Questions par lien",
}
_LOOKS: Final[Mapping[str, str]] = {
    "follow_up.break": "bad",
    "job.break": "bad",
    "job.employer_closed": "bad",
    "alert.open": "bad",
    "alert.escalate": "bad",
    "visit.note_absence": "warn",
    "visit.note_no_answer": "warn",
    "visit.note_refusal": "warn",
    "absence.declare": "warn",
}


def line_title(subject: str, action: str) -> str:
    """« Rencontre faite »; an act without words of its own is named by its subject."""
    return _TITLES.get(f"{subject}.{action}") or _SUBJECTS.get(subject, "Suivi")


def line_look(subject: str, action: str) -> str:
    """The state of the timeline."""
    return _LOOKS.get(f"{subject}.{action}", "done")
