"""« Rupture » and « Clôture »: a job is lost and the search begins again, or the six months are over."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.follow_up.forms.endings import BreakForm, ClosingForm, closing_data
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.breaks import LACKS
from app.follow_up.labels.kinds import CLOSE_OUTCOMES, PLANS
from app.follow_up.models import FollowUp
from app.follow_up.queries.endings import Ending, ending_of, jobs_to_break, last_break, works_of
from app.follow_up.queries.searching import search_of
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.rules.breaks import searches_again
from app.follow_up.rules.closing import may_close, suggested
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import breaks
from app.follow_up.service import closing as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.shared import page_of
from app.matches import queries as matches

NEAREST: Final = 5


def _to_act_on(actor: Actor, follow_up_id: UUID) -> FollowUp:
    """One that the actor may change, to show its form. Raises NotFound."""
    return the_one_to_act_on(actor, follow_up_id, lock=False)


@blueprint.route("/suivis/<uuid:follow_up_id>/rupture", methods=["GET", "POST"], endpoint="break")
@requires(Role.REFERENT, Role.FACILITATOR)
def break_(follow_up_id: UUID) -> ResponseReturnValue:
    """Why, who decided, what was tried, what comes next. Sent twice, it is recorded once."""
    actor, today = the_actor(), clock.today()
    found = _to_act_on(actor, follow_up_id)
    form, jobs = BreakForm(data={"last_day": today}), jobs_to_break(found)
    form.offer(jobs)
    if form.sent:
        try:
            breaks.break_job(follow_up_id, form.said(), by=actor, row_id=form.row_id.data, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_act_on(actor, follow_up_id)
            jobs = jobs_to_break(found)
        else:
            flash("La rupture est notée.", "success")
            return redirect(url_for(".after_break", follow_up_id=follow_up_id), 303)
    elif not form.is_submitted() and found.state is not FollowUpState.ACTIVE:
        return redirect(url_for(".after_break", follow_up_id=follow_up_id))
    return render_template("follow_up/break.html", **page_of(found, form=form, jobs=jobs))


@blueprint.get("/suivis/<uuid:follow_up_id>/apres-la-rupture")
@requires(Role.REFERENT, Role.FACILITATOR)
def after_break(follow_up_id: UUID) -> ResponseReturnValue:
    """The same day: the openings that suit best, and what lacks before the person is proposed."""
    actor, today = the_actor(), clock.today()
    found = _to_act_on(actor, follow_up_id)
    person, broken = found.candidate, found.state is FollowUpState.BROKEN
    made = last_break(found)
    if made is None:
        return redirect(url_for(".follow_up", follow_up_id=follow_up_id), 303)
    return render_template(
        "follow_up/after_break.html",
        **page_of(found),
        search=search_of(person, actor),
        found=matches.openings(person, today, size=NEAREST),
        lacks=LACKS,
        broken=broken,
        searching=searches_again(made.cause, works=not broken),
    )


@blueprint.route("/suivis/<uuid:follow_up_id>/cloture", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def closing(follow_up_id: UUID) -> ResponseReturnValue:
    """What the facts say, and the conclusion of a human."""
    actor, today = the_actor(), clock.today()
    found = _to_act_on(actor, follow_up_id)
    if found.state not in service.OPEN:
        return redirect(url_for(".follow_up", follow_up_id=follow_up_id), 303)
    ending = ending_of(found)
    works = works_of(found, today)
    form = ClosingForm(data=closing_data(found.version, suggested(found.state, works, ending.last_news, today)))
    if form.sent:
        try:
            service.close_follow_up(
                follow_up_id, form.chosen, form.words.data or "", by=actor, version=form.version.data, today=today
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_act_on(actor, follow_up_id)
        else:
            flash("Le suivi est clos.", "success")
            return redirect(url_for(".follow_up", follow_up_id=follow_up_id), 303)
    return _closing_page(found, form, ending)


def _closing_page(found: FollowUp, form: ClosingForm, ending: Ending) -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "follow_up/closing.html",
        **page_of(found, form=form),
        ending=ending,
        allowed=may_close(found.state, ending.closing_on, found.ends_on, today),
        suggestion=suggested(found.state, works_of(found, today), ending.last_news, today),
        outcomes=CLOSE_OUTCOMES,
        plans=PLANS,
    )
