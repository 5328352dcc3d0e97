"""Made-up people, offers and tables, the same for a given seed: for the property tests and for the bench."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from matching.criteria import Candidate, Means, Offer, Tables, TradeInfo, Travel
from matching.slots import FULL_WEEK
from matching.tables import Distances

T = TypeVar("T")

FIRST_DAY = date(2026, 11, 2)
COMMUNES, ROMES, FAMILIES, TRADES = 194, 60, 14, 150
SKILLS, TITLES, LICENCES, CONDITIONS = 300, 25, 10, 12
SHIFTS = ((16, 36), (10, 16), (12, 28), (26, 42), (36, 44), (18, 24), (28, 36), (12, 44))


@dataclass(frozen=True)
class World:
    tables: Tables
    candidates: list[Candidate]
    offers: list[Offer]


def world(people: int, offers: int, seed: int = 7) -> World:
    draw = Random(seed)
    tables = make_tables(draw)
    return World(
        tables,
        [make_candidate(draw, f"{row:08d}-person-{draw.getrandbits(48):012x}", offers) for row in range(people)],
        [make_offer(draw, offer_id(row)) for row in range(offers)],
    )


def offer_id(row: int) -> str:
    return f"{row:08d}-offer"


def make_tables(draw: Random) -> Tables:
    """About the size of the département: 60 km from north to south, 50 from west to east."""
    points = {place(row): (48.3 + 0.5 * draw.random(), 1.95 + 0.6 * draw.random()) for row in range(COMMUNES)}
    trades = {trade(row): TradeInfo(f"K{row % ROMES}", f"family-{row % ROMES % FAMILIES}") for row in range(TRADES)}
    moves = {(trade(draw.randrange(TRADES)), trade(draw.randrange(TRADES))): draw.randint(10, 20) for _ in range(450)}
    return Tables(trades, moves, Distances.from_points(points))


def make_candidate(draw: Random, key: str, offers: int) -> Candidate:
    low = draw.choice((None, 10, 20, 24, 35))
    return Candidate(
        id=key,
        trades=tuple(dict.fromkeys(trade(int(TRADES * draw.random() ** 2)) for _ in range(draw.randint(1, 5)))),
        place=place(int(COMMUNES * draw.random() ** 1.5)),
        travels=_travels(draw),
        available_from=_sometimes(draw, 0.8, FIRST_DAY + timedelta(days=draw.randint(-60, 60))),
        grid=0 if draw.random() < 0.1 else week(draw),
        hours_min=Decimal(low) if low else None,
        hours_max=_sometimes(draw, 0.6, Decimal((low or 15) + draw.choice((0, 4, 15)))),
        skills=_some(draw, "skill", SKILLS, 12),
        titles=_some(draw, "title", TITLES, 2),
        licences=_some(draw, "licence", LICENCES, 3),
        french=draw.randint(0, 6),
        refusals=_some(draw, "condition", CONDITIONS, 2),
        refused_offers=frozenset(offer_id(draw.randrange(offers)) for _ in range(draw.choice((0, 0, 0, 1, 2)))),
        waiting_since=FIRST_DAY - timedelta(days=draw.randint(0, 300)),
        eligible_until=_sometimes(draw, 0.5, FIRST_DAY + timedelta(days=draw.randint(-30, 600))),
    )


def make_offer(draw: Random, key: str) -> Offer:
    return Offer(
        id=key,
        trade=trade(int(TRADES * draw.random() ** 2)),
        place=place(int(COMMUNES * draw.random() ** 1.5)),
        start_on=FIRST_DAY + timedelta(days=draw.randint(0, 60)),
        grid=0 if draw.random() < 0.15 else week(draw),
        hours_week=_sometimes(draw, 0.9, draw.choice((Decimal(10), Decimal(20), Decimal("24.5"), Decimal(35)))),
        required_titles=_some(draw, "title", TITLES, 1) if draw.random() < 0.1 else frozenset(),
        required_licences=_some(draw, "licence", LICENCES, 1) if draw.random() < 0.3 else frozenset(),
        required_skills=_some(draw, "skill", SKILLS, 4),
        wished_skills=_some(draw, "skill", SKILLS, 4),
        wished_titles=_some(draw, "title", TITLES, 1),
        french=draw.choice((0, 0, 1, 2, 2, 3, 4)),
        conditions=_some(draw, "condition", CONDITIONS, 2),
        places_left=draw.choice((0, 1, 1, 1, 2, 5)),
        claused=draw.random() < 0.2,
    )


def week(draw: Random) -> int:
    """Some days of one shift, and for a third of the weeks a second shift and a hole of an hour or two."""
    first, end = draw.choice(SHIFTS)
    days = draw.choice((range(5), range(5), range(5), range(6), range(1, 6), (0, 1, 3), (2, 4), (5, 6)))
    bits = _stretch(days, first, end)
    if draw.random() < 0.33:
        bits |= _stretch(days, *draw.choice(SHIFTS))
        bits &= ~_stretch((draw.choice(list(days)),), hole := draw.randint(10, 40), hole + draw.randint(2, 4))
    return bits & FULL_WEEK or FULL_WEEK


def place(row: int) -> str:
    return f"91{row:03d}"


def trade(row: int) -> str:
    return f"trade-{row}"


def _stretch(days: tuple[int, ...] | range, first: int, end: int) -> int:
    return sum(((1 << (end - first)) - 1) << day * 48 + first for day in days)


def _travels(draw: Random) -> tuple[Travel, ...]:
    if draw.random() < 0.1:
        return ()
    chosen = draw.sample(list(Means), draw.randint(1, 3))
    return tuple(
        Travel(means, draw.choice((20, 30, 45, 60)), _sometimes(draw, 0.3, draw.choice((5.0, 10.0, 20.0))))
        if draw.random() < 0.8
        else Travel(means, None, draw.choice((3.0, 10.0, 15.5, 30.0)))
        for means in chosen
    )


def _some(draw: Random, kind: str, of: int, most: int) -> frozenset[str]:
    return frozenset(f"{kind}-{int(of * draw.random() ** 2)}" for _ in range(draw.randint(0, most)))


def _sometimes(draw: Random, share: float, value: T) -> T | None:
    return value if draw.random() < share else None
