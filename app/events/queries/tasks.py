"""What is to be done after meetings, by whom and until when: those that somebody may read, as a list and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Membership
from app.accounts.queries import members_of
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, paginate
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.events.models import Booking, Event, EventTransition, Meeting, PartnershipTask
from app.events.queries.visible import run_by
from app.events.rules.states import TaskState

SORTS: Final = {
    "date": (PartnershipTask.due_on,),
    "-date": (PartnershipTask.due_on.desc(),),
    "evenement": (Event.title,),
    "-evenement": (Event.title.desc(),),
    "action": (PartnershipTask.title,),
    "-action": (PartnershipTask.title.desc(),),
}
_AROUND: Final = (
    contains_eager(PartnershipTask.event),
    joinedload(PartnershipTask.owner),
    joinedload(PartnershipTask.owner_organisation),
)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of « Actions ». ``whose``: moi, organisation, evenements, toutes; ``when``: retard, semaine."""

    whose: str = "toutes"
    state: str = "open"
    when: str = ""
    event: UUID | None = None
    kind: str = ""
    sort: str = "date"


def owned_by(actor: Actor) -> ColumnElement[bool]:
    """Those that the actor's organisation has to do."""
    if actor.organisation_id is None or actor.role not in ACCOMPANIMENT | {Role.EMPLOYER, Role.DEPARTMENT}:
        return false()
    return PartnershipTask.owner_organisation_id == actor.organisation_id


def tasks_visible_to(actor: Actor) -> Select[PartnershipTask]:
    """Those of the actor's organisation, and those of the events that they run. Never another participant's."""
    query = select(PartnershipTask).join(PartnershipTask.event)
    return query.where(or_(owned_by(actor), run_by(actor)))


def the_task(actor: Actor, task_id: UUID, *, lock: bool = False) -> PartnershipTask:
    """One of them, with its event and who does it; ``lock``: until the act ends. Raises NotFound."""
    query = tasks_visible_to(actor).where(PartnershipTask.id == task_id).options(*_AROUND)
    if lock:
        query = query.with_for_update(of=PartnershipTask).execution_options(populate_existing=True)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def _asked(actor: Actor, asked: Asked, today: date) -> Select[Any]:
    query = tasks_visible_to(actor)
    match asked.whose:
        case "moi":
            query = query.where(PartnershipTask.owner_id == actor.user_id)
        case "organisation":
            query = query.where(owned_by(actor))
        case "evenements":
            query = query.where(run_by(actor))
    if asked.state in set(TaskState):
        query = query.where(PartnershipTask.state == TaskState(asked.state))
    if asked.when:
        query = query.where(PartnershipTask.state == TaskState.OPEN, _when(asked.when, today))
    if asked.event is not None:
        query = query.where(PartnershipTask.event_id == asked.event)
    if asked.kind:
        query = query.where(PartnershipTask.kind == asked.kind)
    return query.options(*_AROUND).order_by(*SORTS.get(asked.sort, SORTS["date"]), PartnershipTask.id)


def _when(when: str, today: date) -> ColumnElement[bool]:
    if when == "retard":
        return PartnershipTask.due_on < today
    return and_(PartnershipTask.due_on >= today, PartnershipTask.due_on <= today + WEEK)


def listed(actor: Actor, asked: Asked, number: int, today: date) -> Page[PartnershipTask]:
    """One page: by date, those that are late stand first."""
    return paginate(_asked(actor, asked, today), number)


def exported(actor: Actor, asked: Asked, today: date, most: int) -> Sequence[PartnershipTask]:
    """All of them, for a file."""
    return db.session.scalars(_asked(actor, asked, today).limit(most)).all()


def event_choices(actor: Actor) -> list[tuple[str, str]]:
    """The events that have tasks which the actor may read, the newest first."""
    query = tasks_visible_to(actor).with_only_columns(Event.id, Event.title, Event.number).distinct()
    rows = db.session.execute(query.order_by(Event.number.desc()).limit(100))
    return [(str(row.id), row.title) for row in rows]


def members(organisation_id: UUID) -> Sequence[Membership]:
    """Those to whom a task of an organisation may be given."""
    query = members_of(organisation_id).options(contains_eager(Membership.user))
    return db.session.scalars(query).all()


def journal_of(task_id: UUID) -> Sequence[EventTransition]:
    """What happened to it, the newest first."""
    query = select(EventTransition).where(EventTransition.subject_id == task_id, EventTransition.subject == "task")
    return db.session.scalars(query.order_by(EventTransition.at.desc(), EventTransition.id)).all()


@dataclass(frozen=True, slots=True)
class Partner:
    """With whom: what each side gave when it registered. Of a person, the name that both learned, and no more."""

    name: str
    contact: str = ""
    phone: str = ""
    email: str = ""


def partners_of(task: PartnershipTask) -> list[Partner]:
    """The two of the meeting; of an organisation, whom it named to be called."""
    if task.meeting_id is None:
        return []
    query = (
        select(Booking)
        .join(Meeting, or_(Meeting.seated_id == Booking.id, Meeting.moving_id == Booking.id))
        .where(Meeting.id == task.meeting_id)
        .options(joinedload(Booking.candidate))
        .order_by(Booking.side.desc())
    )
    return [_partner(booking) for booking in db.session.scalars(query)]


def _partner(booking: Booking) -> Partner:
    if booking.candidate is not None:
        return Partner(booking.candidate.short_name)
    return Partner(booking.name, booking.contact_name, booking.contact_phone, booking.contact_email)


def due_soon(until: date) -> Sequence[PartnershipTask]:
    """Everybody's open tasks due until that day, for the reminders."""
    query = select(PartnershipTask).join(PartnershipTask.event)
    query = query.where(PartnershipTask.state == TaskState.OPEN, PartnershipTask.due_on <= until)
    return db.session.scalars(query.options(*_AROUND).order_by(PartnershipTask.due_on, PartnershipTask.id)).all()
