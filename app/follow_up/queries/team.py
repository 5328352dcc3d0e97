"""What has a team to do today, this week, late; who carries how much, and who is away?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.core.db import db
from app.core.roles import Actor
from app.follow_up.models import Alert, Cover, FollowUp, HeldJob, Visit
from app.follow_up.queries.covers import colleagues_of, covers_visible_to
from app.follow_up.queries.visible import acted_on_by, alerts_visible_to
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.rules.team import AgendaTab, days_of, week_end

OPEN: Final = (FollowUpState.ACTIVE, FollowUpState.BROKEN)


@dataclass(frozen=True, slots=True)
class Load:
    """What one colleague carries; ``user`` None: the follow-ups of the team that nobody holds.

    ``alerts`` are those that the reader may see.
    """

    user: User | None
    follow_ups: int = 0
    week: int = 0
    late: int = 0
    alerts: int = 0
    cover: Cover | None = None


def planned_of(actor: Actor, today: date, colleague: UUID | None = None) -> Select[Visit]:
    """Visits still to be held in the follow-ups on which the actor may act."""
    query = (
        select(Visit)
        .join(Visit.follow_up)
        .where(Visit.state == VisitState.PLANNED, FollowUp.state.in_(OPEN), acted_on_by(actor, today))
    )
    return query if colleague is None else query.where(FollowUp.referent_id == colleague)


def counts_by_tab(actor: Actor, today: date, colleague: UUID | None) -> dict[AgendaTab, int]:
    """How many visits each tab holds; one statement."""
    columns = [func.count().filter(Visit.planned_on.between(*days_of(tab, today))).label(tab.name) for tab in AgendaTab]
    row = db.session.execute(planned_of(actor, today, colleague).with_only_columns(*columns)).one()
    return dict(zip(AgendaTab, row, strict=True))


def visits_of_tab(actor: Actor, tab: AgendaTab, today: date, colleague: UUID | None) -> Select[Visit]:
    """In the order of the days; each with the person, their jobs and the referent."""
    around = contains_eager(Visit.follow_up)
    return (
        planned_of(actor, today, colleague)
        .where(Visit.planned_on.between(*days_of(tab, today)))
        .options(
            around.joinedload(FollowUp.candidate),
            around.joinedload(FollowUp.referent),
            around.selectinload(FollowUp.jobs).joinedload(HeldJob.organisation),
        )
        .order_by(Visit.planned_on, Visit.planned_at.nulls_last(), Visit.id)
    )


def caseload(actor: Actor, today: date) -> list[Load]:
    """A manager reads the whole team, somebody else their own line and those they cover; five statements at most."""
    team = {user.id: user for user in colleagues_of(actor.organisation_id)}
    counts, alerts, away = _counts(actor, today), _alerts(actor), _away(actor, today)
    if not actor.is_manager:
        team = {key: user for key, user in team.items() if key == actor.user_id or key in counts}
    strangers = [key for key in counts if key is not None and key not in team]
    team |= (
        {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(strangers)))} if strangers else {}
    )
    nothing = (0, 0, 0)
    loads = [
        Load(user, *counts.get(key, nothing), alerts=alerts.get(key, 0), cover=away.get(key))
        for key, user in team.items()
    ]
    if None in counts:
        loads.append(Load(None, *counts[None], alerts=alerts.get(None, 0)))
    return loads


def _others(ids: Iterable[UUID]) -> dict[UUID, User]:
    """Those who hold a follow-up of the team without being of it any more, or of another place and covered."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(wanted)))}


def _counts(actor: Actor, today: date) -> Mapping[UUID | None, tuple[int, int, int]]:
    """By referent: follow-ups going on, visits due from today to Sunday, visits late."""
    planned = Visit.state == VisitState.PLANNED
    query = (
        select(
            FollowUp.referent_id,
            func.count(FollowUp.id.distinct()),
            func.count(Visit.id).filter(Visit.planned_on.between(today, week_end(today))),
            func.count(Visit.id).filter(Visit.planned_on < today),
        )
        .outerjoin(Visit, (Visit.follow_up_id == FollowUp.id) & planned)
        .where(FollowUp.state.in_(OPEN), acted_on_by(actor, today))
        .group_by(FollowUp.referent_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(query)}


def _alerts(actor: Actor) -> Mapping[UUID | None, int]:
    query = (
        alerts_visible_to(actor)
        .where(Alert.state != AlertState.CLOSED)
        .with_only_columns(FollowUp.referent_id, func.count(Alert.id))
        .group_by(FollowUp.referent_id)
    )
    return dict(db.session.execute(query).all())


def _away(actor: Actor, today: date) -> Mapping[UUID | None, Cover]:
    """Who is away now, else who will be next."""
    query = (
        covers_visible_to(actor)
        .where(Cover.ended_at.is_(None), Cover.last_day >= today)
        .options(joinedload(Cover.cover))
        .order_by(Cover.first_day.desc(), Cover.id)
    )
    return {cover.absent_id: cover for cover in db.session.scalars(query)}
