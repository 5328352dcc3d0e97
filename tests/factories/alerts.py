"""Follow-ups in which something is wrong, and their alerts."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from app.core.db import db
from app.follow_up.models import Absence, Alert, Cover, Exchange
from app.follow_up.rules.kinds import AlertKind, AlertLevel, VoiceSide
from app.follow_up.rules.states import VisitState
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody

TODAY = date(2026, 11, 5)


def a_quiet_one(*args: Any, today: date = TODAY, **values: Any) -> Followed:
    """A follow-up whose every visit was held on its day: nothing is wrong with it."""
    followed = a_follow_up(*args, **values)
    for visit in followed.visits.values():
        if visit.planned_on <= today:
            visit.state, visit.met_on = VisitState.HELD, visit.planned_on
    db.session.flush()
    return followed


def absent(followed: Followed, *days: date, side: VoiceSide = VoiceSide.TUTOR) -> None:
    """Days not worked."""
    db.session.add_all(
        Absence(follow_up_id=followed.follow_up.id, held_job_id=followed.job.id, on=day, side=side) for day in days
    )
    db.session.flush()


def called(followed: Followed, on: date, *, answered: bool = False, hour: int = 9) -> None:
    """A call tried outside the visits."""
    at = datetime.combine(on, time(hour), UTC)
    db.session.add(
        Exchange(
            id=uuid4(), follow_up_id=followed.follow_up.id, on=on, at=at, side=VoiceSide.PERSON, answered=answered,
            by_name="Alex Martin",
        )
    )  # fmt: skip
    db.session.flush()


def an_alert(followed: Followed, kind: AlertKind = AlertKind.TWO_ABSENCES, **values: Any) -> Alert:
    """An open one, that only the referent sees."""
    said = {
        "follow_up_id": followed.follow_up.id,
        "kind": kind,
        "key": f"{kind}:{uuid4()}",
        "opened_on": date(2026, 11, 3),
        "facts": {"days": ["2026-10-24", "2026-10-31"], "sides": ["tutor"]},
        **values,
    }
    if said.get("level") is AlertLevel.MANAGER:
        said.setdefault("escalated_on", date(2026, 11, 5))
    alert = Alert(**said)
    db.session.add(alert)
    db.session.flush()
    return alert


def covered(followed: Followed, first_day: date, last_day: date) -> Somebody:
    """A colleague who acts for the referent between two days."""
    colleague = a_colleague(followed)
    assert followed.referent.organisation is not None
    db.session.add(
        Cover(
            organisation_id=followed.referent.organisation.id,
            absent_id=followed.referent.user.id,
            cover_id=colleague.user.id,
            first_day=first_day,
            last_day=last_day,
        )
    )
    db.session.flush()
    return colleague
