"""The host says yes or no; who accompanies writes down the answer of a host that is not on the portal."""

from datetime import date
from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.placements.models import Placement
from app.placements.queries.visible import host_answers, the_one_to_act_on
from app.placements.rules.asking import ASK_FIELDS, AskRefusal, Welcome, answer_refusals
from app.placements.rules.states import PlacementAction
from app.placements.service import telling
from app.placements.service.checking import done_before, must_fit
from app.placements.service.journal import move


@transaction
def accept(placement_id: UUID, welcome: Welcome, *, by: Actor, version: int | None = None, today: date) -> Placement:
    """Yes: from now on its days count, and the host reads the person's name and phone. Sent twice, it is one answer.

    Raises NotFound, StaleVersion; Refused with all reasons when the days left are no longer enough.
    """
    placement = the_one_to_act_on(by, placement_id, counting=True)
    if done_before(placement, PlacementAction.ACCEPT, by, version):
        return placement
    must_fit(placement, by, today, also=answer_refusals(by.role, on_portal=host_answers(placement)))
    move(placement, PlacementAction.ACCEPT, by)
    placement.accepted_at = clock.now()
    own_name = by.name if by.role is Role.EMPLOYER else ""
    placement.host_contact_name = welcome.contact_name or placement.host_contact_name or own_name
    placement.tutor_name = welcome.tutor_name or placement.tutor_name
    placement.tutor_phone = welcome.tutor_phone or placement.tutor_phone
    placement.tasks = welcome.tasks or placement.tasks
    db.session.flush()
    telling.answered(placement, by, yes=True)
    return placement


@transaction
def decline(placement_id: UUID, words: str, *, by: Actor, version: int | None = None) -> Placement:
    """No, with words that the person reads. Sent twice, it is one answer. Raises NotFound, Refused, StaleVersion."""
    placement = the_one_to_act_on(by, placement_id)
    if done_before(placement, PlacementAction.DECLINE, by, version):
        return placement
    reasons = answer_refusals(by.role, on_portal=host_answers(placement))
    if not words.strip():
        reasons = (*reasons, AskRefusal.NO_WORDS)
    if reasons:
        raise Refused(reasons, ASK_FIELDS)
    move(placement, PlacementAction.DECLINE, by)
    placement.declined_at, placement.decline_words = clock.now(), words.strip()
    db.session.flush()
    telling.answered(placement, by, yes=False)
    return placement
