"""Lists of applications: the employer's inbox, the pipeline of those who accompany, the person's answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.applications.models import Application, ApplicationNote
from app.applications.queries.visible import AROUND, applications_visible_to
from app.applications.rules import OPEN_STATES, ApplicationState
from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import Actor, Role
from app.offers.models import Offer

_COLUMNS: Mapping[str, Any] = {
    "date": Application.state_since,
    "delai": Application.answer_due_on,
    "etat": Application.state,
    "personne": Candidate.last_name,
    "offre": Offer.title,
    "score": Application.score,
}
SORTS = frozenset(_COLUMNS)
BOARD_STATES = (
    ApplicationState.PROPOSED,
    ApplicationState.AGREED,
    ApplicationState.SENT,
    ApplicationState.IN_REVIEW,
    ApplicationState.INTERVIEW,
    ApplicationState.HIRED,
)
BOARD_SIZE = 30


def listed(
    actor: Actor,
    *,
    states: Collection[ApplicationState] | None = None,
    offer_id: UUID | None = None,
    late_on: date | None = None,
    mine: bool = False,
    sort: str = "-date",
) -> Select[Application]:
    """A list to page through, its offers, organisations, communes and people loaded in the same statement.

    ``late_on`` keeps those whose deadline is before that day; ``mine``, those the actor proposed. ``sort`` is a key
    of SORTS, « - » first for downwards.
    """
    query = applications_visible_to(actor).join(Application.offer).join(Application.candidate)
    if states is not None:
        query = query.where(Application.state.in_(states))
    if offer_id is not None:
        query = query.where(Application.offer_id == offer_id)
    if late_on is not None:
        query = query.where(Application.answer_due_on < late_on, Application.state.in_(OPEN_STATES))
    if mine:
        query = query.where(Application.proposed_by == actor.user_id)
    key = sort.removeprefix("-")
    column = _COLUMNS.get(key, Application.state_since)
    down = sort.startswith("-") or key not in SORTS
    order = column.desc().nulls_last() if down else column.asc().nulls_last()
    return query.options(*AROUND).order_by(order, Application.id)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: a state, how many, and the first of them."""

    state: ApplicationState
    total: int
    applications: Sequence[Application]


def board(actor: Actor, *, offer_id: UUID | None = None, mine: bool = False) -> list[Column]:
    """The states side by side, two statements in all."""
    query = listed(actor, states=BOARD_STATES, offer_id=offer_id, mine=mine)
    ranked = (
        query.order_by(None)
        .options()
        .with_only_columns(
            Application.id,
            Application.state,
            func.row_number()
            .over(partition_by=Application.state, order_by=(Application.state_since.desc(), Application.id))
            .label("rank"),
            func.count().over(partition_by=Application.state).label("total"),
        )
        .subquery()
    )
    heads = db.session.execute(select(ranked.c.id, ranked.c.state, ranked.c.total).where(ranked.c.rank <= BOARD_SIZE))
    rows = heads.all()
    totals = {row.state: row.total for row in rows}
    loaded = select(Application).where(Application.id.in_([row.id for row in rows])).options(*AROUND)
    found = db.session.scalars(loaded.order_by(Application.state_since.desc(), Application.id)).unique().all()
    return [Column(state, totals.get(state, 0), [one for one in found if one.state is state]) for state in BOARD_STATES]


def unread_counts(ids: Collection[UUID], actor: Actor) -> Mapping[UUID, int]:
    """Messages not read yet, written by the other side, by application."""
    if not ids:
        return {}
    others = ApplicationNote.by_role != actor.role
    query = (
        select(ApplicationNote.application_id, func.count())
        .where(ApplicationNote.application_id.in_(ids), ApplicationNote.read_at.is_(None), others)
        .group_by(ApplicationNote.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def offers_with_applications(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of the offers in the actor's list, for its filter."""
    visible = applications_visible_to(actor).with_only_columns(Application.offer_id)
    query = select(Offer.id, Offer.title, Offer.number).where(Offer.id.in_(visible)).order_by(Offer.title, Offer.id)
    return [(str(row.id), f"{row.title} (nº\u00a0{row.number})") for row in db.session.execute(query.limit(300))]


def state_counts(actor: Actor) -> Mapping[ApplicationState, int]:
    """How many in each state."""
    counted = applications_visible_to(actor).with_only_columns(Application.state, func.count())
    return dict(db.session.execute(counted.group_by(Application.state)).all())


def answers_of(actor: Actor) -> Sequence[Application]:
    """A person's own: what waits for them first, then the newest."""
    if actor.role is not Role.CANDIDATE:
        return ()
    query = applications_visible_to(actor).options(*AROUND)
    order = (Application.state != ApplicationState.PROPOSED, Application.state_since.desc(), Application.id)
    return db.session.scalars(query.order_by(*order).limit(100)).unique().all()
