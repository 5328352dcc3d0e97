"""« Mes rendez-vous collectifs », « Mes inscriptions »: what one is registered for, the code to show, a way out."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.forms import ActForm
from app.core.paging import page_number
from app.core.policy import professionals, requires, signed_in, the_actor
from app.core.roles import Role
from app.events.documents.ical import TYPE, Method, calendar_of, method_of
from app.events.documents.paper import door_qr
from app.events.forms.registering import BookingForm
from app.events.labels.kinds import KINDS, side_words
from app.events.labels.registering import STATES_SAID, rank_words
from app.events.labels.states import BOOKING_LOOKS, BOOKING_STATES
from app.events.models import Booking
from app.events.queries import mine as queries
from app.events.queries import people
from app.events.queries.returning import is_theirs, return_barred
from app.events.queries.visible import may_run
from app.events.rules.kinds import DATINGS, Who
from app.events.rules.registering import Answer
from app.events.rules.states import OUT, BookingState, EventState
from app.events.rules.wishes import WISHES_WHILE
from app.events.service import cancelling as service
from app.events.service.registering import Details
from app.events.views.blueprint import blueprint
from app.events.views.codes import SHOWN_AT_DOOR, THANKS, answer_buttons, first_name
from app.events.views.shared import flash_refusal, place_of, refusal_words
from app.messages.rules.short_codes import shown_code
from app.messages.service.paper import base_url
from app.organisations.queries import trades_of
from app.reference.queries import family_choices


@blueprint.get("/mes-rendez-vous-collectifs")
@requires(Role.CANDIDATE)
def my_bookings() -> ResponseReturnValue:
    """A candidate's: what comes first, in short sentences."""
    return render_template("events/my_bookings.html", **_lists())


@blueprint.get("/mes-evenements")
@professionals
def my_events() -> ResponseReturnValue:
    """A professional's, and their organisation's."""
    return render_template("events/my_events.html", kinds=KINDS, **_lists())


def _lists() -> dict[str, Any]:
    actor, now = the_actor(), clock.now()
    return {
        "coming": queries.coming(actor, now),
        "past": queries.past(actor, now, page_number(request.args.get("page"))),
        "states": STATES_SAID,
        "looks": BOOKING_LOOKS,
        "place_of": place_of,
    }


@blueprint.route("/inscriptions/<uuid:booking_id>", methods=["GET", "POST"])
@signed_in
def booking(booking_id: UUID) -> ResponseReturnValue:
    """One booking: its state, its code, what the participant says of themselves, and how to cancel."""
    actor = the_actor()
    found = queries.the_booking_shown(actor, booking_id)
    form = BookingForm(obj=found)
    _offer(form, found)
    if form.sent:
        try:
            service.change_details(booking_id, _details(form, found), by=actor, version=int(form.version.data or 0))
        except Refused as refused:
            form.refuse(refused, refusal_words())
        else:
            flash("C’est enregistré.", "success")
            return redirect(url_for(".booking", booking_id=booking_id), 303)
    return render_template("events/booking.html", form=form, act=ActForm(), **_shown(found))


def _offer(form: BookingForm, found: Booking) -> None:
    """At a dating an organisation says its jobs; anybody says what they need to come."""
    dating = found.slot.event.kind in DATINGS and found.who is Who.ORGANISATION
    if not dating:
        del form.trades, form.posts, form.words
        return
    own = trades_of(found.organisation_id) if found.organisation_id else []
    known = [(slug, name) for slug, name, _ in own]
    form.trades.choices = known or family_choices()
    if not known:
        form.trades.label.text = "Secteurs"
    if not form.is_submitted():
        form.trades.data = list(found.trade_slugs)


def _details(form: BookingForm, found: Booking) -> Details:
    """What the page changes; the rest stays."""
    said = {name: field.data for name, field in form._fields.items()}
    return Details(
        trade_slugs=tuple(said.get("trades", found.trade_slugs) or ()),
        posts=int(said["posts"]) if said.get("posts") else None,
        words=said.get("words", found.words) or "",
        needs=said.get("needs") or "",
        contact_name=found.contact_name,
        contact_phone=found.contact_phone,
        contact_email=found.contact_email,
    )


def _shown(found: Booking) -> dict[str, Any]:
    actor, slot, event, now = the_actor(), found.slot, found.slot.event, clock.now()
    own = is_theirs(actor, found)
    barred = bool(return_barred(found, event.kind)) if own else False
    live = found.state in SHOWN_AT_DOOR and now < slot.ends_at and event.state is EventState.PUBLISHED
    return {
        "booking": found,
        "slot": slot,
        "event": event,
        "own": own,
        "runs": may_run(actor, event),
        "first_name": first_name(found),
        "place": place_of(event),
        "kind": KINDS[event.kind],
        "side": side_words(event.kind, found.side) if event.kind in DATINGS else "",
        "state": BOOKING_STATES[found.state],
        "look": BOOKING_LOOKS[found.state],
        "rank_words": rank_words(people.rank_of(found)),
        "code": shown_code(found.code),
        "qr": door_qr(found, base_url(), scale=7 if actor.role is Role.CANDIDATE else 6) if live else None,
        "answers": answer_buttons(found, now, barred=barred) if own else [],
        "barred": barred,
        "meets": _meets(found) if own and event.kind in DATINGS else [],
        "may_cancel": found.state in {BookingState.INVITED, BookingState.BOOKED, BookingState.WAITING} and live,
    }


def _meets(found: Booking) -> list[tuple[str, str]]:
    """(words, address) of what a participant of a dating does next: wishes until it begins, then the meetings."""
    if found.slot.event.state not in {EventState.PUBLISHED, EventState.CLOSED} or found.state not in WISHES_WHILE:
        return []
    begun = clock.now() >= found.slot.starts_at
    wish = [] if begun else [("Dire qui je veux rencontrer", url_for(".wishes", booking_id=found.id))]
    day = clock.today() >= clock.civil_day(found.slot.starts_at)
    meet = ("Mes rencontres", ".my_meetings") if day else ("Ma fiche de rencontres", ".sheet")
    return [*wish, (meet[0], url_for(meet[1], booking_id=found.id))]


@blueprint.post("/inscriptions/<uuid:booking_id>/<any(coming, not_coming):answer>")
@signed_in
def booking_answer(booking_id: UUID, answer: str) -> ResponseReturnValue:
    """« Je viens », « Je ne peux pas venir »."""
    said = Answer(answer)
    if ActForm().sent:
        try:
            _, rank = service.answer(booking_id, said, by=the_actor())
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash(f"C’est complet. Vous êtes {rank_words(rank)}." if rank else THANKS[said], "success")
    return redirect(url_for(".booking", booking_id=booking_id), 303)


@blueprint.route("/inscriptions/<uuid:booking_id>/annuler", methods=["GET", "POST"])
@signed_in
def booking_cancel(booking_id: UUID) -> ResponseReturnValue:
    """What it does, then one button."""
    actor, form = the_actor(), ActForm()
    found = queries.the_booking_shown(actor, booking_id)
    event = found.slot.event
    if form.sent:
        try:
            service.cancel(booking_id, by=actor)
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash("L’inscription est annulée. La place sert à la personne suivante.", "success")
        if may_run(actor, event):
            return redirect(url_for(".bookings", event_id=event.id), 303)
        return redirect(url_for(".booking", booking_id=booking_id), 303)
    waiting = sum(people.waiting_counts([found.slot_id]).values())
    return render_template("events/booking_cancel.html", form=form, waiting=waiting, **_shown(found))


@blueprint.get("/inscriptions/<uuid:booking_id>.ics")
@signed_in
def booking_ics(booking_id: UUID) -> Response:
    """For a calendar: when and a link; nobody's name."""
    found = queries.the_booking_shown(the_actor(), booking_id)
    url = f"{base_url()}{url_for('.booking', booking_id=booking_id)}"
    method = Method.CANCEL if found.state in OUT else method_of(found.slot.event)
    host = base_url().split("://")[-1]
    response = Response(calendar_of(found.slot.event, [found.slot], host, url, method), content_type=TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="inscription.ics"'
    return response
