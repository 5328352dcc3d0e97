"""What of the convention's data is said, and what lacks?"""

from typing import Any

from app.placements.models import Placement
from app.placements.rules.validating import Missing, missing_of


def columns_of(placement: Placement) -> dict[str, Any]:
    """Every column, as ``missing_of`` reads them."""
    return {column.key: getattr(placement, column.key) for column in Placement.__mapper__.column_attrs}


def lacks(placement: Placement) -> tuple[Missing, ...]:
    """What the convention asks for and nobody said. Its candidate is loaded. No statement."""
    return missing_of(columns_of(placement), placement.candidate.birth_date)
