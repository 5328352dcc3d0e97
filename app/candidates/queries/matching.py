"""The people as the matching knows them: ready and consenting ones, or what changed since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, and_, any_, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.candidates.models import Candidate, CandidateTitle, CandidateTravel, WantedTrade
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.db import db
from app.reference.queries import implied_licences
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
    """One statement, whatever the number of people.

    With ``since``, only those changed from that instant on, the no longer matchable as removals; so with ``ids``.
    With ``anybody``, active people who are not ready or have not agreed come too: for their own offers only.
    """
    which = _which(since, ids)
    query = _rows(which)
    wanted = and_(Candidate.state == CandidateState.ACTIVE) if anybody else _MATCHABLE
    query = query.where(_among(Candidate.id, which) if which is not None else wanted)
    reader = _Reader(implied_licences())
    people: list[criteria.Candidate] = []
    removed: list[str] = []
    for row in db.session.execute(query.add_columns(wanted.label("wanted"))):
        if row.wanted:
            people.append(reader.candidate(row))
        else:
            removed.append(str(row.id))
    return MatchingRows(people, removed)


def _which(since: datetime | None, ids: Collection[UUID] | None) -> Any:
    """The people asked for, as something to compare an id with; None: everybody."""
    if since is not None:
        return select(Candidate.id).where(Candidate.updated_at >= since)
    return list(ids) if ids is not None else None


def _among(column: Any, which: Any) -> Any:
    """Ids go as one array: the statement is the same however many they are."""
    return column == any_(literal(which, ARRAY(Uuid()))) if isinstance(which, list) else column.in_(which)


def _rows(which: Any) -> Select[*tuple[Any, ...]]:
    """Each line table is grouped once and joined, never asked row by row; of the people asked for, their lines only."""
    today = clock.today()

    def theirs(column: Any) -> Any:
        return _among(column, which) if which is not None else true()

    comma = literal(",")
    trades = (
        select(
            WantedTrade.candidate_id,
            func.string_agg(WantedTrade.trade_slug, aggregate_order_by(comma, WantedTrade.rank)).label("slugs"),
        )
        .where(theirs(WantedTrade.candidate_id))
        .group_by(WantedTrade.candidate_id)
        .subquery()
    )
    one = func.concat(
        CandidateTravel.means, ":", CandidateTravel.max_minutes, ":", func.trim_scale(CandidateTravel.max_km)
    )
    travels = (
        select(
            CandidateTravel.candidate_id,
            func.string_agg(one, aggregate_order_by(comma, CandidateTravel.means)).label("limits"),
        )
        .where(theirs(CandidateTravel.candidate_id))
        .group_by(CandidateTravel.candidate_id)
        .subquery()
    )
    titles = (
        select(CandidateTitle.candidate_id, func.string_agg(CandidateTitle.title_slug, comma).label("slugs"))
        .where(
            theirs(CandidateTitle.candidate_id),
            or_(CandidateTitle.valid_until.is_(None), CandidateTitle.valid_until >= today),
        )
        .group_by(CandidateTitle.candidate_id)
        .subquery()
    )
    return (
        select(
            Candidate.id, Candidate.commune_insee, Candidate.french, Candidate.waiting_since, Candidate.available_from,
            Candidate.grid, Candidate.hours_min, Candidate.hours_max,
            func.array_to_string(Candidate.skills, ",").label("skills"),
            func.array_to_string(Candidate.licences, ",").label("licences"),
            func.array_to_string(Candidate.refusals, ",").label("refusals"),
            trades.c.slugs.label("trades"), travels.c.limits.label("travels"), titles.c.slugs.label("titles"),
        )
        .outerjoin(trades, trades.c.candidate_id == Candidate.id)
        .outerjoin(travels, travels.c.candidate_id == Candidate.id)
        .outerjoin(titles, titles.c.candidate_id == Candidate.id)
    )  # fmt: skip


class _Reader:
    """Makes people of rows. A list travels as one text (slugs hold no comma); what many people share is made once."""

    def __init__(self, implied: Mapping[str, frozenset[str]]) -> None:
        self._implied = implied
        self._slugs: dict[str | None, frozenset[str]] = {None: frozenset(), "": frozenset()}
        self._licences: dict[str, frozenset[str]] = {}
        self._travels: dict[str | None, tuple[criteria.Travel, ...]] = {None: ()}

    def slugs(self, text: str | None) -> frozenset[str]:
        """The slugs of a list."""
        known = self._slugs.get(text)
        if known is None:
            known = self._slugs[text] = frozenset((text or "").split(","))
        return known

    def licences(self, text: str) -> frozenset[str]:
        """The licences and those that they include."""
        known = self._licences.get(text)
        if known is None:
            held = self.slugs(text)
            known = self._licences[text] = held.union(*(self._implied.get(slug, ()) for slug in held))
        return known

    def travels(self, text: str | None) -> tuple[criteria.Travel, ...]:
        """« bus:45:,car:30:20 »."""
        known = self._travels.get(text)
        if known is None:
            parts = (limit.split(":") for limit in (text or "").split(","))
            known = self._travels[text] = tuple(
                criteria.Travel(criteria.Means(means), int(minutes) if minutes else None, float(km) if km else None)
                for means, minutes, km in parts
            )
        return known

    def candidate(self, row: Any) -> criteria.Candidate:
        """One person."""
        return criteria.Candidate(
            id=str(row.id),
            trades=tuple(row.trades.split(",")) if row.trades else (),
            place=row.commune_insee or "",
            french=row.french,
            waiting_since=row.waiting_since,
            travels=self.travels(row.travels),
            available_from=row.available_from,
            grid=row.grid.bits,
            hours_min=row.hours_min,
            hours_max=row.hours_max,
            skills=self.slugs(row.skills),
            titles=self.slugs(row.titles),
            licences=self.licences(row.licences),
            refusals=self.slugs(row.refusals),
        )
