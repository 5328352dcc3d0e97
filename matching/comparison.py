"""One person beside one offer: every fact that filters, score and reasons are drawn from, found once."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from matching.criteria import Candidate, Offer, Tables, TradeInfo, Weights
from matching.slots import FULL_WEEK
from matching.trips import Route, route


class TradeLink(IntEnum):
    """What ties a trade wanted to the trade offered, the closest first."""

    SAME_TRADE = 0
    SAME_ROME = 1
    NEAR_MOVE = 2
    FAMILY = 3
    NONE = 7


@dataclass(frozen=True, slots=True)
class TradeMatch:
    points: int
    link: TradeLink
    wanted: str | None
    """The trade wanted that brings the points."""


@dataclass(frozen=True, slots=True)
class HoursMatch:
    """Hundredths of an hour a week; the score's share is ``numerator / denominator``, at most 1."""

    numerator: int
    denominator: int
    below: bool
    above: bool
    said: bool
    """The offer gives hours and the person a limit."""


@dataclass(frozen=True, slots=True)
class Comparison:
    candidate: Candidate
    offer: Offer
    weights: Weights
    trade: TradeMatch
    route: Route
    asked: int
    """Half-hours a week the offer asks for."""
    covered: int
    """Those in which the person is free."""
    hours: HoursMatch

    @property
    def required_held(self) -> frozenset[str]:
        return self.offer.required_skills & self.candidate.skills

    @property
    def wished_held(self) -> tuple[frozenset[str], frozenset[str]]:
        """Skills, titles."""
        return (
            self.offer.wished_skills & self.candidate.skills,
            self.offer.wished_titles & self.candidate.titles,
        )


def compare(candidate: Candidate, offer: Offer, tables: Tables, weights: Weights) -> Comparison:
    km = tables.distances.km(candidate.place, offer.place)
    return Comparison(
        candidate=candidate,
        offer=offer,
        weights=weights,
        trade=match_trades(candidate.trades, offer.trade, tables, weights),
        route=route(candidate.travels, km, weights),
        asked=offer.grid.bit_count(),
        covered=(offer.grid & (candidate.grid or FULL_WEEK)).bit_count(),
        hours=match_hours(candidate.hours_min, candidate.hours_max, offer.hours_week),
    )


def match_trades(wanted: Iterable[str], offered: str, tables: Tables, weights: Weights) -> TradeMatch:
    """The best over the trades wanted; among equals the closest link, then the first wanted."""
    best = TradeMatch(0, TradeLink.NONE, None)
    for trade in wanted:
        points, link = trade_link(trade, offered, tables, weights)
        if (points, -link) > (best.points, -best.link):
            best = TradeMatch(points, link, trade)
    return best


def trade_link(wanted: str, offered: str, tables: Tables, weights: Weights) -> tuple[int, TradeLink]:
    """A near move never brings more than the trade itself."""
    if wanted == offered:
        return weights.trade, TradeLink.SAME_TRADE
    nothing = TradeInfo("", "")
    ours, theirs = tables.trades.get(wanted, nothing), tables.trades.get(offered, nothing)
    found = [(0, TradeLink.NONE)]
    if ours.rome and ours.rome == theirs.rome:
        found.append((weights.same_rome, TradeLink.SAME_ROME))
    if move := tables.moves.get((wanted, offered)):
        found.append((min(move, weights.trade), TradeLink.NEAR_MOVE))
    if ours.family and ours.family == theirs.family:
        found.append((weights.family, TradeLink.FAMILY))
    return max(found, key=lambda one: (one[0], -one[1]))


def match_hours(least: Decimal | None, most: Decimal | None, offered: Decimal | None) -> HoursMatch:
    if offered is None:
        return HoursMatch(1, 1, below=False, above=False, said=False)
    hours = hundredths(offered)
    low = hours if least is None else hundredths(least)
    high = hours if most is None else hundredths(most)
    return HoursMatch(
        numerator=min(hours, high),
        denominator=max(hours, low),
        below=hours < low,
        above=hours > high,
        said=least is not None or most is not None,
    )


def hundredths(hours: Decimal) -> int:
    return int((hours * 100).to_integral_value(ROUND_HALF_UP))
