"""The employer's acts that ask something more: a meeting, a hire, a refusal in words."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.applications import queries, service
from app.applications.forms import HireForm, InviteForm, ReasonForm, RefusalForm
from app.applications.labels import REASONS, REFUSAL_WORDS, SAID
from app.applications.models import Application
from app.applications.rules import APPLICATION, ApplicationAction
from app.applications.service.moving import must_suit
from app.applications.views.blueprint import blueprint
from app.applications.views.shown import offer_words
from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.offers.labels import REFUSALS as OFFER_WORDS
from app.offers.rules import employments_of

_A = ApplicationAction


def asked(application_id: UUID, action: ApplicationAction) -> Application:
    """The application, when the act is possible now or the form is sent: the service then says what is wrong."""
    row = queries.the_application(the_actor(), application_id)
    if request.method == "GET":
        must_suit(row, action)
        APPLICATION.target(action, row.state, the_actor().role)
    return row


def page(template: str, row: Application, form: Any, **context: Any) -> ResponseReturnValue:
    seen = queries.person_seen_by_employer(row, clock.today())
    return render_template(
        template, application=row, offer=row.offer, seen=seen, form=form, **offer_words(row.offer), **context
    )


def done(application_id: UUID, action: ApplicationAction) -> ResponseReturnValue:
    flash(SAID[action], "success")
    return redirect(url_for(".application", application_id=application_id), 303)


@blueprint.route("/candidatures/<uuid:application_id>/entretien", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def invite(application_id: UUID) -> ResponseReturnValue:
    """« Proposer un entretien »: a day, an hour, a place."""
    row = asked(application_id, _A.INVITE)
    form = InviteForm(data={"version": row.version})
    if form.sent:
        try:
            service.invite(
                application_id,
                at=form.at,
                place=form.place.data or "",
                by=the_actor(),
                version=form.version.data,
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return done(application_id, _A.INVITE)
    return page("applications/invite.html", row, form)


@blueprint.route("/candidatures/<uuid:application_id>/embauche", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def hire(application_id: UUID) -> ResponseReturnValue:
    """« Embaucher »: what was agreed, as the offer said it unless changed."""
    actor, row = the_actor(), asked(application_id, _A.HIRE)
    form = _hire_form(actor, row)
    if form.sent:
        try:
            service.hire(application_id, **form.agreed(), by=actor, version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, {**OFFER_WORDS, **REFUSAL_WORDS})
        else:
            return done(application_id, _A.HIRE)
    return page("applications/hire.html", row, form)


def _hire_form(actor: Actor, row: Application) -> HireForm:
    offer = row.offer
    form = HireForm(
        data={
            "version": row.version,
            "start_on": offer.start_on,
            "end_on": offer.end_on,
            "employment_kind": offer.employment_kind.value,
            "hours_week": offer.hours_week,
        }
    )
    form.offer(employments_of(actor.organisation_kind) | {offer.employment_kind})
    return form


@blueprint.route("/candidatures/<uuid:application_id>/refus", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def refuse(application_id: UUID) -> ResponseReturnValue:
    """« Refuser »: a reason, then the words that the person will read, then it leaves."""
    row = asked(application_id, _A.REFUSE)
    choice = ReasonForm(request.args)
    reason = choice.reason
    if reason is None:
        if "raison" in request.args or "suite" in request.args:
            choice.validate()
        return page("applications/refuse.html", row, choice)
    form = RefusalForm(data={"version": row.version})
    form.suggest(reason)
    if form.sent:
        try:
            service.refuse(
                application_id,
                reason=reason,
                text=form.text.data or "",
                by=the_actor(),
                version=form.version.data,
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return done(application_id, _A.REFUSE)
    return page("applications/refuse_words.html", row, form, reason=reason, reason_words=REASONS[reason])
