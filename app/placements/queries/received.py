"""Which stages were asked of a host, and which run there? Made of columns: what it must not learn is not even read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select

from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.placements.models import Placement
from app.placements.queries.visible import placements_visible_to
from app.placements.rules.states import COUNTED, DEAD, PlacementState
from app.reference.models import Commune

_S = PlacementState
_OVER = frozenset({_S.ENDED, _S.STOPPED, _S.CLOSED})
STATES: Final[Mapping[str, tuple[PlacementState, ...]]] = {
    "": tuple(state for state in _S if state not in DEAD),
    "a-repondre": (_S.WISHED,),
    "a-venir": tuple(state for state in _S if state in COUNTED - _OVER - {_S.RUNNING}),
    "en-cours": (_S.RUNNING,),
    "finis": tuple(state for state in _S if state in _OVER),
    "sans-suite": tuple(sorted(DEAD)),
}


@dataclass(frozen=True, slots=True)
class Received:
    """A stage as the list of its host shows it."""

    id: UUID
    state: PlacementState
    name: str
    phone: str | None
    commune: str
    title: str
    starts_on: date
    ends_on: date
    stopped_on: date | None
    hours_week: Any
    tutor: str

    @property
    def last_day(self) -> date:
        """The day of the stop, else the last day foreseen."""
        return self.stopped_on or self.ends_on


_short = func.concat_ws(" ", Candidate.first_name, func.left(Candidate.last_name, 1) + ".")
_known = and_(Placement.accepted_at.is_not(None), Placement.state.not_in(sorted(DEAD)))
_reached = and_(_known, Candidate.state == CandidateState.ACTIVE)
_reads = case((_known, func.concat_ws(" ", Candidate.first_name, Candidate.last_name)), else_=_short)
_SORTS: Final[Mapping[str, Any]] = {
    "debut": Placement.starts_on,
    "personne": func.lower(_reads),
    "metier": func.lower(Placement.title),
    "etat": case({state: rank for rank, state in enumerate(_S)}, value=Placement.state),
}


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; without one, what waits for an answer first."""
    return raw if raw and raw.removeprefix("-") in _SORTS else ""


def _order(sort: str) -> tuple[Any, ...]:
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        waits = case((Placement.state == _S.WISHED, 0), (Placement.state.in_(_OVER | DEAD), 2), else_=1)
        return (waits, Placement.starts_on, Placement.id)
    return (column.desc() if sort.startswith("-") else column.asc(), Placement.id)


def _received(actor: Actor, state: str, sort: str) -> Select[Any]:
    lives = select(Commune.name).where(Commune.insee == Candidate.commune_insee).scalar_subquery()
    return (
        placements_visible_to(actor)
        .with_only_columns(
            Placement.id, Placement.state, _reads, case((_reached, Candidate.phone)), func.coalesce(lives, ""),
            Placement.title, Placement.starts_on, Placement.ends_on, Placement.stopped_on, Placement.hours_week,
            Placement.tutor_name,
        )
        .join(Candidate, Candidate.id == Placement.candidate_id)
        .where(Placement.state.in_(STATES.get(state, STATES[""])))
        .order_by(*_order(sort))
    )  # fmt: skip


def received(actor: Actor, state: str, sort: str, number: int) -> Page[Received]:
    """One page: two statements."""
    query = _received(actor, state, sort)
    counted = query.order_by(None).with_only_columns(Placement.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([Received(*row) for row in rows], number, PAGE_SIZE, total)


def all_received(actor: Actor, state: str, sort: str, limit: int) -> list[Received]:
    """Every line, for a file."""
    return [Received(*row) for row in db.session.execute(_received(actor, state, sort).limit(limit))]


def to_answer(actor: Actor) -> int:
    """How many requests wait for this host."""
    waiting = placements_visible_to(actor).where(Placement.state == _S.WISHED)
    return db.session.scalar(select(func.count()).select_from(waiting.with_only_columns(Placement.id).subquery())) or 0
