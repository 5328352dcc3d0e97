"""Which lots lack people, who may read that, and which structures could answer?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.clauses.models import ClauseTransition, Holder, Lot, PublicContract, StaffingAnswer, StaffingRequest
from app.clauses.queries.lot_progress import LotFacts, delivered_on, facts_of, people_in_post
from app.clauses.queries.standing import lots_standing, months_of
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.progress import MonthHours, Works, as_they_work, pace_of
from app.clauses.rules.staffing import InPost, Need, need_of
from app.clauses.rules.staffing_requests import RESTS, SOON
from app.clauses.rules.states import ContractState, StaffingState
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.french import plural
from app.core.roles import Actor, Role
from app.core.todo import TodoItem
from app.organisations.models import Organisation, OrganisationTrade
from app.organisations.rules import PROVIDER_KINDS
from app.reference.models import Commune, CommuneAssignment, Trade

LIVE: Final = (StaffingState.OPEN, StaffingState.ANSWERED)
_LotCommune = aliased(Commune)
_JOB: Final = func.lower(func.unaccent(func.coalesce(Trade.name, Lot.title)))
SORTS: Final[Mapping[str, Any]] = {
    "debut": StaffingRequest.start_before,
    "metier": _JOB,
    "commune": func.coalesce(_LotCommune.name, Commune.name),
    "marche": func.lower(func.unaccent(PublicContract.title)),
    "personnes": StaffingRequest.posts,
}
DEFAULT_SORT: Final = "debut"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list."""

    territory: str | None = None
    trade: str | None = None
    soon: bool = False
    lot_id: UUID | None = None
    sort: str = DEFAULT_SORT


def needs_of_lots(today: date) -> Mapping[UUID, Need]:
    """What each lot of a running contract still needs; a lot whose works are over, or have no end, is left out."""
    lots = (
        select(Lot)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .where(PublicContract.state == ContractState.RUNNING, delivered_on(today) >= today)
    )
    facts = facts_of(lots, today)
    ids = [one.lot_id for one in facts]
    stands, people, months = lots_standing(ids, today), people_in_post(ids, today), months_of(ids, today)
    return {
        one.lot_id: need_of(
            stands[one.lot_id].left,
            today=max(today, one.starts_on or today),
            ends_on=one.ends_on,
            people=_at_work(one, people.get(one.lot_id, ()), months.get(one.lot_id, ()), today),
        )
        for one in facts
        if one.ends_on is not None
    }


def _at_work(lot: LotFacts, people: Sequence[InPost], months: Sequence[MonthHours], today: date) -> Sequence[InPost]:
    """The people in post with the hours that they really do, as the alert of the lot counts them."""
    if not any(month.declared for month in months):
        return people
    return as_they_work(people, pace_of(months, Works(lot.starts_on or today, lot.ends_on), today=today), today)


def asked_now(*, lock: bool = False) -> Mapping[UUID, StaffingRequest]:
    """The live request of each lot that has one."""
    query = select(StaffingRequest).where(StaffingRequest.state.in_(LIVE)).order_by(StaffingRequest.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {row.lot_id: row for row in db.session.scalars(query)}


def rests(lot_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Until which day nothing is asked again for these lots, because a person closed their last request."""
    query = (
        select(StaffingRequest.lot_id, StaffingRequest.closed_on, ClauseTransition.action)
        .join(ClauseTransition, ClauseTransition.subject_id == StaffingRequest.id)
        .where(
            StaffingRequest.lot_id.in_(lot_ids),
            ClauseTransition.subject == "staffing",
            ClauseTransition.action.in_(RESTS),
            ClauseTransition.by_role != Role.SYSTEM,
        )
    )
    found: dict[UUID, date] = {}
    for lot_id, closed, action in db.session.execute(query):
        if closed is not None:
            found[lot_id] = max(closed + RESTS[action], found.get(lot_id, closed))
    return found


def is_provider(actor: Actor) -> bool:
    """A SIAE or a GEIQ: it answers the needs of others."""
    return actor.role is Role.EMPLOYER and actor.organisation_kind in PROVIDER_KINDS


def requests_visible_to(actor: Actor) -> Select[StaffingRequest]:
    """Those who steer, the needs of their lots; a firm, those of the lots it holds; a structure, besides, what it knows
    to do, what is asked on its territory, and what it answered. Joined with lot, contract, trade and places."""
    query = (
        select(StaffingRequest)
        .join(StaffingRequest.lot)
        .join(Lot.contract)
        .outerjoin(Trade, Trade.slug == Lot.trade_slug)
        .outerjoin(_LotCommune, _LotCommune.insee == Lot.commune_insee)
        .outerjoin(Commune, Commune.insee == PublicContract.commune_insee)
    )
    ours = StaffingRequest.lot_id.in_(lots_visible_to(actor).with_only_columns(Lot.id))
    return query.where(or_(ours, *_within_reach(actor)) if is_provider(actor) else ours)


def _within_reach(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    said = aliased(Trade)
    roms = select(said.rome_code).join(OrganisationTrade, OrganisationTrade.trade_slug == said.slug)
    mine = OrganisationTrade.organisation_id == actor.organisation_id
    slugs = select(OrganisationTrade.trade_slug).where(mine)
    known = or_(Trade.slug.in_(slugs), Trade.rome_code.in_(roms.where(mine)))
    answered = select(StaffingAnswer.request_id).where(StaffingAnswer.organisation_id == actor.organisation_id)
    live = and_(StaffingRequest.state.in_(LIVE), or_(known, _on_its_territory(actor)))
    return live, StaffingRequest.id.in_(answered)


def _on_its_territory(actor: Actor) -> ColumnElement[bool]:
    """The territory of the work's commune, else the contract's own, is the structure's: said, or its commune's."""

    def territory_of(insee: Any) -> Any:
        today = clock.today()
        row = aliased(CommuneAssignment)
        holds = (row.valid_from <= today, or_(row.valid_until.is_(None), row.valid_until > today))
        return select(row.territory_code).where(row.commune_insee == insee, *holds).limit(1)

    place = func.coalesce(Lot.commune_insee, PublicContract.commune_insee)
    house = select(
        func.coalesce(Organisation.territory_code, territory_of(Organisation.commune_insee).scalar_subquery())
    )
    theirs = house.where(Organisation.id == actor.organisation_id).scalar_subquery()
    there = territory_of(place).correlate(Lot, PublicContract).scalar_subquery()
    return func.coalesce(there, PublicContract.territory_code) == theirs


def _whole(query: Select[StaffingRequest]) -> Select[StaffingRequest]:
    contract = contains_eager(StaffingRequest.lot).contains_eager(Lot.contract)
    lot = contains_eager(StaffingRequest.lot)
    return query.options(
        lot.joinedload(Lot.trade),
        lot.joinedload(Lot.commune),
        contract.joinedload(PublicContract.commune),
        contract.joinedload(PublicContract.facilitator),
        contract.joinedload(PublicContract.facilitator_organisation),
    )


def listed(actor: Actor, asked: Asked, today: date) -> Select[StaffingRequest]:
    """The live requests that the reader may see, the most urgent first unless asked otherwise."""
    query = _whole(requests_visible_to(actor)).where(StaffingRequest.state.in_(LIVE))
    if asked.territory:
        query = query.where(PublicContract.territory_code == asked.territory)
    if asked.trade:
        query = query.where(Lot.trade_slug == asked.trade)
    if asked.lot_id is not None:
        query = query.where(StaffingRequest.lot_id == asked.lot_id)
    if asked.soon:
        query = query.where(StaffingRequest.start_before <= today + SOON)
    key = SORTS.get(asked.sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    first = key.desc() if asked.sort.startswith("-") else key.asc()
    return query.order_by(first.nulls_first(), StaffingRequest.start_before, StaffingRequest.id)


def trades_asked(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of the jobs among the reader's live requests."""
    query = requests_visible_to(actor).where(StaffingRequest.state.in_(LIVE), Trade.slug.is_not(None))
    rows = db.session.execute(query.with_only_columns(Trade.slug, Trade.name).distinct().order_by(Trade.name))
    return [(row[0], row[1]) for row in rows]


def answers_to(requests: Sequence[StaffingRequest]) -> Mapping[UUID, tuple[int, int]]:
    """(answers, posts proposed) of each request that has some."""
    query = (
        select(StaffingAnswer.request_id, func.count(), func.sum(StaffingAnswer.posts))
        .where(StaffingAnswer.request_id.in_([one.id for one in requests]))
        .group_by(StaffingAnswer.request_id)
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}


def own_answers(actor: Actor, requests: Sequence[StaffingRequest]) -> Mapping[UUID, StaffingAnswer]:
    """What the reader's structure answered to these."""
    query = select(StaffingAnswer).where(
        StaffingAnswer.request_id.in_([one.id for one in requests]),
        StaffingAnswer.organisation_id == actor.organisation_id,
    )
    return {row.request_id: row for row in db.session.scalars(query)}


def answer_of(actor: Actor, request_id: UUID) -> StaffingAnswer | None:
    """The answer of the reader's structure, if any."""
    query = select(StaffingAnswer).where(
        StaffingAnswer.request_id == request_id, StaffingAnswer.organisation_id == actor.organisation_id
    )
    return db.session.scalar(query)


def own_lots(actor: Actor, requests: Sequence[StaffingRequest]) -> frozenset[UUID]:
    """Those of the lots that an employer works on, whose contract it may name and open."""
    ids = [one.lot_id for one in requests]
    query = lots_visible_to(actor).where(Lot.id.in_(ids)).with_only_columns(Lot.id)
    return frozenset(db.session.scalars(query))


def holds(actor: Actor, lot_id: UUID) -> bool:
    """Does the actor's organisation work on the lot already?"""
    query = select(Holder.id).where(
        Holder.lot_id == lot_id, Holder.organisation_id == actor.organisation_id, Holder.until.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def the_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> StaffingRequest:
    """One, with its lot, contract, places and facilitator. Raises NotFound."""
    query = _whole(requests_visible_to(actor)).where(StaffingRequest.id == request_id)
    if lock:
        query = query.with_for_update(of=StaffingRequest).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def answers_in_full(request_id: UUID) -> Sequence[StaffingAnswer]:
    """The answers with their structures, the first one first: for those who steer."""
    query = select(StaffingAnswer).where(StaffingAnswer.request_id == request_id)
    around = joinedload(StaffingAnswer.organisation).joinedload(Organisation.commune)
    return db.session.scalars(query.options(around).order_by(StaffingAnswer.at, StaffingAnswer.id)).all()


def history_of(request_id: UUID) -> Sequence[ClauseTransition]:
    """Its changes of state, the newest first."""
    query = select(ClauseTransition).where(
        ClauseTransition.subject == "staffing", ClauseTransition.subject_id == request_id
    )
    return db.session.scalars(query.order_by(ClauseTransition.at.desc())).all()


def job_of(lot: Lot) -> str:
    """The job as anybody reads it: the trade, else the title of the lot."""
    return lot.trade.name if lot.trade else lot.title


def place_of(lot: Lot) -> str:
    """The commune of the work, or nothing."""
    commune = lot.commune or lot.contract.commune
    return commune.name if commune else ""


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """« 4 lots manquent de personnes » for those who steer, « 2 besoins près de vous » for a structure."""
    steers = actor.is_any(Role.FACILITATOR, Role.DEPARTMENT)
    if not steers and not is_provider(actor):
        return []
    query = requests_visible_to(actor).where(StaffingRequest.state.in_(LIVE))
    if not steers:
        said = select(StaffingAnswer.request_id).where(StaffingAnswer.organisation_id == actor.organisation_id)
        held = select(Holder.lot_id).where(Holder.organisation_id == actor.organisation_id)
        query = query.where(StaffingRequest.id.not_in(said), StaffingRequest.lot_id.not_in(held))
    soon = func.count().filter(StaffingRequest.start_before <= today + SOON)
    count, pressing = db.session.execute(query.with_only_columns(func.count(), soon)).one()
    if not count:
        return []
    if steers:
        title = plural(count, "lot manque de personnes", "lots manquent de personnes")
        text = "Cherchez des personnes, ou appelez les structures qui ont répondu."
    else:
        title = plural(count, "besoin de personnes près de vous", "besoins de personnes près de vous")
        text = "Dites combien de personnes vous pouvez proposer, et à partir de quand."
    tag = plural(pressing, "à pourvoir sous 2\u00a0semaines", "à pourvoir sous 2\u00a0semaines") if pressing else ""
    return [
        TodoItem(
            "staffing", title, text, "clauses.staffing", {"tri": DEFAULT_SORT}, tag=tag,
            tag_state="warn" if pressing else "", icon="people", urgency=2 if pressing else 3,
        )
    ]  # fmt: skip
