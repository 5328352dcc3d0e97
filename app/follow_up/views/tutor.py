"""Three questions to the tutor: sent as a link, answered without an account, or by the firm that is signed in."""

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.views.browser import visitor
from app.core import clock
from app.core.errors import Refused
from app.core.policy import public, requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.voices import AskTutorForm, EmployerAbsenceForm, EmployerQuestionsForm, QuestionsForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.visits import LINK_TITLES, LINK_WORDS
from app.follow_up.queries.visits import job_at, the_job
from app.follow_up.rules.links import LinkStanding
from app.follow_up.service import tutor as service
from app.follow_up.service import voices as voice_service
from app.follow_up.service.tutor import Opened
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.exchanges import back_to, to_act_on
from app.follow_up.views.keeping import accepted, filled, keep_key
from app.follow_up.views.ways import around, way
from app.messages.rules import Channel


@blueprint.route("/suivis/<uuid:follow_up_id>/lien-tuteur", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def ask_tutor(follow_up_id: UUID) -> ResponseReturnValue:
    """The message as it will leave, then one button."""
    actor, today = the_actor(), clock.today()
    found = to_act_on(actor, follow_up_id)
    job = job_at(found, today)
    ways = service.addresses(job)
    form = AskTutorForm(data={"channel": next(iter(ways), None)})
    form.offer(ways)
    if ways and form.sent:
        visit_id, channel = request.args.get("visite", type=UUID), Channel(str(form.channel.data))
        try:
            service.ask_tutor(found.id, channel, by=actor, row_id=form.row_id.data, today=today, visit_id=visit_id)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = to_act_on(actor, follow_up_id)
            job = job_at(found, today)
        else:
            flash("Les questions sont parties. Le lien sert une fois, pendant 14\u00a0jours.", "success")
            return redirect(url_for(".visit", visit_id=visit_id), 303) if visit_id else back_to(found.id)
    return render_template(
        "follow_up/ask_tutor.html",
        follow_up=found,
        job=job,
        form=form,
        shown=service.preview(found, job) if job and ways else None,
        ways=[way.value for way in ways],
        asked=request.args.get("voie") or form.channel.data,
        here=around(found.id),
    )


@blueprint.route("/tuteur/<token>", methods=["GET", "POST"])
@public
def tutor(token: str) -> ResponseReturnValue:
    """Opening the page uses nothing up; its button answers, once."""
    opened = service.open_link(token, visitor())
    if opened.standing is not LinkStanding.OPEN:
        return _over(opened)
    form = QuestionsForm()
    if form.sent:
        try:
            opened = service.answer(token, form.answers(), form.days.data or (), today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            opened = service.open_link(token, visitor())
        else:
            return redirect(url_for(".tutor_thanks"), 303) if opened.standing is LinkStanding.OPEN else _over(opened)
    return _alone("follow_up/tutor.html", form=form, opened=opened, person=opened.follow_up.candidate.short_name)


@blueprint.get("/tuteur/merci")
@public
def tutor_thanks() -> ResponseReturnValue:
    """The answers have come."""
    return _alone("follow_up/tutor_thanks.html")


def _over(opened: Opened) -> ResponseReturnValue:
    """Why the link no longer opens, and whom to call instead."""
    place = opened.follow_up.referent_organisation
    return _alone(
        "follow_up/tutor_over.html",
        410,
        title=LINK_TITLES[opened.standing],
        words=LINK_WORDS[opened.standing],
        place_phone=place.phone if place else None,
    )


def _alone(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A page behind a secret address: kept by nobody, found by no search engine."""
    answer = make_response(render_template(template, **context), status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "same-origin"  # its form is checked by the Referer, over https
    return answer


@blueprint.route("/salaries-suivis/<uuid:job_id>/questions", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def employer_answer(job_id: UUID) -> ResponseReturnValue:
    """The same three questions, by somebody of the firm."""
    actor, today = the_actor(), clock.today()
    job = the_job(actor, job_id)
    form = filled(EmployerQuestionsForm)
    if form.sent:
        try:
            voice_service.answer_as_employer(
                job_id, form.answers(), form.days.data or (), by=actor, row_id=form.row_id.data, today=today
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            job = the_job(actor, job_id)
        else:
            accepted(actor)
            return _thanks("Merci. Vos réponses sont enregistrées.")
    return render_template("follow_up/employer_answer.html", form=form, job=job, keep=keep_key(actor))


@blueprint.route("/salaries-suivis/<uuid:job_id>/absence", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def employer_absence(job_id: UUID) -> ResponseReturnValue:
    """« Signaler une absence »: days, and no reason."""
    actor, today = the_actor(), clock.today()
    job = the_job(actor, job_id)
    form = filled(EmployerAbsenceForm)
    if form.sent:
        try:
            voice_service.absent_by_employer(job_id, form.days.data or (), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            job = the_job(actor, job_id)
        else:
            accepted(actor)
            return _thanks("C’est noté. La raison n’est pas demandée.")
    return render_template("follow_up/employer_absence.html", form=form, job=job, keep=keep_key(actor))


def _thanks(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(way("employer_people") or url_for("dashboard.home"), 303)
