"""Move a visit by agreement, give it an hour, add one, call one off."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.follow_up.forms.calendar import AddForm, CallOffForm, MoveForm, as_typed
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.calendar import AGREED, hour_words, meeting_words
from app.follow_up.labels.kinds import VISITS
from app.follow_up.labels.states import VISIT_LOOKS, VISIT_STATES
from app.follow_up.models import FollowUp, Visit
from app.follow_up.queries.agenda import moves_of, states_by_kind
from app.follow_up.queries.visible import may_act, the_visit
from app.follow_up.queries.visits import job_at, visits_of
from app.follow_up.rules.calendar import next_working_day
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.moving import AgreedWith, Meeting, missing_steps
from app.follow_up.rules.states import VisitState
from app.follow_up.service import moves as service
from app.follow_up.service.visit_news import Told
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.exchanges import back_to, to_act_on
from app.follow_up.views.ways import around


@blueprint.route("/suivis/visites/<uuid:visit_id>/deplacer", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def move_visit(visit_id: UUID) -> ResponseReturnValue:
    """Another day with a reason, an hour, another means or place; and how it was moved before."""
    actor, today = the_actor(), clock.today()
    found = _to_move(actor, visit_id)
    form = MoveForm(data=as_typed(service.meeting_of(found), version=found.version))
    form.offer_minutes(found.minutes)
    if form.sent:
        try:
            told = service.move_visit(visit_id, **_moved(form), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_move(actor, visit_id)  # the refusal undid what was read
        else:
            flash(_moved_words(found, told), "success")
            return back_to(found.follow_up_id)
    return _page(
        "follow_up/move_visit.html", found.follow_up, form, visit=found, moves=moves_of(found.id), agreed_words=AGREED
    )


def _to_move(actor: Actor, visit_id: UUID) -> Visit:
    found = the_visit(actor, visit_id)
    if not may_act(actor, found.follow_up):
        raise NotFound
    return found


def _moved(form: MoveForm) -> dict[str, Any]:
    return {
        "to": form.meeting(),
        "reason": form.reason.data or "",
        "agreed_with": AgreedWith(form.agreed_with.data) if form.agreed_with.data else None,
        "version": form.version.data,
    }


def _moved_words(visit: Visit, told: Told | None) -> str:
    day = meeting_words(visit.planned_on, visit.planned_at, clock.today())
    return f"{VISITS[visit.kind]}\u00a0: {day}. {_told_words(told)}".strip()


def _told_words(told: Told | None) -> str:
    """Who receives a message, and who must be called."""
    if told is None:
        return ""
    both = {"la personne": told.person, "le tuteur": told.tutor}
    reached = [who for who, done in both.items() if done]
    unreached = [who for who, done in both.items() if done is False]
    words = []
    if reached:
        words.append(f"Un message part\u00a0: {' et '.join(reached)}.")
    if unreached:
        words.append(f"Sans adresse\u00a0: appelez {' et '.join(unreached)}.")
    return " ".join(words)


def _page(template: str, follow_up: FollowUp, form: Any, **context: Any) -> ResponseReturnValue:
    return render_template(
        template,
        follow_up=follow_up,
        form=form,
        job=job_at(follow_up, clock.today()),
        visits=[one for one in visits_of(follow_up.id) if one.state is not VisitState.SKIPPED],
        here=around(follow_up.id),
        kinds=VISITS,
        states=VISIT_STATES,
        looks=VISIT_LOOKS,
        hour_words=hour_words,
        **context,
    )


@blueprint.route("/suivis/visites/<uuid:visit_id>/annuler", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def call_off_visit(visit_id: UUID) -> ResponseReturnValue:
    """« Annuler la visite »: why, and who is told."""
    actor, today = the_actor(), clock.today()
    found = _to_move(actor, visit_id)
    form = CallOffForm(data={"version": found.version})
    if form.sent:
        try:
            told = service.call_off(
                visit_id, reason=form.reason.data or "", by=actor, version=form.version.data, today=today
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_move(actor, visit_id)
        else:
            flash(f"La visite est annulée. {_told_words(told)}".strip(), "success")
            return back_to(found.follow_up_id)
    if found.state is not VisitState.PLANNED and request.method == "GET":
        return redirect(url_for(".move_visit", visit_id=visit_id), 303)
    return _page("follow_up/call_off_visit.html", found.follow_up, form, visit=found)


@blueprint.route("/suivis/<uuid:follow_up_id>/visite", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def add_visit(follow_up_id: UUID) -> ResponseReturnValue:
    """An extra visit, or one more try of a step that was missed."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    form = AddForm(data=as_typed(_proposed(), kind=request.args.get("etape", VisitKind.EXTRA.value)))
    form.offer(missing_steps(states_by_kind(found.id)))
    if form.sent:
        kind = VisitKind(str(form.kind.data))
        try:
            visit, told = service.add_visit(
                follow_up_id, kind, form.meeting(), by=actor, row_id=form.row_id.data, today=today
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            flash(_moved_words(visit, told), "success")
            return back_to(follow_up_id)
    return _page("follow_up/add_visit.html", found, form)


def _proposed() -> Meeting:
    return Meeting(next_working_day(clock.today()), mode=MeetingMode.PHONE)
