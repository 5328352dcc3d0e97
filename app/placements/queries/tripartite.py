"""Which meetings of three does somebody see, and who is around one?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor, Role
from app.placements.models import Placement, TripartiteAnswer, TripartiteDate, TripartiteMeeting
from app.placements.queries.visible import host_knows, placements_visible_to, tripartite_visible_to
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import DEAD, TripartiteState
from app.placements.rules.tripartite import DateAnswer, ProposedDate

_T = TripartiteState
STATES: Final[Mapping[str, tuple[TripartiteState, ...]]] = {
    "": (_T.PROPOSED, _T.AGREED),
    "a-fixer": (_T.PROPOSED,),
    "fixes": (_T.AGREED,),
    "tenus": (_T.HELD,),
    "annules": (_T.CANCELLED,),
    "tous": tuple(_T),
}
_FIRST: Final = (
    select(func.min(TripartiteDate.at))
    .where(TripartiteDate.meeting_id == TripartiteMeeting.id)
    .correlate(TripartiteMeeting)
    .scalar_subquery()
)
meets_at = func.coalesce(TripartiteMeeting.chosen_at, _FIRST)
"""The date agreed on, else the first one proposed."""
SORTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "date": (meets_at,),
    "personne": (func.lower(Candidate.last_name), func.lower(Candidate.first_name)),
    "structure": (func.lower(TripartiteMeeting.structure_name),),
    "etat": (TripartiteMeeting.state,),
}
_AS_A_STRUCTURE_READS: Final = (func.lower(Candidate.first_name), func.lower(func.left(Candidate.last_name, 1)))
"""A list never tells by its order the name that it does not show."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked; nonsense asks nothing."""

    state: str = ""
    period: str = ""
    structure: str = ""
    sort: str = "date"


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; nonsense is by date."""
    return raw if raw and raw.removeprefix("-") in SORTS else "date"


def _conditions(asked: Asked, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [TripartiteMeeting.state.in_(STATES.get(asked.state, STATES[""]))]
    if asked.period == "semaine":
        found.append(meets_at.between(now, now + timedelta(days=7)))
    elif asked.period == "a-venir":
        found.append(meets_at >= now)
    elif asked.period == "passes":
        found.append(meets_at < now)
    if asked.structure:
        wanted = asked.structure.replace("\\", " ").replace("%", " ").replace("_", " ")
        found.append(func.unaccent(TripartiteMeeting.structure_name).ilike(func.unaccent(f"%{wanted}%")))
    return found


def _query(actor: Actor, asked: Asked, now: datetime) -> Select[TripartiteMeeting]:
    down = asked.sort.startswith("-")
    order = SORTS[asked.sort.removeprefix("-")]
    if actor.role is Role.EMPLOYER and order is SORTS["personne"]:
        order = _AS_A_STRUCTURE_READS
    return (
        tripartite_visible_to(actor)
        .join(Candidate, Candidate.id == TripartiteMeeting.candidate_id)
        .where(*_conditions(asked, now))
        .order_by(*(one.desc().nulls_last() if down else one.asc().nulls_last() for one in order), TripartiteMeeting.id)
    )


_AROUND = (
    joinedload(TripartiteMeeting.candidate),
    joinedload(TripartiteMeeting.placement),
    joinedload(TripartiteMeeting.organisation),
    joinedload(TripartiteMeeting.referent),
)


def listed(actor: Actor, asked: Asked, number: int, now: datetime) -> Page[TripartiteMeeting]:
    """One page of the list: two statements."""
    query = _query(actor, asked, now)
    counted = query.order_by(None).with_only_columns(TripartiteMeeting.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.scalars(query.options(*_AROUND).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page(list(rows.unique()), number, PAGE_SIZE, total)


def exported(actor: Actor, asked: Asked, limit: int, now: datetime) -> Sequence[TripartiteMeeting]:
    """Every line, for a file."""
    return db.session.scalars(_query(actor, asked, now).options(*_AROUND).limit(limit)).unique().all()


def of_person(actor: Actor) -> Sequence[TripartiteMeeting]:
    """A person's own, those to come first. One statement; nothing for somebody who is no candidate."""
    if actor.role is not Role.CANDIDATE:
        return ()
    over = TripartiteMeeting.state.in_((_T.HELD, _T.CANCELLED))
    query = tripartite_visible_to(actor).options(*_AROUND).order_by(over, meets_at, TripartiteMeeting.id)
    return db.session.scalars(query.limit(60)).unique().all()


def name_for(role: Role, meeting: TripartiteMeeting) -> str:
    """The person's name: a structure reads first name and initial, unless it has said yes to a stage with them."""
    known = meeting.placement is not None and host_knows(meeting.placement)
    if role is Role.EMPLOYER and not known:
        return meeting.candidate.short_name
    return meeting.candidate.full_name


def party_words(meeting: TripartiteMeeting, name: str) -> dict[TripartiteParty, str]:
    """The three by their names."""
    referent = meeting.referent.full_name if meeting.referent else "L’accompagnement"
    return {
        TripartiteParty.PERSON: name,
        TripartiteParty.REFERENT: referent,
        TripartiteParty.STRUCTURE: structure_of(meeting),
    }


def structure_of(meeting: TripartiteMeeting) -> str:
    """The name of the structure."""
    return meeting.structure_name or (meeting.organisation.name if meeting.organisation else "")


def has_account(candidate_id: UUID) -> bool:
    """May the person answer by themself?"""
    query = select(User.id).where(User.candidate_id == candidate_id, User.disabled_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def proposed_in(meeting: TripartiteMeeting) -> list[ProposedDate]:
    """Its dates as the rules see them, the earliest first."""
    return [ProposedDate(one.id, one.at) for one in meeting.dates]


def answers_in(meeting: TripartiteMeeting) -> list[DateAnswer]:
    """The answers as the rules see them."""
    return [DateAnswer(one.id, answer.party, answer.yes) for one in meeting.dates for answer in one.answers]


def answer_to(meeting: TripartiteMeeting) -> dict[tuple[UUID, Any], TripartiteAnswer]:
    """By date and party."""
    return {(one.id, answer.party): answer for one in meeting.dates for answer in one.answers}


def placements_to_talk_about(actor: Actor, candidate_id: UUID) -> Sequence[Placement]:
    """The person's stages that live, the newest first. One statement."""
    query = placements_visible_to(actor).where(
        Placement.candidate_id == candidate_id, Placement.state.not_in(sorted(DEAD))
    )
    return db.session.scalars(query.order_by(Placement.starts_on.desc(), Placement.id).limit(20)).all()


def due_between(first: date, last: date) -> Select[TripartiteMeeting]:
    """Agreed, and to be held on one of those days."""
    day = func.date(func.timezone("Europe/Paris", TripartiteMeeting.chosen_at))
    return select(TripartiteMeeting).where(TripartiteMeeting.state == _T.AGREED, day.between(first, last))
