"""The people as the matching knows them: ready and consenting ones, or what changed since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.candidates.models import Candidate, CandidateTitle, CandidateTravel, WantedTrade
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.db import db
from app.reference.models import Licence
from matching import criteria


@dataclass(frozen=True, slots=True)
class MatchingRows:
    """People to add or to put in place of an older reading, and ids to forget."""

    candidates: Sequence[criteria.Candidate]
    removed: Sequence[str]


_MATCHABLE = and_(
    Candidate.state == CandidateState.ACTIVE,
    Candidate.ready_on.is_not(None),
    Candidate.consent_at.is_not(None),
    Candidate.commune_insee.is_not(None),
)


def matching_rows(
    since: datetime | None = None, ids: Collection[UUID] | None = None, *, anybody: bool = False
) -> MatchingRows:
    """Two statements, whatever the number of people.

    With ``since``, only those changed from that instant on, the no longer matchable as removals; so with ``ids``.
    With ``anybody``, active people who are not ready or have not agreed come too: for their own offers only.
    """
    query = _rows()
    wanted = and_(Candidate.state == CandidateState.ACTIVE) if anybody else _MATCHABLE
    if since is not None:
        query = query.where(Candidate.updated_at >= since)
    if ids is not None:
        query = query.where(Candidate.id.in_(ids))
    if since is None and ids is None:
        query = query.where(wanted)
    implied = {
        slug: frozenset([slug, *more]) for slug, more in db.session.execute(select(Licence.slug, Licence.implies))
    }
    people: list[criteria.Candidate] = []
    removed: list[str] = []
    for row in db.session.execute(query.add_columns(wanted.label("wanted"))):
        if row.wanted:
            people.append(_candidate(row, implied))
        else:
            removed.append(str(row.id))
    return MatchingRows(people, removed)


def _rows() -> Select[*tuple[Any, ...]]:
    """Each line table is grouped once and joined, never asked row by row."""
    today = clock.today()
    trades = (
        select(
            WantedTrade.candidate_id,
            func.array_agg(aggregate_order_by(WantedTrade.trade_slug, WantedTrade.rank)).label("trades"),
        )
        .group_by(WantedTrade.candidate_id)
        .subquery()
    )
    travels = (
        select(
            CandidateTravel.candidate_id,
            func.array_agg(CandidateTravel.means).label("means"),
            func.array_agg(CandidateTravel.max_minutes).label("minutes"),
            func.array_agg(CandidateTravel.max_km).label("kilometres"),
        )
        .group_by(CandidateTravel.candidate_id)
        .subquery()
    )
    titles = (
        select(CandidateTitle.candidate_id, func.array_agg(CandidateTitle.title_slug).label("titles"))
        .where(or_(CandidateTitle.valid_until.is_(None), CandidateTitle.valid_until >= today))
        .group_by(CandidateTitle.candidate_id)
        .subquery()
    )
    return (
        select(
            Candidate.id, Candidate.commune_insee, Candidate.french, Candidate.waiting_since, Candidate.available_from,
            Candidate.grid, Candidate.hours_min, Candidate.hours_max, Candidate.skills, Candidate.licences,
            Candidate.refusals, trades.c.trades, travels.c.means, travels.c.minutes, travels.c.kilometres,
            titles.c.titles,
        )
        .outerjoin(trades, trades.c.candidate_id == Candidate.id)
        .outerjoin(travels, travels.c.candidate_id == Candidate.id)
        .outerjoin(titles, titles.c.candidate_id == Candidate.id)
    )  # fmt: skip


_MEANS = {means.value: means for means in criteria.Means}
_NOTHING: frozenset[str] = frozenset()


def _candidate(row: Any, implied: Mapping[str, frozenset[str]]) -> criteria.Candidate:
    travels = tuple(
        criteria.Travel(_MEANS[means], minutes, float(kilometres) if kilometres is not None else None)
        for means, minutes, kilometres in zip(row.means or (), row.minutes or (), row.kilometres or (), strict=True)
    )
    return criteria.Candidate(
        id=str(row.id),
        trades=tuple(row.trades or ()),
        place=row.commune_insee or "",
        french=row.french,
        waiting_since=row.waiting_since,
        travels=travels,
        available_from=row.available_from,
        grid=row.grid.bits,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        skills=frozenset(row.skills),
        titles=frozenset(row.titles or ()),
        licences=_NOTHING.union(*(implied.get(slug, (slug,)) for slug in row.licences)),
        refusals=frozenset(row.refusals),
    )
