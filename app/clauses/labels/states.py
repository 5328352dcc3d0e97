"""The French words of states and acts, and the look of each state's tag."""

from collections.abc import Mapping

from app.clauses.rules.states import (
    ContractAction,
    ContractState,
    ImportState,
    PenaltyAction,
    PenaltyState,
    ReportAction,
    ReportState,
    StaffingAction,
    StaffingState,
)

CONTRACT_STATES: Mapping[ContractState, str] = {
    ContractState.PREPARED: "En préparation",
    ContractState.RUNNING: "En cours",
    ContractState.DELIVERED: "Livré, à clore",
    ContractState.CLOSED: "Clos",
    ContractState.CANCELLED: "Abandonné",
}
CONTRACT_LOOKS: Mapping[ContractState, str] = {
    ContractState.PREPARED: "",
    ContractState.RUNNING: "info",
    ContractState.DELIVERED: "warn",
    ContractState.CLOSED: "ok",
    ContractState.CANCELLED: "",
}
CONTRACT_ACTIONS: Mapping[ContractAction, str] = {
    ContractAction.START: "Démarrer le marché",
    ContractAction.DELIVER: "Noter la livraison",
    ContractAction.CLOSE: "Clore le marché",
    ContractAction.REOPEN: "Rouvrir le marché",
    ContractAction.CANCEL: "Abandonner le marché",
}
REPORT_STATES: Mapping[ReportState, str] = {
    ReportState.DRAFT: "Brouillon",
    ReportState.DECLARED: "Envoyées, à valider",
    ReportState.RETURNED: "À corriger",
    ReportState.VALIDATED: "Validées",
    ReportState.LOCKED: "Closes",
}
REPORT_LOOKS: Mapping[ReportState, str] = {
    ReportState.DRAFT: "",
    ReportState.DECLARED: "info",
    ReportState.RETURNED: "warn",
    ReportState.VALIDATED: "ok",
    ReportState.LOCKED: "ok",
}
REPORT_ACTIONS: Mapping[ReportAction, str] = {
    ReportAction.DECLARE: "Envoyer",
    ReportAction.RETURN: "Renvoyer pour correction",
    ReportAction.VALIDATE: "Valider",
    ReportAction.LOCK: "Clore la période",
}
PENALTY_STATES: Mapping[PenaltyState, str] = {
    PenaltyState.CALCULATED: "Calculée",
    PenaltyState.NOTIFIED: "Notifiée",
    PenaltyState.WAIVED: "Levée",
}
PENALTY_LOOKS: Mapping[PenaltyState, str] = {
    PenaltyState.CALCULATED: "warn",
    PenaltyState.NOTIFIED: "bad",
    PenaltyState.WAIVED: "",
}
PENALTY_ACTIONS: Mapping[PenaltyAction, str] = {
    PenaltyAction.NOTIFY: "Noter la notification",
    PenaltyAction.WAIVE: "Lever la pénalité",
}
STAFFING_STATES: Mapping[StaffingState, str] = {
    StaffingState.OPEN: "À pourvoir",
    StaffingState.ANSWERED: "Une réponse",
    StaffingState.COVERED: "Pourvu",
    StaffingState.OVER: "Terminé",
}
STAFFING_LOOKS: Mapping[StaffingState, str] = {
    StaffingState.OPEN: "warn",
    StaffingState.ANSWERED: "info",
    StaffingState.COVERED: "ok",
    StaffingState.OVER: "",
}
STAFFING_ACTIONS: Mapping[StaffingAction, str] = {
    StaffingAction.ANSWER: "Proposer des personnes",
    StaffingAction.COVER: "C’est pourvu",
    StaffingAction.END: "Retirer la demande",
}
IMPORT_STATES: Mapping[ImportState, str] = {
    ImportState.READING: "Lecture en cours",
    ImportState.PREVIEWED: "Lu, à vérifier",
    ImportState.ACCEPTED: "Pris en compte",
    ImportState.UNDONE: "Annulé",
    ImportState.FAILED: "Illisible",
}
