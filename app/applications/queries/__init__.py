"""Reads of applications, scoped to the reader."""

from app.applications.queries.engaged import (
    Engaged,
    excluded_for_offer,
    offers_engaged_by,
    open_application,
    proposals_waiting,
)
from app.applications.queries.listed import (
    BOARD_STATES,
    SORTS,
    Column,
    answers_of,
    board,
    listed,
    offers_with_applications,
    state_counts,
    unread_counts,
)
from app.applications.queries.shown import (
    OF_THE_PERSON,
    SeenPerson,
    actions_for,
    draft_of,
    may_act_for,
    person_seen_by_employer,
)
from app.applications.queries.todo import to_do_for
from app.applications.queries.visible import (
    AROUND,
    applications_visible_to,
    notes_of,
    the_application,
    transitions_of,
)

__all__ = [
    "AROUND",
    "BOARD_STATES",
    "OF_THE_PERSON",
    "SORTS",
    "Column",
    "Engaged",
    "SeenPerson",
    "actions_for",
    "answers_of",
    "applications_visible_to",
    "board",
    "draft_of",
    "excluded_for_offer",
    "listed",
    "may_act_for",
    "notes_of",
    "offers_engaged_by",
    "offers_with_applications",
    "open_application",
    "person_seen_by_employer",
    "proposals_waiting",
    "state_counts",
    "the_application",
    "to_do_for",
    "transitions_of",
    "unread_counts",
]
