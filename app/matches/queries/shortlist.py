"""Candidats pour cette offre: who suits, in which order, who is left out and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Text, cast
from sqlalchemy.orm import joinedload

from app.applications import queries as applications
from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor, Role
from app.matches.labels import EXCLUSIONS, WHAT_CAN_CHANGE
from app.matches.queries.lines import Line, exclusion_words, line
from app.matches.queries.pool import Snapshot, snapshot
from app.matches.rules import MatchOrder, TradeFilter
from app.offers import queries as offers
from app.offers.models import Offer
from app.reference.rules import normalise
from matching import criteria
from matching.batch import CandidatesFor
from matching.batch.codes import LINK_BITS
from matching.filters import Exclusion

Rows = npt.NDArray[np.intp]
NAMED_EXCLUDED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: filters, order, page."""

    trade: TradeFilter = TradeFilter.NEAR
    commune: str = ""
    waiting_days: int = 0
    order: MatchOrder = MatchOrder.SCORE
    backwards: bool = False
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is left out, and why in one phrase."""

    candidate: Candidate
    why: str


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """All who are left out for the same reason; the nearest few are named."""

    label: str
    what: str
    count: int
    people: Sequence[LeftOut]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """One page of people, and those left out among the people of this trade."""

    page: Page[Line]
    excluded: Sequence[LeftOutGroup]
    excluded_total: int
    engaged: int
    weights: criteria.Weights
    communes: Sequence[tuple[str, str]]


def shortlist(offer: Offer, actor: Actor, asked: Asked, today: date) -> Shortlist:
    """Rank everybody whom the actor may see for an offer. Answers rows read again through their scope."""
    now = snapshot(today)
    need = offers.matching_offer(offer)
    found = now.market.candidates_for(need)
    engaged = applications.excluded_for_offer(offer.id)
    seen = _seen_rows(found, actor, now, engaged)
    near = _near(need, now, asked.trade)
    suiting = found.order[(seen & near)[found.order]]
    rows = _ordered(_filtered(suiting, asked, now, today), asked, need, now).tolist()
    left_out = np.flatnonzero(seen & near & (found.exclusions != 0))
    groups = _left_out(left_out, found)
    start = (max(1, asked.page) - 1) * asked.size
    shown = rows[start : start + asked.size]
    named = [row for _, rows_of in groups for row in rows_of[:NAMED_EXCLUDED]]
    people = _people([found.ids[row] for row in (*shown, *named)], actor, today)
    lines = [line(*people[found.ids[row]], offer, need, now, today) for row in shown if found.ids[row] in people]
    return Shortlist(
        page=Page(lines, max(1, asked.page), asked.size, len(rows)),
        excluded=[_group(exclusion, rows_of, found, people, need, now) for exclusion, rows_of in groups],
        excluded_total=len(left_out),
        engaged=len(engaged),
        weights=now.weights,
        communes=_communes(seen, now),
    )


def _seen_rows(found: CandidatesFor, actor: Actor, now: Snapshot, engaged: Collection[Any]) -> npt.NDArray[np.bool_]:
    """A mask: may the actor see this person, who has no application for the offer yet?"""
    seen = np.ones(len(found.ids), dtype=np.bool_)
    if actor.role is not Role.DEPARTMENT:
        visible = candidates.candidates_visible_to(actor).order_by(None).with_only_columns(cast(Candidate.id, Text))
        matchable = (Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
        ids = db.session.scalars(visible.where(*matchable)).all()
        seen[:] = False
        seen[now.market.candidates.rows_of(ids)] = True
    seen[now.market.candidates.rows_of([str(key) for key in engaged])] = False
    return seen


def _near(need: criteria.Offer, now: Snapshot, wanted: TradeFilter) -> npt.NDArray[np.bool_]:
    """A mask: does the person want this trade, or one near to it?"""
    people = now.market.candidates
    if wanted is TradeFilter.ANY:
        return np.ones(len(people), dtype=np.bool_)
    points = trade_points(now, need.trade)
    least = now.weights.same_rome if wanted is TradeFilter.SAME else 1
    return np.asarray(points >= least)


def trade_points(now: Snapshot, offered: str) -> npt.NDArray[np.int32]:
    """Points that the trade brings to everybody in the market, in its order."""
    codes = now.market.codes
    keys = codes.links_to(codes.trades.code(offered))[now.market.candidates.wanted].max(axis=0)
    return np.asarray(keys >> LINK_BITS, dtype=np.int32)


def _filtered(rows: Rows, asked: Asked, now: Snapshot, today: date) -> Rows:
    people = now.market.candidates
    if asked.commune:
        rows = rows[people.place[rows] == now.tables.distances.position(asked.commune)]
    if asked.waiting_days:
        latest = (today - timedelta(days=asked.waiting_days)).toordinal()
        rows = rows[people.waiting[rows] <= latest]
    return rows


def _ordered(rows: Rows, asked: Asked, need: criteria.Offer, now: Snapshot) -> Rows:
    """Best score first is the order of the market; the others sort it, equal values keep it."""
    people = now.market.candidates
    if asked.order is MatchOrder.TRAVEL:
        km = now.tables.distances.matrix[now.tables.distances.position(need.place)]
        rows = rows[np.argsort(km[people.place[rows]], kind="stable")]
    elif asked.order is MatchOrder.WAITING:
        rows = rows[np.argsort(people.waiting[rows], kind="stable")]
    return rows[::-1] if asked.backwards else rows


def _communes(seen: npt.NDArray[np.bool_], now: Snapshot) -> list[tuple[str, str]]:
    """(INSEE, name) of the communes where the people seen live, for the filter."""
    there = set(np.unique(now.market.candidates.place[seen]).tolist())
    codes = [code for code, position in now.tables.distances.index.items() if position in there]
    return sorted(((code, now.words.communes.get(code, code)) for code in codes), key=lambda pair: normalise(pair[1]))


def _left_out(rows: Rows, found: CandidatesFor) -> list[tuple[Exclusion, list[Any]]]:
    """Grouped by their first exclusion, the best scores first."""
    best = rows[np.argsort(-found.scores[rows].astype(np.int16), kind="stable")]
    groups: dict[Exclusion, list[Any]] = {}
    for row in best:
        mask = int(found.exclusions[row])
        first = next(exclusion for exclusion in Exclusion if mask & exclusion.bit)
        groups.setdefault(first, []).append(row)
    return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def _people(ids: Sequence[str], actor: Actor, today: date) -> dict[str, tuple[Candidate, criteria.Candidate]]:
    """The rows, read again through the scope of the actor, with their profile."""
    query = candidates.candidates_visible_to(actor).where(Candidate.id.in_(ids)).options(joinedload(Candidate.commune))
    rows = {str(row.id): row for row in db.session.scalars(query)}
    profiles = {
        person.id: person for person in candidates.matching_rows(ids=[row.id for row in rows.values()]).candidates
    }
    return {key: (row, profiles[key]) for key, row in rows.items() if key in profiles}


def _group(
    exclusion: Exclusion,
    rows: Sequence[Any],
    found: CandidatesFor,
    people: dict[str, tuple[Candidate, criteria.Candidate]],
    need: criteria.Offer,
    now: Snapshot,
) -> LeftOutGroup:
    named = [people[found.ids[row]] for row in rows[:NAMED_EXCLUDED] if found.ids[row] in people]
    return LeftOutGroup(
        label=EXCLUSIONS[exclusion],
        what=WHAT_CAN_CHANGE[exclusion],
        count=len(rows),
        people=[LeftOut(row, exclusion_words(profile, need, now)) for row, profile in named],
    )


def chosen(offer: Offer, ids: Sequence[Any], actor: Actor, today: date) -> list[Line]:
    """The lines of the people ticked, those whom the actor may not see left out."""
    now, need = snapshot(today), offers.matching_offer(offer)
    people = _people([str(key) for key in ids], actor, today)
    return [line(row, profile, offer, need, now, today) for row, profile in people.values()]
