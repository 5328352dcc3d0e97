"""Which stages does the list of professionals show, in which order? One line a stage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.quantities import add_months
from app.core.roles import Actor
from app.organisations.models import Organisation
from app.placements.models import Placement
from app.placements.queries.visible import placements_visible_to
from app.placements.rules.states import DEAD, PlacementState
from app.reference.models import Commune, Trade
from app.reference.queries import commune_codes_in

_S = PlacementState
STATES: Final[Mapping[str, tuple[PlacementState, ...]]] = {
    "": tuple(state for state in _S if state not in DEAD | {_S.CLOSED}),
    "demandes": (_S.WISHED,),
    "acceptes": (_S.ACCEPTED,),
    "convention": (_S.PREPARED, _S.DEPOSITED),
    "prets": (_S.VALIDATED,),
    "en-cours": (_S.RUNNING,),
    "finis": (_S.ENDED, _S.STOPPED),
    "clos": (_S.CLOSED,),
    "sans-suite": tuple(sorted(DEAD)),
    "tous": tuple(_S),
}
WITHOUT_CONVENTION: Final = (_S.WISHED, _S.ACCEPTED)
SOON: Final = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked; words of the address, nonsense asks nothing."""

    state: str = ""
    period: str = ""
    host: str = ""
    family: str = ""
    territory: str = ""
    prescriber: str = ""
    without_convention: bool = False
    sort: str = "debut"


@dataclass(frozen=True, slots=True)
class Line:
    """One stage of the list."""

    id: UUID
    number: int
    state: PlacementState
    name: str
    title: str
    host: str
    host_siret: str | None
    on_portal: bool
    commune: str
    starts_on: date
    ends_on: date
    stopped_on: date | None
    hours_week: Any
    prescriber: str
    place: str
    reference: str

    @property
    def last_day(self) -> date:
        """The day of the stop, else the last day foreseen."""
        return self.stopped_on or self.ends_on


_Place = aliased(Organisation)
_name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
_guide = func.concat_ws(" ", User.first_name, User.last_name)
_SORTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "debut": (Placement.starts_on,),
    "fin": (func.coalesce(Placement.stopped_on, Placement.ends_on),),
    "personne": (func.lower(Candidate.last_name), func.lower(Candidate.first_name)),
    "entreprise": (func.lower(Placement.host_name),),
    "etat": (case({state: rank for rank, state in enumerate(_S)}, value=Placement.state),),
    "prescripteur": (func.lower(_Place.name),),
}


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; nonsense is by the first day."""
    return raw if raw and raw.removeprefix("-") in _SORTS else "debut"


def _conditions(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    yield Placement.state.in_(STATES.get(asked.state, STATES[""]))
    yield from _period(asked.period, today)
    if asked.host:
        wanted = asked.host.replace("\\", " ").replace("%", " ").replace("_", " ")
        yield func.unaccent(Placement.host_name).ilike(func.unaccent(f"%{wanted}%"))
    if asked.family:
        yield Placement.trade_slug.in_(select(Trade.slug).where(Trade.family_slug == asked.family))
    if asked.territory:
        yield Placement.commune_insee.in_(commune_codes_in(asked.territory, today))
    if asked.prescriber:
        yield Placement.prescriber_organisation_id == UUID(asked.prescriber)
    if asked.without_convention:
        yield Placement.state.in_(WITHOUT_CONVENTION)


def _period(period: str, today: date) -> Iterator[ColumnElement[bool]]:
    last = func.coalesce(Placement.stopped_on, Placement.ends_on)
    month = today.replace(day=1)
    match period:
        case "bientot":
            yield Placement.starts_on.between(today, today + SOON)
        case "mois":
            yield and_(Placement.starts_on < add_months(month, 1), last >= month)
        case "a-venir":
            yield Placement.starts_on > today
        case "passes":
            yield last < today


def _lines(actor: Actor, asked: Asked, today: date) -> Select[Any]:
    down = asked.sort.startswith("-")
    order = _SORTS[asked.sort.removeprefix("-")]
    return (
        placements_visible_to(actor)
        .with_only_columns(
            Placement.id, Placement.number, Placement.state, _name, Placement.title, Placement.host_name,
            Placement.host_siret, Placement.host_organisation_id.is_not(None), func.coalesce(Commune.name, ""),
            Placement.starts_on, Placement.ends_on, Placement.stopped_on, Placement.hours_week, _guide,
            func.coalesce(_Place.name, ""), Placement.official_reference,
        )
        .join(Candidate, Candidate.id == Placement.candidate_id)
        .outerjoin(Commune, Commune.insee == Placement.commune_insee)
        .outerjoin(User, User.id == func.coalesce(Placement.referent_id, Placement.prescriber_id))
        .outerjoin(_Place, _Place.id == Placement.prescriber_organisation_id)
        .where(*_conditions(asked, today))
        .order_by(*(one.desc().nulls_last() if down else one.asc().nulls_last() for one in order), Placement.id)
    )  # fmt: skip


def listed(actor: Actor, asked: Asked, number: int, today: date) -> Page[Line]:
    """One page of the list: two statements."""
    query = _lines(actor, asked, today)
    counted = query.order_by(None).with_only_columns(Placement.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([Line(*row) for row in rows], number, PAGE_SIZE, total)


def exported(actor: Actor, asked: Asked, limit: int, today: date) -> list[Line]:
    """Every line, for a file."""
    return [Line(*row) for row in db.session.execute(_lines(actor, asked, today).limit(limit))]


def prescriber_choices(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the places that prescribed what the reader sees. One statement."""
    seen = placements_visible_to(actor).with_only_columns(Placement.prescriber_organisation_id)
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(seen)).order_by(Organisation.name)
    return [(str(row.id), row.name) for row in db.session.execute(query.limit(300))]
