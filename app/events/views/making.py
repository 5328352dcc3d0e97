"""Writing an event, correcting it, copying it, and changing its state."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.clock import civil_day
from app.core.errors import NotFound, Refused
from app.core.forms import pressed
from app.core.french import date_words, phone, plural
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.core.working_days import legal_holidays, next_working_day
from app.events.forms.making import ActOnEvent, CancelForm, CopyForm, EditEventForm, EventFields, NewEventForm, Offered
from app.events.forms.making import written as typed
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import KINDS
from app.events.labels.making import KIND_HINTS
from app.events.models import Event
from app.events.queries.choices import around, find_host, suggest_hosts
from app.events.queries.page import counts_of, slot_lines
from app.events.queries.programmes import open_programmes
from app.events.queries.visible import the_event_to_run
from app.events.rules.content import EDITABLE, EventRefusal
from app.events.rules.kinds import DATINGS, EventKind, kinds_for
from app.events.rules.states import EventState
from app.events.service import making, states
from app.events.views.blueprint import blueprint
from app.reference import queries as reference

ORGANISERS: Final = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
PUBLISH, TELL = "publier", "prevenir"
VERBS: Final[dict[str, tuple[Callable[..., Event], str]]] = {
    "publier": (states.publish, "L’événement est publié. Les inscriptions sont ouvertes."),
    "clore": (states.close, "L’événement est terminé. Les suites restent ouvertes."),
    "rouvrir": (states.reopen, "L’événement est rouvert."),
}


def _prepare(form: EventFields, actor: Actor, kind: EventKind, event: Event | None = None) -> None:
    """Fill the lists of the form. A programme that is over stays the event's."""
    programmes = open_programmes(actor, clock.today())
    if event is not None and event.programme is not None:
        mine = (str(event.programme.id), event.programme.title)
        programmes = programmes if mine in programmes else [*programmes, mine]
    form.offer(
        Offered(
            find_commune=reference.find_commune,
            suggest_communes=reference.suggest_communes,
            find_host=partial(find_host, actor),
            suggest_hosts=partial(suggest_hosts, actor),
            territories=reference.territory_choices(),
            families=reference.family_choices(),
            programmes=programmes,
        ),
        kind,
    )


def _first_words(actor: Actor, kind: EventKind) -> dict[str, Any]:
    """A sensible beginning: at the organiser's, in two weeks, in the morning, with the organiser's telephone."""
    here = around(actor)
    dating = kind in DATINGS
    return {
        "place_name": here.place, "address": here.address, "commune": here.commune, "contact_name": here.name,
        "contact_phone": phone(here.phone), "contact_email": here.email, "territory": actor.territory_code or "",
        "is_public": True, "day": next_working_day(clock.today() + timedelta(days=14)), "start": "9h",
        "end": "12h" if dating else "11h", "seats": 20, "seats_seated": 12, "seats_moving": 12,
    }  # fmt: skip


def refuse(form: Any, refused: Refused) -> None:
    """Beside the field; a reason about seats beside those of the form, whichever they are."""
    form.refuse(refused, REFUSAL_WORDS)


@blueprint.route("/evenements/nouveau", methods=["GET", "POST"])
@requires(*ORGANISERS)
def new() -> ResponseReturnValue:
    """First what it is, then one short form with its first slot."""
    actor = the_actor()
    kinds = kinds_for(actor.role)
    asked = request.args.get("type", "")
    if asked not in {kind.value for kind in kinds}:
        return render_template("events/choose_kind.html", kinds=kinds, names=KINDS, hints=KIND_HINTS)
    kind = EventKind(asked)
    form = NewEventForm(data=_first_words(actor, kind))
    form.for_kind(kind)
    _prepare(form, actor, kind)
    if form.sent:
        try:
            made = making.create_event(
                form.content(kind), [form.slot()], by=actor, row_id=form.row_id.data, publish=pressed(PUBLISH)
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            flash(VERBS["publier"][1] if pressed(PUBLISH) else "Le brouillon est enregistré.", "success")
            return redirect(url_for(".event", event_id=made.id), 303)
    return _page(form, kind)


def _page(form: EventFields, kind: EventKind, event: Event | None = None, tell: int = 0) -> ResponseReturnValue:
    return render_template(
        "events/edit.html",
        form=form,
        event=event,
        kind_name=KINDS[kind],
        hint=KIND_HINTS[kind],
        communes=reference.commune_names(),
        details_open=form.details_open(),
        tell=tell,
    )


@blueprint.route("/evenements/<uuid:event_id>/modifier", methods=["GET", "POST"])
@requires(*ORGANISERS)
def edit(event_id: UUID) -> ResponseReturnValue:
    """Correct an event; when somebody else did meanwhile, both versions are shown."""
    actor = the_actor()
    row = the_event_to_run(actor, event_id)
    if row.state not in EDITABLE:
        raise Refused(EventRefusal.NOT_EDITABLE)
    form, tell = EditEventForm(data=typed(row)), 0
    _prepare(form, actor, row.kind, row)
    if form.sent:
        try:
            saved = making.save_event(
                event_id, form.content(row.kind), by=actor, version=form.version.data, tell=pressed(TELL)
            )
        except Refused as refused:
            refuse(form, refused)
            tell = EventRefusal.TELL_FIRST in refused.reasons and _registered(event_id)
        else:
            said(saved.told, saved.missed, "L’événement est enregistré.")
            return redirect(url_for(".event", event_id=event_id), 303)
    return _page(form, row.kind, row, tell)


def _registered(event_id: UUID) -> int:
    row = the_event_to_run(the_actor(), event_id)
    now = clock.now()
    return sum(line.live for line in slot_lines(row, counts_of(event_id)) if line.slot.ends_at > now)


def said(told: int, missed: int, done: str) -> None:
    """What was done, who was told, and who must be phoned."""
    news = f" {plural(told, 'personne prévenue', 'personnes prévenues')}." if told else ""
    flash(f"{done}{news}", "success")
    if missed:
        who = plural(missed, "personne n’a", "personnes n’ont")
        flash(f"{who} ni téléphone ni e-mail\u00a0: dites-le leur vous-même.", "warning")


@blueprint.route("/evenements/<uuid:event_id>/copier", methods=["GET", "POST"])
@requires(*ORGANISERS)
def copy(event_id: UUID) -> ResponseReturnValue:
    """The same on another day: a draft to be read again."""
    actor = the_actor()
    row = the_event_to_run(actor, event_id)
    form = CopyForm(data={"first_day": _a_month_later(row), "row_id": uuid4()})
    if form.sent and form.first_day.data is not None:
        try:
            copied = making.copy_event(event_id, form.first_day.data, by=actor, row_id=form.row_id.data)
        except Refused as refused:
            form.refuse(_on_first_day(refused), REFUSAL_WORDS)
        else:
            flash("La copie est prête. Relisez-la avant de la publier.", "success")
            if copied.skipped:
                days = ", ".join(date_words(day) for day in copied.skipped)
                flash(f"Jours fériés laissés de côté\u00a0: {days}.", "warning")
            return redirect(url_for(".event", event_id=copied.event.id), 303)
    return render_template("events/copy.html", event=row, form=form)


def _a_month_later(row: Event) -> Any:
    """The same day of the week, four weeks after the later of its first slot and today; a holiday, a week later."""
    day = civil_day(row.slots[0].starts_at) if row.slots else clock.today()
    while day <= clock.today() or (row.slots and day == civil_day(row.slots[0].starts_at)):
        day += timedelta(days=28)
    while day in legal_holidays(day.year):
        day += timedelta(days=7)
    return day


def _on_first_day(refused: Refused) -> Refused:
    return Refused(refused.reasons, dict.fromkeys(refused.reasons, "first_day"))


@blueprint.post("/evenements/<uuid:event_id>/etat/<verb>")
@requires(*ORGANISERS)
def act(event_id: UUID, verb: str) -> ResponseReturnValue:
    """Publish, declare over, open again."""
    if verb not in VERBS:
        raise NotFound
    perform, words = VERBS[verb]
    form = ActOnEvent()
    if form.sent:
        perform(event_id, by=the_actor(), version=form.version.data)
        flash(words, "success")
    return redirect(url_for(".event", event_id=event_id), 303)


@blueprint.route("/evenements/<uuid:event_id>/annuler", methods=["GET", "POST"])
@requires(*ORGANISERS)
def cancel(event_id: UUID) -> ResponseReturnValue:
    """Ask why, and say who is told, before it is called off."""
    row = the_event_to_run(the_actor(), event_id)
    form = CancelForm(data={"version": row.version})
    if form.sent:
        try:
            _, told, missed = states.cancel(event_id, form.reason.data or "", by=the_actor(), version=form.version.data)
        except Refused as refused:
            refuse(form, refused)
        else:
            said(told, missed, "L’événement est annulé.")
            return redirect(url_for(".event", event_id=event_id), 303)
    published = row.state is EventState.PUBLISHED
    return render_template(
        "events/cancel.html", event=row, form=form, registered=_registered(event_id) if published else 0
    )
