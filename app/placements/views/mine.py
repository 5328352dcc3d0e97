"""« Mes stages »: what the person asked, where it is, what to do now. Short sentences, a human's phone."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.labels.asking import NEXT, OWN_REASONS, steps_of
from app.placements.labels.kinds import PURPOSES_FOR_PERSON
from app.placements.labels.states import LOOKS, STATES_FOR_PERSON
from app.placements.queries.mine import placements_of
from app.placements.queries.page import page_of
from app.placements.views.blueprint import blueprint
from app.placements.views.page import acts_of
from app.placements.views.shared import parts_of


@blueprint.get("/mes-stages")
@requires(Role.CANDIDATE)
def my_placements() -> ResponseReturnValue:
    """All of them, and « Demander un stage »."""
    current, past = placements_of(the_actor())
    return render_template(
        "placements/my_placements.html",
        current=current,
        past=past,
        states=STATES_FOR_PERSON,
        looks=LOOKS,
        next_words=NEXT,
    )


@blueprint.get("/mes-stages/<uuid:placement_id>")
@requires(Role.CANDIDATE)
def my_placement(placement_id: UUID) -> ResponseReturnValue:
    """One of them."""
    actor, today = the_actor(), clock.today()
    page = page_of(actor, placement_id)
    found = page.placement
    return render_template(
        "placements/my_placement.html",
        placement=found,
        acts=acts_of(actor, page),
        steps=steps_of(found.state, found.starts_on, found.ends_on),
        next_words=NEXT,
        own_reasons=OWN_REASONS,
        purposes=PURPOSES_FOR_PERSON,
        states=STATES_FOR_PERSON,
        looks=LOOKS,
        **parts_of(found, actor, today),
    )
