"""A follow-up opened by hand: the person is chosen in their file, then the job is said."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.models import Candidate
from app.candidates.queries import the_candidate
from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.jobs import OpeningForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.queries.employers import firms_named
from app.follow_up.rules.kinds import FollowUpOrigin
from app.follow_up.service import opening as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.shared import crumbs_of
from app.reference.queries import commune_names, trade_names


@blueprint.route("/suivis/nouveau", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def open_new() -> ResponseReturnValue:
    """« Ouvrir un suivi » of a job found without an offer of the portal; ``origine`` says how it was found."""
    actor, today = the_actor(), clock.today()
    person_id = request.args.get("personne", type=UUID)
    if person_id is None:
        return render_template("follow_up/open_choose.html", trail=crumbs_of())
    person = the_candidate(actor, person_id)
    asked = request.args.get("origine")
    form = OpeningForm(data={"origin": asked if asked in set(FollowUpOrigin) else FollowUpOrigin.ELSEWHERE})
    form.offer(firms_named(form.employer.data or ""))
    if form.is_submitted() and all((form.sent, form.firm_said())):
        try:
            opened = _opened(form, person_id, today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le suivi est ouvert, le calendrier est prévu.", "success")
            return redirect(url_for(".follow_up", follow_up_id=opened), 303)
    return _page(form, person)


def _opened(form: OpeningForm, person_id: UUID, today: date) -> UUID:
    made = service.open_follow_up(
        person_id,
        form.terms(),
        origin=FollowUpOrigin(str(form.origin.data)),
        by=the_actor(),
        row_id=form.row_id.data,
        today=today,
    )
    return made.id


def _page(form: Any, person: Candidate) -> ResponseReturnValue:
    return render_template(
        "follow_up/open_new.html",
        form=form,
        person=person,
        trail=crumbs_of(),
        trades=trade_names(),
        communes=commune_names(),
    )
