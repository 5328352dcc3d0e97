"""What may be asked of the public search, and which values the page offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

RADII: Final = (5, 10, 15, 20, 30, 50)
"""Kilometres."""
DEFAULT_RADIUS: Final = 15
HOUR_BANDS: Final[Mapping[str, tuple[Decimal | None, Decimal | None]]] = {
    "moins-de-20": (None, Decimal("19.99")),
    "20-a-34": (Decimal(20), Decimal("34.99")),
    "35-et-plus": (Decimal(35), None),
}
"""Hours a week, both ends included."""
SEARCH_SORTS: Final = ("pertinence", "distance", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search of open offers, already cleaned of what the portal does not know."""

    words: str = ""
    place: str = ""
    radius: int = DEFAULT_RADIUS
    employments: Sequence[str] = ()
    hours: str = ""
    moments: Sequence[str] = ()
    families: Sequence[str] = ()
    trades: Sequence[str] = ()
    kinds: Sequence[str] = ()
    without_licence: bool = False
    everywhere: bool = False
    """The person has removed the place read in their words."""
    sort: str = "pertinence"
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Is anything asked beyond the words and the place?"""
        several = (self.employments, self.moments, self.families, self.trades, self.kinds)
        return bool(self.hours or self.without_licence or any(several))
