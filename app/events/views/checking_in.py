"""At the door: search a name, type a code, scan a badge, let in somebody who did not register."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service as accounts
from app.accounts.rules.throttles import LINK_PER_ADDRESS, address_group
from app.accounts.views.browser import visitor
from app.core import clock
from app.core.errors import Refused
from app.core.forms import ActForm
from app.core.french import clock_time
from app.core.policy import current_actor, public, requires, the_actor
from app.core.roles import Actor
from app.events.forms.day import CodeForm, WalkInForm
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import side_words
from app.events.models import Booking
from app.events.queries.bookings import sees_names
from app.events.queries.day import Day, shown_name, the_day
from app.events.rules.kinds import Side, Who
from app.events.rules.states import BookingState
from app.events.service import checking_in as service
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS, back_to, refused_words, slot_asked
from app.reference.rules.words import normalise


@blueprint.route("/evenements/<uuid:event_id>/arrivees", methods=["GET", "POST"])
@requires(*ORGANISERS)
def check_in(event_id: UUID) -> ResponseReturnValue:
    """The list with one tap a name; a code is typed above it."""
    form = CodeForm()
    if form.sent:
        try:
            arrival = service.arrive_by_code(event_id, form.code.data or "", by=the_actor())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(_arrival_words(arrival), "success")
            return back_to(".check_in", event_id)
    event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
    if found is None:
        return render_template("events/day_without_slot.html", event=event)
    asked, name_of = request.args.get("q", "").strip(), name_at_the_door(the_actor())
    return render_template(
        "events/check_in.html",
        event=event,
        day=found,
        form=form,
        asked=asked,
        shown=_named(found, asked, name_of),
        name_of=name_of,
        contact_of=lambda one: contact_at_the_door(the_actor(), one),
        side_words=lambda side: side_words(event.kind, side),
    )


def name_at_the_door(actor: Actor) -> Callable[[Booking], str]:
    """Who welcomes reads the whole name: two « Awa D. » may come. An employer, first name and initial alone."""
    return (lambda booking: booking.name) if sees_names(actor) else shown_name


def contact_at_the_door(actor: Actor, booking: Booking) -> str:
    """Whom an organisation sends; an employer does not read through whom a person came."""
    return booking.contact_name if sees_names(actor) or booking.who is Who.ORGANISATION else ""


def _named(found: Day, asked: str, name_of: Callable[[Booking], str]) -> list[Booking]:
    """Those whose name, as it is shown, holds what was typed; those to come first.

    A cancelled booking shows only when searched.
    """
    words = asked.casefold().split()
    closed = {BookingState.CANCELLED, BookingState.EXCUSED, BookingState.INVITED, BookingState.WAITING}
    shown = [
        one
        for one in found.bookings
        if all(word in f"{name_of(one)} {contact_at_the_door(the_actor(), one)}".casefold() for word in words)
        and (words or one.state not in closed)
    ]
    return sorted(
        shown, key=lambda one: (one.state is BookingState.SEEN, one.side is Side.MOVING, normalise(name_of(one)))
    )


def _arrival_words(arrival: service.Arrival) -> str:
    at = arrival.booking.checked_in_at
    hour = clock_time(at) if at else ""
    name = name_at_the_door(the_actor())(arrival.booking)
    return (
        f"{name}\u00a0: arrivée déjà notée à {hour}." if arrival.already else f"{name}\u00a0: arrivée notée à {hour}."
    )


@blueprint.route("/badge/<code>", methods=["GET", "POST"])
@public
def badge(code: str) -> ResponseReturnValue:
    """What a scanned badge opens: a button for who runs the event; for anybody else a page that says nothing."""
    actor = current_actor()
    booking = service.code_to_run(actor, code) if actor is not None else None
    if actor is None or booking is None:
        accounts.count(LINK_PER_ADDRESS, address_group(visitor().address))
        return _alone("events/badge_closed.html", 404)
    if ActForm().sent:
        try:
            arrival = service.note_arrival(booking.id, by=actor, more_seats="more_seats" in request.form)
        except Refused as refused:
            flash(refused_words(refused), "warning")
        else:
            flash(_arrival_words(arrival), "success")
        return redirect(url_for(".badge", code=code), 303)
    name, contact = name_at_the_door(actor)(booking), contact_at_the_door(actor, booking)
    return _alone("events/badge.html", booking=booking, event=booking.slot.event, name=name, contact=contact)


def _alone(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A page behind a code: kept by nobody, found by no search engine."""
    answer = make_response(render_template(template, **context), status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "same-origin"  # its form is checked by the Referer, over https
    return answer


@blueprint.route("/evenements/<uuid:event_id>/arrivees/nouvelle", methods=["GET", "POST"])
@requires(*ORGANISERS)
def walk_in(event_id: UUID) -> ResponseReturnValue:
    """Somebody came without a booking: a seat, a badge, and a place in the next plan."""
    event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
    if found is None:
        return render_template("events/day_without_slot.html", event=event)
    form = WalkInForm()
    form.offer(event.kind, service.sides_to_walk_in(event))
    if form.sent:
        try:
            made = service.add_walk_in(
                event_id, _asked(form), by=the_actor(), row_id=form.row_id.data, slot_id=found.slot.id
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
        else:
            plan = " Refaites le plan pour l’y mettre." if found.timing.plan else ""
            flash(
                f"{shown_name(made)}\u00a0: arrivée notée. Son code\u00a0: {made.code[:4]}-{made.code[4:]}.{plan}",
                "success",
            )
            return back_to(".check_in", event_id)
    return render_template("events/walk_in.html", event=event, day=found, form=form)


def _asked(form: WalkInForm) -> service.WalkIn:
    return service.WalkIn(
        side=Side(str(form.side.data)),
        is_person=form.kind.data == "person",
        name=form.name.data or "",
        contact_name=form.contact_name.data or "",
        contact_phone=form.contact_phone.data or "",
        siret=form.siret.data or "",
        more_seats=bool(form.more_seats.data),
    )
