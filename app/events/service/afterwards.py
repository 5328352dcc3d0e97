"""What both sides want becomes an application, a stage or something to do: all at once or one by one.

Each meeting is an act by itself: one that cannot be made now stops none of the others, and a second run makes what
was said since. The meeting is the lock: whoever comes second finds what the first one made.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID

from app.applications import service as applications
from app.applications.queries import open_application
from app.applications.rules import ProposalResult
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, NotFound, Refused
from app.core.french import date_words
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.events.labels.afterwards import call_title, task_title
from app.events.models import Event, Meeting, PartnershipTask
from app.events.queries import afterwards as queries
from app.events.queries.visible import the_event_to_run
from app.events.rules.afterwards import (
    AfterRefusal,
    Heard,
    Step,
    Way,
    after_refusals,
    due_on,
    owner_of,
    step_of,
    task_of,
    way_of,
)
from app.events.rules.kinds import TaskKind
from app.events.service.journal import log
from app.offers.models import Offer
from app.placements.service.asking import ask_from_event


@dataclass(slots=True)
class MadeAll:
    """What one run made, and what it could not make, with the reason of each."""

    made: Counter[Step] = field(default_factory=Counter)
    left: list[tuple[UUID, Sequence[Enum]]] = field(default_factory=list)


def make_all(event_id: UUID, *, by: Actor, today: date) -> MadeAll:
    """« Créer les suites »: everything on which two sides agree and of which nothing was made. Raises NotFound."""
    the_event_to_run(by, event_id)
    done = MadeAll()
    for meeting_id in queries.to_make(event_id):
        try:
            step = make_one(event_id, meeting_id, by=by, today=today)
        except Refused as refused:
            done.left.append((meeting_id, refused.reasons))
        else:
            if step is not None:
                done.made[step] += 1
    return done


@transaction
def make_one(event_id: UUID, meeting_id: UUID, *, by: Actor, today: date, by_hand: bool = False) -> Step | None:
    """What follows one meeting; None when it is made already. Raises NotFound, Refused (all reasons)."""
    event = the_event_to_run(by, event_id)
    meeting = _held(event_id, meeting_id)
    if queries.made_of(meeting, queries.task_of_meeting(meeting.id)) is not None:
        return None
    heard = queries.heard_of(event, meeting)
    if reasons := after_refusals(heard, by_hand=by_hand):
        raise Refused(reasons)
    step = step_of(heard)
    if step is Step.APPLICATION and not _application(event, meeting, by, today):
        step = Step.TASK
    if step is Step.PLACEMENT and not _placement(meeting, by, today):
        step = Step.TASK
    if step is Step.TASK:
        _task(event, meeting, heard, today)
    log(event.id, "meeting", meeting.id, f"follow_{step.value}", by)
    db.session.flush()
    return step


@transaction
def set_aside(event_id: UUID, meeting_id: UUID, reason: str, *, by: Actor) -> None:
    """Nothing is to follow, whatever was said. Raises NotFound, Refused."""
    event = the_event_to_run(by, event_id)
    meeting = _held(event_id, meeting_id)
    if queries.made_of(meeting, queries.task_of_meeting(meeting.id)) is not None:
        raise Refused(AfterRefusal.ALREADY_MADE)
    if meeting.set_aside_at is None:
        meeting.set_aside_at = clock.now()
        log(event.id, "meeting", meeting.id, "set_aside", by, words=reason)


@transaction
def take_up(event_id: UUID, meeting_id: UUID, *, by: Actor) -> None:
    """Something may follow again. Raises NotFound."""
    event = the_event_to_run(by, event_id)
    meeting = _held(event_id, meeting_id)
    if meeting.set_aside_at is not None:
        meeting.set_aside_at = None
        log(event.id, "meeting", meeting.id, "take_up", by)


def _held(event_id: UUID, meeting_id: UUID) -> Meeting:
    meeting = queries.the_meeting_held(event_id, meeting_id)
    if meeting is None:
        raise NotFound
    return meeting


# --- an application ---------------------------------------------------------------------------------------


def _application(event: Event, meeting: Meeting, by: Actor, today: date) -> bool:
    """The person and the recruiter's best open job; False when there is no job that suits. Raises Refused."""
    place, candidate_id = meeting.seated.organisation_id, meeting.moving.candidate_id
    if place is None or candidate_id is None:
        return False
    known = queries.open_pair(place, candidate_id)
    if known is not None:
        meeting.application_id = known
        return True
    offer = queries.best_offer(place, meeting.moving, today)
    if offer is None:
        return False
    account = queries.said_by_themselves(meeting)
    way = way_of(said_by_person=account is not None, accompanied=queries.accompanied(by, candidate_id))
    if way is None:
        raise Refused(AfterRefusal.NOBODY_SPEAKS)
    try:
        if way is Way.OWN_WORD:
            person = _person(meeting, account)
            words = _words(event, meeting)
            sent = applications.apply(offer.id, candidate_id=candidate_id, words=words, by=person, today=today)
            meeting.application_id = sent.id
        else:
            meeting.application_id = _proposal(offer, candidate_id, _words(event, meeting), by, today)
    except Gone as gone:
        raise Refused(AfterRefusal.OFFER_GONE) from gone
    except NotFound as gone:  # the file was closed since
        raise Refused(AfterRefusal.NOT_READY) from gone
    return True


def _person(meeting: Meeting, account: UUID | None) -> Actor:
    """The person whose word is carried out: the line of the journal says who pressed the button."""
    candidate = meeting.moving.candidate
    assert candidate is not None
    return Actor(role=Role.CANDIDATE, name=candidate.full_name, user_id=account, candidate_id=candidate.id)


def _words(event: Event, meeting: Meeting) -> str:
    day = date_words(clock.civil_day(meeting.slot.starts_at))
    return f"Rencontre au job dating «\u00a0{event.title}\u00a0», le {day}."


def _proposal(offer: Offer, candidate_id: UUID, note: str, by: Actor, today: date) -> UUID:
    outcome = applications.propose(offer.id, [applications.Proposed(candidate_id)], note=note, by=by, today=today)[0]
    if outcome.result in {ProposalResult.NOT_READY, ProposalResult.NOT_SEEN}:
        raise Refused(AfterRefusal.NOT_READY)
    if outcome.result in {ProposalResult.DECLINED_BEFORE, ProposalResult.REFUSED_BEFORE}:
        raise Refused(AfterRefusal.ANSWERED_BEFORE)
    made = open_application(offer.id, candidate_id)
    if made is None:
        raise Refused(AfterRefusal.ANSWERED_BEFORE)
    return made


# --- a stage ----------------------------------------------------------------------------------------------


def _placement(meeting: Meeting, by: Actor, today: date) -> bool:
    """The person and the host, who answers as to any other; False when the host is not on the portal."""
    place, candidate_id = meeting.seated.organisation_id, meeting.moving.candidate_id
    if place is None or candidate_id is None:
        return False
    try:
        asked = ask_from_event(candidate_id, place, meeting_id=meeting.id, by=by, today=today)
    except NotFound as gone:  # the file was closed since
        raise Refused(AfterRefusal.NOT_READY) from gone
    meeting.placement_id = asked.id
    return True


# --- something to do --------------------------------------------------------------------------------------


def _task(event: Event, meeting: Meeting, heard: Heard, today: date) -> None:
    kind = task_of(heard)
    owner = owner_of(kind, meeting.seated.organisation_id, event.organisation_id)
    seated, moving = queries.name_of(meeting.seated), queries.name_of(meeting.moving)
    if heard.agreed is not None:
        title = task_title(event.kind, kind, seated, moving)
    else:
        title = call_title(seated, moving) if heard.moving is None else call_title(moving, seated)
    db.session.add(
        PartnershipTask(
            event_id=event.id,
            meeting_id=meeting.id,
            kind=kind,
            title=title,
            owner_organisation_id=owner,
            owner_id=_owner(event, meeting, kind, owner),
            due_on=due_on(kind, today),
        )
    )


def _owner(event: Event, meeting: Meeting, kind: TaskKind, organisation_id: UUID) -> UUID | None:
    """Whoever made the event calls; whoever spoke for the structure does what it promised, if they are still there."""
    wanted = event.made_by if organisation_id == event.organisation_id else meeting.seated.user_id
    return wanted if wanted in queries.members_now(organisation_id) else None
