"""What stands at the head of every organiser's page of an event: its state, its facts in a line, its tabs."""

from dataclasses import dataclass
from typing import Any, Final

from flask import current_app, request, url_for

from app.core import clock
from app.core.policy import current_actor
from app.events.labels.kinds import KINDS
from app.events.labels.making import when_words
from app.events.labels.states import EVENT_LOOKS, EVENT_STATES
from app.events.models import Event
from app.events.queries.visible import may_run
from app.events.rules.kinds import DATINGS
from app.events.rules.states import EventState
from app.events.views.blueprint import blueprint

Tab = tuple[str, str, bool]
_UNDER: Final = {
    "event": ("edit", "slots", "slot", "series", "cancel", "copy"),
    "bookings": ("booking_add", "add_booking", "add_unknown", "invite", "invited", "register_people", "attendance"),
    "plan": ("setup", "make_plan", "sheets"),
    "day": ("check_in", "walk_in", "replan", "badges", "table_cards", "outcomes"),
    "afterwards": ("make_afterward", "make_afterwards", "review"),
}
"""The pages that stand under each tab."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page. ``runs``: the reader may act on the event."""

    tabs: list[Tab]
    state: str
    look: str
    kind: str
    when: str
    where: str
    organiser: str
    runs: bool


def tabs_of(event: Event) -> list[Tab]:
    """(label, address, current) of each part of the event that its organiser has; one that is not built is left out."""
    dating, begun = event.kind in DATINGS, event.state in {EventState.PUBLISHED, EventState.CLOSED}
    parts = [
        ("Événement", "event", True),
        ("Inscriptions", "bookings", True),
        ("Souhaits et plan", "plan", dating),
        ("Le jour J", "day", begun),
        ("Suites", "afterwards", begun),
    ]
    here = (request.endpoint or "").rpartition(".")[2]
    return [
        (label, url_for(f"events.{name}", event_id=event.id), here == name or here in _UNDER[name])
        for label, name, meant in parts
        if meant and f"events.{name}" in current_app.view_functions
    ]


def head_of(event: Event) -> Head:
    """What ``events/_head.html`` shows; the event was loaded with what is around it (queries.visible.AROUND)."""
    runs = may_run(current_actor(), event)
    return Head(
        tabs=tabs_of(event) if runs else [],
        state=EVENT_STATES[event.state],
        look=EVENT_LOOKS[event.state],
        kind=KINDS[event.kind],
        when=when_words(event.slots, clock.today()),
        where=", ".join(part for part in (event.place_name, event.commune.name if event.commune else "") if part),
        organiser=event.organisation.name,
        runs=runs,
    )


@blueprint.context_processor
def _head() -> dict[str, Any]:
    return {"head_of": head_of}
