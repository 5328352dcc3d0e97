"""What the person says on their own phone: how things go, a day away from work."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.voices import MyAbsenceForm, SayForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.models import HeldJob
from app.follow_up.queries.visits import my_jobs
from app.follow_up.rules.moods import Mood
from app.follow_up.service import voices as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.keeping import accepted, filled, keep_key
from app.follow_up.views.ways import way


@blueprint.route("/mon-travail/dire", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def say() -> ResponseReturnValue:
    """« Dire comment ça va »: three answers, some words, a human's phone."""
    actor = the_actor()
    form = _of_my_jobs(filled(SayForm), my_jobs(actor, clock.today()))
    if form.sent:
        mood = Mood(str(form.mood.data))
        service.say(mood, form.words.data or "", _job(form), by=actor, row_id=form.row_id.data, today=clock.today())
        accepted(actor)
        return _done("C’est envoyé. La personne qui vous suit lira vos mots.")
    return render_template("follow_up/say.html", form=form, keep=keep_key(actor))


@blueprint.route("/mon-travail/absence", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def my_absence() -> ResponseReturnValue:
    """One day, and nothing more is asked."""
    actor, today = the_actor(), clock.today()
    form = _of_my_jobs(MyAbsenceForm(data={"day": today}), my_jobs(actor, today))
    if form.sent:
        try:
            service.absent_by_person(form.day.data or date.min, _job(form), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _done("C’est noté. Merci d’avoir prévenu.")
    return render_template("follow_up/my_absence.html", form=form)


def _of_my_jobs(form: Any, jobs: list[HeldJob]) -> Any:
    """The question « which work » is asked only of somebody who has two. Raises NotFound for who has none."""
    if not jobs:
        raise NotFound
    if len(jobs) == 1:
        del form.job
        return form
    form.job.choices = [
        (str(job.id), f"{job.title}, {job.organisation.name if job.organisation else job.employer_name}")
        for job in jobs
    ]
    return form


def _job(form: Any) -> UUID | None:
    return UUID(form.job.data) if "job" in form else None


def _done(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(way("my_work") or url_for("matches.for_me"), 303)
