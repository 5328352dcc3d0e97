"""The French words of states and acts, and the look of each state's tag."""

from collections.abc import Mapping

from app.placements.rules.states import PlacementAction, PlacementState, TripartiteAction, TripartiteState

STATES: Mapping[PlacementState, str] = {
    PlacementState.WISHED: "Demandé",
    PlacementState.ACCEPTED: "Accepté par l’employeur",
    PlacementState.DECLINED: "Refusé par l’employeur",
    PlacementState.PREPARED: "Convention préparée",
    PlacementState.DEPOSITED: "Convention déposée",
    PlacementState.VALIDATED: "Convention validée",
    PlacementState.RUNNING: "En cours",
    PlacementState.ENDED: "Terminé",
    PlacementState.STOPPED: "Arrêté avant la fin",
    PlacementState.CLOSED: "Bilan fait",
    PlacementState.CANCELLED: "Annulé",
}
STATES_FOR_PERSON: Mapping[PlacementState, str] = {
    PlacementState.WISHED: "Vous attendez la réponse",
    PlacementState.ACCEPTED: "L’employeur dit oui",
    PlacementState.DECLINED: "L’employeur dit non",
    PlacementState.PREPARED: "Les papiers sont prêts",
    PlacementState.DEPOSITED: "Les papiers sont à l’État",
    PlacementState.VALIDATED: "C’est bon, vous pouvez y aller",
    PlacementState.RUNNING: "Votre stage est en cours",
    PlacementState.ENDED: "Votre stage est fini",
    PlacementState.STOPPED: "Votre stage s’est arrêté",
    PlacementState.CLOSED: "Votre stage est fini",
    PlacementState.CANCELLED: "Ce stage est annulé",
}
LOOKS: Mapping[PlacementState, str] = {
    PlacementState.WISHED: "warn",
    PlacementState.ACCEPTED: "info",
    PlacementState.DECLINED: "",
    PlacementState.PREPARED: "info",
    PlacementState.DEPOSITED: "info",
    PlacementState.VALIDATED: "ok",
    PlacementState.RUNNING: "ok",
    PlacementState.ENDED: "warn",
    PlacementState.STOPPED: "warn",
    PlacementState.CLOSED: "",
    PlacementState.CANCELLED: "",
}
ACTIONS: Mapping[PlacementAction, str] = {
    PlacementAction.ACCEPT: "Accepter le stage",
    PlacementAction.DECLINE: "Refuser le stage",
    PlacementAction.PREPARE: "La convention est prête",
    PlacementAction.DEPOSIT: "Noter le dépôt",
    PlacementAction.VALIDATE: "Noter la validation",
    PlacementAction.CORRECT: "Corriger la convention",
    PlacementAction.CANCEL: "Annuler le stage",
    PlacementAction.START: "Le stage commence",
    PlacementAction.STOP: "Arrêter le stage",
    PlacementAction.END: "Le stage se termine",
    PlacementAction.CLOSE: "Clore le stage",
}
TRIPARTITE_STATES: Mapping[TripartiteState, str] = {
    TripartiteState.PROPOSED: "Dates proposées",
    TripartiteState.AGREED: "Date fixée",
    TripartiteState.HELD: "A eu lieu",
    TripartiteState.CANCELLED: "Annulé",
}
TRIPARTITE_LOOKS: Mapping[TripartiteState, str] = {
    TripartiteState.PROPOSED: "warn",
    TripartiteState.AGREED: "info",
    TripartiteState.HELD: "ok",
    TripartiteState.CANCELLED: "",
}
TRIPARTITE_ACTIONS: Mapping[TripartiteAction, str] = {
    TripartiteAction.AGREE: "Fixer la date",
    TripartiteAction.REOPEN: "Proposer d’autres dates",
    TripartiteAction.HOLD: "Le rendez-vous a eu lieu",
    TripartiteAction.CANCEL: "Annuler le rendez-vous",
}
