"""The French words of states and acts, and the look of each state's tag."""

from collections.abc import Mapping

from app.events.rules.states import (
    BookingAction,
    BookingState,
    EventAction,
    EventState,
    MeetingAction,
    MeetingState,
    TaskAction,
    TaskState,
)

EVENT_STATES: Mapping[EventState, str] = {
    EventState.DRAFT: "Brouillon",
    EventState.PUBLISHED: "Publié",
    EventState.CLOSED: "Terminé",
    EventState.CANCELLED: "Annulé",
}
EVENT_LOOKS: Mapping[EventState, str] = {
    EventState.DRAFT: "",
    EventState.PUBLISHED: "ok",
    EventState.CLOSED: "info",
    EventState.CANCELLED: "bad",
}
EVENT_ACTIONS: Mapping[EventAction, str] = {
    EventAction.PUBLISH: "Publier",
    EventAction.CLOSE: "Clore l’événement",
    EventAction.CANCEL: "Annuler l’événement",
    EventAction.REOPEN: "Rouvrir",
}
BOOKING_STATES: Mapping[BookingState, str] = {
    BookingState.INVITED: "Invitation envoyée",
    BookingState.BOOKED: "Place réservée",
    BookingState.WAITING: "Liste d’attente",
    BookingState.CANCELLED: "Annulée",
    BookingState.SEEN: "Présence notée",
    BookingState.EXCUSED: "Excusée",
    BookingState.ABSENT: "Absence notée",
}
BOOKING_LOOKS: Mapping[BookingState, str] = {
    BookingState.INVITED: "info",
    BookingState.BOOKED: "brand",
    BookingState.WAITING: "warn",
    BookingState.CANCELLED: "",
    BookingState.SEEN: "ok",
    BookingState.EXCUSED: "",
    BookingState.ABSENT: "bad",
}
BOOKING_ACTIONS: Mapping[BookingAction, str] = {
    BookingAction.BOOK: "Réserver une place",
    BookingAction.WAIT: "Mettre en liste d’attente",
    BookingAction.PROMOTE: "Donner une place",
    BookingAction.CANCEL: "Annuler l’inscription",
    BookingAction.CHECK_IN: "Noter l’arrivée",
    BookingAction.EXCUSE: "Noter une excuse",
    BookingAction.MARK_ABSENT: "Noter l’absence",
    BookingAction.UNDO: "Revenir à « place réservée »",
}
MEETING_STATES: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: "Prévue",
    MeetingState.HELD: "Faite",
    MeetingState.MISSED: "Manquée",
    MeetingState.DROPPED: "Retirée du plan",
}
MEETING_LOOKS: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "ok",
    MeetingState.MISSED: "warn",
    MeetingState.DROPPED: "",
}
MEETING_ACTIONS: Mapping[MeetingAction, str] = {
    MeetingAction.HOLD: "La rencontre a eu lieu",
    MeetingAction.MISS: "La rencontre n’a pas eu lieu",
    MeetingAction.DROP: "Retirer du plan",
    MeetingAction.RESTORE: "Remettre dans le plan",
}
TASK_STATES: Mapping[TaskState, str] = {
    TaskState.OPEN: "À faire",
    TaskState.DONE: "Faite",
    TaskState.DROPPED: "Abandonnée",
}
TASK_LOOKS: Mapping[TaskState, str] = {TaskState.OPEN: "warn", TaskState.DONE: "ok", TaskState.DROPPED: ""}
TASK_ACTIONS: Mapping[TaskAction, str] = {
    TaskAction.FINISH: "C’est fait",
    TaskAction.DROP: "Abandonner",
    TaskAction.REOPEN: "Rouvrir",
}
