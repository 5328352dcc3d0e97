"""How is the plan of a dating made, and made again during the day?

Whoever makes a plan holds the event: two plans at once follow each other, each with its number. What was held or is
running is never touched.
"""

from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.apart import apart
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.labels.plan import CHOICES, NO_REASON
from app.events.models import Event, Meeting, MeetingPlan, MeetingSetup, Slot
from app.events.queries.day import timing_of
from app.events.queries.plan import latest_plan, setup_of
from app.events.queries.problem import Posed, cast_of, is_settled, posed
from app.events.queries.visible import the_event_to_run
from app.events.rules.kinds import DATINGS, Side
from app.events.rules.plan_words import choice_said, printed
from app.events.rules.setup import PlanRefusal, SetupValues, rounds_needed, setup_refusals
from app.events.rules.states import IN_THE_PLAN, EventState, MeetingState
from app.events.service.clock import settle
from app.events.service.journal import log
from matching.rotation import Aim, Plan, Problem, plan

PLAN_SECONDS: Final = 45
"""A hundred by a hundred, a third of them away in some of thirty rounds, take 6 s; a proxy waits for a minute."""


def held_dating(event_id: UUID, by: Actor) -> tuple[Event, Slot]:
    """The dating, held until the act ends, and its slot. Raises NotFound, Refused."""
    event = the_event_to_run(by, event_id, joinedload(Event.organisation), lock=True)
    if event.kind not in DATINGS:
        raise NotFound
    if not event.slots:
        raise Refused(PlanRefusal.NO_SLOT)
    return event, event.slots[0]


@transaction
def save_setup(event_id: UUID, asked: SetupValues, *, version: int, by: Actor) -> MeetingSetup:
    """The rounds of a dating. Raises Refused, StaleVersion, NotFound."""
    event, slot = held_dating(event_id, by)
    if reasons := setup_refusals(asked, slot.starts_at, slot.ends_at):
        raise Refused(reasons)
    setup = _setup_kept(slot)
    if setup.version != version and not (version == 0 and setup.version == 1):
        raise StaleVersion({"version": setup.version, "rounds": setup.rounds, "tables": setup.tables})
    settle(slot)
    setup.rounds = asked.rounds
    setup.round_minutes, setup.change_minutes = asked.round_minutes, asked.change_minutes
    setup.tables, setup.breaks = asked.tables, asked.breaks
    setup.first_round_at = None if asked.first_round_at == slot.starts_at else asked.first_round_at
    log(event.id, "slot", slot.id, "set_rounds", by)
    return setup


def _setup_kept(slot: Slot) -> MeetingSetup:
    """The row, made when there is none yet."""
    setup = setup_of(slot)
    if setup not in db.session:
        db.session.add(setup)
        db.session.flush()
    return setup


@transaction
def make_plan(event_id: UUID, by: Actor, from_round: int = 1, why: str = "") -> MeetingPlan:
    """The plan of all rounds from this one on (counted from 1). Raises Refused, NotFound.

    Meetings that were only planned are forgotten; those of rounds before, and those that took place, stay.
    """
    event, slot = held_dating(event_id, by)
    if event.state is not EventState.PUBLISHED:
        raise Refused(PlanRefusal.NOT_OPEN)
    if from_round < timing_of(slot).at(clock.now()).next_free_round:
        raise Refused(PlanRefusal.ROUND_BEGUN)
    settle(slot)
    setup, before, read_at = _setup_kept(slot), latest_plan(slot.id), clock.now()
    cast = cast_of(event, slot)
    rounds = _rounds(setup, before, from_round, *(len(cast.expected(side)) for side in (Side.SEATED, Side.MOVING)))
    question = posed(cast, rounds=rounds, tables=setup.tables, from_round=from_round, today=clock.today())
    answer = _computed(question.problem)
    _clear(slot, from_round)
    row = _plan_row(question, answer, before, from_round, rounds)
    row.made_at, row.made_by, row.why = read_at, by.user_id, why  # what is said meanwhile is not in it
    db.session.add(row)
    db.session.flush()
    if answer.meetings:
        db.session.execute(insert(Meeting), _rows(question, answer, row))
    db.session.expire_all()
    log(event_id, "plan", row.id, "make" if from_round == 1 else "make_again", by, words=why)
    return row


@transaction
def replan_from(event_id: UUID, at_round: int, *, by: Actor, why: str = "") -> MeetingPlan:
    """The plan again from a round that has not begun: with late comers, without those absent or gone home."""
    return make_plan(event_id, by, from_round=at_round, why=why)


def _computed(problem: Problem) -> Plan:
    """By a child process: the solver would stay in the memory of this one. Raises Refused: TOO_LONG."""
    here = not current_app.extensions["settings"].apart
    try:
        return apart(plan, seconds=PLAN_SECONDS, here=here)(problem)
    except TimeoutError as late:
        raise Refused(PlanRefusal.TOO_LONG) from late


def _rounds(setup: MeetingSetup, before: MeetingPlan | None, from_round: int, seated: int, moving: int) -> int:
    """As asked; else as many as needed; on the day, as many as were announced. Raises Refused."""
    empty = {PlanRefusal.NO_SEATED: seated == 0, PlanRefusal.NO_MOVING: moving == 0}
    if from_round == 1 and any(empty.values()):
        raise Refused([reason for reason, is_so in empty.items() if is_so])
    kept = before.rounds if before is not None and from_round > 1 else 0
    rounds = setup.rounds or kept or rounds_needed(seated, moving, setup.tables)
    if from_round > rounds:
        raise Refused(PlanRefusal.NO_ROUND_LEFT)
    return rounds


def _clear(slot: Slot, from_round: int) -> None:
    """Before anything was held, an old plan leaves no trace but its figures; later its meetings are kept as dropped."""
    free = (
        Meeting.slot_id == slot.id,
        Meeting.state == MeetingState.PLANNED,
        Meeting.round >= from_round,
        Meeting.seated_outcome.is_(None),
        Meeting.moving_outcome.is_(None),
    )
    if from_round == 1:
        db.session.execute(delete(Meeting).where(*free).execution_options(synchronize_session=False))
    else:
        dropped = update(Meeting).where(*free).values(state=MeetingState.DROPPED)
        db.session.execute(dropped.execution_options(synchronize_session=False))


def _plan_row(question: Posed, answer: Plan, before: MeetingPlan | None, from_round: int, rounds: int) -> MeetingPlan:
    """Meetings and wishes of the whole event; value, bound and gap of the part that was planned."""
    kept = [
        one
        for one in question.cast.meetings
        if one.state in IN_THE_PLAN and (is_settled(one) or (one.round is not None and one.round < from_round))
    ]
    wished = sum(one.wishes > 0 for one in kept)
    aim = answer.below or Aim.MEETINGS
    return MeetingPlan(
        slot_id=question.cast.slot.id,
        number=before.number + 1 if before else 1,
        from_round=from_round,
        rounds=rounds,
        meetings=len(kept) + len(answer.meetings),
        wishes_met=wished + answer.wishes_met,
        wishes_possible=wished + answer.wishes_possible,
        value=float(answer.reached.at(aim)),
        bound=float(answer.bound.at(aim)),
        gap_percent=answer.gap_percent,
    )


def _rows(question: Posed, answer: Plan, row: MeetingPlan) -> list[dict[str, Any]]:
    """The meetings as they are inserted, all in one statement."""
    cast, taken = question.cast, {(one.round, one.table_number) for one in question.pinned if one.round}
    rows: list[dict[str, Any]] = []
    for one in answer.meetings:
        seated, moving = cast.bookings[UUID(one.seated)], cast.bookings[UUID(one.moving)]
        ours, theirs = cast.wishes_to_meet(seated, moving), cast.wishes_to_meet(moving, seated)
        for_ours, for_theirs = question.affinities.reasons(seated, moving)
        rows.append(
            {
                "slot_id": cast.slot.id,
                "plan_id": row.id,
                "round": one.round + 1,
                "table_number": one.table,
                "seated_id": seated.id,
                "moving_id": moving.id,
                "state": MeetingState.PLANNED,
                "affinity": question.affinities.score(seated, moving),
                "wishes": int(ours) + int(theirs),
                "reasons": {
                    "seated": printed(CHOICES[choice_said(mine=ours, theirs=theirs)], for_ours, NO_REASON),
                    "moving": printed(CHOICES[choice_said(mine=theirs, theirs=ours)], for_theirs, NO_REASON),
                },
            }
        )
    return _at_free_tables(rows, taken) if taken else rows


def _at_free_tables(rows: list[dict[str, Any]], taken: set[tuple[int, int | None]]) -> list[dict[str, Any]]:
    """A meeting that was noted ahead of its round keeps its table: whoever was to sit there goes to a free one."""
    used = taken | {(row["round"], row["table_number"]) for row in rows}
    for row in rows:
        if (row["round"], row["table_number"]) in taken:
            free = next(table for table in range(1, len(used) + 2) if (row["round"], table) not in used)
            row["table_number"] = free
            used.add((row["round"], free))
    return rows
