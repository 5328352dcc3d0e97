"""Candidats pour cette offre: who suits, in which order, who is left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from app.applications import queries as applications
from app.candidates.models import Candidate
from app.clauses.models import ClauseOffer
from app.clauses.queries.offers import clause_of, eligible_for
from app.core.paging import Page
from app.core.roles import Actor
from app.matches.labels import EXCLUDED, EXCLUSIONS, WHAT_CAN_CHANGE
from app.matches.queries import selection
from app.matches.queries.counting import Eligible, as_counting, missing_only_eligibility, only_eligible
from app.matches.queries.lines import Line, line, why_excluded_first
from app.matches.queries.people import Person, read_people
from app.matches.queries.pool import Snapshot, snapshot
from app.matches.queries.selection import Asked
from app.matches.rules import TradeFilter
from app.offers import queries as offers
from app.offers.models import Offer
from matching import criteria
from matching.filters import Exclusion

NAMED_EXCLUDED = 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is left out, and why in one phrase."""

    candidate: Candidate
    why: str


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """All who are left out first for the same reason; those who come nearest are named."""

    label: str
    short: str
    what: str
    count: int
    people: Sequence[LeftOut]
    about_clause: bool = False


@dataclass(frozen=True, slots=True)
class Shortlist:
    """One page of people, and those left out among the people of this trade.

    ``suiting`` counts whoever wants the trade or one near to it, before the filters of the page.
    """

    asked: Asked
    page: Page[Line]
    suiting: int
    excluded: Sequence[LeftOutGroup]
    excluded_total: int
    weights: criteria.Weights
    communes: Sequence[tuple[str, str]]
    clause: ClauseOffer | None = None
    unchecked: int = 0
    """Of an offer with a clause: how many would suit if their eligibility were checked."""


def shortlist(offer: Offer, actor: Actor, asked: Asked, today: date) -> Shortlist:
    """Rank everybody whom the actor may see for an offer. Answers rows read again through their scope."""
    now, need = snapshot(today), offers.matching_offer(offer)
    asked, clause = selection.understood(asked, now), clause_of(offer.id)
    eligible = eligible_for(offer, clause.lot.contract_id) if clause else None
    found = only_eligible(now.market.candidates_for(need), eligible, now)
    seen = selection.seen_rows(found, actor, now, applications.excluded_for_offer(offer.id))
    near = seen & selection.wanting(need, now, TradeFilter.NEAR)
    asking = near if asked.trade is TradeFilter.NEAR else seen & selection.wanting(need, now, asked.trade)
    suiting = found.order[asking[found.order]]
    rows = selection.ordered(selection.filtered(suiting, asked, now, today), asked, found, need, now)
    out = np.flatnonzero(near & (found.exclusions != 0))
    groups = list(selection.left_out(out, found))
    number = min(asked.page, max(1, -(-len(rows) // asked.size)))
    shown = [found.ids[row] for row in rows[(number - 1) * asked.size : number * asked.size]]
    named = [[found.ids[row] for row in rows_of[:NAMED_EXCLUDED]] for _, rows_of in groups]
    people = read_people([*shown, *chain.from_iterable(named)], actor)
    return Shortlist(
        asked=asked,
        page=Page(
            _lines([people[key] for key in shown if key in people], offer, need, eligible, now, today),
            number,
            asked.size,
            len(rows),
        ),
        suiting=int(np.count_nonzero(near & (found.exclusions == 0))),
        excluded=[
            _group(exclusion, len(rows_of), [people[key] for key in keys if key in people], need, eligible, now)
            for (exclusion, rows_of), keys in zip(groups, named, strict=True)
        ],
        excluded_total=len(out),
        weights=now.weights,
        communes=selection.communes_of(suiting, asked, now),
        clause=clause,
        unchecked=int(np.count_nonzero(near & missing_only_eligibility(found))) if eligible is not None else 0,
    )


def _lines(
    shown: Sequence[Person], offer: Offer, need: criteria.Offer, eligible: Eligible, now: Snapshot, today: date
) -> list[Line]:
    return [
        line(one.candidate, *_pair(one.profile, offer, need, eligible), now, today)
        for one in shown
        if one.profile is not None
    ]


def _pair(
    profile: criteria.Candidate, offer: Offer, need: criteria.Offer, eligible: Eligible
) -> tuple[criteria.Candidate, Offer, criteria.Offer]:
    counted, asked = as_counting(profile, need, eligible)
    return counted, offer, asked


def _group(
    exclusion: Exclusion,
    count: int,
    people: Sequence[Person],
    need: criteria.Offer,
    eligible: Eligible,
    now: Snapshot,
) -> LeftOutGroup:
    return LeftOutGroup(
        label=EXCLUSIONS[exclusion],
        short=EXCLUDED[exclusion],
        what=WHAT_CAN_CHANGE[exclusion],
        count=count,
        people=[
            LeftOut(one.candidate, why_excluded_first(*as_counting(one.profile, need, eligible), now))
            for one in people
            if one.profile is not None
        ],
        about_clause=exclusion is Exclusion.NOT_ELIGIBLE,
    )
