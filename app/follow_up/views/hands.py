"""A follow-up is given to somebody else, or everything stops."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.follow_up.forms.jobs import AssignForm, StopForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.models import FollowUp
from app.follow_up.queries.hands import hands_of, people_to_follow
from app.follow_up.queries.visible import may_act, the_follow_up
from app.follow_up.rules.kinds import StopReason
from app.follow_up.service import assigning, stopping
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.exchanges import to_act_on
from app.follow_up.views.shared import page_of


@blueprint.route("/suivis/<uuid:follow_up_id>/referent", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def assign(follow_up_id: UUID) -> ResponseReturnValue:
    """« Confier le suivi »: to a colleague, or to somebody of another organisation; who had it before."""
    actor = the_actor()
    found = _to_give(actor, follow_up_id)
    form = AssignForm(data={"version": found.version})
    form.to.choices = [("", "Choisir"), *people_to_follow(actor)]
    if form.sent:
        user_id, place_id = form.chosen
        try:
            assigning.assign(
                found.id, user_id, place_id, reason=form.reason.data or "", by=actor, today=clock.today(),
                version=form.version.data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_give(actor, follow_up_id)
        else:
            flash("C’est fait. La personne reçoit un message avec le nom et le téléphone.", "success")
            return redirect(_after(actor, follow_up_id), 303)
    return render_template("follow_up/assign.html", **page_of(found, form=form, hands=hands_of(found)))


def _to_give(actor: Actor, follow_up_id: UUID) -> FollowUp:
    """One on which the actor acts, or that nobody holds. Raises NotFound."""
    found = the_follow_up(actor, follow_up_id)
    nobody = found.referent_id is None and found.referent_organisation_id is None
    if not nobody and not may_act(actor, found):
        raise NotFound
    return found


def _after(actor: Actor, follow_up_id: UUID) -> str:
    """The page, unless it is no longer theirs to read."""
    try:
        the_follow_up(actor, follow_up_id)
    except NotFound:
        return url_for(".follow_ups")
    return url_for(".follow_up", follow_up_id=follow_up_id)


@blueprint.route("/suivis/<uuid:follow_up_id>/arreter", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def stop(follow_up_id: UUID) -> ResponseReturnValue:
    """Death, removal, refusal: what stops is said before the button, and nobody is written to."""
    actor = the_actor()
    found = to_act_on(actor, follow_up_id)
    form = StopForm(data={"version": found.version})
    if form.sent:
        try:
            stopping.stop(
                found.id, StopReason(str(form.reason.data)), by=actor, today=clock.today(), version=form.version.data
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            flash("Le suivi est arrêté. Aucun message n’est envoyé.", "success")
            return redirect(url_for(".follow_ups"), 303)
    return render_template("follow_up/stop.html", **page_of(found, form=form))
