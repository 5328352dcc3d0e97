"""« Jours restants »: how many conventions and days are left for a person and a host, and until when at most."""

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.candidates.queries import the_candidate
from app.core import clock
from app.core.errors import NotFound
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.asking import DaysLeftSearch
from app.placements.labels.limits import days_left_sentences
from app.placements.queries.limits import left_for
from app.placements.views.blueprint import blueprint


@blueprint.get("/stages/jours-restants")
@requires(Role.CANDIDATE, Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def days_left() -> ResponseReturnValue:
    """For oneself, or for somebody whose file one reads: ``?personne=&siret=&du=``."""
    actor = the_actor()
    person_id = actor.candidate_id if actor.role is Role.CANDIDATE else request.args.get("personne", type=UUID)
    if person_id is None:
        raise NotFound
    person = the_candidate(actor, person_id)
    search = DaysLeftSearch(request.args)
    search.validate()
    own = actor.role is Role.CANDIDATE
    left = _left(person_id, search, own=own)
    return render_template(
        "placements/days_left.html", person=person, search=search, left=left, has_errors=bool(search.errors)
    )


def _left(person_id: UUID, search: Any, *, own: bool) -> list[str]:
    siret, name = search.host
    if not (siret or name) or search.du.errors:
        return []
    return days_left_sentences(left_for(person_id, siret, name, search.du.data or clock.today()), own=own)
