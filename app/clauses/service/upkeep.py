"""Do the sums of hours still say what the ledger says? Asked every night."""

from datetime import date

from app.clauses.queries.standing import drift
from app.core.logs import log


def check_sums(today: date) -> int:
    """How many lots have drifted (0 is expected); anything else is a defect, and is logged as one."""
    lots = drift()
    if lots:
        log().error("sums of hours differ from the ledger", lots=lots, day=today.isoformat())
    return lots
