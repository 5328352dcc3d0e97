"""Which reports are owed, begun, sent or late, for an employer and for those who steer?"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.clauses.models import Buyer, Holder, HourLine, HourReport, Lot, PublicContract
from app.clauses.queries.hour_facts import ZERO, term_versions
from app.clauses.queries.visible import reports_visible_to
from app.clauses.rules.kinds import Frequency
from app.clauses.rules.periods import Period, due_on
from app.clauses.rules.reporting import periods_owed
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.rules.terms import DEFAULTS, Terms, Version, terms_on
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role

REPORTED_CONTRACTS: Final = (ContractState.RUNNING, ContractState.DELIVERED)
WAITS_FOR_FIRM: Final = frozenset({None, ReportState.DRAFT, ReportState.RETURNED})


@dataclass(frozen=True, slots=True)
class Held:
    """A holder with what its page says of its lot and contract."""

    holder_id: UUID
    name: str
    organisation_id: UUID | None
    lot_id: UUID
    lot_number: int
    lot_title: str
    contract_id: UUID
    contract_title: str
    buyer: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """One period of one holder: the report, when there is one."""

    held: Held
    period: Period
    due: date
    state: ReportState | None = None
    report_id: UUID | None = None
    hours: Decimal = ZERO
    nothing: bool = False
    today: date = date.max

    @property
    def waits(self) -> bool:
        """Something is still to be done by the firm."""
        return self.state in WAITS_FOR_FIRM

    @property
    def over(self) -> bool:
        """The period has ended: its hours can all be typed."""
        return self.period.last_day < self.today or (self.held.last_day is not None and self.held.last_day < self.today)

    @property
    def late(self) -> bool:
        """Due before that day: late from that day on."""
        return self.waits and self.today >= self.due


def holder_rows(scope: Select[Holder], states: Collection[ContractState] = REPORTED_CONTRACTS) -> Sequence[Held]:
    """The holders of the scope on contracts that run or were just delivered. One statement."""
    ids = scope.with_only_columns(Holder.id)
    query = (
        select(
            Holder.id, Holder.name, Holder.organisation_id, Lot.id, Lot.number, Lot.title,
            PublicContract.id, PublicContract.title, Buyer.name,
            func.greatest(PublicContract.notified_on, Holder.since),
            func.least(PublicContract.delivered_on, Holder.until),
        )
        .join(Lot, Lot.id == Holder.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .join(Buyer, Buyer.id == PublicContract.buyer_id)
        .where(
            Holder.id.in_(ids),
            PublicContract.state.in_(states),
            PublicContract.notified_on.is_not(None),
        )
        .order_by(PublicContract.title, PublicContract.id, Lot.number, Holder.name, Holder.id)
    )  # fmt: skip
    return [Held(*row) for row in db.session.execute(query)]


def owed_by(rows: Sequence[Held], today: date, *, whole: bool = False) -> list[Owed]:
    """Every period begun of these holders, with its report. Two statements; ``whole`` adds the hours: one more."""
    versions = term_versions({row.contract_id for row in rows})
    reports = _reports_of({row.holder_id for row in rows})
    hours = hours_of([report.id for report in reports.values()]) if whole else {}
    found = []
    for held in rows:
        said = versions.get(held.contract_id, ())
        last = min(today, held.last_day) if held.last_day else today
        for period in periods_owed(held.first_day, last, _frequencies(said)):
            report = reports.pop((held.holder_id, period.first_month), None)
            found.append(_owed(held, period, report, terms_at(said, period.last_day), hours, today))
    mine = {row.holder_id: row for row in rows}
    for (holder_id, month), report in reports.items():  # periods under a frequency that has changed since
        found.append(_owed(mine[holder_id], Period(month, report.months), report, DEFAULTS, hours, today))
    return found


def _owed(
    held: Held, period: Period, report: HourReport | None, terms: Terms, hours: Mapping[UUID, Decimal], today: date
) -> Owed:
    if report is None:
        return Owed(held, period, due_on(period, terms.due_day), today=today)
    said = Period(period.first_month, report.months)
    total = hours.get(report.id, ZERO)
    return Owed(held, said, report.due_on, report.state, report.id, total, report.nothing_to_report, today)


def terms_at(versions: Sequence[Version], day: date) -> Terms:
    """The usual ones before the first version."""
    return terms_on(day, versions) or DEFAULTS


def _frequencies(versions: Sequence[Version]) -> Callable[[date], Frequency]:
    return lambda day: terms_at(versions, day).frequency


def _reports_of(holder_ids: Collection[UUID]) -> dict[tuple[UUID, date], HourReport]:
    query = select(HourReport).where(HourReport.holder_id.in_(holder_ids)).order_by(HourReport.first_month)
    return {(row.holder_id, row.first_month): row for row in db.session.scalars(query)}


def hours_of(report_ids: Collection[UUID]) -> Mapping[UUID, Decimal]:
    """All the hours of each report, corrections included."""
    query = (
        select(HourLine.report_id, func.sum(HourLine.hours))
        .where(HourLine.report_id.in_(report_ids))
        .group_by(HourLine.report_id)
    )
    return dict(db.session.execute(query).all())


def my_holders(actor: Actor) -> Select[Holder]:
    """The lots on which an employer itself reports: its subcontractors report theirs."""
    return select(Holder).where(Holder.organisation_id == actor.organisation_id)


def periods_of_holder(holder: Holder, contract: PublicContract, today: date) -> Sequence[Period]:
    """The periods begun of one holder. One statement."""
    said = term_versions([contract.id]).get(contract.id, ())
    if contract.notified_on is None:
        return ()
    first = max(contract.notified_on, holder.since) if holder.since else contract.notified_on
    last = min(day for day in (today, contract.delivered_on, holder.until) if day is not None)
    return periods_owed(first, last, _frequencies(said))


def the_report(actor: Actor, report_id: UUID, *, anew: bool = False) -> HourReport:
    """One of them with holder, lot, contract and buyer. ``anew``: whatever was read before. Or NotFound."""
    contract = joinedload(HourReport.lot).joinedload(Lot.contract)
    around = (contract.joinedload(PublicContract.buyer), contract.joinedload(PublicContract.facilitator))
    query = reports_visible_to(actor).where(HourReport.id == report_id)
    query = query.options(
        *around,
        contract.joinedload(PublicContract.commune),
        joinedload(HourReport.holder),
        joinedload(HourReport.declarer),
    )
    found = db.session.scalar(query.execution_options(populate_existing=anew))
    if found is None:
        raise NotFound
    return found


def may_fill(actor: Actor, holder: Holder) -> bool:
    """Its own firm does; a facilitator for a firm without an account."""
    if actor.role is Role.EMPLOYER:
        return holder.organisation_id is not None and holder.organisation_id == actor.organisation_id
    return actor.role is Role.FACILITATOR and holder.organisation_id is None


def in_lots(owed: Sequence[Owed]) -> Mapping[UUID, list[Owed]]:
    """By holder, in the order given."""
    found: dict[UUID, list[Owed]] = defaultdict(list)
    for one in owed:
        found[one.held.holder_id].append(one)
    return found


def soonest(owed: Sequence[Owed]) -> list[Owed]:
    """What the firm has to do now: late first, then by the day before which it is due."""
    waiting = [one for one in owed if one.waits and (one.over or one.state is not None)]
    return sorted(waiting, key=lambda one: (one.due, one.held.contract_title, one.held.lot_number))


def last_good_day(due: date) -> date:
    """« Avant le 15 »: the 14th."""
    return due - timedelta(days=1)
