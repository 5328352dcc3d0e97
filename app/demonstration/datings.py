"""Two speed-datings of the invented département: one that was, with what came of it, and one that runs right now."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from app.core import clock
from app.core.clock import PARIS
from app.core.db import db
from app.core.roles import Actor, Role
from app.demonstration.events import LAST_SPEED_DATING, Stage, next_weekday, register_both_sides
from app.events import jobs
from app.events.models import (
    Booking,
    Event,
    Meeting,
    MeetingSetup,
    MeetingWish,
    PartnershipTask,
    RoundClock,
    Slot,
)
from app.events.rules.kinds import ClockPhase, EventKind, Outcome, Side, TaskKind, TaskResult, Wish
from app.events.rules.states import BookingState, EventState, MeetingState, TaskState
from app.events.service import afterwards, planning

ROUNDS: Final = 8
_STARTED_MINUTES: Final = 25
"""The one of today began so long ago: its third round runs when the portal opens."""
_SAID: Final = (
    (Outcome.FOLLOW_UP, Outcome.FOLLOW_UP), (Outcome.VISIT, Outcome.FOLLOW_UP), (Outcome.NO, Outcome.NO),
    (Outcome.STAGE, Outcome.STAGE), (Outcome.OFFER, Outcome.OFFER), (Outcome.NO, Outcome.FOLLOW_UP),
    (Outcome.VISIT, Outcome.VISIT),
)  # fmt: skip
_RESULTS: Final = {
    TaskKind.VISIT: (TaskResult.VISIT, 0, "Visite faite, bon accueil. L’équipe a montré tous les postes."),
    TaskKind.OFFER: (TaskResult.HIRE, 1, "Une personne du chantier a été embauchée après deux semaines d’essai."),
    TaskKind.PLACEMENT: (TaskResult.PLACEMENT, 1, "Un stage de deux semaines, qui s’est bien passé."),
    TaskKind.CALL: (TaskResult.PARTNERSHIP, 0, "L’entreprise appelle désormais la structure avant de recruter."),
}


def tell_datings(stage: Stage) -> None:
    """After the rows of ``tell_events``: plans made by the portal itself, and what people said."""
    member = stage.users[stage.plie[1]]
    samia = Actor(
        role=Role.FACILITATOR, name=f"{member['first_name']} {member['last_name']}", user_id=stage.plie[1],
        organisation_id=stage.plie[0], territory_code="nord-ouest", is_manager=True,
    )  # fmt: skip
    _past(stage, samia)
    _running(stage, samia)


def _dating(stage: Stage, title: str, at: datetime, state: BookingState) -> tuple[Event, Slot]:
    event = stage.event(
        EventKind.SPEED_DATING, title, summary="Dix minutes à chaque table, deux minutes pour changer.",
        family_slugs=["proprete", "espaces-verts", "second-oeuvre"],
    )  # fmt: skip
    local = at.astimezone(PARIS)
    slot = stage.slot(event, local.date(), local.time().replace(tzinfo=None), 3, 10, "Salle 1")
    db.session.flush()
    setup = MeetingSetup(id=stage.ground.uuid(), slot_id=slot.id, tables=10, rounds=ROUNDS, first_round_at=at)
    db.session.add(setup)
    _wish(stage, register_both_sides(stage, slot, 6, 8, state))
    db.session.flush()
    return event, slot


def _wish(stage: Stage, bookings: Sequence[Booking]) -> None:
    """Each names two or three of the other side; one in six would rather not meet somebody."""
    db.session.flush()
    sides = {side: [row for row in bookings if row.side is side] for side in (Side.SEATED, Side.MOVING)}
    for mine, others in ((sides[Side.SEATED], sides[Side.MOVING]), (sides[Side.MOVING], sides[Side.SEATED])):
        for rank, booking in enumerate(mine):
            chosen = stage.ground.random.sample(others, 3)
            wishes = [Wish.MEET, Wish.MEET, Wish.AVOID if rank % 6 == 5 else Wish.MEET]
            db.session.add_all(
                MeetingWish(from_booking_id=booking.id, to_booking_id=other.id, wish=wish)
                for other, wish in zip(chosen, wishes, strict=True)
            )


def _plan(event: Event, at: datetime, by: Actor) -> None:
    """The evening before: the portal's own plan."""
    with clock.frozen(at - timedelta(hours=18)):
        planning.make_plan(event.id, by)


def _past(stage: Stage, by: Actor) -> None:
    """Nearly four months ago: meetings held, tasks, most of them done, the results of the third month counted."""
    day = next_weekday(stage.today - timedelta(days=LAST_SPEED_DATING), 3)
    at = datetime.combine(day, time(14), PARIS)
    event, slot = _dating(stage, "Printemps des rencontres : structures et entreprises", at, BookingState.SEEN)
    _plan(event, at, by)
    meetings = db.session.scalars(select(Meeting).where(Meeting.slot_id == slot.id).order_by(Meeting.round, Meeting.id))
    for rank, meeting in enumerate(meetings):
        said = at + timedelta(minutes=12 * (meeting.round or 1))
        meeting.state = MeetingState.HELD
        meeting.seated_outcome, meeting.moving_outcome = _SAID[rank % len(_SAID)]
        meeting.seated_at = meeting.moving_at = said
    db.session.flush()
    with clock.frozen(at + timedelta(days=1)):
        afterwards.make_all(event.id, by=by, today=clock.today())
    _done(event, day)
    event.state = EventState.CLOSED
    db.session.flush()
    jobs.count_reviews(stage.today)


def _done(event: Event, day: date) -> None:
    """Four tasks in five are done; the rest waits, and some of it is late."""
    tasks = db.session.scalars(
        select(PartnershipTask).where(PartnershipTask.event_id == event.id).order_by(PartnershipTask.id)
    )
    for rank, task in enumerate(tasks):
        if rank % 5 == 4:
            continue
        result, count, words = _RESULTS.get(task.kind, (TaskResult.NOTHING, 0, ""))
        task.state, task.done_on = TaskState.DONE, day + timedelta(days=10 + rank % 30)
        task.result, task.count, task.words = result, count, words


def _running(stage: Stage, by: Actor) -> None:
    """Today: everybody is there but one, the clock runs, the first rounds have their outcomes."""
    at = (clock.now() - timedelta(minutes=_STARTED_MINUTES)).replace(second=0, microsecond=0)
    if clock.civil_day(at) != clock.civil_day(at + timedelta(hours=3)):
        at = datetime.combine(stage.today, time(14), PARIS)  # opened late at night: this afternoon
    event, slot = _dating(stage, "Rencontres de Massy : structures et entreprises", at, BookingState.SEEN)
    _plan(event, at, by)
    db.session.add(RoundClock(slot_id=slot.id, round=1, phase=ClockPhase.TALKING, phase_since=at))
    meetings = db.session.scalars(select(Meeting).where(Meeting.slot_id == slot.id, Meeting.round == 1))
    for rank, meeting in enumerate(meetings):
        meeting.state = MeetingState.HELD
        meeting.seated_outcome, meeting.moving_outcome = _SAID[rank % len(_SAID)]
        meeting.seated_at = meeting.moving_at = at + timedelta(minutes=11)
    db.session.flush()
