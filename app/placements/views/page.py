"""The page of one stage, made of the parts of its slices: for those who accompany, the département and the host."""

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.labels.asking import steps_of
from app.placements.labels.kinds import CANCEL_REASONS, ORIGINS, PURPOSES, STOP_REASONS, STOP_REASONS_FOR_HOST
from app.placements.labels.states import LOOKS, STATES
from app.placements.queries.page import Page, journal_of, page_of
from app.placements.queries.visible import host_answers
from app.placements.rules.asking import answer_refusals, may_edit
from app.placements.rules.states import CANCELLABLE, PLACEMENT, PlacementAction, PlacementState
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import journal_lines, list_of, parts_of

_RENEWED_FROM = frozenset({PlacementState.VALIDATED, PlacementState.RUNNING, PlacementState.ENDED})
"""When it is worth saying that a stage may go on; before, its dates still change."""


@blueprint.get("/stages/<uuid:placement_id>")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)
def placement(placement_id: UUID) -> ResponseReturnValue:
    """Where it is, what is to be done now, who is around, what happened."""
    actor, today = the_actor(), clock.today()
    page = page_of(actor, placement_id)
    found = page.placement
    journal = journal_of(found.id)
    return render_template(
        "placements/placement.html",
        placement=found,
        seen=page.seen,
        may_act=page.may_act,
        acts=acts_of(actor, page),
        host=actor.role is Role.EMPLOYER,
        accompanies=actor.role in ACCOMPANIMENT,
        steps=steps_of(found.state, found.starts_on, found.ends_on),
        journal=journal_lines(journal, page.seen, today),
        host_gave_up=any(row.action == PlacementAction.CANCEL and row.by_role is Role.EMPLOYER for row in journal),
        back=list_of(actor),
        **_words(host=actor.role is Role.EMPLOYER),
        **parts_of(found, actor, today),
    )


def _words(*, host: bool) -> dict[str, Any]:
    return {
        "states": STATES,
        "looks": LOOKS,
        "origins": ORIGINS,
        "purposes": PURPOSES,
        "stop_reasons": STOP_REASONS_FOR_HOST if host else STOP_REASONS,
        "cancel_reasons": CANCEL_REASONS,
    }


def acts_of(actor: Actor, page: Page) -> frozenset[str]:
    """What this reader may do now: answer, edit, renew, cancel."""
    found, role = page.placement, actor.role
    if not page.may_act:
        return frozenset()
    possible = {
        "answer": PLACEMENT.allows(PlacementAction.ACCEPT, found.state, role)
        and not answer_refusals(role, on_portal=host_answers(found)),
        "edit": may_edit(role, found.state),
        "renew": found.state in _RENEWED_FROM and found.renewal_of_id is None,
        "cancel": found.state in CANCELLABLE,
    }
    return frozenset(name for name, yes in possible.items() if yes)
