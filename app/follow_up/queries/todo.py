"""What waits for whoever follows people at work today? A few lines for the home page, one statement."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, true

from app.core.db import db
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor
from app.core.todo import TodoItem
from app.follow_up.models import Alert, FollowUp, Visit
from app.follow_up.queries.listing import unsigned
from app.follow_up.queries.visible import alerts_visible_to, held_by
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState
from app.follow_up.rules.team import AgendaTab


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """For who holds or covers follow-ups, and for managers what rose to them. Nothing for anybody else."""
    if actor.role not in ACCOMPANIMENT:
        return []
    row = db.session.execute(_counts(actor, today)).one()
    return list(_lines(row))


def _counts(actor: Actor, today: date) -> Select[Any]:
    mine = held_by(actor, today)
    open_ones = FollowUp.state.in_((FollowUpState.ACTIVE, FollowUpState.BROKEN))
    visits = (
        select(
            func.count().filter(Visit.planned_on == today).label("today"),
            func.count().filter(Visit.planned_on < today).label("late"),
            func.min(Visit.planned_on).filter(Visit.planned_on < today).label("oldest"),
        )
        .join(FollowUp, FollowUp.id == Visit.follow_up_id)
        .where(mine, FollowUp.state == FollowUpState.ACTIVE, Visit.state == VisitState.PLANNED)
        .subquery()
    )
    seen = (
        alerts_visible_to(actor)
        .with_only_columns(Alert.state, func.coalesce(mine, False).label("mine"), Alert.level)
        .subquery()
    )
    alerts = select(
        func.count().filter(seen.c.state == AlertState.OPEN, seen.c.mine).label("unread"),
        func.count().filter(seen.c.state != AlertState.CLOSED, ~seen.c.mine).label("risen"),
    ).subquery()
    ends = _count(mine, open_ones, FollowUp.ends_on < today)
    to_sign = _count(mine, unsigned())
    team = and_(FollowUp.referent_organisation_id == actor.organisation_id, FollowUp.referent_id.is_(None))
    nobody = _count(team, open_ones)
    query = select(visits, alerts, ends.label("to_close"), to_sign.label("unsigned"), nobody.label("nobody"))
    return query.select_from(visits.join(alerts, true()))


def _count(*conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(FollowUp).where(*conditions).scalar_subquery()


def _lines(row: Row[Any]) -> Iterator[TodoItem]:
    if row.unread:
        yield TodoItem(
            "follow_up.alerts", f"{plural(row.unread, 'alerte')} à lire",
            "Absences, retards, fins proches\u00a0: un appel peut sauver un emploi.",
            "follow_up.alerts", action="Lire", tag="à lire", tag_state="bad", icon="alert", urgency=0,
        )  # fmt: skip
    if row.risen:
        yield TodoItem(
            "follow_up.risen", f"{plural(row.risen, 'alerte')} de l’équipe sans réponse",
            "Voyez avec la personne référente ce qui est possible.",
            "follow_up.alerts", {"qui": "equipe"}, "Voir", "à vous", "bad", "alert", 0,
        )  # fmt: skip
    if row.late:
        yield TodoItem(
            "follow_up.late", f"{plural(row.late, 'visite')} en retard",
            f"La plus ancienne était prévue le {row.oldest:%d/%m}.",
            "follow_up.follow_ups", {"qui": "moi", "quand": "retard"}, "Voir", "en retard", "bad", "calendar", 0,
        )  # fmt: skip
    if row.today:
        yield TodoItem(
            "follow_up.today", f"{plural(row.today, 'visite')} aujourd’hui",
            "Relisez ce qui s’est dit la dernière fois.",
            "follow_up.team", {"quand": AgendaTab.TODAY.value}, "Préparer", "aujourd’hui", "warn", "calendar", 1,
        )  # fmt: skip
    if row.to_close:
        yield TodoItem(
            "follow_up.to_close", f"{plural(row.to_close, 'suivi')} à clore",
            "Les six mois sont passés\u00a0: dites où en est la personne.",
            "follow_up.follow_ups", {"qui": "moi", "quand": "a-clore"}, "Clore", icon="check", urgency=2,
        )  # fmt: skip
    if row.nobody:
        yield TodoItem(
            "follow_up.nobody", f"{plural(row.nobody, 'suivi')} sans référent dans l’équipe",
            "Choisissez qui appelle et qui reçoit les alertes.",
            "follow_up.follow_ups", {"qui": "sans"}, "Confier", icon="people", urgency=2,
        )  # fmt: skip
    if row.unsigned:
        yield TodoItem(
            "follow_up.unsigned", f"{plural(row.unsigned, 'annexe')} à signer",
            "L’annexe «\u00a0suivi dans l’emploi\u00a0» attend votre signature.",
            "follow_up.follow_ups", {"qui": "moi", "quand": "a-signer"}, "Signer", icon="file", urgency=3,
        )  # fmt: skip
