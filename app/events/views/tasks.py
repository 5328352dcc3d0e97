"""« Actions »: what was promised at events, by whom and until when; done, moved, given to a colleague, dropped."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.forms import PortalForm
from app.core.french import instant_words
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.events.forms.tasks import DropTaskForm, FinishForm, HandTaskForm, MoveTaskForm, TaskFilters
from app.events.labels import REFUSAL_WORDS
from app.events.labels.afterwards import URGENCIES, URGENCY_LOOKS
from app.events.labels.kinds import RESULTS, TASKS
from app.events.labels.states import TASK_LOOKS, TASK_STATES
from app.events.labels.tasks import journal_words
from app.events.models import EventTransition, PartnershipTask
from app.events.queries import tasks as queries
from app.events.queries.visible import may_run
from app.events.rules.kinds import TaskResult
from app.events.rules.states import TaskState
from app.events.rules.tasks import urgency
from app.events.service import tasks as service
from app.events.views.blueprint import blueprint

_ACTS: Final = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Action", "Type", "Événement", "Organisation", "Qui s’en occupe", "Pour le", "État", "Faite le", "Résultat",
    "Personnes", "Mots",
)  # fmt: skip
_NAMES: Final = ("qui", "quand", "etat", "type", "evenement")


@blueprint.get("/actions")
@requires(*_ACTS)
def tasks() -> ResponseReturnValue:
    """Open ones first by date: those that are late, then those of the week."""
    actor, today = the_actor(), clock.today()
    filters = TaskFilters(request.args, actor, queries.event_choices(actor))
    asked = filters.asked()
    if kind := request.args.get("export"):
        rows = queries.exported(actor, asked, today, EXPORT_MOST)
        return export(kind, f"actions-{today:%Y-%m-%d}", HEADER, _cells(rows))
    return render_template(
        "events/tasks.html",
        page=queries.listed(actor, asked, page_number(request.args.get("page")), today),
        filters=filters,
        narrowed=any(request.args.get(name) for name in _NAMES),
        sort=asked.sort,
        urgency=urgency,
        today=today,
        **_WORDS,
    )


_WORDS: Final = {
    "kinds": TASKS,
    "results": RESULTS,
    "states": TASK_STATES,
    "looks": TASK_LOOKS,
    "urgencies": URGENCIES,
    "urgency_looks": URGENCY_LOOKS,
}


def _cells(rows: Sequence[PartnershipTask]) -> Iterator[tuple[Any, ...]]:
    for task in rows:
        yield (
            task.title, TASKS[task.kind], task.event.title, task.owner_organisation.name,
            task.owner.full_name if task.owner else "", task.due_on, TASK_STATES[task.state], task.done_on,
            RESULTS[task.result] if task.result else "", task.count or None, task.words,
        )  # fmt: skip


@blueprint.route("/actions/<uuid:task_id>", methods=["GET", "POST"])
@requires(*_ACTS)
def task(task_id: UUID) -> ResponseReturnValue:
    """One of them, with « C’est fait »."""
    found = queries.the_task(the_actor(), task_id)
    form = FinishForm(data={"version": found.version})
    if form.sent:
        return _done(form, task_id, _finish, "C’est noté.")
    return _page(form, task_id)


def _finish(form: Any, task_id: UUID) -> None:
    service.finish(
        task_id,
        TaskResult(form.result.data),
        count=form.count.data or 0,
        words=form.words.data or "",
        by=the_actor(),
        version=form.version.data,
        today=clock.today(),
    )


def _done(
    form: PortalForm, task_id: UUID, act: Callable[[Any, UUID], None], words: str, template: str = "events/task.html"
) -> ResponseReturnValue:
    """Do it and go back to the task; or show why not, beside the field."""
    try:
        act(form, task_id)
    except Refused as refused:
        form.refuse(refused, REFUSAL_WORDS)
        return _page(form, task_id, template)
    flash(words, "success")
    return redirect(url_for(".task", task_id=task_id), 303)


def _page(form: Any, task_id: UUID, template: str = "events/task.html") -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    found = queries.the_task(actor, task_id)
    journal = queries.journal_of(task_id)
    return render_template(
        template,
        task=found,
        form=form,
        partners=queries.partners_of(found),
        journal=[_said(line) for line in journal],
        runs=may_run(actor, found.event),
        is_open=found.state is TaskState.OPEN,
        when=urgency(found.due_on, today),
        today=today,
        **_WORDS,
    )


def _said(line: EventTransition) -> dict[str, str]:
    """One line of the journal."""
    when = f"{line.by_name}, {instant_words(line.at)}"
    return {"title": journal_words(line.action), "when": when, "text": line.words, "state": "done"}


@blueprint.route("/actions/<uuid:task_id>/deplacer", methods=["GET", "POST"])
@requires(*_ACTS)
def move_task(task_id: UUID) -> ResponseReturnValue:
    """Another day, with a reason."""
    found = queries.the_task(the_actor(), task_id)
    form = MoveTaskForm(data={"version": found.version, "due_on": found.due_on})
    if form.sent:
        return _done(form, task_id, _move, "La date est changée.", "events/task_move.html")
    return _page(form, task_id, "events/task_move.html")


def _move(form: Any, task_id: UUID) -> None:
    service.move_date(
        task_id,
        form.due_on.data,
        form.reason.data,
        by=the_actor(),
        version=form.version.data,
        today=clock.today(),
    )


@blueprint.route("/actions/<uuid:task_id>/confier", methods=["GET", "POST"])
@requires(*_ACTS)
def hand_task(task_id: UUID) -> ResponseReturnValue:
    """To somebody else of the organisation that owns it."""
    found = queries.the_task(the_actor(), task_id)
    form = HandTaskForm(data={"version": found.version, "owner_id": found.owner_id})
    colleagues = queries.members(found.owner_organisation_id)
    form.owner_id.choices = [("", "Personne encore"), *((str(row.user_id), row.user.full_name) for row in colleagues)]
    if form.sent:
        return _done(form, task_id, _hand, "L’action a changé de mains.", "events/task_hand.html")
    return _page(form, task_id, "events/task_hand.html")


def _hand(form: Any, task_id: UUID) -> None:
    owner = UUID(form.owner_id.data) if form.owner_id.data else None
    service.hand_over(task_id, owner, by=the_actor(), version=form.version.data)


@blueprint.route("/actions/<uuid:task_id>/abandonner", methods=["GET", "POST"])
@requires(*_ACTS)
def drop_task(task_id: UUID) -> ResponseReturnValue:
    """It will not be done, and why."""
    found = queries.the_task(the_actor(), task_id)
    form = DropTaskForm(data={"version": found.version})
    if form.sent:
        return _done(form, task_id, _drop, "L’action est abandonnée.", "events/task_drop.html")
    return _page(form, task_id, "events/task_drop.html")


def _drop(form: Any, task_id: UUID) -> None:
    service.drop(task_id, form.reason.data, by=the_actor(), version=form.version.data)


@blueprint.post("/actions/<uuid:task_id>/rouvrir")
@requires(*_ACTS)
def reopen_task(task_id: UUID) -> ResponseReturnValue:
    """It is to be done after all."""
    service.reopen(task_id, by=the_actor())
    flash("L’action est à faire.", "success")
    return redirect(url_for(".task", task_id=task_id), 303)
