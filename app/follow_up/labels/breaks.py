"""The French words of breaks and closings: what is wrong, what lacks before the search begins again."""

from collections.abc import Mapping
from enum import Enum

from app.follow_up.rules.breaks import BreakRefusal, SearchLack
from app.follow_up.rules.closing import CloseRefusal

LACKS: Mapping[SearchLack, str] = {
    SearchLack.FILE_CLOSED: "Son dossier est fermé.",
    SearchLack.NO_CONSENT: "Il manque son accord pour être proposé à des employeurs.",
    SearchLack.NO_TRADE: "Son dossier ne dit aucun métier cherché.",
    SearchLack.NO_COMMUNE: "Sa commune manque\u00a0: sans elle, le trajet n’est pas calculé.",
    SearchLack.NEVER_READY: "Son dossier n’a jamais été dit prêt à l’emploi.",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    BreakRefusal.NO_JOB: "Aucun emploi en cours dans ce suivi\u00a0: sa fin est déjà notée.",
    BreakRefusal.BEFORE_START: "Ce jour est avant le début du travail.",
    BreakRefusal.TOO_FAR: "Ce jour est trop loin\u00a0: 31\u00a0jours à l’avance au plus.",
    BreakRefusal.NO_TERM: "Ce contrat n’a pas de date de fin. Choisissez une autre cause.",
    BreakRefusal.BEFORE_TERM: "Ce jour est avant la fin du contrat. Choisissez une autre cause, ou corrigez le jour.",
    BreakRefusal.AFTER_TERM: "Ce jour est après la fin du contrat. Notez d’abord son renouvellement.",
    BreakRefusal.TRIAL_OVER: "La période d’essai était finie ce jour-là. Choisissez une autre cause.",
    BreakRefusal.OTHER_DECIDER: "Cette réponse ne va pas avec la cause choisie.",
    BreakRefusal.TERM_ONLY: "Cette réponse ne va qu’avec la fin d’un CDD ou d’une entreprise.",
    CloseRefusal.NO_OUTCOME: "Dites où en est la personne.",
    CloseRefusal.TOO_EARLY: "Un suivi se clôt à la visite de clôture, ou quand les six mois sont passés.",
    CloseRefusal.NOT_KEPT: "L’emploi de départ est terminé. Choisissez une autre réponse.",
    CloseRefusal.STILL_AT_WORK: "Un emploi court encore. Signalez d’abord la rupture.",
}
