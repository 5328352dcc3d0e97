"""Acts that are one button: to say yes or no, to send, to examine, to wait; and taking an application back."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.applications import queries, service
from app.applications.forms import ActOnApplication
from app.applications.labels import SAID
from app.applications.rules import APPLICATION, ApplicationAction, ApplicationRefusal
from app.applications.views.blueprint import FOLLOWS, WRITES, blueprint
from app.applications.views.shown import VERBS, offer_words
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role

_A = ApplicationAction
_ACTS: Final[dict[ApplicationAction, Callable[..., Any]]] = {
    _A.AGREE: service.agree,
    _A.DECLINE: service.decline,
    _A.REVIEW: service.review,
    _A.POSTPONE: service.postpone,
}
_BY_VERB: Final = {verb: action for action, verb in VERBS.items()}
GONE = "Cette candidature n’est plus à envoyer."


@blueprint.post("/candidatures/<uuid:application_id>/etat/<verb>")
@requires(*WRITES)
def act(application_id: UUID, verb: str) -> ResponseReturnValue:
    """One of the buttons of the page; the workflow says who may."""
    action, actor = _BY_VERB.get(verb), the_actor()
    if action is None:
        raise NotFound
    form = ActOnApplication()
    if form.sent:
        if action is _A.SEND:
            sent = service.send([application_id], by=actor, today=clock.today())
            flash(*((SAID[action], "success") if sent else (GONE, "warning")))
        else:
            _ACTS[action](application_id, by=actor, version=form.version.data, today=clock.today())
            flash(SAID[action], "success")
    if actor.role is Role.CANDIDATE and action is _A.DECLINE:
        return redirect(url_for(".mine"), 303)
    return redirect(url_for(".application", application_id=application_id), 303)


@blueprint.route("/candidatures/<uuid:application_id>/retirer", methods=["GET", "POST"])
@requires(Role.CANDIDATE, *FOLLOWS)
def withdraw(application_id: UUID) -> ResponseReturnValue:
    """Ask, then take the application back."""
    actor, today = the_actor(), clock.today()
    row = queries.the_application(actor, application_id)
    form = ActOnApplication(data={"version": row.version})
    if form.sent:
        service.withdraw(application_id, by=actor, version=form.version.data, today=today)
        flash(SAID[_A.WITHDRAW], "success")
        return redirect(url_for(".application", application_id=application_id), 303)
    APPLICATION.target(_A.WITHDRAW, row.state, actor.role)
    if not queries.may_act_for(actor, row.candidate_id, today):
        raise Refused(ApplicationRefusal.NO_MANDATE)
    on_behalf = actor.role is not Role.CANDIDATE
    return render_template(
        "applications/withdraw.html",
        application=row,
        offer=row.offer,
        form=form,
        on_behalf=row.candidate.full_name if on_behalf else "",
        **offer_words(row.offer),
    )
