"""Which people does a list show, in which order, and what does each line say?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.accounts.models import User
from app.candidates.models import Candidate, CandidateProgramme, WantedTrade
from app.candidates.queries.visible import candidates_visible_to
from app.candidates.rules import Programme, name_key
from app.core import clock
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.reference.models import Commune, Trade
from app.reference.queries import commune_codes_in

MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list; ``mine`` means: I am the referent.

    ``ready`` is « oui » (and consenting), « sans-accord » (ready, not consenting), « non » or nothing.
    """

    territory: str | None = None
    commune: str | None = None
    trade: str | None = None
    ready: str | None = None
    mine: bool = False
    waiting_days: int | None = None
    programme: str | None = None
    consenting: str | None = None
    sort: str = "nom"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list."""

    id: UUID
    number: int
    full_name: str
    first_name: str
    last_name: str
    commune: str
    trades: Sequence[str]
    ready_on: date | None
    consenting: bool
    available_from: date | None
    waiting_since: date
    referent: str


_SORTS: Final[Mapping[str, Sequence[Any]]] = {
    "nom": (Candidate.last_name, Candidate.first_name),
    "commune": (Commune.name_key,),
    "attend": (Candidate.waiting_since,),
    "libre": (Candidate.available_from,),
    "pret": (Candidate.ready_on,),
}


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; nonsense is by name."""
    return raw if raw and raw.removeprefix("-") in _SORTS else "nom"


def _conditions(actor: Actor, asked: Filters) -> Iterator[ColumnElement[bool]]:
    today = clock.today()
    if asked.territory:
        yield Candidate.commune_insee.in_(commune_codes_in(asked.territory, today))
    if asked.commune:
        yield Candidate.commune_insee == asked.commune
    if asked.trade:
        wanted = WantedTrade.candidate_id == Candidate.id
        yield exists().where(wanted, WantedTrade.trade_slug == asked.trade)
    if asked.ready == "oui":
        yield and_(Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
    elif asked.ready == "sans-accord":
        yield and_(Candidate.ready_on.is_not(None), Candidate.consent_at.is_(None))
    elif asked.ready == "non":
        yield Candidate.ready_on.is_(None)
    if asked.consenting in {"oui", "non"}:
        yield Candidate.consent_at.is_not(None) if asked.consenting == "oui" else Candidate.consent_at.is_(None)
    if asked.mine:
        yield Candidate.referent_id == actor.user_id if actor.user_id else false()
    if asked.waiting_days:
        since = today - timedelta(days=asked.waiting_days)
        yield and_(Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
        yield Candidate.waiting_since <= since
    if asked.programme in set(Programme):
        stay = CandidateProgramme
        yield exists().where(
            stay.candidate_id == Candidate.id,
            stay.programme == Programme(asked.programme),
            stay.since <= today,
            or_(stay.until.is_(None), stay.until >= today),
        )


def filtered(actor: Actor, asked: Filters) -> Select[Candidate]:
    """The visible files that the filters keep, without an order."""
    return candidates_visible_to(actor).order_by(None).where(*_conditions(actor, asked))


def _lines(query: Select[Candidate], sort: str) -> Select[*tuple[Any, ...]]:
    trades = (
        select(func.array_agg(aggregate_order_by(Trade.name, WantedTrade.rank)))
        .select_from(WantedTrade)
        .join(Trade, Trade.slug == WantedTrade.trade_slug)
        .where(WantedTrade.candidate_id == Candidate.id)
        .scalar_subquery()
    )
    order = [
        column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last()
        for column in _SORTS[sort.removeprefix("-")]
    ]
    return (
        query.with_only_columns(
            Candidate.id,
            Candidate.number,
            Candidate.first_name,
            Candidate.last_name,
            Candidate.ready_on,
            Candidate.consent_at,
            Candidate.available_from,
            Candidate.waiting_since,
            func.coalesce(Commune.name, "").label("commune"),
            func.concat_ws(" ", User.first_name, User.last_name).label("referent"),
            trades.label("trades"),
        )
        .outerjoin(Commune, Commune.insee == Candidate.commune_insee)
        .outerjoin(User, User.id == Candidate.referent_id)
        .order_by(*order, Candidate.id)
    )


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        number=row.number,
        full_name=f"{row.first_name} {row.last_name}".strip(),
        first_name=row.first_name,
        last_name=row.last_name,
        commune=row.commune,
        trades=row.trades or (),
        ready_on=row.ready_on,
        consenting=row.consent_at is not None,
        available_from=row.available_from,
        waiting_since=row.waiting_since,
        referent=row.referent,
    )


def listed(actor: Actor, asked: Filters, number: int, size: int = PAGE_SIZE) -> Page[Line]:
    """One page of the list: two statements."""
    query = filtered(actor, asked)
    total = db.session.scalar(select(func.count()).select_from(query.with_only_columns(Candidate.id).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.execute(_lines(query, asked.sort).limit(size).offset((number - 1) * size))
    return Page([_line(row) for row in rows], number, size, total)


def exported(actor: Actor, asked: Filters) -> list[Line]:
    """Every line of the list, for a file: one statement."""
    return [_line(row) for row in db.session.execute(_lines(filtered(actor, asked), asked.sort))]


def named(actor: Actor, words: str) -> list[Line]:
    """The visible people whose name holds every word typed, else whose name is near; at most fifty.

    A number of a file finds it too. The name never stands in an address: the form is sent by POST.
    """
    key = name_key(words, "")
    if not key:
        return []
    query = candidates_visible_to(actor).order_by(None)
    if key.isdigit():
        query = query.where(Candidate.number == int(key[:15]))
        return [_line(row) for row in db.session.execute(_lines(query, "nom").limit(MOST_FOUND))]
    holding = query.where(*(Candidate.name_key.contains(word, autoescape=True) for word in key.split()))
    found = [_line(row) for row in db.session.execute(_lines(holding, "nom").limit(MOST_FOUND))]
    if found:
        return found
    near = query.where(func.word_similarity(key, Candidate.name_key) >= 0.5)
    lines = _lines(near, "nom").order_by(None).order_by(func.similarity(key, Candidate.name_key).desc(), Candidate.id)
    return [_line(row) for row in db.session.execute(lines.limit(MOST_FOUND))]


def filter_choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(communes, trades) that the visible people have: the filters offer nothing empty. Two statements."""
    mine = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
    lived = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.commune_insee)
    communes = select(Commune.insee, Commune.name).where(Commune.insee.in_(lived)).order_by(Commune.name_key)
    wanted = select(WantedTrade.trade_slug).where(WantedTrade.candidate_id.in_(mine))
    trades = select(Trade.slug, Trade.name).where(Trade.slug.in_(wanted)).order_by(func.lower(Trade.name))
    return [(key, name) for key, name in db.session.execute(communes)], [
        (key, name) for key, name in db.session.execute(trades)
    ]
