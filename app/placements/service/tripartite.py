"""A meeting of three: dates are proposed, each says which suit, one is kept, moved, called off, held.

The meeting is locked by each act, so that two answers or two choices at once wait for each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from app.candidates.queries import the_candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.follow_up.rules.kinds import MeetingMode
from app.placements.labels.tripartite import date_of
from app.placements.models import TripartiteAnswer, TripartiteDate, TripartiteMeeting
from app.placements.queries.people import structure_meant
from app.placements.queries.tripartite import answers_in, has_account, proposed_in
from app.placements.queries.visible import is_there, lock_person, the_one_to_act_on, the_tripartite_to_act_on
from app.placements.rules.asking import ASK_FIELDS, AskRefusal
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import DEAD, TRIPARTITE, TripartiteAction, TripartiteState
from app.placements.rules.tripartite import (
    TRIPARTITE_FIELDS,
    TripartiteRefusal,
    agreement_refusals,
    parties_answered_by,
    proposal_refusals,
)
from app.placements.service.journal import log, move_tripartite
from app.placements.service.tripartite_news import tell

_T = TripartiteState
Answers = Mapping[tuple[UUID, TripartiteParty], bool]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed: about a stage, or with a structure that is named; dates, and where."""

    instants: Sequence[datetime]
    placement_id: UUID | None = None
    structure_name: str = ""
    structure_contact: str = ""
    about: str = ""
    mode: MeetingMode = MeetingMode.PLACE
    place: str = ""
    minutes: int = 45


@transaction
def propose(candidate_id: UUID, said: Proposal, *, by: Actor, row_id: UUID, now: datetime) -> TripartiteMeeting:
    """Who accompanies proposes dates to the person and the structure, which answers itself when it is on the portal.

    Sent twice, it is proposed once. Raises NotFound; Refused with all reasons.
    """
    person = the_candidate(by, candidate_id)
    if by.role not in ACCOMPANIMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    lock_person(person.id)
    known = db.session.get(TripartiteMeeting, row_id)
    if known is not None:
        if known.candidate_id != person.id:
            raise NotFound
        return known
    placement = the_one_to_act_on(by, said.placement_id, lock=False) if said.placement_id else None
    if placement is not None and (placement.candidate_id != person.id or placement.state in DEAD):
        raise Refused(TripartiteRefusal.NO_STRUCTURE, TRIPARTITE_FIELDS)
    if reasons := _refusals(said, now, named=placement is not None or bool(said.structure_name.strip())):
        raise Refused(reasons, TRIPARTITE_FIELDS)
    structure = structure_meant(said.structure_name) if placement is None else None
    meeting = TripartiteMeeting(
        id=row_id,
        candidate_id=person.id,
        placement_id=placement.id if placement else None,
        organisation_id=placement.host_organisation_id if placement else structure.id if structure else None,
        structure_name=placement.host_name
        if placement
        else structure.name
        if structure
        else said.structure_name.strip(),
        structure_contact=said.structure_contact.strip(),
        referent_id=by.user_id,
        referent_organisation_id=by.organisation_id,
        about=said.about.strip(),
        mode=said.mode,
        place=said.place.strip(),
        minutes=said.minutes,
        asked_by=by.user_id,
    )
    db.session.add(meeting)
    db.session.flush()
    log(meeting, "tripartite", meeting.id, "propose", by, to_state=meeting.state)
    return _with_dates(meeting.id, said.instants, by, now)


@transaction
def answer(meeting_id: UUID, said: Answers, *, by: Actor) -> TripartiteMeeting:
    """Yes or no, date by date; an answer may change until a date is kept. Raises NotFound, Refused."""
    meeting = the_tripartite_to_act_on(by, meeting_id)
    if meeting.state is not _T.PROPOSED:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    mine, known = answered_by(meeting, by), {one.id for one in meeting.dates}
    reasons: list[Enum] = []
    if any(party not in mine for _, party in said):
        reasons.append(TripartiteRefusal.NOT_THEIR_ANSWER)
    if any(date_id not in known for date_id, _ in said):
        reasons.append(TripartiteRefusal.NOT_PROPOSED)
    if reasons:
        raise Refused(reasons)
    for (date_id, party), yes in said.items():
        _write(meeting, date_id, party, by, yes=yes)
    db.session.flush()
    return meeting


@transaction
def agree(meeting_id: UUID, date_id: UUID, *, by: Actor, version: int, now: datetime) -> TripartiteMeeting:
    """Keep a date that suits the three; they are told. Sent twice, it is kept once.

    Raises NotFound, StaleVersion; Refused with all reasons.
    """
    meeting = the_tripartite_to_act_on(by, meeting_id)
    chosen = next((one for one in meeting.dates if one.id == date_id), None)
    if chosen is not None and meeting.state is _T.AGREED and meeting.chosen_at == chosen.at:
        return meeting
    _must_be(meeting, version)
    TRIPARTITE.target(TripartiteAction.AGREE, meeting.state, by.role)
    if reasons := agreement_refusals(date_id, proposed_in(meeting), answers_in(meeting), now):
        raise Refused(reasons)
    assert chosen is not None
    meeting.chosen_at, meeting.sequence = chosen.at, meeting.sequence + 1
    move_tripartite(meeting, TripartiteAction.AGREE, by, words=date_of(chosen.at, clock.civil_day(now)).capitalize())
    db.session.flush()
    tell("tripartite_agreed", meeting, by)
    return meeting


@transaction
def propose_again(
    meeting_id: UUID, instants: Sequence[datetime], *, by: Actor, version: int, now: datetime
) -> TripartiteMeeting:
    """Other dates, whether one was kept or not: who accompanies or the structure. Sent twice, it is done once.

    Raises NotFound, StaleVersion; Refused with all reasons.
    """
    meeting = the_tripartite_to_act_on(by, meeting_id)
    if by.role is Role.CANDIDATE:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if meeting.state is _T.PROPOSED and {one.at for one in meeting.dates} == set(instants):
        return meeting
    _must_be(meeting, version)
    if meeting.state not in {_T.PROPOSED, _T.AGREED}:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    if reasons := proposal_refusals(instants, now):
        raise Refused(reasons, _beside(reasons))
    _reopen(meeting, by)
    log(meeting, "tripartite", meeting.id, "propose", by, to_state=meeting.state)
    return _with_dates(meeting.id, instants, by, now)


@transaction
def cannot_come(meeting_id: UUID, *, by: Actor, version: int) -> TripartiteMeeting:
    """The person can no longer come: the date is free again, others are to be proposed. Raises NotFound, Refused."""
    meeting = the_tripartite_to_act_on(by, meeting_id)
    if by.role is not Role.CANDIDATE:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if meeting.state is _T.PROPOSED:
        return meeting
    _must_be(meeting, version)
    if meeting.state is not _T.AGREED:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    if meeting.chosen_at is not None and meeting.chosen_at <= clock.now():
        raise Refused(TripartiteRefusal.PAST)
    kept = next((one for one in meeting.dates if one.at == meeting.chosen_at), None)
    _reopen(meeting, by)
    if kept is not None:
        _write(meeting, kept.id, TripartiteParty.PERSON, by, yes=False)
    db.session.flush()
    tell("tripartite_proposed", meeting, by, dates=())
    return meeting


@transaction
def cancel(meeting_id: UUID, words: str, *, by: Actor, version: int) -> TripartiteMeeting:
    """It does not take place; the words are read by the three. Sent twice, it is done once.

    Raises NotFound, StaleVersion; Refused.
    """
    meeting = the_tripartite_to_act_on(by, meeting_id)
    if meeting.state is _T.CANCELLED:
        return meeting
    _must_be(meeting, version)
    if not words.strip():
        raise Refused(AskRefusal.NO_WORDS, ASK_FIELDS)
    move_tripartite(meeting, TripartiteAction.CANCEL, by)
    meeting.cancel_words, meeting.sequence = words.strip(), meeting.sequence + 1
    db.session.flush()
    tell("tripartite_cancelled", meeting, by)
    return meeting


@transaction
def hold(meeting_id: UUID, words: str, *, by: Actor, version: int, now: datetime) -> TripartiteMeeting:
    """It took place, and this was decided together. Sent twice, it is noted once.

    Raises NotFound, StaleVersion; Refused.
    """
    meeting = the_tripartite_to_act_on(by, meeting_id)
    if meeting.state is _T.HELD and meeting.conclusion == words.strip():
        return meeting
    _must_be(meeting, version)
    if meeting.chosen_at is not None and meeting.chosen_at > now:
        raise Refused(TripartiteRefusal.NOT_HELD_YET)
    move_tripartite(meeting, TripartiteAction.HOLD, by)
    meeting.conclusion = words.strip()
    db.session.flush()
    return meeting


def answered_by(meeting: TripartiteMeeting, by: Actor) -> tuple[TripartiteParty, ...]:
    """For whom this reader answers. One statement for who accompanies."""
    known = by.role in ACCOMPANIMENT and has_account(meeting.candidate_id)
    return parties_answered_by(by.role, on_portal=is_there(meeting.organisation), has_account=known)


def _refusals(said: Proposal, now: datetime, *, named: bool) -> list[Enum]:
    reasons: list[Enum] = [*proposal_refusals(said.instants, now)]
    if not named:
        reasons.append(TripartiteRefusal.NO_STRUCTURE)
    if said.mode is MeetingMode.PLACE and not said.place.strip():
        reasons.append(TripartiteRefusal.NO_PLACE)
    return reasons


def _beside(reasons: Sequence[Enum]) -> dict[Any, str]:
    return dict.fromkeys(reasons, "day_1")


def _must_be(meeting: TripartiteMeeting, version: int) -> None:
    if meeting.version != version:
        raise StaleVersion({"version": meeting.version})


def _reopen(meeting: TripartiteMeeting, by: Actor) -> None:
    """The date kept is kept no more; calendar programs see a change when another is."""
    if meeting.state is _T.AGREED:
        meeting.chosen_at = None
        move_tripartite(meeting, TripartiteAction.REOPEN, by)
    meeting.sequence += 1


def _with_dates(meeting_id: UUID, instants: Sequence[datetime], by: Actor, now: datetime) -> TripartiteMeeting:
    """These dates and no others; who proposes them has said yes to each."""
    meeting = the_tripartite_to_act_on(by, meeting_id)
    meeting.dates.clear()
    db.session.flush()
    own = TripartiteParty.STRUCTURE if by.role is Role.EMPLOYER else TripartiteParty.REFERENT
    for at in sorted(instants):
        meeting.dates.append(TripartiteDate(id=uuid4(), at=at, answers=[]))
    db.session.flush()
    for one in meeting.dates:
        _write(meeting, one.id, own, by, yes=True)
    db.session.flush()
    tell("tripartite_proposed", meeting, by, dates=[date_of(at, clock.civil_day(now)) for at in sorted(instants)])
    return meeting


def _write(meeting: TripartiteMeeting, date_id: UUID, party: TripartiteParty, by: Actor, *, yes: bool) -> None:
    put = next(one for one in meeting.dates if one.id == date_id)
    row = next((answer for answer in put.answers if answer.party is party), None)
    if row is None:
        row = TripartiteAnswer(date_id=date_id, party=party)
        put.answers.append(row)
    elif row.yes == yes:
        return
    row.yes, row.by_user_id, row.by_name = yes, by.user_id, by.name
