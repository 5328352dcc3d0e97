"""Which alerts does the list show, and what is one about? Always through ``alerts_visible_to``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, join, joinedload, selectinload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.follow_up.models import Alert, AlertStep, FollowUp, HeldJob
from app.follow_up.queries.visible import alerts_visible_to, held_by
from app.follow_up.rules.kinds import AlertKind, AlertLevel
from app.follow_up.rules.states import AlertState
from app.organisations.models import Organisation

OPEN, SEEN, CLOSED = "", "vues", "closes"
TABS: Final[Mapping[str, tuple[AlertState, ...]]] = {
    OPEN: (AlertState.OPEN,),
    SEEN: (AlertState.ACKNOWLEDGED, AlertState.ACTED),
    CLOSED: (AlertState.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked; nonsense asks nothing."""

    tab: str = OPEN
    kind: AlertKind | None = None
    who: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One alert of the list, with whom it is about."""

    alert: Alert
    name: str
    title: str
    employer: str
    referent: str


def _newest_rank() -> Any:
    """Of the jobs of a follow-up, the one that the line names."""
    job = aliased(HeldJob)
    return select(func.max(job.rank)).where(job.follow_up_id == FollowUp.id).correlate(FollowUp).scalar_subquery()


def _query(actor: Actor, asked: Asked, today: date) -> Select[Any]:
    person = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
    referent = func.concat_ws(" ", User.first_name, User.last_name)
    visible = alerts_visible_to(actor).order_by(None).with_only_columns(Alert.id)
    employer = func.coalesce(Organisation.name, HeldJob.employer_name, "")
    around = (
        join(Alert, FollowUp, FollowUp.id == Alert.follow_up_id)
        .join(Candidate, Candidate.id == FollowUp.candidate_id)
        .outerjoin(User, User.id == FollowUp.referent_id)
        .outerjoin(HeldJob, and_(HeldJob.follow_up_id == FollowUp.id, HeldJob.rank == _newest_rank()))
        .outerjoin(Organisation, Organisation.id == HeldJob.organisation_id)
    )
    query = (
        select(Alert, person, func.coalesce(HeldJob.title, ""), employer, referent)
        .select_from(around)
        .where(Alert.id.in_(visible))
        .where(Alert.state.in_(TABS.get(asked.tab, TABS[OPEN])))
    )
    if asked.kind is not None:
        query = query.where(Alert.kind == asked.kind)
    if asked.who == "moi":
        query = query.where(held_by(actor, today))
    elif asked.who == "equipe":
        others = ~func.coalesce(held_by(actor, today), False)
        query = query.where(or_(Alert.level == AlertLevel.MANAGER, others))
    sorts: Mapping[str, tuple[Any, ...]] = {
        "personne": (func.lower(Candidate.last_name), func.lower(Candidate.first_name)),
        "nature": (Alert.kind,),
        "depuis": (Alert.closed_on if asked.tab == CLOSED else Alert.opened_on,),
        "referent": (func.lower(User.last_name),),
    }
    columns = sorts.get(asked.sort.removeprefix("-"))
    if columns is None:
        newest = (Alert.closed_on.desc(),) if asked.tab == CLOSED else (Alert.level.asc(), Alert.opened_on)
        return query.order_by(*newest, Alert.id)
    down = asked.sort.startswith("-")
    return query.order_by(*(one.desc().nulls_last() if down else one.asc().nulls_last() for one in columns), Alert.id)


def listed(actor: Actor, asked: Asked, number: int, today: date) -> Page[Line]:
    """One page: two statements."""
    query = _query(actor, asked, today)
    counted = query.order_by(None).with_only_columns(Alert.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([_line(row) for row in rows], number, PAGE_SIZE, total)


def exported(actor: Actor, asked: Asked, limit: int, today: date) -> list[Line]:
    """Every line, for a file."""
    return [_line(row) for row in db.session.execute(_query(actor, asked, today).limit(limit))]


def _line(row: Any) -> Line:
    alert, name, title, employer, referent = row
    return Line(alert, name, title, employer, referent)


def counts(actor: Actor) -> Mapping[str, int]:
    """How many under each tab; one statement."""
    query = alerts_visible_to(actor).with_only_columns(Alert.state, func.count()).group_by(Alert.state)
    found: dict[AlertState, int] = dict(db.session.execute(query).all())
    return {tab: sum(found.get(state, 0) for state in states) for tab, states in TABS.items()}


def the_alert(actor: Actor, alert_id: UUID) -> Alert:
    """One that the actor may see, with its follow-up, the person and the jobs; two statements. Raises NotFound."""
    around = joinedload(Alert.follow_up)
    query = (
        alerts_visible_to(actor)
        .where(Alert.id == alert_id)
        .options(around.joinedload(FollowUp.candidate), around.joinedload(FollowUp.referent))
        .options(around.options(selectinload(FollowUp.jobs).joinedload(HeldJob.organisation)))
    )
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def steps_of(alert_id: UUID) -> Sequence[AlertStep]:
    """What was done, the newest first."""
    query = select(AlertStep).where(AlertStep.alert_id == alert_id)
    return db.session.scalars(query.order_by(AlertStep.at.desc(), AlertStep.id)).all()
