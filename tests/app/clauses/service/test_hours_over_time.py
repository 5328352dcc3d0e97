"""Whatever is done with hours, in whatever order: the sums agree, and nothing of a past day ever changes."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourEntry, HourLine, LotDay
from app.clauses.queries.standing import lots_standing
from app.clauses.rules.kinds import EntryStage, HourKind
from app.clauses.rules.reporting import Cell
from app.clauses.rules.states import ReportState
from app.clauses.service import reports, validation
from app.core.errors import NotFound, Refused
from tests.factories.clauses import Site, a_person, a_site, an_employment

FIRST, STEPS = date(2026, 11, 5), 30
MONTHS = (date(2026, 9, 1), date(2026, 10, 1))
SETTLED = (ReportState.VALIDATED, ReportState.LOCKED)
SENT = (*SETTLED, ReportState.DECLARED)


class _Acts:
    """A firm and its facilitator, who do one thing after another, some of them refused."""

    def __init__(self, session: scoped_session, site: Site, random: Random) -> None:
        self.session, self.site, self.random = session, site, random
        self.work = [an_employment(site.holder, a_person()).id for _ in range(2)]
        session.commit()
        self.reports = [reports.begin(site.holder.id, month, site.employer.actor, FIRST).id for month in MONTHS]

    def step(self, today: date) -> bool:
        """One act; False when it was refused."""
        act = self.random.choice(
            (self._type, self._type, self._declare, self._validate, self._return, self._lock, self._correct)
        )
        try:
            act(self.random.choice(self.reports), today)
        except (Refused, NotFound):  # a draft is nobody else's
            return False
        return True

    def _type(self, report: UUID, today: date) -> None:
        month = MONTHS[self.reports.index(report)]
        hours = Decimal(self.random.randrange(0, 15_000)) / 100
        cell = Cell(self.random.choice(self.work), month, HourKind.WORK, hours)
        reports.save_cells(report, [cell], self.site.employer.actor, today)

    def _declare(self, report: UUID, today: date) -> None:
        reports.declare(report, self.site.employer.actor, today)

    def _validate(self, report: UUID, today: date) -> None:
        validation.validate(report, self.site.facilitator.actor, today)

    def _return(self, report: UUID, today: date) -> None:
        validation.return_(report, "Joindre la paie.", self.site.facilitator.actor, today)

    def _lock(self, report: UUID, today: date) -> None:
        validation.lock(report, self.site.facilitator.actor, today)

    def _correct(self, report: UUID, today: date) -> None:
        first = (HourLine.report_id == report, HourLine.corrects_id.is_(None))
        lines = self.session.scalars(select(HourLine.id).where(*first).order_by(HourLine.id)).all()
        if lines:
            delta = Decimal(self.random.randrange(-3000, 3000)) / 100
            by = self.site.facilitator.actor
            validation.correct(self.random.choice(lines), delta, "Paie rectifiée.", by, today, row_id=uuid4())


def _agree(session: scoped_session, lot_id: UUID) -> tuple[Decimal, Decimal]:
    """(declared, validated) once the ledger, the daily sums and the lines have said the same."""
    zero = Decimal(0)

    def total(column: object, *where: object) -> Decimal:
        return session.scalar(select(func.coalesce(func.sum(column), 0)).where(*where)) or zero  # type: ignore[arg-type]

    entries = [total(HourEntry.hours, HourEntry.lot_id == lot_id, HourEntry.stage == stage) for stage in EntryStage]
    days = [total(column, LotDay.lot_id == lot_id) for column in (LotDay.declared, LotDay.validated)]
    lines = [total(HourLine.hours, HourLine.lot_id == lot_id, HourLine.state.in_(states)) for states in (SENT, SETTLED)]
    assert entries == days == lines
    return entries[0], entries[1]


@pytest.mark.parametrize("seed", range(3))
def test_sums_agree_after_every_act_and_the_past_never_changes(session: scoped_session, today: date, seed: int) -> None:
    site = a_site(800)
    acts = _Acts(session, site, Random(seed))
    said: dict[date, tuple[Decimal, Decimal]] = {}
    done = 0
    for step in range(STEPS):
        day = FIRST + timedelta(days=step)
        done += acts.step(day)
        declared, validated = _agree(session, site.lot.id)
        assert 0 <= validated <= declared
        said[day] = (declared, validated)
    for past, words in said.items():
        stand = lots_standing([site.lot.id], past)[site.lot.id]
        assert (stand.declared, stand.validated) == words, past
    assert done >= 8
