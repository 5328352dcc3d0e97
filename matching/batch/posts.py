"""Offers as columns, in the order of their identifiers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.batch.codes import Codes, bit_columns
from matching.batch.columns import Bool, Columns, Int8, Int16, Int32, Words, blocks, day_numbers
from matching.comparison import hundredths
from matching.criteria import SLOTS, Offer
from matching.slots import earliest_start


@dataclass(frozen=True, slots=True, eq=False)
class OfferColumns(Columns):
    trade: Int32
    place: Int32
    start: Int32
    latest: Int32
    grid: Words
    asked: Int16
    early: Bool
    hours: Int16
    """Hundredths a week; 0: not said."""
    french: Int8
    required_skills: Words
    wished: Words
    """Skills and titles."""
    required_titles: Words
    required_licences: Words
    conditions: Words
    full: Bool
    claused: Bool

    @classmethod
    def of(cls, offers: Iterable[Offer], codes: Codes) -> Self:
        first, *others = [cls._encoded(block, codes) for block in blocks(offers)]
        return first.followed_by(others)._sorted()

    def changed(self, offers: Collection[Offer], removed: Collection[str], codes: Codes) -> Self:
        """These offers are replaced or added, those identifiers leave."""
        kept = self.all_but({offer.id for offer in offers} | set(removed))
        return self.take(np.flatnonzero(kept)).followed_by([type(self).of(offers, codes)])._sorted()

    def _sorted(self) -> Self:
        return self.take(np.array(sorted(range(len(self)), key=self.ids.__getitem__), dtype=np.intp))

    @classmethod
    def _encoded(cls, rows: list[Offer], codes: Codes) -> Self:
        facts = codes.facts
        masks = {
            "required_skills": [facts.mask("skill", offer.required_skills) for offer in rows],
            "wished": [_wished(offer, codes) for offer in rows],
            "required_titles": [facts.mask("title", offer.required_titles) for offer in rows],
            "required_licences": [facts.mask("licence", offer.required_licences) for offer in rows],
            "conditions": [facts.mask("condition", offer.conditions) for offer in rows],
        }
        return cls(
            ids=tuple(offer.id for offer in rows),
            trade=np.array([codes.trades.code(offer.trade) for offer in rows], dtype=np.int32),
            place=np.array([codes.tables.distances.position(offer.place) for offer in rows], dtype=np.int32),
            start=day_numbers(offer.start_on for offer in rows),
            latest=day_numbers(offer.latest_start for offer in rows),
            grid=bit_columns([offer.grid for offer in rows], SLOTS),
            asked=np.array([offer.grid.bit_count() for offer in rows], dtype=np.int16),
            early=np.array([earliest_start(offer.grid) is not None for offer in rows], dtype=np.bool_),
            hours=np.array([hundredths(offer.hours_week) if offer.hours_week else 0 for offer in rows], dtype=np.int16),
            french=np.array([offer.french for offer in rows], dtype=np.int8),
            full=np.array([offer.places_left <= 0 for offer in rows], dtype=np.bool_),
            claused=np.array([offer.claused for offer in rows], dtype=np.bool_),
            **{one: bit_columns(mask, len(facts)) for one, mask in masks.items()},
        )


def _wished(offer: Offer, codes: Codes) -> int:
    return codes.facts.mask("skill", offer.wished_skills) | codes.facts.mask("title", offer.wished_titles)
