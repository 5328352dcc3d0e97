"""Between two visits: an exchange, a day of absence that somebody told the referent."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.follow_up.forms.visits import AbsenceForm, ExchangeForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.kinds import SIDES
from app.follow_up.models import FollowUp
from app.follow_up.queries.visible import may_act, the_follow_up
from app.follow_up.queries.voices import absences_of, exchanges_of
from app.follow_up.rules.kinds import MeetingMode, VoiceSide
from app.follow_up.service import visits as visit_service
from app.follow_up.service import voices as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.keeping import accepted, filled, keep_key
from app.follow_up.views.ways import around, way


def to_act_on(actor: Actor, follow_up_id: UUID) -> FollowUp:
    """One that the actor may change, to show its form. Raises NotFound."""
    found = the_follow_up(actor, follow_up_id)
    if not may_act(actor, found):
        raise NotFound
    return found


def back_to(follow_up_id: UUID) -> ResponseReturnValue:
    """To the page of the follow-up."""
    return redirect(way("follow_up", follow_up_id=follow_up_id) or url_for("dashboard.home"), 303)


@blueprint.route("/suivis/<uuid:follow_up_id>/echange", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def exchange(follow_up_id: UUID) -> ResponseReturnValue:
    """« Noter un échange »: a call tried or made, and what was said."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    form = filled(ExchangeForm, on=today, mode=MeetingMode.PHONE)
    if form.sent:
        try:
            visit_service.note_exchange(follow_up_id, **_exchange(form), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            accepted(actor)
            flash("L’échange est noté.", "success")
            return redirect(url_for(".exchange", follow_up_id=follow_up_id), 303)
    return _page("follow_up/exchange.html", found, form, actor, exchanges=exchanges_of(follow_up_id, 10))


def _exchange(form: ExchangeForm) -> dict[str, Any]:
    return {
        "on": form.on.data or date.min,
        "side": VoiceSide(str(form.side.data)),
        "mode": MeetingMode(str(form.mode.data)),
        "answered": form.answered.yes,
        "words": form.words.data or "",
        "row_id": form.row_id.data,
    }


def _page(template: str, found: FollowUp, form: Any, actor: Actor, **context: Any) -> ResponseReturnValue:
    return render_template(
        template,
        follow_up=found,
        form=form,
        keep=keep_key(actor),
        here=around(found.id),
        sides=SIDES,
        Side=VoiceSide,
        **context,
    )


@blueprint.route("/suivis/<uuid:follow_up_id>/absence", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def absence(follow_up_id: UUID) -> ResponseReturnValue:
    """Days of absence on behalf of tutor or person; one noted by mistake is taken back."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    form = filled(AbsenceForm)
    if form.sent:
        side = VoiceSide(str(form.side.data))
        try:
            service.absent_by_referent(follow_up_id, form.days.data or (), side, by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            accepted(actor)
            flash("C’est noté.", "success")
            return redirect(url_for(".absence", follow_up_id=follow_up_id), 303)
    return _page("follow_up/absence.html", found, form, actor, absences=absences_of(follow_up_id, found.starts_on))


@blueprint.post("/suivis/absences-notees/<uuid:absence_id>/retirer")
@requires(Role.REFERENT, Role.FACILITATOR)
def absence_take_back(absence_id: UUID) -> ResponseReturnValue:
    """A day noted by mistake."""
    follow_up_id = service.take_absence_back(absence_id, by=the_actor(), today=clock.today())
    flash("Ce jour est retiré.", "success")
    return redirect(url_for(".absence", follow_up_id=follow_up_id), 303)
