"""« Absences »: a referent is away, a colleague acts meanwhile."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.forms import ActForm
from app.core.french import date_words
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.follow_up.forms.calendar import CoverForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.covers import LOOKS, STANDINGS
from app.follow_up.queries.covers import colleagues_of, covers_listed
from app.follow_up.rules.covering import Away, CoverStanding, cover_standing
from app.follow_up.service import covers as service
from app.follow_up.views.blueprint import blueprint


@blueprint.route("/suivis/absences", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def cover() -> ResponseReturnValue:
    """Say that one is away and who acts meanwhile; who is away in the team; the past."""
    actor, today = the_actor(), clock.today()
    colleagues = [(str(user.id), user.full_name) for user in colleagues_of(actor.organisation_id)]
    form = CoverForm(data={"absent": request.args.get("pour") or str(actor.user_id), "first_day": today})
    form.offer(colleagues, str(actor.user_id), manager=actor.is_manager)
    if form.sent:
        try:
            noted = service.note_absence(_wanted(form, actor), by=actor, row_id=form.row_id.data, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            until = date_words(noted.last_day, today)
            flash(f"L’absence est notée jusqu’au {until}. Votre collègue reçoit un message.", "success")
            return redirect(url_for(".cover"), 303)
    return render_template(
        "follow_up/cover.html",
        form=form,
        alone=len(colleagues) < 2,
        page=paginate(covers_listed(actor, today), page_number(request.args.get("page"))),
        standing_of=lambda one: cover_standing(one.first_day, one.last_day, one.ended_at is not None, today),
        standings=STANDINGS,
        looks=LOOKS,
        open_ones={CoverStanding.COMING, CoverStanding.RUNNING},
    )


def _wanted(form: CoverForm, actor: Actor) -> Away:
    absent = form.absent.data if "absent" in form else actor.user_id
    return Away(
        absent_id=UUID(str(absent)),
        cover_id=UUID(str(form.cover.data)),
        first_day=form.first_day.data or date.max,
        last_day=form.last_day.data or date.min,
    )


@blueprint.route("/suivis/absences/<uuid:cover_id>/terminer", methods=["POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def end_cover(cover_id: UUID) -> ResponseReturnValue:
    """Back earlier, or a mistake."""
    if ActForm().sent:
        ended = service.end_cover(cover_id, by=the_actor())
        flash(f"L’absence de {ended.absent.full_name} est terminée.", "success")
    return redirect(url_for(".cover"), 303)
