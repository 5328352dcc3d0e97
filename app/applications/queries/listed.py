"""Lists of applications: the employer's inbox, the pipeline of those who accompany, the person's answers.

Lines are made of columns, not of rows: what a reader must not learn is not even read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from app.applications.models import Application, ApplicationNote
from app.applications.queries.visible import AROUND, applications_visible_to, from_the_other_side
from app.applications.rules import CONTACT_TAKEN_BACK, OPEN_STATES, WAITS_FOR_EMPLOYER, ApplicationState, Origin
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor, Role
from app.offers.models import Offer
from app.organisations.models import Organisation
from app.reference.models import Commune

BOARD_STATES = (
    ApplicationState.PROPOSED,
    ApplicationState.AGREED,
    ApplicationState.SENT,
    ApplicationState.IN_REVIEW,
    ApplicationState.POSTPONED,
    ApplicationState.INTERVIEW,
    ApplicationState.HIRED,
    ApplicationState.PLACED,
)
BOARD_SIZE: Final = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked. ``late_on`` keeps deadlines before that day; ``mine``, those the actor proposed."""

    states: Collection[ApplicationState] | None = None
    offer_id: UUID | None = None
    organisation_id: UUID | None = None
    late_on: date | None = None
    mine: bool = False
    unread: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An application as the employer's list shows it."""

    id: UUID
    state: ApplicationState
    since: datetime
    sent_at: datetime
    due_on: date | None
    interview_at: datetime | None
    offer_id: UUID
    offer: str
    offer_number: int
    name: str
    commune: str
    unread: int


@dataclass(frozen=True, slots=True)
class Line:
    """An application as those who accompany people read it."""

    id: UUID
    state: ApplicationState
    since: datetime
    origin: Origin
    due_on: date | None
    interview_at: datetime | None
    score: int | None
    offer_id: UUID
    offer: str
    offer_number: int
    organisation: str
    place: str
    name: str
    commune: str
    unread: int


_TURN = {
    Role.EMPLOYER: WAITS_FOR_EMPLOYER,
    Role.FACILITATOR: frozenset({ApplicationState.AGREED}),
    Role.REFERENT: frozenset({ApplicationState.AGREED}),
}
_full_name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
_short_name = func.concat_ws(" ", Candidate.first_name, func.left(Candidate.last_name, 1) + ".")
_employer_reads = case((Application.state.in_(CONTACT_TAKEN_BACK), _short_name), else_=_full_name)
_EMPLOYER_SORTS: Mapping[str, Any] = {
    "date": Application.sent_at,
    "delai": Application.answer_due_on,
    "etat": case({state: rank for rank, state in enumerate(ApplicationState)}, value=Application.state),
    "personne": func.lower(_employer_reads),
    "offre": func.lower(Offer.title),
}
_SORTS: Mapping[str, Any] = {
    **_EMPLOYER_SORTS,
    "date": Application.state_since,
    "personne": func.lower(func.concat_ws(" ", Candidate.last_name, Candidate.first_name)),
    "employeur": func.lower(Organisation.name),
    "score": Application.score,
}


def _conditions(actor: Actor, asked: Asked) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.states is not None:
        found.append(Application.state.in_(asked.states))
    if asked.offer_id is not None:
        found.append(Application.offer_id == asked.offer_id)
    if asked.organisation_id is not None:
        theirs = select(Offer.id).where(Offer.organisation_id == asked.organisation_id)
        found.append(Application.offer_id.in_(theirs))
    if asked.late_on is not None:
        found += [Application.answer_due_on < asked.late_on, Application.state.in_(OPEN_STATES)]
    if asked.mine:
        found.append(Application.proposed_by == actor.user_id)
    if asked.unread:
        found.append(_unread(actor) > 0)
    return found


def _order(actor: Actor, sort: str, sorts: Mapping[str, Any]) -> Sequence[Any]:
    """What waits for the reader first, the oldest deadline on top, then what runs; or the column asked for.

    The id ends it.
    """
    key = sort.removeprefix("-")
    if key in sorts:
        column = sorts[key]
        return (column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last(), Application.id)
    waits = case(
        (Application.state.in_(_TURN.get(actor.role, frozenset())), 0), (Application.state.in_(OPEN_STATES), 1), else_=2
    )
    return (waits, Application.answer_due_on.asc().nulls_last(), Application.state_since.desc(), Application.id)


def _unread(actor: Actor) -> Any:
    query = select(func.count()).where(
        ApplicationNote.application_id == Application.id,
        ApplicationNote.read_at.is_(None),
        from_the_other_side(actor),
    )
    return query.scalar_subquery()


def _received(actor: Actor, asked: Asked) -> Select[*tuple[Any, ...]]:
    place = select(Commune.name).where(Commune.insee == Candidate.commune_insee).scalar_subquery()
    return (
        applications_visible_to(actor)
        .with_only_columns(
            Application.id, Application.state, Application.state_since, Application.sent_at,
            Application.answer_due_on, Application.interview_at, Offer.id, Offer.title, Offer.number,
            _employer_reads, func.coalesce(place, ""), _unread(actor),
        )
        .join(Offer, Offer.id == Application.offer_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(*_conditions(actor, asked))
        .order_by(*_order(actor, asked.sort, _EMPLOYER_SORTS))
    )  # fmt: skip


def _lines(actor: Actor, asked: Asked) -> Select[*tuple[Any, ...]]:
    lives = select(Commune.name).where(Commune.insee == Candidate.commune_insee).scalar_subquery()
    works = select(Commune.name).where(Commune.insee == Offer.commune_insee).scalar_subquery()
    return (
        applications_visible_to(actor)
        .with_only_columns(
            Application.id, Application.state, Application.state_since, Application.origin,
            Application.answer_due_on, Application.interview_at, Application.score, Offer.id, Offer.title,
            Offer.number, Organisation.name, func.coalesce(works, ""), _full_name, func.coalesce(lives, ""),
            _unread(actor),
        )
        .join(Offer, Offer.id == Application.offer_id)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(*_conditions(actor, asked))
        .order_by(*_order(actor, asked.sort, _SORTS))
    )  # fmt: skip


def count(actor: Actor, asked: Asked) -> int:
    """How many applications the filters keep."""
    visible = applications_visible_to(actor).where(*_conditions(actor, asked))
    return (
        db.session.scalar(select(func.count()).select_from(visible.with_only_columns(Application.id).subquery())) or 0
    )


def _span(total: int, number: int) -> tuple[int, int]:
    """(the page that exists, its first row)."""
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    return number, (number - 1) * PAGE_SIZE


def received(actor: Actor, asked: Asked, number: int) -> Page[Received]:
    """One page of an employer's inbox: two statements."""
    total = count(actor, asked)
    number, first = _span(total, number)
    rows = db.session.execute(_received(actor, asked).limit(PAGE_SIZE).offset(first))
    return Page([Received(*row) for row in rows], number, PAGE_SIZE, total)


def lines(actor: Actor, asked: Asked, number: int) -> Page[Line]:
    """One page of the pipeline: two statements."""
    total = count(actor, asked)
    number, first = _span(total, number)
    rows = db.session.execute(_lines(actor, asked).limit(PAGE_SIZE).offset(first))
    return Page([Line(*row) for row in rows], number, PAGE_SIZE, total)


def all_received(actor: Actor, asked: Asked, limit: int) -> list[Received]:
    """Every line of the inbox, for a file."""
    return [Received(*row) for row in db.session.execute(_received(actor, asked).limit(limit))]


def all_lines(actor: Actor, asked: Asked, limit: int) -> list[Line]:
    """Every line of the pipeline, for a file."""
    return [Line(*row) for row in db.session.execute(_lines(actor, asked).limit(limit))]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: a state, how many, and the first of them."""

    state: ApplicationState
    total: int
    lines: Sequence[Line]


def board(actor: Actor, asked: Asked) -> list[Column]:
    """The states side by side, the most pressing on top of each; one statement."""
    query = _lines(actor, asked).order_by(None).where(Application.state.in_(BOARD_STATES))
    rank = func.row_number().over(
        partition_by=Application.state,
        order_by=(Application.answer_due_on.asc().nulls_last(), Application.state_since.desc(), Application.id),
    )
    total = func.count().over(partition_by=Application.state)
    ranked = query.add_columns(total.label("total"), rank.label("rank")).subquery()
    rows = db.session.execute(select(ranked).where(ranked.c.rank <= BOARD_SIZE).order_by(ranked.c.rank)).all()
    columns = []
    for state in BOARD_STATES:
        mine = [row for row in rows if row.state is state]
        columns.append(Column(state, mine[0].total if mine else 0, [Line(*row[:-2]) for row in mine]))
    return columns


def unread_counts(ids: Collection[UUID], actor: Actor) -> Mapping[UUID, int]:
    """Messages not read yet, written by the other side, by application."""
    query = (
        select(ApplicationNote.application_id, func.count())
        .where(ApplicationNote.application_id.in_(ids), ApplicationNote.read_at.is_(None), from_the_other_side(actor))
        .group_by(ApplicationNote.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)} if ids else {}


def offers_with_applications(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of the offers of an employer's inbox, for its filter."""
    visible = applications_visible_to(actor).with_only_columns(Application.offer_id)
    query = select(Offer.id, Offer.title, Offer.number).where(Offer.id.in_(visible)).order_by(Offer.title, Offer.id)
    return [(str(row.id), f"{row.title} (n°\u00a0{row.number})") for row in db.session.execute(query.limit(300))]


def employer_of_list(asked: Asked) -> str:
    """The name of the employer to which a list is narrowed; empty when it is not."""
    query = select(Organisation.name).where(Organisation.id == asked.organisation_id)
    return (db.session.scalar(query) or "") if asked.organisation_id else ""


def state_counts(actor: Actor) -> Mapping[ApplicationState, int]:
    """How many in each state."""
    counted = applications_visible_to(actor).with_only_columns(Application.state, func.count())
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Application.state))}


def answers_of(actor: Actor) -> Sequence[Application]:
    """A person's own: what waits for them first, then the newest."""
    if actor.role is not Role.CANDIDATE:
        return ()
    query = applications_visible_to(actor).options(*AROUND)
    order = (Application.state != ApplicationState.PROPOSED, Application.state_since.desc(), Application.id)
    return db.session.scalars(query.order_by(*order).limit(100)).unique().all()
