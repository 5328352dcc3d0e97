"""Host and person say how it went, each its own; who accompanies writes for a host that is only declared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.offers.rules import EmploymentKind
from app.placements.models import Placement, PlacementAssessment
from app.placements.queries.assessment_part import assessments_of
from app.placements.queries.visible import host_answers, the_one_to_act_on
from app.placements.rules.asking import answer_refusals
from app.placements.rules.assessing import (
    ASSESSMENT_FIELDS,
    HostSays,
    Question,
    answers_kept,
    assessment_refusals,
    kept,
    may_say,
)
from app.placements.rules.kinds import Answer, AssessmentSide
from app.placements.rules.presence import expected_halves
from app.placements.service.journal import log

_LONGEST_WEEKS = 5
_WHOSE = {AssessmentSide.HOST: "Bilan de l’employeur", AssessmentSide.PERSON: "Bilan de la personne"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says: the host's facts or none, answers to the plain questions, words."""

    says: HostSays | None = None
    employment_kind: EmploymentKind | None = None
    answers: Mapping[Question, Answer] = field(default_factory=dict)
    words: str = ""


@transaction
def host_says(placement_id: UUID, said: Said, *, by: Actor, version: int, today: date) -> PlacementAssessment:
    """The host, or who accompanies for one that is not on the portal. ``version`` 0: nothing was said yet.

    Raises NotFound, StaleVersion; Refused with all reasons.
    """
    placement = the_one_to_act_on(by, placement_id)
    if by.role is Role.CANDIDATE:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    facts = kept(said.says or HostSays(None))
    reasons: list[Enum] = [*answer_refusals(by.role, on_portal=host_answers(placement))]
    reasons += assessment_refusals(facts, placement.starts_on, placement.last_day, foreseen_hours(placement))
    if reasons:
        raise Refused(reasons, ASSESSMENT_FIELDS)
    columns: dict[str, Any] = {
        "completion": facts.completion,
        "last_day": facts.last_day,
        "missed_hours": facts.missed_hours,
        "hired": facts.hired,
        "hired_on": facts.hired_on,
        "employment_kind": said.employment_kind if facts.hired else None,
    }
    return _write(placement, AssessmentSide.HOST, said, columns, by, version, today)


@transaction
def person_says(placement_id: UUID, said: Said, *, by: Actor, version: int, today: date) -> PlacementAssessment:
    """The person themself; the host does not read it. Raises NotFound, Refused, StaleVersion."""
    placement = the_one_to_act_on(by, placement_id)
    if by.role is not Role.CANDIDATE:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    return _write(placement, AssessmentSide.PERSON, said, {}, by, version, today)


def foreseen_hours(placement: Placement) -> Decimal:
    """The hours of the whole convention; without a schedule, those of its weeks at most."""
    if placement.grid:
        halves = expected_halves(
            placement.grid, placement.starts_on, placement.ends_on, works_holidays=placement.works_holidays
        )
        return sum((half.hours for half in halves), Decimal(0))
    return (placement.hours_week or Decimal(0)) * _LONGEST_WEEKS


def _write(
    placement: Placement,
    side: AssessmentSide,
    said: Said,
    columns: dict[str, Any],
    by: Actor,
    version: int,
    today: date,
) -> PlacementAssessment:
    """One row a side. The same words sent twice are one act; other words over a newer version are not written."""
    row = assessments_of(placement.id).get(side)
    answers = answers_kept(side, said.answers)
    columns |= {question.value: answers.get(question) for question in Question if question in answers or row}
    columns["words"] = said.words.strip()
    if row is not None and all(getattr(row, name) == value for name, value in columns.items()):
        return row
    if not may_say(placement.state, said=row is not None):
        raise Refused(WorkflowRefusal.WRONG_STATE)
    if (row.version if row else 0) != version:
        raise StaleVersion(shown(row))
    if row is None:
        row = PlacementAssessment(placement_id=placement.id, side=side, by_name=by.name)
        db.session.add(row)
    for name, value in {**columns, "said_on": today, "by_user_id": by.user_id, "by_name": by.name}.items():
        setattr(row, name, value)
    db.session.flush()
    log(placement, "assessment", row.id, "say", by, words=_WHOSE[side])
    return row


def shown(row: PlacementAssessment | None) -> dict[str, Any]:
    """The fields of the form as the row has them."""
    if row is None:
        return {"version": 0}
    names = ["completion", "last_day", "missed_hours", "hired_on", "employment_kind", "words", "version"]
    found: dict[str, Any] = {name: getattr(row, name) for name in [*names, *Question]}
    return {**found, "hired": {True: "oui", False: "non", None: None}[row.hired]}
