"""What changed since the plan of a dating was made, so that it should be made again?"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core.db import db
from app.events.models import Booking, EventTransition, MeetingPlan, MeetingSetup
from app.events.queries.problem import Cast, is_expected
from app.events.rules.plan_words import Changes
from app.events.rules.states import EXPECTED, IN_THE_PLAN, BookingState, MeetingState

_EXPECTED = [state.value for state in EXPECTED]


@dataclass(frozen=True, slots=True)
class Since:
    """Who does not come and has a table in the plan; who came in since and has none; how many changed their wishes."""

    gone: tuple[Booking, ...]
    new: tuple[Booking, ...]
    wishing: int
    reset: bool
    """The number of rounds or of tables is another one."""

    @property
    def changes(self) -> Changes:
        """What is said of it, counted; false when the plan still holds."""
        states = Counter(one.state for one in self.gone)
        return Changes(
            cancelled=states[BookingState.CANCELLED],
            excused=states[BookingState.EXCUSED],
            absent=states[BookingState.ABSENT],
            left=states[BookingState.SEEN],
            new=len(self.new),
            wishing=self.wishing,
            reset=self.reset,
        )


def changed_since(cast: Cast, setup: MeetingSetup, plan: MeetingPlan) -> Since:
    """One statement. Who the plan could not place, though they were there, is not new."""
    came, wished = _journal(cast.event.id, plan.made_at)
    coming, placed = _at_tables(cast, {MeetingState.PLANNED}), _at_tables(cast, IN_THE_PLAN)
    people = cast.bookings.values()
    return Since(
        gone=tuple(one for one in people if one.id in coming and not is_expected(one)),
        new=tuple(one for one in people if one.id in came - placed and is_expected(one)),
        wishing=sum(one.id in wished and is_expected(one) for one in people),
        reset=_is_reset(cast, setup, plan),
    )


def _at_tables(cast: Cast, states: Collection[MeetingState]) -> set[UUID]:
    return {who for one in cast.meetings if one.state in states for who in (one.seated_id, one.moving_id)}


def _journal(event_id: UUID, made_at: datetime) -> tuple[set[UUID], set[UUID]]:
    """Bookings whose holder is expected since; those whose wishes changed."""
    line = EventTransition
    entered = and_(line.to_state.in_(_EXPECTED), line.from_state.not_in(_EXPECTED))
    query = select(line.subject, line.subject_id).where(
        line.event_id == event_id,
        line.at > made_at,
        or_(line.subject == "wish", and_(line.subject == "booking", or_(entered, line.action == "come_back"))),
    )
    rows = db.session.execute(query.distinct()).all()
    came = {one.subject_id for one in rows if one.subject == "booking"}
    return came, {one.subject_id for one in rows if one.subject == "wish"}


def _is_reset(cast: Cast, setup: MeetingSetup, plan: MeetingPlan) -> bool:
    if setup.rounds is not None and setup.rounds != plan.rounds:
        return True
    return any(one.state is MeetingState.PLANNED and (one.table_number or 0) > setup.tables for one in cast.meetings)
