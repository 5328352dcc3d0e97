"""« Inviter » and « Inscrire des personnes »: chosen in a list of those whose file one reads; papers to print."""

from typing import Final
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries as candidates
from app.candidates.forms.filters import CandidateFilters
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm, pressed
from app.core.french import plural
from app.core.paging import page_number
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.events.documents.paper import invitations
from app.events.labels.states import BOOKING_LOOKS, BOOKING_STATES
from app.events.models import Event, Slot
from app.events.queries import bookings as queries
from app.events.queries import people
from app.events.queries.visible import may_run, the_event, the_event_to_run
from app.events.rules.kinds import Who, people_on, sides_of
from app.events.rules.states import BookingState
from app.events.service import inviting as service
from app.events.service.inviting import MOST, Invited, Registered
from app.events.service.telling import invitation_text
from app.events.views.blueprint import blueprint
from app.events.views.registering import open_slots
from app.events.views.shared import flash_refusal, place_of, slot_words
from app.messages.rules.letters import Letterhead
from app.messages.service.paper import base_url
from app.organisations.service.letterheads import letterhead_of
from app.reference.queries import territory_choices

READS: Final = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
PAGE_SIZE: Final = 50


@blueprint.route("/evenements/<uuid:event_id>/inviter", methods=["GET", "POST"])
@requires(*READS)
def invite(event_id: UUID) -> ResponseReturnValue:
    """Tick people, then a message or a paper."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    if request.method == "POST" and ActForm().sent:
        slot_id, paper = _slot_id(event), pressed("papier")
        ticked = _ticked(actor)
        if ticked and not paper and not pressed("envoyer"):
            return _preview(event, slot_id, ticked, actor)
        try:
            done = service.invite(slot_id, ticked, by=actor, paper=paper)
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash(_invited_words(done), "success")
            if done.on_paper:
                return redirect(url_for(".invited", event_id=event_id, slot=slot_id), 303)
            return redirect(url_for(".bookings", event_id=event_id, etat="invited"), 303)
        return redirect(request.full_path, 303)
    return _list(event, actor, registers=False)


def _preview(event: Event, slot_id: UUID, ticked: list[UUID], actor: Actor) -> ResponseReturnValue:
    """What will leave, and to how many, before it does."""
    slot = _slot(event)
    chosen = people.people_to_register(actor, ticked[:MOST])
    known = people.people_already(slot_id, [one.id for one in chosen])
    asked = [one for one in chosen if one.id not in known or known[one.id].state is BookingState.INVITED]
    return render_template(
        "events/invite_preview.html",
        event=event,
        slot=slot,
        when=slot_words(slot),
        chosen=chosen,
        answered=len(chosen) - len(asked),
        reached=sum(bool(one.phone or one.email) for one in asked),
        on_paper=sum(not (one.phone or one.email) for one in asked),
        text=invitation_text(slot, asked[0].first_name if asked else ""),
        form=ActForm(formdata=None),
    )


def _invited_words(done: Invited) -> str:
    parts = [f"{plural(done.written, 'message')} en route"] if done.written else []
    parts += [f"{plural(done.on_paper, 'invitation')} à imprimer"] if done.on_paper else []
    parts += [f"{plural(done.known, 'personne')} avec une réponse déjà connue"] if done.known else []
    return f"{', '.join(parts)}." if parts else "Ces personnes ont déjà reçu un message aujourd’hui."


@blueprint.get("/evenements/<uuid:event_id>/inviter/papier")
@requires(*READS)
def invited(event_id: UUID) -> ResponseReturnValue:
    """After the invitation: the papers to print, for who was sent no message, or for all."""
    event = the_event_to_run(the_actor(), event_id)
    slot = _slot(event)
    return render_template(
        "events/invited.html",
        event=event,
        slot=slot,
        when=slot_words(slot),
        everybody=len(queries.to_print(slot.id, unwritten=False)),
        unwritten=len(queries.to_print(slot.id, unwritten=True)),
    )


@blueprint.get("/evenements/<uuid:event_id>/inviter/papier.pdf")
@requires(*READS)
def invitations_paper(event_id: UUID) -> ResponseReturnValue:
    """One sheet a person, with the code and its drawing."""
    event = the_event_to_run(the_actor(), event_id)
    slot = _slot(event)
    rows = queries.to_print(slot.id, unwritten="toutes" not in request.args)
    if not rows:
        flash("Aucune invitation à imprimer.", "message")
        return redirect(url_for(".invited", event_id=event_id, slot=slot.id))
    sheets = invitations(
        [(booking, candidate, candidates.postal_of(candidate)) for booking, candidate in rows],
        slot,
        event,
        place=place_of(event),
        head=_head(event),
        base_url=base_url(),
        written_on=clock.today(),
    )
    back = url_for(".invited", event_id=event_id, slot=slot.id)
    return document_answer(
        "events/invitations_pdf.html",
        title="Invitations",
        name=f"invitations-{event.number}",
        inline=True,
        sheets=sheets,
        back=back,
    )


def _head(event: Event) -> Letterhead:
    """Who writes: the organiser, with the phone of a human."""
    head = letterhead_of(event.organisation_id, signature=event.contact_name, phone=event.contact_phone or None)
    if head is not None:
        return head
    phone = event.contact_phone or current_app.extensions["settings"].help_phone
    return Letterhead(event.organisation_id, event.organisation.name, phone=phone)


# --- a referent registers people --------------------------------------------------------------------------


@blueprint.route("/evenements/<uuid:event_id>/inscrire", methods=["GET", "POST"])
@requires(*READS)
def register_people(event_id: UUID) -> ResponseReturnValue:
    """Tick people whose file one reads: each has a seat, or waits."""
    actor = the_actor()
    event = the_event(actor, event_id)
    if not registers_people(actor, event):
        raise NotFound
    if request.method == "POST" and ActForm().sent:
        try:
            done = service.register_people(_slot_id(event), _ticked(actor), by=actor)
        except Refused as refused:
            flash_refusal(refused)
        else:
            _say(done)
        return redirect(request.full_path, 303)
    return _list(event, actor, registers=True)


def _say(done: Registered) -> None:
    parts = [plural(done.seated, "place réservée", "places réservées")] if done.seated else []
    parts += [f"{plural(done.waiting, 'personne')} en liste d’attente"] if done.waiting else []
    parts += [f"{plural(done.known, 'inscription déjà faite', 'inscriptions déjà faites')}"] if done.known else []
    if parts:
        flash(f"{', '.join(parts)}.", "success")
    if done.busy:
        flash(f"À cette heure, une autre inscription existe pour {', '.join(done.busy)}.", "message")


# --- the list ---------------------------------------------------------------------------------------------


def registers_people(actor: Actor, event: Event) -> bool:
    """May the actor register people whose file they read, and is there a side for these?"""
    return people.may_register_people(actor, event) and takes_people(event)


def takes_people(event: Event) -> bool:
    """Is there a side for people with a file?"""
    return any(Who.PERSON in people_on(event.kind, event.audience, side) for side in sides_of(event.kind))


def _filters(actor: Actor) -> CandidateFilters:
    communes, trades = candidates.filter_choices(actor)
    return CandidateFilters(
        request.args,
        territories=territory_choices(),
        communes=communes,
        trades=trades,
        is_referent=actor.role is Role.REFERENT,
    )


def _list(event: Event, actor: Actor, *, registers: bool) -> ResponseReturnValue:
    form, slots = _filters(actor), open_slots(event, staff=may_run(actor, event))
    asked = form.asked()
    page = candidates.listed(actor, asked, page_number(request.args.get("page")), PAGE_SIZE)
    slot = next((one for one in slots if str(one.id) == request.args.get("slot")), slots[0] if slots else None)
    known = people.people_already(slot.id, [one.id for one in page]) if slot else {}
    return render_template(
        "events/choose_people.html",
        event=event,
        registers=registers,
        page=page,
        filters=form,
        act=ActForm(formdata=None),
        slots=[(one.id, slot_words(one), one is slot) for one in slots],
        slot=slot,
        known=known,
        most=MOST,
        sort=form.sort,
        states=BOOKING_STATES,
        looks=BOOKING_LOOKS,
        takes=takes_people(event),
    )


def _slot(event: Event) -> Slot:
    asked = request.values.get("slot", type=UUID)
    found = next((slot for slot in event.slots if slot.id == asked), None)
    if found is None:
        raise NotFound
    return found


def _slot_id(event: Event) -> UUID:
    return _slot(event).id


def _ticked(actor: Actor) -> list[UUID]:
    """The people ticked; or all that the filters keep."""
    if pressed("toutes"):
        return [line.id for line in candidates.exported(actor, _filters(actor).asked())]
    ticked = []
    for raw in request.form.getlist("personne")[: MOST + 1]:
        try:
            ticked.append(UUID(raw))
        except ValueError:
            continue
    return ticked
