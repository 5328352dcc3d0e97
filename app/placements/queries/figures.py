"""What did stages bring: done whole, stopped, hired after; by purpose, origin, host, territory and month?

One statement brings a line a stage; the sums are made here, and groups of few people are shown together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.quantities import round_half_up
from app.core.roles import Actor
from app.organisations.labels import KIND_WORDS
from app.organisations.models import Organisation
from app.placements.labels.kinds import ORIGINS, PURPOSES
from app.placements.models import Placement, PlacementAssessment, PlacementNext
from app.placements.queries.visible import placements_visible_to
from app.placements.rules.kinds import AssessmentSide, Completion, NextKind, StopReason
from app.placements.rules.states import VALIDATED_ONES, PlacementState
from app.reference.models import CommuneAssignment, Territory
from app.reference.queries import commune_codes_in

GROUPS: Final = ("objet", "origine", "accueil", "territoire", "mois")
UNSAID: Final = "Non précisé"
NOT_HERE: Final = "Hors du portail"
_OVER: Final = frozenset({PlacementState.ENDED, PlacementState.STOPPED, PlacementState.CLOSED})
_NOT_WHOLE: Final = frozenset({Completion.PARTLY, Completion.DID_NOT_COME})


@dataclass(frozen=True, slots=True)
class Asked:
    """Validated stages that began from ``since`` to ``until``, both included."""

    since: date
    until: date
    purpose: str = ""
    origin: str = ""
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One stage of the figures."""

    candidate_id: UUID
    over: bool
    completed: bool
    stopped: bool
    hired: bool
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of some stages."""

    stages: int
    people: int
    over: int
    completed: int
    stopped: int
    hired: int

    def percent(self, part: int) -> int:
        """Of those that are over."""
        return int(round_half_up(Decimal(100 * part) / self.over, 0)) if self.over else 0


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one purpose, origin, host kind, territory or month."""

    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything, each large enough group, how many are smaller, and those together."""

    all: Sums
    groups: Sequence[Group]
    small_groups: int
    others: Sums


_Host = aliased(Organisation)


def _rows(actor: Actor, asked: Asked, today: date) -> Select[*tuple[Any, ...]]:
    latest = (
        select(PlacementNext.kind)
        .where(PlacementNext.placement_id == Placement.id)
        .order_by(PlacementNext.recorded_at.desc(), PlacementNext.on.desc(), PlacementNext.id)
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )
    query: Select[*tuple[Any, ...]] = (
        placements_visible_to(actor)
        .with_only_columns(
            Placement.candidate_id, Placement.state, Placement.stopped_on, Placement.stop_reason, Placement.purpose,
            Placement.origin, Placement.starts_on, _Host.kind.label("host_kind"), Territory.name.label("territory"),
            PlacementAssessment.completion, PlacementAssessment.hired, latest.label("next_kind"),
        )
        .outerjoin(_Host, _Host.id == Placement.host_organisation_id)
        .outerjoin(
            CommuneAssignment,
            and_(
                CommuneAssignment.commune_insee == Placement.commune_insee, CommuneAssignment.valid_until.is_(None)
            ),
        )
        .outerjoin(Territory, Territory.code == CommuneAssignment.territory_code)
        .outerjoin(
            PlacementAssessment,
            and_(
                PlacementAssessment.placement_id == Placement.id, PlacementAssessment.side == AssessmentSide.HOST
            ),
        )
        .where(Placement.state.in_(sorted(VALIDATED_ONES)), Placement.starts_on.between(asked.since, asked.until))
    )  # fmt: skip
    if asked.purpose:
        query = query.where(Placement.purpose == asked.purpose)
    if asked.origin:
        query = query.where(Placement.origin == asked.origin)
    if asked.territory:
        query = query.where(Placement.commune_insee.in_(commune_codes_in(asked.territory, today)))
    return query


def _line(row: Any) -> Line:
    over = row.state in _OVER
    stopped = row.stopped_on is not None
    whole = over and not stopped and row.completion not in _NOT_WHOLE
    return Line(
        row.candidate_id,
        over=over,
        completed=whole,
        stopped=stopped,
        hired=row.next_kind == NextKind.HIRE or bool(row.hired) or row.stop_reason is StopReason.HIRED,
        groups={
            "objet": PURPOSES[row.purpose] if row.purpose else UNSAID,
            "origine": ORIGINS[row.origin],
            "accueil": KIND_WORDS[row.host_kind] if row.host_kind else NOT_HERE,
            "territoire": row.territory or UNSAID,
            "mois": f"{row.starts_on:%Y-%m}",
        },
    )


def summed(lines: Iterable[Line]) -> Sums:
    """The figures of these stages; somebody with two stages is one person."""
    found = list(lines)
    return Sums(
        stages=len(found),
        people=len({line.candidate_id for line in found}),
        over=sum(line.over for line in found),
        completed=sum(line.completed for line in found),
        stopped=sum(line.stopped for line in found),
        hired=sum(line.hired for line in found),
    )


def _together(members: Mapping[str, Sequence[Line]], smallest: int) -> set[str]:
    """The groups that are not shown apart: those of few people, and as many of the next ones as it takes for what the
    groups shown leave of the total to be no small number itself."""
    few = {name for name, some in members.items() if summed(some).people < smallest}
    others = sorted(members.keys() - few, key=lambda name: (summed(members[name]).people, name))
    while few and others and summed(line for name in few for line in members[name]).people < smallest:
        few.add(others.pop(0))
    return few


def figures_of(actor: Actor, asked: Asked, group: str, smallest: int, today: date) -> Figures:
    """One statement. Groups of fewer than ``smallest`` people are together, with others when they are too few."""
    lines = [_line(row) for row in db.session.execute(_rows(actor, asked, today))]
    members: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        members[line.groups[group]].append(line)
    few = _together(members, smallest)
    shown = [Group(name, summed(some)) for name, some in members.items() if name not in few]
    return Figures(
        all=summed(lines),
        groups=_in_order(shown, group),
        small_groups=len(few),
        others=summed(line for name in few for line in members[name]),
    )


def _in_order(groups: Sequence[Group], kind: str) -> Sequence[Group]:
    if kind == "mois":
        return sorted(groups, key=lambda group: group.name, reverse=True)
    return sorted(groups, key=lambda group: (-group.sums.stages, group.name))
