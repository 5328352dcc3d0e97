"""« Suites » of an event: what both sides said, agreements first; what was made of it; what is left to decide."""

from collections.abc import Iterator, Sequence
from enum import Enum
from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.applications.labels import REFUSAL_WORDS as APPLICATION_REFUSALS
from app.applications.labels import STATES as APPLICATION_STATES
from app.core import clock
from app.core.errors import Refused
from app.core.forms import WORKFLOW_WORDS
from app.core.french import plural
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Role
from app.events.forms.reviews import SetAsideForm
from app.events.labels import REFUSAL_WORDS
from app.events.labels.afterwards import RANKS, STEPS
from app.events.labels.kinds import MONTHS, OUTCOME_LOOKS, OUTCOMES, side_words
from app.events.labels.states import TASK_LOOKS, TASK_STATES
from app.events.queries import afterwards as queries
from app.events.queries import reviews
from app.events.queries.visible import the_event_to_run
from app.events.rules.afterwards import Rank, Step, step_of
from app.events.rules.figures import alone
from app.events.rules.kinds import DATINGS, ReviewMonth, sides_of
from app.events.rules.reviews import review_day
from app.events.service import afterwards as service
from app.events.views.blueprint import blueprint
from app.placements.labels import REFUSAL_WORDS as PLACEMENT_REFUSALS


@blueprint.get("/evenements/<uuid:event_id>/suites")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
def afterwards(event_id: UUID) -> ResponseReturnValue:
    """For those who run the event."""
    actor, today = the_actor(), clock.today()
    event = the_event_to_run(actor, event_id)
    tasks = queries.tasks_of(event.id)
    rows = queries.afterwards_of(event, actor, tasks) if event.kind in DATINGS else []
    last = reviews.last_day_of(event.id)
    return render_template(
        "events/afterwards.html",
        event=event,
        groups=[(rank, RANKS[rank], [row for row in rows if row.rank is rank]) for rank in Rank],
        held=len(rows),
        waiting=sum(_waits(row) for row in rows),
        made={step: sum(row.made is step for row in rows) for step in Step},
        other_tasks=[task for task in tasks if task.meeting_id is None],
        reviews=reviews.reviews_of(event.id),
        review_days={month: review_day(last, month) for month in ReviewMonth} if last else {},
        accompanies=actor.role in ACCOMPANIMENT,
        acts=actor.role is not Role.EMPLOYER,
        placement_page=_PLACEMENT if _PLACEMENT in current_app.view_functions else None,
        dating=event.kind in DATINGS,
        becomes=_becomes,
        sides=[side_words(event.kind, side) for side in sides_of(event.kind)],
        cell=alone if actor.role is Role.EMPLOYER else int,
        today=today,
        **_WORDS,
    )


_WORDS = {
    "outcomes": OUTCOMES,
    "outcome_looks": OUTCOME_LOOKS,
    "steps": STEPS,
    "task_states": TASK_STATES,
    "task_looks": TASK_LOOKS,
    "application_states": APPLICATION_STATES,
    "months": MONTHS,
}
_PLACEMENT = "placements.placement"


def _waits(row: queries.After) -> bool:
    return row.heard.agreed is not None and row.made is None and not row.heard.is_set_aside


def _becomes(row: queries.After) -> str:
    """What « Créer » makes, in words."""
    return STEPS[step_of(row.heard)].lower()


@blueprint.post("/evenements/<uuid:event_id>/suites")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def make_afterwards(event_id: UUID) -> ResponseReturnValue:
    """« Créer les suites »: safe to press again after answers that came late."""
    done = service.make_all(event_id, by=the_actor(), today=clock.today())
    flash(_made_words(done), "success" if done.made or not done.left else "warning")
    for text in _left_words(done.left):
        flash(text, "warning")
    return _back(event_id)


def _made_words(done: service.MadeAll) -> str:
    words = [
        plural(done.made[step], one, many)
        for step, one, many in (
            (Step.APPLICATION, "candidature", "candidatures"),
            (Step.PLACEMENT, "stage", "stages"),
            (Step.TASK, "action", "actions"),
        )
        if done.made[step]
    ]
    return f"Créé\u00a0: {', '.join(words)}." if words else "Rien de nouveau à créer."


_WHY = (REFUSAL_WORDS, APPLICATION_REFUSALS, PLACEMENT_REFUSALS, WORKFLOW_WORDS)


def _left_words(left: Sequence[tuple[UUID, Sequence[Enum]]]) -> Iterator[str]:
    """Each reason once, with how many meetings it holds back."""
    counts: dict[str, int] = {}
    for _, reasons in left:
        for reason in reasons:
            words = next((known[reason] for known in _WHY if reason in known), "Ouvrez la fiche de la personne.")
            counts[words] = counts.get(words, 0) + 1
    for words, count in counts.items():
        yield f"{plural(count, 'rencontre reste', 'rencontres restent')} à décider. {words}"


@blueprint.post("/evenements/<uuid:event_id>/suites/<uuid:meeting_id>")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def make_afterward(event_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """One of them."""
    try:
        step = service.make_one(event_id, meeting_id, by=the_actor(), today=clock.today(), by_hand=True)
    except Refused as refused:
        for text in _left_words([(meeting_id, refused.reasons)]):
            flash(text, "warning")
    else:
        flash(f"Créé\u00a0: {STEPS[step].lower()}." if step else "La suite existe déjà.", "success")
    return _back(event_id)


@blueprint.route("/evenements/<uuid:event_id>/suites/<uuid:meeting_id>/classer", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def set_aside(event_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """« Ne pas donner suite », with a reason."""
    actor = the_actor()
    event = the_event_to_run(actor, event_id)
    form = SetAsideForm()
    if form.sent:
        try:
            service.set_aside(event_id, meeting_id, form.reason.data or "", by=actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            event = the_event_to_run(actor, event_id)
        else:
            flash("Cette rencontre est classée sans suite.", "success")
            return _back(event_id)
    meeting = queries.the_meeting(event_id, meeting_id)
    seated, moving = queries.name_of(meeting.seated), queries.name_of(meeting.moving)
    return render_template("events/set_aside.html", event=event, form=form, seated=seated, moving=moving)


@blueprint.post("/evenements/<uuid:event_id>/suites/<uuid:meeting_id>/reprendre")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def take_up(event_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """What was set aside may be followed again."""
    service.take_up(event_id, meeting_id, by=the_actor())
    flash("Cette rencontre peut à nouveau avoir une suite.", "success")
    return _back(event_id)


def _back(event_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".afterwards", event_id=event_id), 303)
