"""The French words of openings, of changes of job and of hands, and why they are refused."""

from collections.abc import Mapping
from enum import Enum

from app.follow_up.rules.assigning import AssignRefusal
from app.follow_up.rules.opening import JobChange, OpeningRefusal

CHANGES: Mapping[JobChange, str] = {
    JobChange.RENEWAL: "Contrat renouvelé",
    JobChange.OPEN_ENDED: "Passage en CDI",
    JobChange.OTHER_EMPLOYER: "Changement d’employeur",
    JobChange.HOURS: "Changement d’horaires",
    JobChange.OTHER: "Autre changement de poste",
}
CHANGE_HINTS: Mapping[JobChange, str] = {
    JobChange.RENEWAL: "Même employeur, nouvelles dates.",
    JobChange.OPEN_ENDED: "Même employeur, sans date de fin.",
    JobChange.OTHER_EMPLOYER: "L’emploi d’avant se termine la veille.",
    JobChange.HOURS: "Même employeur, plus ou moins d’heures.",
    JobChange.OTHER: "Même employeur, autre poste ou autre lieu.",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    OpeningRefusal.TOO_FAR: "Le travail commence dans plus de 90\u00a0jours. Revenez plus près de la date.",
    OpeningRefusal.SIX_MONTHS_OVER: "Les six mois sont passés\u00a0: ce suivi ne peut plus s’ouvrir.",
    OpeningRefusal.END_BEFORE_START: "La fin est avant le début.",
    OpeningRefusal.CDI_WITH_END: "Un CDI n’a pas de date de fin. Videz la case, ou choisissez un autre contrat.",
    OpeningRefusal.HOURS: "Une semaine compte de 1 à 48\u00a0heures.",
    OpeningRefusal.TRIAL_OUTSIDE: "La fin d’essai doit tomber pendant le contrat.",
    OpeningRefusal.NO_EMPLOYER: "Dites qui est l’employeur.",
    OpeningRefusal.NO_TITLE: "Dites quel est le poste.",
    OpeningRefusal.SAME_JOB: "Cet emploi est déjà suivi\u00a0: même personne, même employeur, même premier jour.",
    OpeningRefusal.NOT_BEFORE_NEXT: "Cet emploi doit commencer avant celui qui le suit.",
    OpeningRefusal.NOT_AFTER_LAST: "Cet emploi doit commencer après celui d’avant.",
    OpeningRefusal.NOT_OPEN: "Ce suivi est terminé\u00a0: ses emplois ne changent plus.",
    AssignRefusal.NOT_OPEN: "Ce suivi est terminé\u00a0: il ne change plus de mains.",
    AssignRefusal.NOBODY: "Choisissez à qui confier le suivi.",
    AssignRefusal.NOT_THERE: "Cette personne ne travaille plus dans cette organisation.",
    AssignRefusal.SAME: "Ce suivi est déjà à cette personne.",
    AssignRefusal.NO_REASON: "Dites pourquoi le suivi change de mains.",
}
