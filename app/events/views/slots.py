"""The slots of an event: add one or a series, change its time or its seats, remove an empty one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.clock import civil_day
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm, pressed
from app.core.french import date_words, plural
from app.core.policy import requires, the_actor
from app.events.forms.slots import EditSlotForm, NewSlotForm, SeriesForm, hour_typed, seats_typed, slot_typed
from app.events.labels.kinds import side_words
from app.events.labels.making import hours_words
from app.events.models import Event
from app.events.queries.page import SlotLine, counts_of, slot_lines
from app.events.queries.visible import the_event_to_run
from app.events.rules.content import EDITABLE, EventRefusal
from app.events.service import slots as service
from app.events.views.blueprint import blueprint
from app.events.views.making import ORGANISERS, TELL, refuse, said


def _lines(event: Event) -> tuple[SlotLine, ...]:
    return slot_lines(event, counts_of(event.id))


def _like_the_last(event: Event) -> dict[str, Any]:
    """A new slot looks like the last one, a week later; the series on its day of the week."""
    if not event.slots:
        return {"start": "9h", "end": "12h", "seats": 20, "seats_seated": 12, "seats_moving": 12}
    last = event.slots[-1]
    day = max(civil_day(last.starts_at), clock.today()) + timedelta(days=7)
    begin, end = last.starts_at.astimezone(clock.PARIS), last.ends_at.astimezone(clock.PARIS)
    return {
        "day": day, "first": day, "weekday": str(begin.weekday()), "start": hour_typed(begin.time()),
        "end": hour_typed(end.time()), "room": last.room, **seats_typed(last),
    }  # fmt: skip


@blueprint.route("/evenements/<uuid:event_id>/creneaux", methods=["GET", "POST"])
@requires(*ORGANISERS)
def slots(event_id: UUID) -> ResponseReturnValue:
    """All the slots, and the form of one more."""
    event = the_event_to_run(the_actor(), event_id)
    form = NewSlotForm(data=_like_the_last(event))
    form.for_kind(event.kind)
    if form.sent:
        try:
            service.add_slot(event_id, form.slot(), by=the_actor(), row_id=form.row_id.data)
        except Refused as refused:
            refuse(form, refused)
        else:
            flash("Le créneau est ajouté.", "success")
            return redirect(url_for(".slots", event_id=event_id), 303)
    return render_template(
        "events/slots.html",
        event=event,
        form=form,
        lines=_lines(event),
        editable=event.state in EDITABLE,
        sides=side_words,
        hours=hours_words,
    )


@blueprint.route("/evenements/<uuid:event_id>/creneaux/serie", methods=["GET", "POST"])
@requires(*ORGANISERS)
def series(event_id: UUID) -> ResponseReturnValue:
    """The same hours each week until a day; holidays are skipped, and said."""
    event = the_event_to_run(the_actor(), event_id)
    form = SeriesForm(data=_like_the_last(event))
    form.for_kind(event.kind)
    if form.sent:
        try:
            days = service.add_series(
                event_id, form.series(), form.hours(), form.room.data or "", form.seats_said(), by=the_actor(),
                row_id=form.row_id.data,
            )  # fmt: skip
        except Refused as refused:
            refuse(form, refused)
        else:
            flash(f"{plural(len(days.kept), 'créneau ajouté', 'créneaux ajoutés')}.", "success")
            if days.skipped:
                skipped = ", ".join(date_words(day) for day in days.skipped)
                flash(f"Jours fériés laissés de côté\u00a0: {skipped}.", "warning")
            return redirect(url_for(".slots", event_id=event_id), 303)
    return render_template("events/series.html", event=event, form=form)


@blueprint.route("/evenements/<uuid:event_id>/creneaux/<uuid:slot_id>", methods=["GET", "POST"])
@requires(*ORGANISERS)
def slot(event_id: UUID, slot_id: UUID) -> ResponseReturnValue:
    """Another time, room or number of seats. Who is registered is told, once the organiser says yes."""
    event = the_event_to_run(the_actor(), event_id)
    line = _the_line(event, slot_id)
    form, tell = EditSlotForm(data=slot_typed(line.slot, version=event.version)), 0
    form.for_kind(event.kind)
    if form.sent:
        try:
            done = service.change_slot(
                event_id, slot_id, form.slot(), by=the_actor(), version=form.version.data, tell=pressed(TELL)
            )
        except Refused as refused:
            refuse(form, refused)
            tell = line.live if EventRefusal.TELL_FIRST in refused.reasons else 0
        else:
            given = f" {plural(done.promoted, 'personne en attente a', 'personnes en attente ont')} une place."
            said(done.told, done.missed, f"Le créneau est enregistré.{given if done.promoted else ''}")
            return redirect(url_for(".slots", event_id=event_id), 303)
    return render_template(
        "events/slot.html", event=event, form=form, line=line, tell=tell, hours=hours_words, sides=side_words
    )


@blueprint.post("/evenements/<uuid:event_id>/creneaux/<uuid:slot_id>/retirer")
@requires(*ORGANISERS)
def slot_remove(event_id: UUID, slot_id: UUID) -> ResponseReturnValue:
    """Only when nobody is registered."""
    if ActForm().sent:
        service.remove_slot(event_id, slot_id, by=the_actor())
        flash("Le créneau est retiré.", "success")
    return redirect(url_for(".slots", event_id=event_id), 303)


def _the_line(event: Event, slot_id: UUID) -> SlotLine:
    found = next((line for line in _lines(event) if line.slot.id == slot_id), None)
    if found is None:
        raise NotFound
    return found
