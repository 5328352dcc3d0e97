"""« Présences »: the sheet on a tablet, one tap each; a name signed on the screen; the same on paper."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm
from app.core.french import plural
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.events.forms.registering import SignForm
from app.events.labels.kinds import MEANS, side_words
from app.events.labels.registering import REFUSAL_WORDS
from app.events.labels.states import BOOKING_LOOKS, BOOKING_STATES
from app.events.models import Event, Slot
from app.events.queries import attendance as queries
from app.events.queries.attendance import Row
from app.events.queries.visible import the_event_to_run
from app.events.rules.attendance import Presence, sheet_refusals
from app.events.rules.kinds import DATINGS
from app.events.rules.states import BookingState
from app.events.service import attendance as service
from app.events.views.blueprint import blueprint
from app.events.views.bookings import ORGANISERS
from app.events.views.shared import flash_refusal, place_of, refusal_words, slot_asked, slot_words

EMPTY_LINES = 6
"""Lines of the paper sheet for those who were not on it."""


@blueprint.get("/evenements/<uuid:event_id>/presences")
@requires(*ORGANISERS)
def attendance(event_id: UUID) -> ResponseReturnValue:
    """The sheet of a slot."""
    event = the_event_to_run(the_actor(), event_id)
    if not event.slots:
        return render_template("events/attendance.html", event=event, slot=None)
    slot = slot_asked(event)
    rows = queries.sheet(the_actor(), event_id, slot.id)
    return render_template("events/attendance.html", act=ActForm(formdata=None), **_shown(event, slot, rows))


def _shown(event: Event, slot: Slot, rows: list[Row]) -> dict[str, Any]:
    tallies = queries.tallies(rows)
    return {
        "event": event,
        "slot": slot,
        "when": slot_words(slot),
        "place": place_of(event),
        "slots": [(one.id, slot_words(one), one is slot) for one in event.slots],
        "rows": rows,
        "tallies": tallies,
        "unsigned": sum(row.line.state is BookingState.SEEN and row.signature is None for row in rows),
        "states": BOOKING_STATES,
        "looks": BOOKING_LOOKS,
        "means": MEANS,
        "side_words": side_words if event.kind in DATINGS else None,
        "closed": [REFUSAL_WORDS[reason] for reason in sheet_refusals(event.state)],
        "is_day": clock.today() >= clock.civil_day(slot.starts_at),
        "begun": clock.now() >= slot.starts_at,
    }


def _back(event_id: UUID, slot_id: Any, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for(".attendance", event_id=event_id, slot=slot_id, _anchor=anchor or None), 303)


@blueprint.post("/evenements/<uuid:event_id>/presences/<uuid:booking_id>")
@requires(*ORGANISERS)
def note_presence(event_id: UUID, booking_id: UUID) -> ResponseReturnValue:
    """One tap."""
    event, asked = the_event_to_run(the_actor(), event_id), request.form.get("presence", "")
    if asked not in set(Presence):
        raise NotFound
    if ActForm().sent:
        try:
            service.note_presence(booking_id, Presence(asked), by=the_actor(), event_id=event.id)
        except Refused as refused:
            flash_refusal(refused)
    return _back(event.id, request.form.get("slot"), f"p-{booking_id}")


@blueprint.route("/evenements/<uuid:event_id>/presences/tous", methods=["GET", "POST"])
@requires(*ORGANISERS)
def all_present(event_id: UUID) -> ResponseReturnValue:
    """« Tous présents », for those of whom nothing is noted: asked once more."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    slot = slot_asked(event)
    if request.method == "POST" and ActForm().sent:
        try:
            count = service.all_present(slot.id, by=actor)
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash(f"{plural(count, 'présence notée', 'présences notées')}.", "success")
        return _back(event_id, slot.id)
    if sheet_refusals(event.state):  # the sheet says why
        return _back(event_id, slot.id)
    rows = queries.sheet(actor, event_id, slot.id)
    left = [row.line.name for row in rows if row.line.state is BookingState.BOOKED]
    if not left:
        flash("Toutes les présences sont notées.", "message")
        return _back(event_id, slot.id)
    return render_template("events/all_present.html", event=event, slot=slot, left=left, form=ActForm(formdata=None))


@blueprint.post("/evenements/<uuid:event_id>/presences/papier")
@requires(*ORGANISERS)
def signed_on_paper(event_id: UUID) -> ResponseReturnValue:
    """The printed sheet was signed by those present."""
    event = the_event_to_run(the_actor(), event_id)
    slot = slot_asked(event)
    if ActForm().sent:
        try:
            count = service.signed_on_paper(slot.id, by=the_actor())
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash(f"{plural(count, 'signature sur papier notée', 'signatures sur papier notées')}.", "success")
    return _back(event_id, slot.id)


@blueprint.route("/evenements/<uuid:event_id>/presences/<uuid:booking_id>/signer", methods=["GET", "POST"])
@requires(*ORGANISERS)
def sign(event_id: UUID, booking_id: UUID) -> ResponseReturnValue:
    """The tablet is in the hands of the person: their own line and nothing of the others."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    slot = slot_asked(event)
    row = next((one for one in queries.sheet(actor, event_id, slot.id) if one.line.id == booking_id), None)
    if row is None:
        raise NotFound
    if sheet_refusals(event.state):  # the sheet says why
        return _back(event_id, slot.id)
    form = SignForm()
    if form.sent:
        try:
            service.sign(booking_id, form.name.data or "", by=actor)
        except Refused as refused:
            form.refuse(refused, refusal_words())
        else:
            flash("Merci, c’est signé.", "success")
            return _back(event_id, slot.id, f"p-{booking_id}")
    shown = {"event": event, "slot": slot, "row": row, "form": form, "when": slot_words(slot)}
    return render_template("events/sign.html", place=place_of(event), **shown)


@blueprint.get("/evenements/<uuid:event_id>/presences/feuille")
@requires(*ORGANISERS)
def attendance_sheet(event_id: UUID) -> ResponseReturnValue:
    """To print: one line each with room to sign, and some empty ones."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    slot = slot_asked(event)
    rows = [row for row in queries.sheet(actor, event_id, slot.id) if row.line.state is not BookingState.EXCUSED]
    shown = _shown(event, slot, rows) | {"empty_lines": EMPTY_LINES, "back": url_for(".attendance", event_id=event_id)}
    if "pdf" not in request.args:
        return render_template("events/attendance_sheet.html", pdf=False, **shown)
    title = f"Feuille de présence – {event.title}"
    return document_answer("events/attendance_sheet.html", title=title, name=f"presence-{event.number}", **shown)
