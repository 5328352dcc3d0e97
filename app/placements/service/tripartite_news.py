"""Who is told of a meeting of three? The person, who accompanies, the structure: when, never why."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.placements.labels.tripartite import date_of
from app.placements.models import TripartiteMeeting
from app.placements.queries.tripartite import name_for, structure_of


def tell(kind: str, meeting: TripartiteMeeting, by: Actor, *, key: str = "", **context: Any) -> int:
    """The three, but who acts; how many messages. ``key`` makes each once for ever."""
    written = 0
    for role, to in _readers(meeting, by):
        person = role is Role.CANDIDATE
        page = "placements.my_tripartite" if person else "placements.tripartite"
        message = messages.queue(
            kind,
            to,
            about=("tripartite", meeting.id),
            key=f"{key}:{to.user_id or 'person'}" if key else None,
            url=messages.link_to(page, meeting_id=meeting.id),
            name=name_for(role, meeting),
            structure=structure_of(meeting),
            when=date_of(meeting.chosen_at, clock.today()) if meeting.chosen_at else "",
            is_person=person,
            **context,
        )
        written += message is not None
    return written


def _readers(meeting: TripartiteMeeting, by: Actor) -> Iterator[tuple[Role, Recipient]]:
    if by.role is not Role.CANDIDATE and (person := _person(meeting)) is not None:
        yield Role.CANDIDATE, person
    if by.role is not Role.EMPLOYER and meeting.organisation_id is not None:
        for user in those_to_write_to([meeting.organisation_id], [Role.EMPLOYER]).get(meeting.organisation_id, ()):
            yield Role.EMPLOYER, _recipient(user)
    for user in _accompaniment(meeting):
        if user.id != by.user_id:
            yield Role.REFERENT, _recipient(user)


def _recipient(user: User) -> Recipient:
    return Recipient(user.full_name, user.id, user.email, user.phone)


def _person(meeting: TripartiteMeeting) -> Recipient | None:
    """By SMS first; never somebody who has left the portal."""
    candidate = db.session.get_one(Candidate, meeting.candidate_id)
    if candidate.state is not CandidateState.ACTIVE:
        return None
    account = select(User.id).where(User.candidate_id == candidate.id, User.disabled_at.is_(None))
    return Recipient(
        candidate.first_name, db.session.scalar(account), candidate.email, candidate.phone, prefers=Channel.SMS
    )


def _accompaniment(meeting: TripartiteMeeting) -> list[User]:
    """Who proposed it, else the managers of their place."""
    if meeting.referent is not None and meeting.referent.disabled_at is None:
        return [meeting.referent]
    place = meeting.referent_organisation_id
    return list(those_to_write_to([place], ACCOMPANIMENT).get(place, ())) if place is not None else []
