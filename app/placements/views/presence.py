"""Presence by half-days: the host ticks a week at a time, on a phone too; the person reads."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.quantities import parse_date
from app.core.roles import Role
from app.placements.forms.presence import week_form
from app.placements.labels.kinds import HALVES
from app.placements.queries.page import Page, page_of
from app.placements.queries.presence_part import Calendar, Week, calendar_of, says_presence, weeks_beside, words
from app.placements.rules.states import ATTENDED, PlacementState
from app.placements.service import presence as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import home_of, trail_of, words_of
from app.placements.views.trails import name_on_trail

_READERS = (Role.REFERENT, Role.FACILITATOR, Role.EMPLOYER, Role.DEPARTMENT)


@blueprint.route("/stages/<uuid:placement_id>/presences", methods=["GET", "POST"])
@requires(*_READERS)
def presence(placement_id: UUID) -> ResponseReturnValue:
    """One week to say, the others to go to. A week that is sent is said whole."""
    actor, today = the_actor(), clock.today()
    page, calendar = _read(placement_id)
    week = calendar.week_of(_asked(), today)
    says = page.may_act and says_presence(page.placement, actor)
    form = week_form(week.open_cells) if week is not None and says else None
    if form is not None and form.sent:
        try:
            count = service.say_week(placement_id, form.said(), form.shown, by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            flash("C’est noté." if count else "Rien n’a changé.", "success")
            return redirect(url_for(".presence", placement_id=placement_id), 303)
    elif form is None and request.method == "POST":
        raise NotFound
    return render_template("placements/presence.html", **_context(page, calendar, week), form=form)


@blueprint.get("/mes-stages/<uuid:placement_id>/presences")
@requires(Role.CANDIDATE)
def my_presence(placement_id: UUID) -> ResponseReturnValue:
    """The person's own calendar: read, and whom to call when it is wrong."""
    page, calendar = _read(placement_id)
    return render_template("placements/my_presence.html", **_context(page, calendar, None))


def _read(placement_id: UUID) -> tuple[Page, Calendar]:
    page = page_of(the_actor(), placement_id)
    if page.placement.state not in ATTENDED | {PlacementState.CLOSED}:
        raise NotFound
    return page, calendar_of(page.placement, clock.today())


def _asked() -> date | None:
    """?semaine=2026-11-02; nonsense is no week."""
    try:
        return parse_date(request.args.get("semaine", ""))
    except ValueError:
        return None


def _context(page: Page, calendar: Calendar, week: Week | None) -> dict[str, Any]:
    actor = the_actor()
    return {
        "placement": page.placement,
        "seen": page.seen,
        "calendar": calendar,
        "week": week,
        "others": weeks_beside(calendar, week) if week is not None else calendar.weeks,
        "halves": HALVES,
        "trail": trail_of(actor, page.placement, name_on_trail(actor, page)),
        "home": home_of(actor, page.placement.id),
        **words(),
    }
