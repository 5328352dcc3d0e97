"""« Mon travail »: the person's own page. And « Salariés suivis »: the firm's, which knows less."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.jobs import TutorForm
from app.follow_up.labels.calendar import hour_words
from app.follow_up.queries.employers import AtWork, all_at_work, people_at_work
from app.follow_up.queries.my_work import my_work as work_of
from app.follow_up.queries.visits import the_job
from app.follow_up.service import jobs as service
from app.follow_up.views.blueprint import blueprint

EXPORT_MOST: Final = 5_000
HEADER: Final = (
    "Salarié", "Poste", "Depuis le", "Prochaine visite", "Personne qui suit", "Téléphone", "Tuteur",
    "Téléphone du tuteur",
)  # fmt: skip


@blueprint.get("/mon-travail")
@requires(Role.CANDIDATE)
def my_work() -> ResponseReturnValue:
    """My job, who follows me, the next date; nothing when nobody is followed: kind words."""
    found = work_of(the_actor(), clock.today())
    return render_template(
        "follow_up/my_work.html",
        current=[one for one in found if one.open],
        past=[one for one in found if not one.open],
        hour_words=hour_words,
        today=clock.today(),
    )


@blueprint.get("/salaries-suivis")
@requires(Role.EMPLOYER)
def employer_people() -> ResponseReturnValue:
    """The people who work here and are followed: the next visit, whom to phone, the tutor. Never why."""
    actor, today = the_actor(), clock.today()
    if kind := request.args.get("export"):
        return export(kind, f"salaries-{today:%Y-%m-%d}", HEADER, _cells(all_at_work(actor, EXPORT_MOST, today)))
    page = people_at_work(actor, page_number(request.args.get("page")), today)
    return render_template("follow_up/employer_people.html", page=page, hour_words=hour_words, today=today)


def _cells(rows: list[AtWork]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.name, row.title, row.start_on, row.next_on, row.referent or row.place, row.referent_phone,
            row.tutor_name, row.tutor_phone,
        )  # fmt: skip


@blueprint.route("/salaries-suivis/<uuid:job_id>/tuteur", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def employer_tutor(job_id: UUID) -> ResponseReturnValue:
    """Who receives the person in the firm, and how to reach them."""
    actor = the_actor()
    job = the_job(actor, job_id)
    form = TutorForm(data=service.theirs_of(job))
    if form.sent:
        service.set_tutor(
            job.id,
            name=form.tutor_name.data or "",
            telephone=form.tutor_phone.data,
            email=form.tutor_email.data,
            by=actor,
            version=form.version.data,
        )
        flash("C’est enregistré.", "success")
        return redirect(url_for(".employer_people"), 303)
    return render_template("follow_up/employer_tutor.html", form=form, job=job, name=job.follow_up.candidate.full_name)
