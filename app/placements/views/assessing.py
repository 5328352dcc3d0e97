"""« Bilan »: what the host says, what the person says, then what follows."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.assessing import HostForm, NextForm, PersonForm
from app.placements.queries.assessment_part import assessments_of, latest_next, part
from app.placements.queries.page import Page, page_of
from app.placements.queries.presence_part import calendar_of
from app.placements.rules.kinds import AssessmentSide
from app.placements.rules.states import ASSESSABLE, PlacementState
from app.placements.service import assessing as service
from app.placements.service import following
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import home_of, trail_of, words_of
from app.placements.views.trails import name_on_trail


@blueprint.route("/stages/<uuid:placement_id>/bilan", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR)
def assess(placement_id: UUID) -> ResponseReturnValue:
    """The host's, or what a host that is not on the portal said on the phone."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    about = part(page.placement, actor, today)
    form = HostForm(data=_of_host(page))
    if form.sent:
        try:
            service.host_says(placement_id, form.said(), by=actor, version=int(form.version.data or 0), today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Le bilan est enregistré.", placement_id)
    return render_template("placements/assess.html", **_context(page, form=form, assessment_part=about))


@blueprint.route("/mes-stages/<uuid:placement_id>/bilan", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def my_assessment(placement_id: UUID) -> ResponseReturnValue:
    """The person's, four short questions."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    row = assessments_of(placement_id).get(AssessmentSide.PERSON)
    form = PersonForm(data=service.shown(row))
    if form.sent:
        try:
            service.person_says(placement_id, form.said(), by=actor, version=int(form.version.data or 0), today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Merci. C’est enregistré.", placement_id)
    about = part(page.placement, actor, today)
    return render_template("placements/my_assessment.html", **_context(page, form=form, assessment_part=about))


@blueprint.route("/stages/<uuid:placement_id>/suite", methods=["GET", "POST"], endpoint="next")
@requires(Role.REFERENT, Role.FACILITATOR)
def follow(placement_id: UUID) -> ResponseReturnValue:
    """What follows; the stage is closed with it."""
    actor, today, page = the_actor(), clock.today(), _page(placement_id)
    known = latest_next(placement_id)
    form = NextForm(
        data={
            "version": page.placement.version,
            "kind": known.kind if known else None,
            "on": known.on if known else today,
            "words": known.words if known else "",
        }
    )
    if form.sent:
        try:
            following.follow(
                placement_id, form.said(), by=actor, row_id=form.row_id.data, version=int(form.version.data or 0),
                today=today,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("La suite est notée.", placement_id)
    closed = page.placement.state is PlacementState.CLOSED
    return render_template("placements/next.html", **_context(page, form=form, closed=closed))


def _of_host(page: Page) -> dict[str, Any]:
    """What the host said, else what presence already says of hours missed and of the last day."""
    row = assessments_of(page.placement.id).get(AssessmentSide.HOST)
    if row is not None:
        return service.shown(row)
    missed = calendar_of(page.placement, clock.today()).tally.missed
    return {"version": 0, "last_day": page.placement.stopped_on, "missed_hours": missed or None}


def _page(placement_id: UUID) -> Page:
    page = page_of(the_actor(), placement_id)
    if not page.may_act or page.placement.state not in ASSESSABLE:
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
        "trail": trail_of(actor, page.placement, name_on_trail(actor, page)),
        "home": home_of(actor, page.placement.id),
        **context,
    }
