"""The page of one follow-up, made of the parts of its slices, and the whole journal."""

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.audit import service as audit
from app.core import clock
from app.core.paging import PAGE_SIZE, Page, page_number
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.follow_up.labels.annex import STANDINGS
from app.follow_up.labels.kinds import CLOSE_OUTCOMES, MODES, ORIGINS, PLANS, STOP_REASONS, VISITS
from app.follow_up.labels.states import FOLLOW_UP_LOOKS, FOLLOW_UP_STATES, VISIT_STATES
from app.follow_up.models import FollowUp
from app.follow_up.queries import alert_part, calendar_part, job_part, visit_part
from app.follow_up.queries.journal import SHOWN, journal_of
from app.follow_up.queries.visible import the_follow_up
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.shared import journal_lines, page_of
from app.follow_up.views.ways import way
from app.offers.labels import EMPLOYMENTS


@blueprint.get("/suivis/<uuid:follow_up_id>")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def follow_up(follow_up_id: UUID) -> ResponseReturnValue:
    """What happens now, the six months, what comes next, the last words, the journal."""
    actor, today = the_actor(), clock.today()
    found = the_follow_up(actor, follow_up_id)
    audit.opened(actor, found.candidate_id)
    job = job_part.part(found, actor, today)
    rows, count = journal_of(actor, found, SHOWN)
    return render_template(
        "follow_up/follow_up.html",
        **page_of(found),
        **_parts(found, actor),
        job_part=job,
        may_act=job["may_act"],
        accompanies=actor.role in ACCOMPANIMENT,
        journal=journal_lines(rows, actor, today),
        journal_count=count,
        annex_words=STANDINGS,
        visit_words=VISITS,
        mode_words=MODES,
        visit_states=VISIT_STATES,
        origins=ORIGINS,
        plans=PLANS,
        outcomes=CLOSE_OUTCOMES,
        stop_reasons=STOP_REASONS,
        states=FOLLOW_UP_STATES,
        looks=FOLLOW_UP_LOOKS,
        kinds=EMPLOYMENTS,
        ways=_ways(found, actor),
    )


def _ways(found: FollowUp, actor: Actor) -> dict[str, str | None]:
    """Where the acts of other slices lead. One that nobody holds may be taken by whoever reads it."""
    nobody = found.referent_id is None and found.referent_organisation_id is None
    return {
        "break": way("break", follow_up_id=found.id),
        "closing": way("closing", follow_up_id=found.id),
        "my_feed": way("my_feed"),
        "take": way("assign", follow_up_id=found.id) if nobody else None,
    }


def _parts(found: FollowUp, actor: Actor) -> dict[str, Any]:
    """What alerts, calendar and visits say of this follow-up."""
    today = clock.today()
    return {
        "alert_part": alert_part.part(found, actor, today),
        "calendar_part": calendar_part.part(found, actor, today),
        "visit_part": visit_part.part(found, actor, today),
    }


@blueprint.get("/suivis/<uuid:follow_up_id>/journal")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def journal(follow_up_id: UUID) -> ResponseReturnValue:
    """Everything that happened, as its reader may know it."""
    actor, today = the_actor(), clock.today()
    found = the_follow_up(actor, follow_up_id)
    rows, total = journal_of(actor, found)
    number = min(page_number(request.args.get("page")), max(1, -(-total // PAGE_SIZE)))
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render_template(
        "follow_up/journal.html",
        **page_of(found),
        lines=journal_lines(shown, actor, today),
        page=Page(shown, number, PAGE_SIZE, total),
    )
