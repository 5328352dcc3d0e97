"""« S'inscrire »: a candidate, a professional, an organisation, or somebody without an account, on one page."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.policy import current_actor, public
from app.core.roles import Actor, Role
from app.events.forms.registering import FirmForm, OrganisationForm, PersonForm, SlotForm, VisitorForm
from app.events.labels.registering import WAYS, rank_words, seats_words
from app.events.models import Booking, Event, Slot
from app.events.queries import mine, people
from app.events.queries.visible import the_event
from app.events.rules.kinds import DATINGS, Side, Who
from app.events.rules.registering import Sits, Way, side_for, ways_for
from app.events.rules.seats import Registration, SeatRefusal, registration_refusals
from app.events.rules.states import BookingState
from app.events.service import public as without_account
from app.events.service import registering as service
from app.events.service.registering import Given
from app.events.views.blueprint import blueprint
from app.events.views.shared import place_of, refusal_words, slot_words
from app.organisations.queries import trades_of
from app.organisations.rules import OrganisationKind
from app.reference.queries import family_choices

FORMS: Final[dict[Way, type[SlotForm]]] = {
    Way.PERSON: PersonForm,
    Way.PROFESSIONAL: PersonForm,
    Way.ORGANISATION: OrganisationForm,
    Way.VISITOR: VisitorForm,
    Way.FIRM: FirmForm,
}
BOOKED: Final = "C’est noté. Votre place est réservée."


@blueprint.route("/agenda/<uuid:event_id>/inscription", methods=["GET", "POST"])
@public
def register(event_id: UUID) -> ResponseReturnValue:
    """Choose a slot, say who comes, one button."""
    actor = current_actor()
    event = the_event(actor, event_id)
    ways = ways_for(event.kind, event.audience, actor.role if actor else None, kind_of(actor))
    way = next((one for one in ways if one == request.args.get("pour")), ways[0] if ways else None)
    slots = open_slots(event)
    if way is None or not slots:
        return render_template("events/register_closed.html", event=event, why=_why_not(event, way), actor=actor)
    bookings = _own(event, way, actor)
    if (taken := {one.slot_id: one for one in bookings if one.state is not BookingState.INVITED}) and all(
        slot.id in taken for slot in slots
    ):
        return redirect(url_for(".booking", booking_id=taken[slots[0].id].id))
    form = FORMS[way]()
    side = side_of(event, way, actor)
    form.offer(slot_choices(event, slots, side))
    _offer_trades(form, event, way, actor)
    if form.sent:
        try:
            given = _register(UUID(form.slot.data), form, way, actor)
        except Refused as refused:
            form.refuse(refused, refusal_words())
        else:
            return _done(event, given, actor)
    names = [(WAYS[one], url_for(".register", event_id=event_id, pour=one.value), one is way) for one in ways]
    shown = {"event": event, "form": form, "way": way, "ways": ways, "names": names}
    is_candidate = actor is None or actor.role is Role.CANDIDATE
    return render_template(
        "events/register.html", place=place_of(event), bookings=bookings, is_candidate=is_candidate, **shown
    )


@blueprint.get("/agenda/<uuid:event_id>/inscription/merci")
@public
def registered(event_id: UUID) -> ResponseReturnValue:
    """What comes next for somebody without an account: the same page whatever was known of them."""
    event = the_event(current_actor(), event_id)
    rank = request.args.get("rang", 0, type=int)
    words = rank_words(rank) if 0 < rank < 10_000 else ""
    return render_template("events/registered.html", event=event, rank_words=words, place=place_of(event))


def kind_of(actor: Actor | None) -> OrganisationKind | None:
    """The kind of the organisation that the actor acts in."""
    if actor is None or actor.organisation_kind not in set(OrganisationKind):
        return None
    return OrganisationKind(actor.organisation_kind)


def side_of(event: Event, way: Way, actor: Actor | None) -> Side:
    """Where they will sit: the seats left are those of this side."""
    sits = {
        Way.PERSON: Sits(Who.PERSON),
        Way.PROFESSIONAL: Sits(Who.PROFESSIONAL),
        Way.ORGANISATION: Sits(Who.ORGANISATION, kind_of(actor)),
        Way.VISITOR: Sits(Who.VISITOR),
        Way.FIRM: Sits(Who.ORGANISATION, OrganisationKind.FIRM),
    }[way]
    return side_for(event.kind, event.audience, sits) or Side.PUBLIC


def open_slots(event: Event, *, staff: bool = False) -> list[Slot]:
    """The slots for which somebody may register now."""
    now, today = clock.now(), clock.today()
    return [
        slot
        for slot in event.slots
        if not registration_refusals(
            Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on),
            now=now,
            today=today,
            staff=staff,
        )
    ]


def slot_choices(event: Event, slots: list[Slot], side: Side) -> list[tuple[str, str]]:
    """(id, when and seats left) of each slot, before somebody registers. One statement."""
    waiting = people.waiting_counts([slot.id for slot in slots])
    choices = []
    for slot in slots:
        seats = next((one for one in slot.sides if one.side is side), None)
        if seats is None:
            continue
        left = seats_words(seats.left, waiting.get((slot.id, side), 0))
        choices.append((str(slot.id), f"{slot_words(slot)}. {left}"))
    return choices


def _offer_trades(form: SlotForm, event: Event, way: Way, actor: Actor | None) -> None:
    """At a dating, the jobs that an organisation speaks of."""
    if not isinstance(form, OrganisationForm | FirmForm):
        return
    if event.kind not in DATINGS:
        del form.trades, form.posts, form.words
        return
    own = trades_of(actor.organisation_id) if way is Way.ORGANISATION and actor and actor.organisation_id else []
    if own:
        form.trades.choices = [(slug, name) for slug, name, _ in own]
        if not form.is_submitted():
            form.trades.data = [slug for slug, _, _ in own]
    else:
        form.trades.label.text = "Secteurs"
        form.trades.choices = family_choices()


def _register(slot_id: UUID, form: Any, way: Way, actor: Actor | None) -> Given:
    row_id, address = form.row_id.data, request.remote_addr
    if way is Way.VISITOR:
        said = form.details()
        return without_account.register_visitor(slot_id, form.full_name, said, row_id=row_id, address=address)
    if way is Way.FIRM:
        said, siret = form.details(), form.siret.data or None
        return without_account.register_firm(slot_id, form.name.data, siret, said, row_id=row_id, address=address)
    assert actor is not None
    if way is Way.PERSON and actor.candidate_id is not None:
        return service.register_person(slot_id, actor.candidate_id, form.details(), by=actor, row_id=row_id)
    if way is Way.ORGANISATION and actor.organisation_id is not None:
        return service.register_organisation(slot_id, actor.organisation_id, form.details(), by=actor, row_id=row_id)
    return service.register_professional(slot_id, form.details(), by=actor, row_id=row_id)


def _done(event: Event, given: Given, actor: Actor | None) -> ResponseReturnValue:
    if actor is None:
        return redirect(url_for(".registered", event_id=event.id, rang=given.rank or None), 303)
    flash(f"C’est complet. Vous êtes {rank_words(given.rank)}." if given.rank else BOOKED, "success")
    if given.busy:
        flash("Votre organisation est inscrite ailleurs à la même heure. Venez à deux, ou choisissez.", "message")
    return redirect(url_for(".booking", booking_id=given.booking.id), 303)


def _own(event: Event, way: Way, actor: Actor | None) -> list[Booking]:
    """The bookings that the reader already has here, as what they register now. One statement."""
    who = {Way.PERSON: Who.PERSON, Way.PROFESSIONAL: Who.PROFESSIONAL, Way.ORGANISATION: Who.ORGANISATION}.get(way)
    return [one for one in mine.at_event(actor, event.id) if one.who is who] if actor is not None else []


def _why_not(event: Event, way: Way | None) -> str:
    if way is None:
        return refusal_words()[SeatRefusal.NOT_FOR_YOU]
    asked = [
        registration_refusals(
            Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on),
            now=clock.now(),
            today=clock.today(),
            staff=False,
        )
        for slot in event.slots
    ]
    reasons = asked[-1] if asked else (SeatRefusal.NOT_OPEN,)
    return refusal_words()[reasons[0]] if reasons else ""
