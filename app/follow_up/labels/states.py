"""The French words of states and acts, and the look of each state's tag."""

from collections.abc import Mapping

from app.follow_up.rules.states import (
    AlertAction,
    AlertState,
    FollowUpAction,
    FollowUpState,
    VisitAction,
    VisitState,
)

FOLLOW_UP_STATES: Mapping[FollowUpState, str] = {
    FollowUpState.ACTIVE: "En poste",
    FollowUpState.BROKEN: "Emploi perdu",
    FollowUpState.CLOSED: "Clos",
    FollowUpState.STOPPED: "Arrêté",
}
FOLLOW_UP_LOOKS: Mapping[FollowUpState, str] = {
    FollowUpState.ACTIVE: "ok",
    FollowUpState.BROKEN: "bad",
    FollowUpState.CLOSED: "",
    FollowUpState.STOPPED: "",
}
FOLLOW_UP_ACTIONS: Mapping[FollowUpAction, str] = {
    FollowUpAction.BREAK: "Signaler une rupture",
    FollowUpAction.RESUME: "Noter un nouvel emploi",
    FollowUpAction.CLOSE: "Clore le suivi",
    FollowUpAction.STOP: "Arrêter le suivi",
}
VISIT_STATES: Mapping[VisitState, str] = {
    VisitState.PLANNED: "Prévue",
    VisitState.HELD: "Faite",
    VisitState.ABSENT: "Personne absente",
    VisitState.NO_ANSWER: "Sans réponse",
    VisitState.REFUSED: "Refusée",
    VisitState.CANCELLED: "Annulée",
    VisitState.SKIPPED: "Avant l’ouverture du suivi",
}
VISIT_LOOKS: Mapping[VisitState, str] = {
    VisitState.PLANNED: "info",
    VisitState.HELD: "ok",
    VisitState.ABSENT: "warn",
    VisitState.NO_ANSWER: "warn",
    VisitState.REFUSED: "warn",
    VisitState.CANCELLED: "",
    VisitState.SKIPPED: "",
}
VISIT_ACTIONS: Mapping[VisitAction, str] = {
    VisitAction.HOLD: "La rencontre a eu lieu",
    VisitAction.NOTE_ABSENCE: "La personne n’est pas venue",
    VisitAction.NOTE_NO_ANSWER: "Pas de réponse",
    VisitAction.NOTE_REFUSAL: "La personne a refusé",
    VisitAction.CANCEL: "Annuler la visite",
}
ALERT_STATES: Mapping[AlertState, str] = {
    AlertState.OPEN: "À lire",
    AlertState.ACKNOWLEDGED: "Vue",
    AlertState.ACTED: "En cours",
    AlertState.CLOSED: "Close",
}
ALERT_LOOKS: Mapping[AlertState, str] = {
    AlertState.OPEN: "bad",
    AlertState.ACKNOWLEDGED: "warn",
    AlertState.ACTED: "info",
    AlertState.CLOSED: "ok",
}
ALERT_ACTIONS: Mapping[AlertAction, str] = {
    AlertAction.ACKNOWLEDGE: "J’ai vu",
    AlertAction.ACT: "Noter une action",
    AlertAction.CLOSE: "Clore l’alerte",
}
