"""Prepare a visit, and report it in two minutes on a phone."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.quantities import MONTHS
from app.core.roles import Actor, Role
from app.follow_up.forms.visits import VisitReportForm, report_data
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.kinds import ALERTS, MODES, PLANS, VISITS
from app.follow_up.labels.states import VISIT_LOOKS, VISIT_STATES
from app.follow_up.labels.visits import GUIDES, OUTCOMES
from app.follow_up.models import HeldJob, Visit
from app.follow_up.queries.visible import may_act, the_visit
from app.follow_up.queries.visits import before_visit, job_at, steps_around
from app.follow_up.queries.voices import exchanges_of, last_voices, voices_of_visit
from app.follow_up.rules import reports as rules
from app.follow_up.rules.kinds import VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState
from app.follow_up.service import visits as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.keeping import accepted, filled, keep_key
from app.follow_up.views.ways import around

DONE = "Le compte rendu est enregistré."


@blueprint.get("/suivis/visites/<uuid:visit_id>")
@requires(Role.REFERENT, Role.FACILITATOR)
def visit(visit_id: UUID) -> ResponseReturnValue:
    """What was said last time and what this visit is for; once it is reported, the report."""
    actor, today = the_actor(), clock.today()
    found = the_visit(actor, visit_id)
    follow_up, reported = found.follow_up, found.state in rules.REPORTED
    before = before_visit(actor, found, today)
    return render_template(
        "follow_up/visit.html",
        visit=found,
        follow_up=follow_up,
        job=job_at(follow_up, today),
        may_act=may_act(actor, follow_up),
        may_correct=_may_correct(found, actor),
        before=before,
        voices=voices_of_visit(actor, found.id) if reported else last_voices(actor, follow_up.id),
        exchanges=exchanges_of(follow_up.id),
        guide=GUIDES[found.kind],
        here=around(follow_up.id, found.id, [alert.id for alert in before.alerts]),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "Side": VoiceSide,
        "kinds": VISITS,
        "modes": MODES,
        "plans": PLANS,
        "alert_words": ALERTS,
        "states": VISIT_STATES,
        "looks": VISIT_LOOKS,
        "months": MONTHS,
    }


def _may_correct(visit: Visit, actor: Actor) -> bool:
    day = clock.civil_day(visit.reported_at) if visit.reported_at else None
    return rules.may_correct(visit.reported_by, day, actor.user_id, clock.today())


@blueprint.route("/suivis/visites/<uuid:visit_id>/compte-rendu", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def report(visit_id: UUID) -> ResponseReturnValue:
    """One page: what happened, and what was said. Sent twice, it is one."""
    actor, today = the_actor(), clock.today()
    found = _to_report(actor, visit_id)
    form = _form(found, actor)
    if form.sent:
        try:
            service.report(visit_id, form.said(), by=actor, version=form.version.data, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = _to_report(actor, visit_id)  # the refusal undid what was read
        else:
            accepted(actor)
            flash(DONE, "success")
            return redirect(url_for(".visit", visit_id=visit_id), 303)
    elif not form.is_submitted() and found.state is not VisitState.PLANNED and not _may_correct(found, actor):
        return redirect(url_for(".visit", visit_id=visit_id), 303)
    return render_template(
        "follow_up/report.html",
        form=form,
        visit=found,
        follow_up=found.follow_up,
        job=job_at(found.follow_up, today),
        keep=keep_key(actor),
        outcomes=OUTCOMES,
        here=around(found.follow_up_id),
        **_words(),
    )


def _to_report(actor: Actor, visit_id: UUID) -> Visit:
    found = the_visit(actor, visit_id)
    if not may_act(actor, found.follow_up):
        raise NotFound
    return found


def _form(visit: Visit, actor: Actor) -> VisitReportForm:
    job = job_at(visit.follow_up, clock.today())
    first = _at_first(visit, job) if visit.state is VisitState.PLANNED else _as_said(visit, actor)
    form = filled(VisitReportForm, **first)
    if visit.kind is not VisitKind.MONTH_5:
        del form.plan, form.plan_words
    return form


def _at_first(visit: Visit, job: HeldJob | None) -> dict[str, Any]:
    today = clock.today()
    return {
        "version": visit.version,
        "met_on": today,
        "mode": visit.mode,
        "again_on": rules.proposed_again(visit.kind, steps_around(visit), today),
        "plan": job.plan if job else None,
        "plan_words": job.plan_words if job else "",
    }


def _as_said(visit: Visit, actor: Actor) -> dict[str, Any]:
    """The report as it stands, to be corrected."""
    job, voices = job_at(visit.follow_up, visit.met_on or clock.today()), voices_of_visit(actor, visit.id)
    tutor, person = voices.get(VoiceSide.TUTOR), voices.get(VoiceSide.PERSON)
    return report_data(
        version=visit.version,
        action=next((action for action, state in rules.OUTCOMES.items() if state is visit.state), None),
        met_on=visit.met_on,
        mode=visit.mode,
        fits_offer=visit.fits_offer,
        notes=visit.report,
        next_words=visit.next_words,
        tutor_words=tutor.words if tutor else "",
        absences=tutor.absences if tutor else None,
        work_well_done=tutor.work_well_done if tutor else None,
        see_again=tutor.see_again if tutor else None,
        person_words=person.words if person else "",
        plan=job.plan if job else None,
        plan_words=job.plan_words if job else "",
    )
