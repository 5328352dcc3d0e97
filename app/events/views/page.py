"""The page of one event: for who runs it, what to do next; for the others, what it is and how to register."""

from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.french import instant_words
from app.core.policy import signed_in, the_actor
from app.core.roles import Role
from app.events.labels.kinds import AUDIENCES, side_words
from app.events.labels.making import REFUSAL_WORDS, STEPS, hours_words, journal_words, left_words
from app.events.models import Event, EventTransition
from app.events.queries.bookings import sees_names
from app.events.queries.page import EventPage, SlotLine, event_page, family_names
from app.events.queries.visible import may_run, the_event
from app.events.rules.content import EDITABLE
from app.events.rules.kinds import Who, takes
from app.events.rules.next_step import NextStep
from app.events.rules.states import EVENT
from app.events.views.blueprint import blueprint
from app.events.views.inviting import registers_people

_GO = {
    NextStep.COMPLETE: ("Compléter l’événement", "edit"),
    NextStep.INVITE: ("Inviter", "invite"),
    NextStep.PLAN: ("Faire le plan", "plan"),
    NextStep.WELCOME: ("Ouvrir le jour J", "day"),
    NextStep.WAIT: ("Voir les inscriptions", "bookings"),
    NextStep.ATTENDANCE: ("Noter les présences", "attendance"),
    NextStep.AFTERWARDS: ("Voir les suites", "afterwards"),
}
"""The one button of each next step."""


def address_of(name: str, event: Event) -> str | None:
    """The address of a page of the event; None while there is none."""
    endpoint = f"events.{name}"
    return url_for(endpoint, event_id=event.id) if endpoint in current_app.view_functions else None


@blueprint.get("/evenements/<uuid:event_id>")
@signed_in
def event(event_id: UUID) -> ResponseReturnValue:
    """The event. A person reads its public page."""
    actor = the_actor()
    if actor.role is Role.CANDIDATE:
        return redirect(url_for("events.public_event", event_id=event_id), 303)
    row = the_event(actor, event_id)
    shown = {"event": row, "sides": side_words, "audiences": AUDIENCES, "hours": hours_words, "left": left_words}
    if not may_run(actor, row):
        return render_template(
            "events/event_read.html",
            families=family_names(row.family_slugs),
            register=address_of("register", row),
            people=address_of("register_people", row) if registers_people(actor, row) else None,
            now=clock.now(),
            **shown,
        )
    page = event_page(row, clock.now(), clock.today())
    return render_template(
        "events/event.html",
        page=page,
        step=STEPS[page.step],
        go=_go(page, row),
        figures=_figures(page),
        missing=[REFUSAL_WORDS[reason] for reason in page.missing] if page.step is NextStep.COMPLETE else [],
        acts=EVENT.actions(row.state, actor.role),
        editable=row.state in EDITABLE,
        journal=[_entry(line) for line in page.journal],
        over=_all_over(page.slots),
        **shown,
    )


def _go(page: EventPage, row: Event) -> tuple[str, str] | None:
    label, name = _GO.get(page.step, ("", ""))
    if name == "invite" and not (sees_names(the_actor()) and takes(row.kind, row.audience, Who.PERSON)):
        label, name = "Ajouter des inscriptions", "booking_add"
    address = address_of(name, row) if name else None
    return (label, address) if address else None


def _all_over(slots: tuple[SlotLine, ...]) -> bool:
    return bool(slots) and all(line.slot.ends_at <= clock.now() for line in slots)


def _figures(page: EventPage) -> list[tuple[Any, ...]]:
    return [
        (page.booked, "places prises", f"sur {page.seats}"),
        (page.waiting, "en attente"),
        (page.invited, "invitations sans réponse"),
    ]


def _entry(line: EventTransition) -> dict[str, str]:
    text = f"{line.by_name}{'. ' + line.words if line.words else ''}"
    return {"title": journal_words(line.subject, line.action), "when": instant_words(line.at), "text": text}
