"""What does « Mes heures » say: which reports were sent, when is one due, where does the lot stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.clauses.labels.reports import period_title
from app.clauses.models import HourReport
from app.clauses.queries.reports import Owed, holder_rows, my_holders, owed_by, soonest
from app.clauses.queries.standing import ZERO, LotStand, lots_standing
from app.clauses.rules.states import ReportState
from app.core.french import plural
from app.core.quantities import format_date, format_day
from app.core.roles import Actor
from app.core.todo import TodoItem

SOON_DAYS = 7
TODO_MOST = 4


def past_reports(owed: Sequence[Owed], holder_id: UUID | None, state: str | None, sort: str) -> list[Owed]:
    """Those that exist and no longer wait for the firm, the latest first unless asked otherwise."""
    rows = [
        one
        for one in owed
        if one.state is not None
        and (holder_id is None or one.held.holder_id == holder_id)
        and (one.state == state if state else not one.waits)
    ]
    key = sort.removeprefix("-")
    if key == "heures":
        return sorted(rows, key=lambda one: (one.hours, one.period), reverse=sort.startswith("-"))
    if key == "lot":
        return sorted(rows, key=_by_lot, reverse=sort.startswith("-"))
    return sorted(rows, key=lambda one: (one.period.first_month, *_by_lot(one)), reverse=sort != "periode")


def _by_lot(one: Owed) -> tuple[str, int, date]:
    return one.held.contract_title, one.held.lot_number, one.period.first_month


def due_words(one: Owed, today: date) -> tuple[str, str]:
    """(words, look of the tag): « avant le 15 novembre », « en retard de 3 jours »."""
    days = (today - one.due).days + 1
    if one.state is ReportState.RETURNED:
        return "à corriger", "warn"
    if days > 0:
        return f"en retard de {plural(days, 'jour')}", "bad"
    words = format_day(one.due)
    if one.due.year == today.year:
        words = words.removesuffix(f" {one.due.year}")
    return f"avant le {words}", "warn" if days > -SOON_DAYS else ""


@dataclass(frozen=True, slots=True)
class Meter:
    """Where the lot is, with the hours typed here."""

    stand: LotStand
    typed: Decimal
    months_left: int
    delivered_on: date | None

    @property
    def left(self) -> Decimal:
        """After the hours typed here, never negative."""
        return max(self.stand.objective - self.stand.validated - self.typed, ZERO)

    @property
    def a_month(self) -> Decimal | None:
        """Whole hours a month until the delivery, rounded up."""
        if not self.months_left or not self.left:
            return None
        return Decimal(-(-self.left // self.months_left))


def lot_meter(report: HourReport, typed: Decimal, today: date) -> Meter:
    """Two statements. Hours already validated in this report are not counted twice."""
    stand = lots_standing([report.lot_id], today)[report.lot_id]
    open_ = report.state in {ReportState.DRAFT, ReportState.RETURNED, ReportState.DECLARED}
    end = report.lot.contract.delivered_on
    after = max(report.first_month, today.replace(day=1))
    months = (end.year - after.year) * 12 + end.month - after.month + 1 if end else 0
    return Meter(stand, typed if open_ else ZERO, max(months, 0), end)


def employer_to_do(actor: Actor, today: date) -> list[TodoItem]:
    """« Heures d’octobre à envoyer avant le 15 novembre »: one line a period, grouped over lots. Three statements."""
    by_period: dict[tuple[date, int], list[Owed]] = {}
    for one in soonest(owed_by(holder_rows(my_holders(actor)), today)):
        by_period.setdefault((one.period.first_month, one.period.length), []).append(one)
    shown = list(by_period.values())[:TODO_MOST]
    return [_line(group, today) for group in shown]


def _line(group: Sequence[Owed], today: date) -> TodoItem:
    first = group[0]
    words, look = due_words(first, today)
    back = [one for one in group if one.state is ReportState.RETURNED]
    title = f"Heures {period_title(first.period)} à {'corriger' if back else 'envoyer'}"
    if not first.late and not back:
        title += f" avant le {_short(first.due, today)}"
    where = f"Lot {first.held.lot_number} «\u00a0{first.held.lot_title}\u00a0», {first.held.contract_title}"
    alone = len(group) == 1
    return TodoItem(
        kind="clause.hours_due",
        title=title,
        text=where if alone else f"{plural(len(group), 'lot')}, dont {where[0].lower()}{where[1:]}",
        endpoint="clauses.report" if alone and first.report_id else "clauses.my_hours",
        arguments={"report_id": first.report_id} if alone and first.report_id else {},
        action="Corriger" if back else "Saisir",
        tag=words,
        tag_state=look,
        icon="clock",
        urgency=0 if first.late or back else 1 if look else 2,
    )


def _short(day: date, today: date) -> str:
    words = format_date(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words
