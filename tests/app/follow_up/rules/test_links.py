"""Whether a tutor's link still opens."""

from datetime import UTC, datetime, timedelta

import pytest

from app.follow_up.rules.links import LINK_LIFE, LinkStanding, link_standing

SENT = datetime(2026, 11, 5, 11, tzinfo=UTC)
ENDS = SENT + LINK_LIFE
SECOND = timedelta(seconds=1)


def test_a_link_lives_fourteen_days() -> None:
    assert timedelta(days=14) == LINK_LIFE


@pytest.mark.parametrize(
    ("now", "used", "revoked", "followed", "standing"),
    [
        (SENT, None, None, True, LinkStanding.OPEN),
        (ENDS - SECOND, None, None, True, LinkStanding.OPEN),
        (ENDS, None, None, True, LinkStanding.EXPIRED),
        (SENT, SENT, None, True, LinkStanding.USED),
        (SENT, None, SENT, True, LinkStanding.REVOKED),
        (SENT, None, None, False, LinkStanding.OVER),
        (ENDS, SENT, SENT, False, LinkStanding.USED),
    ],
)
def test_a_link_opens_once_until_its_end_or_a_newer_one(
    now: datetime, used: datetime | None, revoked: datetime | None, followed: bool, standing: LinkStanding
) -> None:
    assert link_standing(now, ENDS, used, revoked, followed=followed) is standing
