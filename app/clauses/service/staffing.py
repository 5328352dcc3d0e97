"""A lot lacks people: the need is worked out each day, structures answer it, those who steer close it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Date, Integer, Numeric, Uuid, column, update, values
from sqlalchemy.dialects.postgresql import insert

from app.clauses.labels.staffing import REFUSAL_FIELDS
from app.clauses.models import StaffingAnswer, StaffingRequest
from app.clauses.queries import staffing as queries
from app.clauses.rules.staffing import Need
from app.clauses.rules.staffing_requests import StaffingStep, answer_refusals, step_of
from app.clauses.rules.states import STAFFING_REQUEST, StaffingAction, StaffingState
from app.clauses.service.moving import log, move
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient

SUBJECT: Final = "staffing"
_ACTIONS: Final = {StaffingStep.COVER: StaffingAction.COVER, StaffingStep.END: StaffingAction.END}
_TARGETS: Final = {StaffingAction.COVER: StaffingState.COVERED, StaffingAction.END: StaffingState.OVER}


@transaction
def work_out(today: date) -> int:
    """Open, update, cover or end the request of every lot. How many changed; safe to run twice."""
    needs, asked = queries.needs_of_lots(today), queries.asked_now(lock=True)
    rests = queries.rests(set(needs) - set(asked))
    steps: dict[StaffingStep, list[UUID]] = {step: [] for step in StaffingStep}
    for lot_id in needs.keys() | asked.keys():
        step = step_of(needs.get(lot_id), is_open=lot_id in asked, today=today, rests_until=rests.get(lot_id))
        steps[step].append(lot_id)
    opened = _open(steps[StaffingStep.OPEN], needs, today)
    _update([(asked[lot_id], needs[lot_id]) for lot_id in steps[StaffingStep.UPDATE]], today)
    for step, action in _ACTIONS.items():
        _close([asked[lot_id] for lot_id in steps[step]], action, today)
    return opened + len(steps[StaffingStep.COVER]) + len(steps[StaffingStep.END])


def _said(need: Need) -> dict[str, Any]:
    return {
        "hours_left": need.hours_left,
        "weeks_left": need.weeks_left,
        "weekly_hours": need.weekly_hours_needed,
        "posts": need.posts,
        "start_before": need.start_before,
    }


def _open(lot_ids: Sequence[UUID], needs: Mapping[UUID, Need], today: date) -> int:
    rows = [
        {"id": uuid4(), "lot_id": lot_id, "opened_on": today, "worked_out_on": today, **_said(needs[lot_id])}
        for lot_id in sorted(lot_ids)
    ]
    if not rows:
        return 0
    made = insert(StaffingRequest).values(rows).on_conflict_do_nothing().returning(StaffingRequest.id)
    return len(db.session.scalars(made).all())


def _update(pairs: Sequence[tuple[StaffingRequest, Need]], today: date) -> None:
    """The figures only, in one statement: a form that shows the request stays good, nobody changed its state."""
    rows = [
        (one.id, need.hours_left, need.weeks_left, need.weekly_hours_needed, need.posts, need.start_before)
        for one, need in pairs
        if one.worked_out_on != today or any(getattr(one, name) != value for name, value in _said(need).items())
    ]
    if not rows:
        return
    new = values(
        column("id", Uuid()),
        column("hours_left", Numeric(9, 2)),
        column("weeks_left", Numeric(9, 2)),
        column("weekly_hours", Numeric(9, 2)),
        column("posts", Integer),
        column("start_before", Date),
        name="new",
    ).data(rows)
    said = {name: new.c[name] for name in ("hours_left", "weeks_left", "weekly_hours", "posts", "start_before")}
    change = update(StaffingRequest).where(StaffingRequest.id == new.c.id)
    db.session.execute(change.values(**said, worked_out_on=today), execution_options={"synchronize_session": False})
    for one, _ in pairs:
        db.session.expire(one)


def _close(requests: Sequence[StaffingRequest], action: StaffingAction, today: date) -> None:
    for request in requests:
        move(request, STAFFING_REQUEST, action, SYSTEM, subject=SUBJECT)
        request.closed_on = today


@transaction
def answer(request_id: UUID, *, posts: int, available_from: date, words: str, by: Actor, today: date) -> StaffingAnswer:
    """« Proposer des personnes »: one answer a structure, the last words hold; the facilitator is told of each change.

    The same answer sent twice changes nothing. Raises NotFound, Refused.
    """
    request = queries.the_request(by, request_id, lock=True)
    known = queries.answer_of(by, request.id)
    reasons = answer_refusals(
        posts,
        available_from,
        today=today,
        ends_on=request.lot.contract.delivered_on,
        kind=by.organisation_kind,
        holds_the_lot=queries.holds(by, request.lot_id),
        said_before=[known.available_from] if known else [],
    )
    if reasons:
        raise Refused(reasons, {reason: field for reason, field in REFUSAL_FIELDS.items() if reason in reasons})
    target = STAFFING_REQUEST.target(StaffingAction.ANSWER, request.state, by.role)
    said = (posts, available_from, words.strip())
    if known is not None and (known.posts, known.available_from, known.words) == said:
        return known
    row = known or StaffingAnswer(request_id=request.id, organisation_id=by.organisation_id)
    row.posts, row.available_from, row.words = said
    row.by, row.at = by.user_id, clock.now()
    db.session.add(row)
    log(SUBJECT, request.id, StaffingAction.ANSWER.value, request.state.value, target.value, by)
    request.state, request.updated_at = target, clock.now()  # a new version: who closes it has read this answer
    db.session.flush()
    _tell(request, row, by)
    return row


def _tell(request: StaffingRequest, row: StaffingAnswer, by: Actor) -> None:
    contract = request.lot.contract
    user, house = contract.facilitator, contract.facilitator_organisation
    if user is not None and user.email:
        to = Recipient(user.full_name, user.id, user.email)
    elif house is not None and house.email:
        to = Recipient(house.name, email=house.email)
    else:
        return
    messages.queue(
        "staffing_answered",
        to,
        about=(SUBJECT, request.id),
        need=request,
        answer=row,
        structure=by.organisation_name,
        job=queries.job_of(request.lot),
        place=queries.place_of(request.lot),
        url=messages.link_to("clauses.staffing_request", request_id=request.id),
    )


@transaction
def close(request_id: UUID, action: StaffingAction, *, version: int, by: Actor, today: date) -> StaffingRequest:
    """« C’est pourvu » or « Retirer la demande ». Raises NotFound, StaleVersion, Refused."""
    if action not in _TARGETS:
        raise NotFound
    request = queries.the_request(by, request_id, lock=True)
    if request.state is _TARGETS[action]:
        return request  # sent twice
    if request.version != version:
        raise StaleVersion({"version": request.version})
    move(request, STAFFING_REQUEST, action, by, subject=SUBJECT)
    request.closed_on = today
    db.session.flush()
    return request
