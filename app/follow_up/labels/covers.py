"""The French words of absences and covers, and of the team's agenda."""

from collections.abc import Mapping
from enum import Enum

from app.follow_up.rules.covering import CoverRefusal, CoverStanding

STANDINGS: Mapping[CoverStanding, str] = {
    CoverStanding.COMING: "À venir",
    CoverStanding.RUNNING: "En cours",
    CoverStanding.OVER: "Terminée",
    CoverStanding.ENDED_EARLY: "Terminée plus tôt",
}
LOOKS: Mapping[CoverStanding, str] = {
    CoverStanding.COMING: "info",
    CoverStanding.RUNNING: "warn",
    CoverStanding.OVER: "",
    CoverStanding.ENDED_EARLY: "",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    CoverRefusal.END_BEFORE_START: "Le dernier jour est avant le premier.",
    CoverRefusal.OVER: "Ces jours sont passés\u00a0: il n’y a plus rien à remplacer.",
    CoverRefusal.TOO_LONG: "C’est plus d’un an\u00a0: confiez plutôt les suivis à un collègue.",
    CoverRefusal.ONESELF: "On ne se remplace pas soi-même\u00a0: choisissez un collègue.",
    CoverRefusal.NOT_A_COLLEAGUE: "Choisissez un collègue de la même organisation, qui accompagne des personnes.",
    CoverRefusal.OVERLAP: "Une absence est déjà notée pour ces jours. Terminez-la d’abord.",
    CoverRefusal.COVER_AWAY: "Ce collègue est absent lui aussi pendant ces jours.",
    CoverRefusal.COVERS_SOMEBODY: "Cette personne remplace quelqu’un pendant ces jours\u00a0: changez cela d’abord.",
    CoverRefusal.NOT_YOURS: "Seul un responsable note l’absence de quelqu’un d’autre.",
}
