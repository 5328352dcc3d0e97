"""A stage stops before its last day; something happens there, and is declared."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.stopping import DeclareForm, IncidentForm, StopForm
from app.placements.queries.page import Page, page_of
from app.placements.queries.presence import the_incident
from app.placements.queries.presence_part import words
from app.placements.rules.incidents import REPORTABLE
from app.placements.rules.states import PlacementState
from app.placements.service import incidents
from app.placements.service import stopping as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import home_of, trail_of, words_of
from app.placements.views.trails import name_on_trail

_FOLLOW = (Role.REFERENT, Role.FACILITATOR)


@blueprint.route("/stages/<uuid:placement_id>/arret", methods=["GET", "POST"])
@requires(*_FOLLOW, Role.EMPLOYER, Role.CANDIDATE)
def stop(placement_id: UUID) -> ResponseReturnValue:
    """The last day, who decided or why."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    form = StopForm(data={"version": page.placement.version, "stopped_on": today})
    form.offer(actor.role)
    if form.sent:
        try:
            service.stop(placement_id, form.said(), by=actor, version=form.version.data, today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Le stage est arrêté. Les autres sont prévenus.", placement_id)
    runs = page.placement.state is PlacementState.RUNNING
    return render_template("placements/stop.html", **_context(page, form=form, runs=runs))


@blueprint.route("/stages/<uuid:placement_id>/incident", methods=["GET", "POST"])
@requires(*_FOLLOW, Role.EMPLOYER)
def incident(placement_id: UUID) -> ResponseReturnValue:
    """When, where and how, without a medical detail; who accompanies is told at once."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    form = IncidentForm(data={"day": today})
    if actor.role is Role.EMPLOYER:
        del form.declared_to, form.declared_on
    if form.sent:
        try:
            incidents.note(placement_id, form.said(), by=actor, row_id=form.row_id.data, today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("C’est noté. L’accompagnement est prévenu.", placement_id)
    begun = page.placement.state in REPORTABLE
    return render_template("placements/incident.html", **_context(page, form=form, begun=begun))


@blueprint.route("/stages/<uuid:placement_id>/incident/<uuid:incident_id>", methods=["GET", "POST"])
@requires(*_FOLLOW)
def declare_incident(placement_id: UUID, incident_id: UUID) -> ResponseReturnValue:
    """To which body it was declared."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    fact = the_incident(actor, page.placement, incident_id)
    form = DeclareForm(data={"declared_to": fact.declared_to, "declared_on": fact.declared_on or today})
    if form.sent:
        try:
            incidents.declare(placement_id, incident_id, form.declared(), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("La déclaration est notée.", placement_id)
    return render_template("placements/declare_incident.html", **_context(page, form=form, fact=fact))


def _page(placement_id: UUID) -> Page:
    page = page_of(the_actor(), placement_id)
    if not page.may_act:
        raise NotFound
    return page


def _done(said: str, placement_id: UUID) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(home_of(the_actor(), placement_id), 303)


def _context(page: Page, **context: Any) -> dict[str, Any]:
    actor = the_actor()
    return {
        "placement": page.placement,
        "seen": page.seen,
        "host": actor.role is Role.EMPLOYER,
        "plain": actor.role is Role.CANDIDATE,
        "trail": trail_of(actor, page.placement, name_on_trail(actor, page)),
        "home": home_of(actor, page.placement.id),
        **words(),
        **context,
    }
