"""A date of a meeting of three is kept, moved or given up; it is called off, or was held; its calendar file."""

from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import WORKFLOW_WORDS
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.messages.service import link_to
from app.placements.documents import ical
from app.placements.forms.tripartite import CancelForm, HoldForm, MoveForm
from app.placements.models import TripartiteMeeting
from app.placements.queries import tripartite as queries
from app.placements.queries.visible import may_act_on_tripartite, the_tripartite
from app.placements.rules.states import TripartiteState
from app.placements.service import tripartite as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import words_of

_FOLLOW: Final = (Role.REFERENT, Role.FACILITATOR)
_THREE: Final = (*_FOLLOW, Role.EMPLOYER, Role.CANDIDATE)


def home(meeting_id: UUID) -> str:
    """The page of a meeting for this reader."""
    page = "my_tripartite" if the_actor().role is Role.CANDIDATE else "tripartite"
    return url_for(f"placements.{page}", meeting_id=meeting_id)


def done(said: str, meeting_id: UUID) -> ResponseReturnValue:
    """Back to the meeting, with what was done."""
    flash(said, "success")
    return redirect(home(meeting_id), 303)


def _refused(refused: Refused, meeting_id: UUID) -> ResponseReturnValue:
    """A button that came too late says why."""
    words = {**WORKFLOW_WORDS, **words_of(refused)}
    flash(" ".join(words.get(reason, "") for reason in refused.reasons), "error")
    return redirect(home(meeting_id), 303)


def _version() -> int:
    return request.form.get("version", 0, type=int)


@blueprint.post("/entretiens-a-trois/<uuid:meeting_id>/choisir/<uuid:date_id>")
@requires(*_THREE)
def agree_tripartite(meeting_id: UUID, date_id: UUID) -> ResponseReturnValue:
    """Keep one of the dates that suit the three."""
    try:
        service.agree(meeting_id, date_id, by=the_actor(), version=_version(), now=clock.now())
    except Refused as refused:
        return _refused(refused, meeting_id)
    return done("La date est fixée. Les autres reçoivent un message.", meeting_id)


@blueprint.post("/mes-entretiens/<uuid:meeting_id>/plus-possible")
@requires(Role.CANDIDATE)
def free_tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """« Je ne peux plus venir »."""
    try:
        service.cannot_come(meeting_id, by=the_actor(), version=_version())
    except Refused as refused:
        return _refused(refused, meeting_id)
    return done("C’est noté. On va vous proposer d’autres dates.", meeting_id)


@blueprint.route("/entretiens-a-trois/<uuid:meeting_id>/deplacer", methods=["GET", "POST"])
@requires(*_FOLLOW, Role.EMPLOYER)
def move_tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """Other dates."""
    meeting = _meeting(meeting_id)
    form = MoveForm(data={"version": meeting.version})
    if form.sent:
        try:
            service.propose_again(
                meeting_id, form.instants(), by=the_actor(), version=int(form.version.data or 0), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused, words_of(refused))
            meeting = _meeting(meeting_id)
        else:
            return done("Les nouvelles dates sont proposées.", meeting_id)
    return _page("placements/move_tripartite.html", meeting, form)


@blueprint.route("/entretiens-a-trois/<uuid:meeting_id>/annuler", methods=["GET", "POST"])
@requires(*_THREE)
def cancel_tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """It does not take place, and why."""
    meeting = _meeting(meeting_id)
    form = CancelForm(data={"version": meeting.version})
    if form.sent:
        try:
            service.cancel(meeting_id, form.words.data or "", by=the_actor(), version=int(form.version.data or 0))
        except Refused as refused:
            form.refuse(refused, words_of(refused))
            meeting = _meeting(meeting_id)
        else:
            return done("L’entretien est annulé. Les autres reçoivent un message.", meeting_id)
    return _page("placements/cancel_tripartite.html", meeting, form)


@blueprint.route("/entretiens-a-trois/<uuid:meeting_id>/compte-rendu", methods=["GET", "POST"])
@requires(*_FOLLOW)
def hold_tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """It took place; what was decided."""
    meeting = _meeting(meeting_id)
    form = HoldForm(data={"version": meeting.version})
    if form.sent:
        try:
            service.hold(
                meeting_id, form.words.data or "", by=the_actor(), version=int(form.version.data or 0), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused, words_of(refused))
            meeting = _meeting(meeting_id)
        else:
            return done("L’entretien est noté.", meeting_id)
    return _page("placements/hold_tripartite.html", meeting, form)


@blueprint.get("/entretiens-a-trois/<uuid:meeting_id>.ics")
@requires(*_THREE, Role.DEPARTMENT)
def tripartite_ics(meeting_id: UUID) -> ResponseReturnValue:
    """For a calendar program, once a date is kept; one that was called off leaves the calendar."""
    meeting = the_tripartite(the_actor(), meeting_id)
    if meeting.chosen_at is None:
        raise NotFound
    host = urlsplit(current_app.extensions["settings"].base_url).hostname or "portail"
    page = "placements.my_tripartite" if the_actor().role is Role.CANDIDATE else "placements.tripartite"
    answer = make_response(ical.one_meeting(meeting, host, link_to(page, meeting_id=meeting.id)))
    answer.headers["Content-Type"] = f"{ical.TYPE}; method={ical.method_of(meeting)}"
    name = f"entretien-{clock.civil_day(meeting.chosen_at):%Y-%m-%d}.ics"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _meeting(meeting_id: UUID) -> TripartiteMeeting:
    meeting = the_tripartite(the_actor(), meeting_id)
    if not may_act_on_tripartite(the_actor(), meeting):
        raise NotFound
    return meeting


def _page(template: str, meeting: TripartiteMeeting, form: Any) -> ResponseReturnValue:
    actor = the_actor()
    plain = actor.role is Role.CANDIDATE
    lives = meeting.state in {TripartiteState.PROPOSED, TripartiteState.AGREED}
    due = meeting.state is TripartiteState.AGREED and (meeting.chosen_at or clock.now()) <= clock.now()
    return render_template(
        template,
        meeting=meeting,
        name=queries.name_for(actor.role, meeting),
        form=form,
        lives=lives,
        due=due,
        plain=plain,
        home=home(meeting.id),
        list_url=url_for("placements.my_tripartites" if plain else "placements.tripartites"),
    )
