"""What does the page « Avancement » of a contract, or of one of its lots, say on a day? A dozen statements at most.

An employer reads its own part: its share of each objective, its hours and those of its subcontractors.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.clauses.models import (
    ClauseEmployment,
    ClauseOffer,
    ClauseTerms,
    ClauseTransition,
    ContractVersion,
    Holder,
    HourReport,
    Lot,
    LotDay,
    LotObjective,
    PublicContract,
)
from app.clauses.queries.lot_progress import LotFacts, lots_in_danger, progress_of
from app.clauses.queries.standing import ZERO
from app.clauses.queries.visible import contracts_visible_to, holders_visible_to, reports_visible_to
from app.clauses.rules.curve import Curve, curve
from app.clauses.rules.members import Member, parts_of
from app.clauses.rules.objective import Rate, rate
from app.clauses.rules.progress import MonthHours, Progress
from app.clauses.rules.staffing import InPost
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, Terms, terms_on
from app.clauses.rules.together import counted_months, forecast_of
from app.core.clock import civil_day
from app.core.db import db
from app.core.french import plural
from app.core.quantities import round_half_up
from app.core.roles import Actor, Role
from app.core.todo import TodoItem
from app.offers.models import Offer
from app.offers.rules import OfferState

LAST_REPORTS = 6


@dataclass(frozen=True, slots=True)
class LotSheet:
    """One lot, or the reader's part of it. ``people`` have worked on it; ``in_post`` do on the day."""

    lot: Lot
    progress: Progress
    months: Sequence[MonthHours]
    holders: Sequence[Holder]
    members: Sequence[Member]
    people: int
    in_post: int
    offer_id: UUID | None = None

    @property
    def leader(self) -> Holder | None:
        """Who answers for the lot: its only holder or its mandataire."""
        return next((one for one in self.holders if one.role in {"sole", "mandatary"}), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contract on a day. ``own_part``: the reader is a firm and sees nothing of the others."""

    contract: PublicContract
    as_of: date
    state: ContractState
    delivered_on: date | None
    terms: Terms
    lots: Sequence[LotSheet]
    own_part: bool
    versions: Sequence[ContractVersion] = ()
    transitions: Sequence[ClauseTransition] = ()
    term_versions: Sequence[ClauseTerms] = ()
    objectives: Mapping[UUID, Sequence[tuple[date, Decimal]]] = field(default_factory=dict)
    days: Sequence[Any] = ()
    reports: Sequence[HourReport] = ()

    def together(self, *, pooling: bool) -> Rate:
        return rate([(one.progress.objective, one.progress.validated) for one in self.lots], pooling=pooling)

    @property
    def rate(self) -> Rate:
        """By the terms of the contract."""
        return self.together(pooling=self.terms.pooling)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.lots)

    @property
    def forecast(self) -> Decimal | None:
        return forecast_of([one.progress for one in self.lots], pooling=self.terms.pooling)

    @property
    def missing_at_the_end(self) -> Decimal:
        """Whole hours that will be missing if nothing changes; 0 when it is not known or none will."""
        forecast = self.forecast
        return round_half_up(max(self.rate.objective - forecast, ZERO), 0) if forecast is not None else ZERO

    def rate_on(self, day: date) -> Rate:
        """The rate as it was at the end of an earlier day, with the terms of now."""
        stood = []
        for one in self.lots:
            due = max((step for step in self.objectives.get(one.lot.id, ()) if step[0] <= day), default=(day, ZERO))[1]
            done = (row.validated for row in self.days if row.lot_id == one.lot.id and row.on <= day)
            stood.append((due, sum(done, ZERO)))
        return rate(stood, pooling=self.terms.pooling)

    @property
    def curve(self) -> Curve | None:
        """The hours that count, month by month; None before the notification or without a delivery."""
        starts_on = self.contract.notified_on
        if starts_on is None or self.delivered_on is None:
            return None
        pooling = self.terms.pooling or len(self.lots) == 1
        parts = [one.progress for one in self.lots]
        return curve(
            counted_months([(one.progress.objective, one.months) for one in self.lots], pooling=pooling),
            _steps([self.objectives.get(one.lot.id, ()) for one in self.lots]),
            starts_on=starts_on,
            ends_on=self.delivered_on,
            today=self.as_of,
            forecast=forecast_of(parts, pooling=pooling) if self.as_of < self.delivered_on else None,
        )


def _steps(lots: Sequence[Sequence[tuple[date, Decimal]]]) -> list[tuple[date, Decimal]]:
    """The steps of several objectives together."""
    days = sorted({day for steps in lots for day, _ in steps})
    latest = [max((step for step in steps if step[0] <= day), default=(day, ZERO))[1] for day in days for steps in lots]
    width = len(lots)
    return [(day, sum(latest[rank * width : (rank + 1) * width], ZERO)) for rank, day in enumerate(days)]


def sheet_of(actor: Actor, contract: PublicContract, as_of: date, lot_id: UUID | None = None) -> Sheet:
    """All of the contract that the reader may see, or one lot, as known at the end of the day."""
    wanted = [lot.id for lot in contract.lots if lot_id in {None, lot.id}]
    holders = _holders(actor, wanted, as_of)
    own = actor.role is Role.EMPLOYER
    if own:
        mine = {one.lot_id for one in holders if one.organisation_id == actor.organisation_id}
        wanted = [one for one in wanted if one in mine]
    transitions = _transitions(contract.id, as_of)
    versions = _versions(contract.id, as_of)
    term_rows = _terms(contract.id, as_of)
    state = _state_on(contract, transitions, as_of)
    delivered_on = versions[-1].delivered_on if versions else contract.delivered_on
    terms = terms_on(as_of, [(row.valid_from, row.known_from, Terms.from_json(row.said)) for row in term_rows], as_of)
    reading = _Reading(
        as_of=as_of,
        own=own,
        holders=holders,
        objectives=_objectives(wanted, as_of),
        days=_days(wanted, [one.id for one in holders] if own else None, as_of),
        work=_work(wanted, [one.id for one in holders] if own else None, as_of),
        offers=_offers(wanted),
    )
    facts = LotFacts(contract.id, contract.id, contract.notified_on, delivered_on, state, terms or DEFAULTS)
    lots = [reading.lot(lot, replace(facts, lot_id=lot.id)) for lot in contract.lots if lot.id in wanted]
    return Sheet(
        contract, as_of, state, delivered_on, terms or DEFAULTS, lots, own, versions, transitions, term_rows,
        reading.owed_steps(lots), reading.days, _reports(actor, contract.id, lot_id, as_of),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read once for all the lots."""

    as_of: date
    own: bool
    holders: Sequence[Holder]
    objectives: Mapping[UUID, Sequence[tuple[date, Decimal]]]
    days: Sequence[Any]
    work: Sequence[Any]
    offers: Mapping[UUID, UUID]

    def lot(self, lot: Lot, facts: LotFacts) -> LotSheet:
        holders = [one for one in self.holders if one.lot_id == lot.id]
        days = [row for row in self.days if row.lot_id == lot.id]
        work = [row for row in self.work if row.lot_id == lot.id]
        whole = max(self.objectives.get(lot.id, ()), default=(self.as_of, ZERO))[1]
        members = parts_of(whole, holders, days)
        due = sum((one.due for one in members if one.due is not None), ZERO) if self.own else whole
        months = _by_month(days)
        there = [
            InPost(row.hours_week, row.last_day, row.started_on)
            for row in work
            if not row.last_day or row.last_day >= self.as_of
        ]
        return LotSheet(
            lot=lot,
            progress=progress_of(facts, self.as_of, due, months, there),
            months=months,
            holders=holders,
            members=members,
            people=len({row.candidate_id for row in work}),
            in_post=len(there),
            offer_id=self.offers.get(lot.id),
        )

    def owed_steps(self, lots: Sequence[LotSheet]) -> Mapping[UUID, Sequence[tuple[date, Decimal]]]:
        """The steps of each objective, in the reader's part."""
        found = {}
        for one in lots:
            steps = self.objectives.get(one.lot.id, ())
            if self.own and steps:
                steps = [
                    (day, sum((m.due for m in parts_of(hours, one.holders, ()) if m.due is not None), ZERO))
                    for day, hours in steps
                ]
            found[one.lot.id] = steps
        return found


def _by_month(days: Sequence[Any]) -> list[MonthHours]:
    sums: dict[date, list[Decimal]] = {}
    for row in days:
        pair = sums.setdefault(row.month, [ZERO, ZERO])
        pair[0] += row.declared
        pair[1] += row.validated
    return [MonthHours(month, declared, validated) for month, (declared, validated) in sorted(sums.items())]


def _holders(actor: Actor, lot_ids: Collection[UUID], as_of: date) -> Sequence[Holder]:
    query = holders_visible_to(actor).where(Holder.lot_id.in_(lot_ids))
    return db.session.scalars(query.order_by(Holder.created_at, Holder.id)).all()


def _objectives(lot_ids: Collection[UUID], as_of: date) -> Mapping[UUID, Sequence[tuple[date, Decimal]]]:
    query = (
        select(LotObjective.lot_id, LotObjective.from_day, LotObjective.hours)
        .where(LotObjective.lot_id.in_(lot_ids), LotObjective.from_day <= as_of)
        .order_by(LotObjective.from_day)
    )
    found: dict[UUID, list[tuple[date, Decimal]]] = {}
    for lot_id, day, hours in db.session.execute(query):
        found.setdefault(lot_id, []).append((day, hours))
    return found


def _days(lot_ids: Collection[UUID], holder_ids: Collection[UUID] | None, as_of: date) -> Sequence[Any]:
    query = select(LotDay.lot_id, LotDay.holder_id, LotDay.on, LotDay.month, LotDay.declared, LotDay.validated).where(
        LotDay.lot_id.in_(lot_ids), LotDay.on <= as_of
    )
    if holder_ids is not None:
        query = query.where(LotDay.holder_id.in_(holder_ids))
    return db.session.execute(query).all()


def _work(lot_ids: Collection[UUID], holder_ids: Collection[UUID] | None, as_of: date) -> Sequence[Any]:
    last_day = func.least(ClauseEmployment.ended_on, ClauseEmployment.counts_until).label("last_day")
    query = select(
        ClauseEmployment.lot_id,
        ClauseEmployment.holder_id,
        ClauseEmployment.candidate_id,
        ClauseEmployment.hours_week,
        ClauseEmployment.started_on,
        last_day,
    ).where(ClauseEmployment.lot_id.in_(lot_ids), ClauseEmployment.started_on <= as_of)
    if holder_ids is not None:
        query = query.where(ClauseEmployment.holder_id.in_(holder_ids))
    return db.session.execute(query).all()


def _offers(lot_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """The latest published offer that serves each lot."""
    query = (
        select(ClauseOffer.lot_id, ClauseOffer.offer_id)
        .join(Offer, Offer.id == ClauseOffer.offer_id)
        .where(ClauseOffer.lot_id.in_(lot_ids), Offer.state == OfferState.PUBLISHED)
        .order_by(ClauseOffer.linked_at)
    )
    return {row.lot_id: row.offer_id for row in db.session.execute(query)}


def _versions(contract_id: UUID, as_of: date) -> Sequence[ContractVersion]:
    query = select(ContractVersion).where(ContractVersion.contract_id == contract_id)
    return db.session.scalars(query.where(ContractVersion.known_from <= as_of).order_by(ContractVersion.number)).all()


def _terms(contract_id: UUID, as_of: date) -> Sequence[ClauseTerms]:
    query = select(ClauseTerms).where(ClauseTerms.contract_id == contract_id, ClauseTerms.known_from <= as_of)
    return db.session.scalars(query.order_by(ClauseTerms.valid_from)).all()


def _transitions(contract_id: UUID, as_of: date) -> Sequence[ClauseTransition]:
    query = select(ClauseTransition).where(
        ClauseTransition.subject == "contract", ClauseTransition.subject_id == contract_id
    )
    return db.session.scalars(query.order_by(ClauseTransition.at)).all()


def _state_on(contract: PublicContract, transitions: Sequence[ClauseTransition], as_of: date) -> ContractState:
    """The state at the end of the day; that of now when nothing was logged after it."""
    later = [one for one in transitions if civil_day(one.at) > as_of]
    return ContractState(later[0].from_state) if later else contract.state


def _reports(actor: Actor, contract_id: UUID, lot_id: UUID | None, as_of: date) -> Sequence[HourReport]:
    lots = select(Lot.id).where(Lot.contract_id == contract_id)
    query = reports_visible_to(actor).where(HourReport.lot_id.in_([lot_id] if lot_id else lots))
    query = query.where(HourReport.first_month <= as_of).options(
        joinedload(HourReport.holder), joinedload(HourReport.lot)
    )
    return db.session.scalars(query.order_by(HourReport.first_month.desc(), HourReport.id).limit(LAST_REPORTS)).all()


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Lots in danger, in one line, for those who steer them."""
    if not actor.is_any(Role.FACILITATOR, Role.DEPARTMENT):
        return []
    lots = contracts_visible_to(actor).join(Lot, Lot.contract_id == PublicContract.id)
    found = lots_in_danger(lots, today)
    if not found:
        return []
    facts, first = min(found, key=lambda one: one[1].alert.last_start if one[1].alert else date.max)
    only = len({one.contract_id for one, _ in found}) == 1
    endpoint, arguments = "clauses.department", {"voir": "danger"}
    if only:
        endpoint, arguments = "clauses.contract", {"contract_id": str(facts.contract_id)}
    weeks = first.alert.weeks if first.alert else 0
    return [
        TodoItem(
            "clause_danger",
            f"{plural(len(found), 'lot en danger', 'lots en danger')}\u00a0: trouver des personnes",
            "Au rythme actuel, l’objectif d’heures deviendra inatteignable.",
            endpoint,
            arguments,
            action="Voir",
            tag=f"dans {plural(weeks, 'semaine')}" if weeks else "maintenant",
            tag_state="bad",
            icon="alert",
            urgency=1 if weeks <= 2 else 2,
        )
    ]
