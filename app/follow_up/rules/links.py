"""Does a tutor's link still open, and why not?"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LINK_LIFE: Final = timedelta(days=14)


class LinkStanding(StrEnum):
    """What a link is now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OVER = "over"
    """The person is no longer followed in that job."""


class LinkRefusal(StrEnum):
    """Why no link is sent."""

    NO_TUTOR_ADDRESS = "follow_up_link_no_tutor_address"
    NO_JOB = "follow_up_link_no_job"
    UNWANTED = "follow_up_link_unwanted"


def link_standing(
    now: datetime, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, *, followed: bool
) -> LinkStanding:
    """One use, fourteen days, until a newer one is sent, as long as the person is followed in that job."""
    if used_at is not None:
        return LinkStanding.USED
    if revoked_at is not None:
        return LinkStanding.REVOKED
    if not followed:
        return LinkStanding.OVER
    return LinkStanding.EXPIRED if now >= expires_at else LinkStanding.OPEN
