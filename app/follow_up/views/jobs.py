"""The job of a follow-up changes, or was typed wrongly."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.queries import trades_named
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.jobs import CorrectionForm, OtherEmployerForm, SameEmployerForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.opening import CHANGE_HINTS, CHANGES
from app.follow_up.models import FollowUp, HeldJob
from app.follow_up.queries.annex import employer_of, terms_words
from app.follow_up.queries.employers import firms_named
from app.follow_up.rules.opening import JobChange
from app.follow_up.service import jobs as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.exchanges import to_act_on
from app.follow_up.views.shared import page_of
from app.offers.rules import EmploymentKind
from app.reference.queries import commune_names, trade_names

SLUGS: Final = {
    "renouvellement": JobChange.RENEWAL,
    "cdi": JobChange.OPEN_ENDED,
    "employeur": JobChange.OTHER_EMPLOYER,
    "heures": JobChange.HOURS,
    "autre": JobChange.OTHER,
}
"""What the address says of the change."""


@blueprint.route("/suivis/<uuid:follow_up_id>/emploi", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def job_change(follow_up_id: UUID) -> ResponseReturnValue:
    """« Changer d’employeur ou de contrat »: what changes, then the new job."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    change = SLUGS.get(request.args.get("quoi", ""))
    if change is None:
        choices = [(slug, CHANGES[one], CHANGE_HINTS[one]) for slug, one in SLUGS.items()]
        return _page("follow_up/job_choose.html", found, choices=choices)
    last, form = found.jobs[-1], _change_form(change, found.jobs[-1])
    if _sent(form):
        terms = form.terms() if isinstance(form, OtherEmployerForm) else form.terms_with(last)
        try:
            service.change_job(
                found.id, change, terms, why=form.why.data or "", by=actor, row_id=form.row_id.data, today=today
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            flash("Le nouvel emploi est noté, le calendrier est à jour.", "success")
            return redirect(url_for(".follow_up", follow_up_id=follow_up_id), 303)
    return _page("follow_up/job_change.html", found, form=form, change=CHANGES[change], last=found.jobs[-1])


def _change_form(change: JobChange, last: HeldJob) -> SameEmployerForm | OtherEmployerForm:
    """The form, with what stays as it was."""
    if change is JobChange.OTHER_EMPLOYER:
        return OtherEmployerForm()
    shown = _as_said(last)
    start = last.end_on + timedelta(days=1) if last.end_on and change is not JobChange.HOURS else None
    shown |= {"start_on": start, "end_on": None, "trial_ends_on": None}
    if change is JobChange.OPEN_ENDED:
        shown["employment_kind"] = EmploymentKind.CDI
    elif change is JobChange.HOURS:
        shown |= {"end_on": last.end_on, "trial_ends_on": last.trial_ends_on}
    return SameEmployerForm(data=shown)


def _as_said(job: HeldJob) -> dict[str, Any]:
    """The fields of the form as the row has them."""
    trade = dict(trades_named([job.trade_slug])).get(job.trade_slug, "") if job.trade_slug else ""
    return {
        **service.theirs_of(job),
        "trade": trade,
        "commune": job.commune.name if job.commune else "",
        "employer": employer_of(job),
        "known": str(job.organisation_id) if job.organisation_id else None,
    }


def _sent(form: Any) -> bool:
    """Was the form sent, is its shape right, and is it said which firm it is, where it asks?"""
    if "employer" not in form:
        return bool(form.sent)
    form.offer(firms_named(form.employer.data or ""))
    return form.is_submitted() and all((form.sent, form.firm_said()))


@blueprint.route("/suivis/<uuid:follow_up_id>/emploi/corriger", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def job_edit(follow_up_id: UUID) -> ResponseReturnValue:
    """Facts of a job typed wrongly, the tutor's number: the latest job unless the address names another."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    job = _asked_job(found, request.args.get("emploi", type=UUID))
    form = CorrectionForm(data=_as_said(job))
    if _sent(form):
        try:
            service.correct_job(job.id, form.terms(), by=actor, version=form.version.data, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
        else:
            flash("C’est enregistré.", "success")
            return redirect(url_for(".follow_up", follow_up_id=follow_up_id), 303)
    return _page("follow_up/job_edit.html", found, form=form, job=job, several=len(found.jobs) > 1)


def _asked_job(found: FollowUp, job_id: UUID | None) -> HeldJob:
    job = found.jobs[-1] if job_id is None else next((one for one in found.jobs if one.id == job_id), None)
    if job is None:
        raise NotFound
    return job


def _page(template: str, found: FollowUp, **context: Any) -> ResponseReturnValue:
    return render_template(
        template,
        **page_of(found, **context),
        trades=trade_names(),
        communes=commune_names(),
        now_words=terms_words(found.jobs[-1]),
        employer=employer_of(found.jobs[-1]),
    )
