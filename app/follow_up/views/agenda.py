"""Visits in somebody's calendar program: one as a file, all of a professional's by a private address."""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.views.browser import visitor
from app.core import clock
from app.core.errors import NotFound
from app.core.forms import ActForm, pressed
from app.core.policy import public, requires, the_actor
from app.core.rendering import error_page
from app.core.roles import Role
from app.follow_up.documents import ical
from app.follow_up.queries import agenda
from app.follow_up.service import feeds
from app.follow_up.views.blueprint import blueprint
from app.messages.service import link_to

_TYPE: Final = "text/calendar; charset=utf-8"
_NAME: Final = "Suivis dans l’emploi"
_PAGES: Final = {
    Role.CANDIDATE: "follow_up.my_work",
    Role.EMPLOYER: "follow_up.employer_people",
    Role.DEPARTMENT: "follow_up.follow_ups",
}
"""Where the link of an event leads a reader who has no page of the visit."""


def _host() -> str:
    return urlsplit(current_app.extensions["settings"].base_url).hostname or "portail"


def _link(visit_id: UUID, role: Role = Role.REFERENT) -> str:
    endpoint = _PAGES.get(role)
    if endpoint is None:
        return link_to("follow_up.visit", visit_id=visit_id)
    return link_to(endpoint)


@blueprint.get("/suivis/visites/<uuid:visit_id>.ics")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT, Role.CANDIDATE, Role.EMPLOYER)
def visit_ics(visit_id: UUID) -> ResponseReturnValue:
    """One visit, for whoever takes part in it. One that was called off leaves the calendar."""
    actor = the_actor()
    visit = agenda.visit_of_mine(actor, visit_id)
    answer = make_response(ical.one_visit(visit, _host(), _link(visit.id, actor.role)))
    answer.headers["Content-Type"] = f"{_TYPE}; method={ical.method_of(visit)}"
    answer.headers["Content-Disposition"] = f'attachment; filename="suivi-{visit.planned_on:%Y-%m-%d}.ics"'
    return answer


@blueprint.get("/agenda/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """What a calendar program reads by itself. Whoever has the address reads it: it says when, and nothing of whom."""
    try:
        visits = feeds.read_feed(token, visitor(), clock.today())
    except NotFound:
        return _sealed(make_response(error_page(404)), "no-store")
    answer = make_response(ical.feed(((visit, _link(visit.id)) for visit in visits), _host(), _NAME))
    answer.headers["Content-Type"] = f"{_TYPE}; method=PUBLISH"
    answer.add_etag()
    return _sealed(answer, "private, no-cache").make_conditional(request)


def _sealed(answer: Response, cache: str) -> Response:
    """Behind a secret address: kept by no cache but the reader's, found by no search engine."""
    answer.headers["Cache-Control"] = cache
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@blueprint.route("/mon-agenda", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def my_feed() -> ResponseReturnValue:
    """Make, replace or revoke one's address. It is shown once, on the page that made it."""
    actor, form, address = the_actor(), ActForm(), None
    assert actor.user_id is not None
    if form.sent and pressed("revoke"):
        feeds.revoke_feed(by=actor)
        flash("L’adresse ne répond plus. Retirez aussi l’agenda de votre logiciel.", "success")
        return redirect(url_for(".my_feed"), 303)
    if form.sent:
        address = link_to("follow_up.feed", token=feeds.make_feed(by=actor))
    return render_template(
        "follow_up/my_feed.html",
        form=form,
        feed=agenda.open_feed(actor.user_id),
        address=address,
        webcal=address and address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
        coming=agenda.coming_in_feed(actor.user_id, clock.today()),
    )
