"""« Souhaits et plan » : the rounds, what they make, the plan with its figures, and who is not fully served."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.french import plural
from app.core.policy import requires, the_actor
from app.events.documents.plan_table import header, lines
from app.events.forms.setup import FIELD_OF, PlanForm, SetupForm, setup_form
from app.events.labels import REFUSAL_WORDS
from app.events.labels import plan as labels
from app.events.labels.kinds import side_words
from app.events.models import Event
from app.events.queries.plan import PlanPage, names_for, plan_page, setup_of, tables_by_round
from app.events.queries.since import Since, changed_since
from app.events.queries.visible import the_event_to_run
from app.events.rules.kinds import DATINGS, Side
from app.events.rules.states import EventState
from app.events.service import planning as service
from app.events.service.plan_telling import tell_plan_ready
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS, refused_words

VIEWS = {
    "tours": "events/_plan_rounds.html",
    "participants": "events/_plan_parts.html",
    "tables": "events/_plan_tables.html",
}
"""Three ways to read who meets whom."""


def the_dating(event_id: UUID) -> Event:
    """A dating that the reader runs. Raises NotFound."""
    event = the_event_to_run(the_actor(), event_id)
    if event.kind not in DATINGS:
        raise NotFound
    return event


@blueprint.get("/evenements/<uuid:event_id>/plan")
@requires(*ORGANISERS)
def plan(event_id: UUID) -> ResponseReturnValue:
    """What the rounds would make now, and the plan in force."""
    event = the_dating(event_id)
    if not event.slots:
        return render_template("events/plan_without_slot.html", event=event)
    page = plan_page(event, event.slots[0])
    if kind := request.args.get("export"):
        return _exported(kind, event, page)
    return _page(event, page)


def _exported(kind: str, event: Event, page: PlanPage) -> ResponseReturnValue:
    rows = lines(page.made, names_for(the_actor())) if page.made else iter(())
    return export(kind, f"plan-{clock.today():%Y-%m-%d}", header(event.kind), rows)


def _page(event: Event, page: PlanPage) -> str:
    name_of = names_for(the_actor())
    can_plan = (
        event.state is EventState.PUBLISHED and page.outline.seated and page.outline.moving and _rounds_left(page)
    )
    view = VIEWS.get(request.args.get("vue", ""), VIEWS["tours"])
    return render_template(
        "events/plan.html",
        event=event,
        page=page,
        made=page.made,
        view=view,
        views=VIEWS,
        tables=tables_by_round(page.made) if page.made and view == VIEWS["tables"] else {},
        name_of=name_of,
        names_of=lambda people: ", ".join(name_of(one) for one in people),
        can_plan=can_plan,
        again_url=_on_the_day(event, page) if can_plan and page.made else "",
        since=_since(event, page),
        since_words=labels.changes_words,
        **_words(event, page),
    )


def _since(event: Event, page: PlanPage) -> Since | None:
    """What changed since the plan was made, while it may still be made again."""
    over = clock.now() >= page.cast.slot.ends_at or not _rounds_left(page)
    if page.made is None or event.state is not EventState.PUBLISHED or over:
        return None
    return changed_since(page.cast, page.setup, page.made.plan)


def _rounds_left(page: PlanPage) -> bool:
    """Is there a round that has not begun?"""
    now = page.timing.at(clock.now())
    return page.made is None or not now.begun or now.next_free_round <= page.made.plan.rounds


def _on_the_day(event: Event, page: PlanPage) -> str:
    """Once the first round has begun, the coming ones alone are made again, on the page of the day."""
    now = page.timing.at(clock.now())
    return url_for(".replan", event_id=event.id, tour=now.next_free_round) if now.begun else ""


def _words(event: Event, page: PlanPage) -> dict[str, Any]:
    of, setup, made = page.outline, page.setup, page.made
    return {
        "outline": labels.outline_words(of, setup.round_minutes, setup.change_minutes),
        "cautions": [(labels.CAUTIONS[one], labels.caution_words(one, of, event.kind)) for one in of.cautions],
        "sides": {side: side_words(event.kind, side) for side in (Side.SEATED, Side.MOVING)},
        "rest_words": {
            Side.SEATED: labels.rest_words(of.seated_rests),
            Side.MOVING: labels.rest_words(of.moving_rests),
        },
        "gap": labels.gap_words(made.plan.gap_percent) if made else "",
        "fair": {side: labels.fair_words(made.rests(side)) for side in (Side.SEATED, Side.MOVING)} if made else {},
        "unserved_words": labels.UNSERVED,
    }


@blueprint.route("/evenements/<uuid:event_id>/plan/tours", methods=["GET", "POST"])
@requires(*ORGANISERS)
def setup(event_id: UUID) -> ResponseReturnValue:
    """The rounds: how many, how long, on how many tables, with which breaks."""
    event = the_dating(event_id)
    if not event.slots:
        return redirect(url_for(".plan", event_id=event_id))
    slot = event.slots[0]
    form = SetupForm() if request.method == "POST" else setup_form(setup_of(slot))
    if form.sent:
        try:
            service.save_setup(event_id, form.values(slot), version=form.version.data or 0, by=the_actor())
        except Refused as refused:
            form.refuse(Refused(refused.reasons, FIELD_OF), REFUSAL_WORDS)
        else:
            flash("Les tours sont enregistrés. Refaites le plan pour en tenir compte.", "success")
            return redirect(url_for(".plan", event_id=event_id), 303)
    return render_template("events/setup.html", event=event, slot=slot, form=form)


@blueprint.post("/evenements/<uuid:event_id>/plan")
@requires(*ORGANISERS)
def make_plan(event_id: UUID) -> ResponseReturnValue:
    """The plan of all the rounds, from the first."""
    if PlanForm().sent:
        try:
            made = service.make_plan(event_id, the_actor())
        except Refused as refused:
            flash(refused_words(refused), "warning")
        else:
            flash(f"Le plan n°\u00a0{made.number} est fait\u00a0: {plural(made.meetings, 'rencontre')}.", "success")
    return redirect(url_for(".plan", event_id=event_id), 303)


@blueprint.post("/evenements/<uuid:event_id>/plan/prevenir")
@requires(*ORGANISERS)
def tell_plan(event_id: UUID) -> ResponseReturnValue:
    """« Votre fiche est prête », to those whose own sheet is new or another one."""
    if PlanForm().sent:
        try:
            count = tell_plan_ready(event_id, by=the_actor())
        except Refused as refused:
            flash(refused_words(refused), "warning")
        else:
            nobody = "Tout le monde est déjà prévenu\u00a0: aucune fiche n’a changé depuis."
            said = f"{plural(count, 'message envoyé')}." if count else nobody
            flash(said, "success")
    return redirect(url_for(".plan", event_id=event_id), 303)
