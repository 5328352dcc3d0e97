"""« Le jour J »: the board, the clock, who is absent or has left, the plan made again."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.forms import WORKFLOW_WORDS, ActForm
from app.core.french import plural
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.events.forms.day import ClockForm, ReplanForm
from app.events.labels import REFUSAL_WORDS
from app.events.labels.day import WHAT_TO_DO, clock_label, standing_words
from app.events.labels.kinds import side_words
from app.events.queries.day import Day, is_there, shown_name, tables_of, the_day
from app.events.rules.arrivals import DayRefusal
from app.events.rules.clock import possible
from app.events.service import clock as clock_service
from app.events.service import missing as service
from app.events.service.checking_in import note_arrival
from app.events.service.clock import Seen
from app.events.views.blueprint import blueprint

ORGANISERS = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)


def refused_words(refused: Refused) -> str:
    """The reasons of a refusal, as one message."""
    return " ".join(REFUSAL_WORDS.get(one) or WORKFLOW_WORDS.get(one) or str(one.value) for one in refused.reasons)


def slot_asked() -> UUID | None:
    """The slot that the address names."""
    return request.args.get("creneau", type=UUID)


def back_to(endpoint: str, event_id: UUID) -> ResponseReturnValue:
    """To a page of this event, on the same slot."""
    return redirect(url_for(endpoint, event_id=event_id, creneau=slot_asked()), 303)


@blueprint.get("/evenements/<uuid:event_id>/jour-j")
@requires(*ORGANISERS)
def day(event_id: UUID) -> ResponseReturnValue:
    """Who is there, which round runs, who is missing where."""
    now = clock.now()
    event, found = the_day(the_actor(), event_id, slot_asked(), now)
    if found is None:
        return render_template("events/day_without_slot.html", event=event)
    acts = possible(found.timing.anchor, found.timing.rhythm, now) if found.is_dating else ()
    return render_template(
        "events/day.html",
        event=event,
        day=found,
        acts=[(act, clock_label(act, found.now)) for act in acts],
        standing=standing_words(found.now, found.timing.rhythm.rounds),
        to_do=WHAT_TO_DO[found.now.phase],
        name_of=shown_name,
        is_there=is_there,
        side_words=lambda side: side_words(event.kind, side),
        tables=tables_of(found.slot.id) if found.is_dating else {},
        plan_url=url_for(".plan", event_id=event_id) if "events.plan" in current_app.view_functions else None,
    )


@blueprint.post("/evenements/<uuid:event_id>/horloge", endpoint="clock")
@requires(*ORGANISERS)
def press_clock(event_id: UUID) -> ResponseReturnValue:
    """A button of the clock; on a page that is late it does nothing, and says so."""
    form = ClockForm()
    act, phase = form.asked, form.phase_seen
    if form.sent and act is not None and phase is not None:
        seen = Seen(phase, form.round.data or 0, form.version.data or 0)
        try:
            clock_service.press(event_id, act, seen, by=the_actor(), slot_id=slot_asked())
        except Refused as refused:
            flash(refused_words(refused), "warning")
    return back_to(".day", event_id)


@blueprint.post("/evenements/<uuid:event_id>/jour-j/<uuid:booking_id>/<any(arrive,absent,parti,revenu,annuler):act>")
@requires(*ORGANISERS)
def presence(event_id: UUID, booking_id: UUID, act: str) -> ResponseReturnValue:
    """One tap on somebody of the list."""
    if ActForm().sent:
        try:
            flash(_tapped(event_id, booking_id, act), "success")
        except Refused as refused:
            flash(refused_words(refused), "warning")
    return back_to(".check_in" if request.args.get("retour") == "arrivees" else ".day", event_id)


def _tapped(event_id: UUID, booking_id: UUID, act: str) -> str:
    by = the_actor()
    if act == "arrive":
        booking = note_arrival(booking_id, by=by, event_id=event_id).booking
        return f"{shown_name(booking)}\u00a0: arrivée notée."
    tap, words = {
        "absent": (
            service.note_absent,
            "absence notée. Ses rencontres à venir restent dans le plan tant qu’il n’est pas refait.",
        ),
        "parti": (service.note_left, "départ noté. Refaites le plan pour ses rencontres à venir."),
        "revenu": (service.note_back, "de retour."),
        "annuler": (service.undo_arrival, "attendu de nouveau."),
    }[act]
    return f"{shown_name(tap(event_id, booking_id, by=by))}\u00a0: {words}"


@blueprint.route("/evenements/<uuid:event_id>/jour-j/plan", methods=["GET", "POST"])
@requires(*ORGANISERS)
def replan(event_id: UUID) -> ResponseReturnValue:
    """What the new plan changes, then one button."""
    event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
    if found is None or not found.timing.plan:
        flash(REFUSAL_WORDS[DayRefusal.NO_PLAN], "warning")
        return back_to(".day", event_id)
    first = found.now.next_free_round
    form = ReplanForm(data={"version": found.timing.plan, "from_round": request.args.get("tour", first, type=int)})
    if form.sent:
        try:
            made = _made_again(event_id, form)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
        else:
            words = f"Le plan est refait à partir du tour {form.from_round.data}. Imprimez les fiches à nouveau."
            flash(
                words if made else "Le plan venait d’être refait\u00a0: il n’a pas changé une seconde fois.", "success"
            )
            return back_to(".day", event_id)
    return render_template(
        "events/replan.html", event=event, day=found, form=form, first=first, effects=_effects(found)
    )


def _made_again(event_id: UUID, form: ReplanForm) -> bool:
    return service.replan(
        event_id,
        int(form.from_round.data or 0),
        by=the_actor(),
        plan_seen=form.version.data or 0,
        why=form.why.data or "",
        slot_id=slot_asked(),
    )


def _effects(found: Day | None) -> list[str | tuple[str, str]]:
    """What the new plan changes and what it leaves, in sentences."""
    if found is None:
        return []
    effects: list[str | tuple[str, str]] = [
        ("Les tours déjà faits ou commencés ne changent pas, ni ce que chacun a répondu.", "ok"),
        "Les rencontres des tours suivants sont refaites\u00a0: tables et heures changent.",
        "Les fiches et les cartes déjà imprimées ne sont plus justes.",
    ]
    for people, words in (
        (found.absent, "sans celles et ceux qui sont absents"),
        (found.left, "sans celles et ceux qui sont partis"),
        (tuple(one for one in found.arrived if one.is_walk_in), "avec celles et ceux qui sont venus sans inscription"),
    ):
        if people:
            effects.append(f"Le nouveau plan se fait {words}\u00a0: {', '.join(shown_name(one) for one in people)}.")
    if found.to_come:
        effects.append(_still_to_come(len(found.to_come)))
    return effects


def _still_to_come(count: int) -> str:
    """Organisations and people: « participant » is said of both."""
    there, coming = ("n’est", "sa venue") if count == 1 else ("ne sont", "leur venue")
    return f"{plural(count, 'participant')} {there} pas encore là\u00a0: le plan compte sur {coming}."
