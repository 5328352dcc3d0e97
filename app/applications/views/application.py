"""One application, as each of its readers may know it: the person, the employer, those who accompany."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.applications import queries, service
from app.applications.forms import NoteForm
from app.applications.labels import (
    NEXT_FOR_PERSON,
    ORIGINS,
    PERSON_STATES,
    REASONS,
    REFUSAL_WORDS,
    STATE_LOOKS,
    STATES,
    deadline_words,
)
from app.applications.models import Application, ApplicationNote
from app.applications.queries import OF_THE_PERSON
from app.applications.queries.people import follows, proposers_of
from app.applications.rules import ApplicationState, may_write
from app.applications.views.blueprint import READS, WRITES, blueprint
from app.applications.views.shown import buttons, events, messages, offer_words
from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.offers.labels import EMPLOYMENTS


@blueprint.get("/candidatures/<uuid:application_id>")
@requires(*READS)
def application(application_id: UUID) -> ResponseReturnValue:
    """The page of an application; opening it is noted, and its messages are read."""
    row = service.open_application(application_id, by=the_actor(), today=clock.today())
    return _page(row, NoteForm(formdata=None))


@blueprint.post("/candidatures/<uuid:application_id>/messages")
@requires(*WRITES)
def write(application_id: UUID) -> ResponseReturnValue:
    """Write to the other side."""
    actor, form = the_actor(), NoteForm()
    if form.sent:
        try:
            service.write_note(
                application_id, text=form.text.data or "", by=actor, today=clock.today(), row_id=form.row_id.data
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Votre message est parti.", "success")
            return redirect(url_for(".application", application_id=application_id, _anchor="messages"), 303)
    return _page(queries.the_application(actor, application_id), form)


def _page(row: Application, form: NoteForm) -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    if actor.role is Role.CANDIDATE:
        return render_template("applications/for_person.html", form=form, **_for_person(row, actor, today))
    if actor.role is Role.EMPLOYER:
        return render_template("applications/for_employer.html", form=form, **_for_employer(row, actor, today))
    return render_template("applications/for_accompaniment.html", form=form, **_for_accompaniment(row, actor, today))


def _frame(row: Application, actor: Actor, person: str, today: date, *, acts_for_person: bool) -> dict[str, Any]:
    """What every reader's page holds."""
    side = actor.role is Role.EMPLOYER or acts_for_person
    return {
        "application": row,
        "offer": row.offer,
        "actions": queries.actions_for(row, actor, acts_for_person=acts_for_person),
        "steps": events(row, queries.transitions_of(row), actor, today),
        "notes": messages(row, _notes(row, actor), actor, person, today),
        "may_write": side and may_write(row.state, row.sent_at is not None),
        "hire": queries.hire_of(row) if row.state is ApplicationState.HIRED else None,
        "employments": EMPLOYMENTS,
        "after": service.pages_after(row, actor),
        "today": today,
        **offer_words(row.offer),
    }


def _notes(row: Application, actor: Actor) -> Sequence[ApplicationNote]:
    """Those who accompany the person may read what was written; the département may not."""
    return () if actor.role is Role.DEPARTMENT else queries.notes_of(row)


def _for_person(row: Application, actor: Actor, today: date) -> dict[str, Any]:
    return {
        **_frame(row, actor, actor.name, today, acts_for_person=True),
        "state_words": PERSON_STATES[row.state],
        "next_words": NEXT_FOR_PERSON[row.state],
        "proposer": proposers_of([row]).get(row.id),
    }


def _for_employer(row: Application, actor: Actor, today: date) -> dict[str, Any]:
    seen = queries.person_seen_by_employer(row, today)
    frame = _frame(row, actor, seen.name, today, acts_for_person=False)
    return {
        **frame,
        "seen": seen,
        "facts_above": service.facts_of(row),
        "state_words": STATES[row.state],
        "state_look": STATE_LOOKS[row.state],
        "deadline": deadline_words(row.answer_due_on, today),
        "acts": buttons(row, frame["actions"]),
        "reason_words": REASONS[row.refusal_reason] if row.refusal_reason else "",
    }


def _for_accompaniment(row: Application, actor: Actor, today: date) -> dict[str, Any]:
    acts_for = queries.may_act_for(actor, row.candidate_id, today)
    frame = _frame(row, actor, row.candidate.full_name, today, acts_for_person=acts_for)
    actions = frame["actions"]
    return {
        **frame,
        "state_words": STATES[row.state],
        "state_look": STATE_LOOKS[row.state],
        "deadline": deadline_words(row.answer_due_on, today),
        "origin": ORIGINS[row.origin],
        "facts_above": service.facts_of(row) if row.sent_at else (),
        "proposer": proposers_of([row]).get(row.id),
        "follows": follows(actor, row.candidate_id),
        "acts_for": acts_for,
        "acts": buttons(row, [action for action in actions if action not in OF_THE_PERSON]),
        "for_person": buttons(row, [action for action in actions if action in OF_THE_PERSON]),
        "reason_words": REASONS[row.refusal_reason] if row.refusal_reason else "",
    }
