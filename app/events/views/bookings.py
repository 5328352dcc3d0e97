"""« Inscriptions »: the organiser's list, its filters and files; somebody is added by hand."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.queries import named
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.forms import ActForm
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.events.forms.registering import BookingFilters, FirmForm, SearchForm, VisitorForm
from app.events.labels.kinds import WHO, side_words
from app.events.labels.registering import rank_words
from app.events.labels.states import BOOKING_LOOKS, BOOKING_STATES
from app.events.models import Event
from app.events.queries import bookings as queries
from app.events.queries import people
from app.events.queries.visible import the_event_to_run
from app.events.rules.kinds import DATINGS, Who, people_on, sides_of, takes, who_sits
from app.events.rules.registering import Sits, Way, side_for
from app.events.rules.states import BookingState
from app.events.service import registering as service
from app.events.service.registering import Details, Given
from app.events.views.blueprint import blueprint
from app.events.views.registering import open_slots, slot_choices
from app.events.views.shared import flash_refusal, refusal_words, slot_asked, slot_words
from app.organisations.models import Organisation

ORGANISERS: Final = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
HEADER: Final = (
    "Nom", "Qui", "Côté", "Créneau", "Salle", "Situation", "Contact", "Téléphone", "E-mail", "Besoins",
    "Inscription le", "Sur place",
)  # fmt: skip
EXPORT_MOST: Final = 5000


@blueprint.get("/evenements/<uuid:event_id>/inscriptions")
@requires(*ORGANISERS)
def bookings(event_id: UUID) -> ResponseReturnValue:
    """The list, on all of the event's slots and sides."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    filters = _filters(event)
    asked = filters.asked()
    if kind := request.args.get("export"):
        lines = queries.exported(actor, event_id, asked, EXPORT_MOST)
        return export(kind, f"inscriptions-{event.number}", HEADER, _cells(event, lines))
    counts = queries.counts(event_id)
    return render_template(
        "events/bookings.html",
        event=event,
        filters=filters,
        narrowed=filters.narrowed,
        page=queries.listed(actor, event_id, asked, page_number(request.args.get("page"))),
        totals={state: sum(one.number for one in counts if one.state is state) for state in BookingState},
        sort=asked.sort,
        whole=queries.sees_names(actor),
        invites=queries.sees_names(actor) and takes(event.kind, event.audience, Who.PERSON),
        several=len(event.slots) > 1,
        **_words(event),
    )


def _filters(event: Event) -> BookingFilters:
    slots = [(str(slot.id), slot_words(slot)) for slot in event.slots]
    sides = [(side.value, side_words(event.kind, side)) for side in sides_of(event.kind)]
    return BookingFilters(request.args, slots=slots, sides=sides)


def _words(event: Event) -> dict[str, Any]:
    return {
        "states": BOOKING_STATES,
        "looks": BOOKING_LOOKS,
        "who_words": WHO,
        "side_words": side_words,
        "dating": event.kind in DATINGS,
    }


def _cells(event: Event, lines: list[queries.Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        yield (
            line.name, WHO[line.who] if line.who else "", side_words(event.kind, line.side), line.starts_at, line.room,
            BOOKING_STATES[line.state], line.contact, line.phone, line.email, line.needs, line.created_at,
            line.is_walk_in,
        )  # fmt: skip


# --- add somebody -----------------------------------------------------------------------------------------


@blueprint.route("/evenements/<uuid:event_id>/inscriptions/ajouter", methods=["GET", "POST"])
@requires(*ORGANISERS)
def booking_add(event_id: UUID) -> ResponseReturnValue:
    """Look somebody up: the words stay out of the address."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    form = SearchForm()
    form.offer(event.kind)
    slots = open_slots(event, staff=True)
    found = _found(event, form, actor) if form.sent else {"people": [], "places": []}
    return render_template(
        "events/booking_add.html",
        event=event,
        form=form,
        act=ActForm(formdata=None),
        slots=[(slot.id, slot_words(slot)) for slot in slots],
        asked=form.words.data if form.is_submitted() else "",
        takes_visitors=takes(event.kind, event.audience, Who.VISITOR),
        takes_firms=takes(event.kind, event.audience, Who.ORGANISATION),
        side_of=(lambda place: _side_words(event, place)) if event.kind in DATINGS else None,
        **found,
    )


def _found(event: Event, form: SearchForm, actor: Actor) -> dict[str, Any]:
    """Those with this name who may sit on the sides asked."""
    words, sides = form.words.data or "", form.asked_sides
    sought = {who for side in sides for who in people_on(event.kind, event.audience, side)}
    kinds = {kind for side in sides for kind in who_sits(event.kind, side)}
    return {
        "people": named(actor, words) if Who.PERSON in sought and queries.sees_names(actor) else [],
        "places": people.organisations_named(actor, words, kinds) if Who.ORGANISATION in sought else [],
    }


def _side_words(event: Event, place: Organisation) -> str:
    side = side_for(event.kind, event.audience, Sits(Who.ORGANISATION, place.kind))
    return side_words(event.kind, side) if side else ""


@blueprint.post("/evenements/<uuid:event_id>/inscriptions/ajouter/<any(personne, organisation):what>/<uuid:row_id>")
@requires(*ORGANISERS)
def add_booking(event_id: UUID, what: str, row_id: UUID) -> ResponseReturnValue:
    """One of those that were found."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    if ActForm().sent:
        slot = slot_asked(event)
        act = service.register_person if what == "personne" else service.register_organisation
        try:
            _say(act(slot.id, row_id, Details(), by=actor))
        except Refused as refused:
            flash_refusal(refused)
    return redirect(url_for(".bookings", event_id=event_id), 303)


@blueprint.route(
    "/evenements/<uuid:event_id>/inscriptions/ajouter/<any('sans-compte', entreprise):what>", methods=["GET", "POST"]
)
@requires(*ORGANISERS)
def add_unknown(event_id: UUID, what: str) -> ResponseReturnValue:
    """Somebody without an account, by name."""
    actor = the_actor()
    event, way = the_event_to_run(actor, event_id), Way(what)
    if not takes(event.kind, event.audience, Who.VISITOR if way is Way.VISITOR else Who.ORGANISATION):
        raise NotFound
    form: Any = VisitorForm() if way is Way.VISITOR else FirmForm()
    form.offer(slot_choices(event, open_slots(event, staff=True), sides_of(event.kind)[-1]))
    if way is Way.FIRM:
        del form.trades
    if form.sent:
        try:
            _say(_unknown(UUID(form.slot.data), form, way, actor))
        except Refused as refused:
            form.refuse(refused, refusal_words())
        else:
            return redirect(url_for(".bookings", event_id=event_id), 303)
    return render_template("events/add_unknown.html", event=event, form=form, way=way)


def _unknown(slot_id: UUID, form: Any, way: Way, actor: Actor) -> Given:
    row_id = form.row_id.data
    if way is Way.VISITOR:
        return service.register_visitor(slot_id, form.full_name, form.details(), by=actor, row_id=row_id)
    siret = form.siret.data or None
    return service.register_firm(slot_id, form.name.data, siret, form.details(), by=actor, row_id=row_id)


def _say(given: Given) -> None:
    name = given.booking.name
    if given.known:
        flash(f"{name}\u00a0: cette inscription existait déjà.", "message")
    elif given.rank:
        flash(f"{name}\u00a0: c’est complet, {rank_words(given.rank)}.", "message")
    else:
        flash(f"{name}\u00a0: place réservée.", "success")
    if given.busy:
        flash(f"{name}\u00a0: une autre inscription à la même heure. Vérifiez que deux personnes viennent.", "message")
