"""What does the page of a stage say of how it went and what follows, as its reader may know it?"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.offers.labels import EMPLOYMENTS
from app.placements.labels.assessing import COMPLETIONS_FOR_PERSON, HOST_TO_PERSON
from app.placements.labels.kinds import ANSWERS, ANSWERS_FOR_PERSON, COMPLETIONS, NEXTS, QUESTIONS
from app.placements.models import Placement, PlacementAssessment, PlacementNext
from app.placements.queries.visible import host_answers
from app.placements.rules.assessing import QUESTIONS as ASKED
from app.placements.rules.assessing import may_say, sides_read_by
from app.placements.rules.kinds import AssessmentSide, NextKind
from app.placements.rules.states import ASSESSABLE

FORWARD: Final = frozenset({NextKind.OFFER, NextKind.HIRE, NextKind.TRAINING, NextKind.OTHER_PLACEMENT})
"""What the person reads of what follows."""


def assessments_of(placement_id: UUID) -> dict[AssessmentSide, PlacementAssessment]:
    """By side. One statement."""
    query = select(PlacementAssessment).where(PlacementAssessment.placement_id == placement_id)
    return {row.side: row for row in db.session.scalars(query.execution_options(populate_existing=True))}


def latest_next(placement_id: UUID) -> PlacementNext | None:
    """What follows, as far as is known. One statement."""
    query = select(PlacementNext).where(PlacementNext.placement_id == placement_id)
    order = (PlacementNext.recorded_at.desc(), PlacementNext.on.desc(), PlacementNext.id)
    return db.session.scalars(query.order_by(*order).limit(1)).first()


def part(placement: Placement, actor: Actor, today: date) -> dict[str, Any] | None:
    """None before it is over. Two statements; what follows is not for the host, nor the person's words."""
    if placement.state not in ASSESSABLE:
        return None
    rows = assessments_of(placement.id)
    seen = sides_read_by(actor.role)
    own = _own_side(placement, actor)
    follows = latest_next(placement.id) if actor.role is not Role.EMPLOYER else None
    return {
        "host": rows.get(AssessmentSide.HOST) if AssessmentSide.HOST in seen else None,
        "person": rows.get(AssessmentSide.PERSON) if AssessmentSide.PERSON in seen else None,
        "reads_person": AssessmentSide.PERSON in seen,
        "said": frozenset(rows),
        "may_write": own is not None and may_say(placement.state, said=own in rows),
        "written": own in rows,
        "next": follows,
        "goes_on": follows is not None and follows.kind in FORWARD,
        "may_follow": actor.role in ACCOMPANIMENT,
        **words(actor.role),
    }


def _own_side(placement: Placement, actor: Actor) -> AssessmentSide | None:
    """Whose words the reader writes."""
    if actor.role is Role.CANDIDATE:
        return AssessmentSide.PERSON
    declared = not host_answers(placement)
    writes = actor.role is Role.EMPLOYER or (actor.role in ACCOMPANIMENT and declared)
    return AssessmentSide.HOST if writes else None


def answers_in(row: PlacementAssessment, role: Role) -> list[tuple[str, str]]:
    """(question, answer) of what was answered, as this reader is told it."""
    person = role is Role.CANDIDATE
    questions = HOST_TO_PERSON if person and row.side is AssessmentSide.HOST else QUESTIONS
    answers = ANSWERS_FOR_PERSON if person else ANSWERS
    said = ((question, getattr(row, question.value)) for question in ASKED[row.side])
    return [(questions[question], answers[answer]) for question, answer in said if answer is not None]


def words(role: Role) -> dict[str, Any]:
    """The French words that pages of an assessment need."""
    return {
        "completions": COMPLETIONS_FOR_PERSON if role is Role.CANDIDATE else COMPLETIONS,
        "employments": EMPLOYMENTS,
        "nexts": NEXTS,
        "answers_in": lambda row: answers_in(row, role),
    }
