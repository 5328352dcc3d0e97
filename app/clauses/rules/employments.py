"""Is the work of a person on a lot noted whole, which alerts does it raise, and what follows before it ends?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.clauses.rules.kinds import HolderRole, Mode
from app.offers.rules import EmploymentKind

SOON: Final = timedelta(days=30)
WEEK_MOST: Final = Decimal(48)
TUTORED: Final = frozenset({EmploymentKind.APPRENTICESHIP, EmploymentKind.PROFESSIONNALISATION})


class CheckRefusal(StrEnum):
    """Why eligibility is not noted, or not withdrawn."""

    CONTRACT_OVER = "contract_over"
    PROOF_IN_FUTURE = "proof_in_future"
    ALREADY_ENDED = "already_ended"
    REASON_COMPULSORY = "reason_compulsory"


class EmploymentRefusal(StrEnum):
    """Why the work of a person on a lot is not noted so."""

    NOT_ELIGIBLE = "not_eligible"
    COUNTS_NO_MORE = "counts_no_more"
    BEFORE_FIRST_HIRE = "before_first_hire"
    AFTER_DELIVERY = "after_delivery"
    CONTRACT_OVER = "employment_contract_over"
    END_BEFORE_START = "end_before_start"
    HOURS_WEEK = "hours_week"
    TUTOR_COMPULSORY = "tutor_compulsory"
    EMPLOYER_COMPULSORY = "employer_compulsory"
    ALREADY_THERE = "already_there"
    HIRE_TAKEN = "hire_taken"
    HOURS_AFTER_END = "hours_after_end"


class EmploymentAlert(StrEnum):
    """What needs somebody's eyes on a person at work."""

    COUNTS_NO_MORE = "counts_passed"
    ENDS_SOON = "ends_soon"
    CONTRACT_ENDS = "contract_ends"
    NO_TUTOR = "no_tutor"


@dataclass(frozen=True, slots=True)
class Work:
    """What is noted of a person at work: how, for whom, since when, how long a week. ``ended_on`` is the last day."""

    mode: Mode
    kind: EmploymentKind
    started_on: date
    hours_week: Decimal
    ended_on: date | None = None
    employer_name: str = ""
    employer_siret: str | None = None
    tutor_name: str = ""
    payroll_number: str = ""


def employer_key(siret: str | None, name: str) -> str:
    """The SIRET, or the name in lower case and single spaces: two spellings are one employer."""
    return siret or " ".join(name.lower().split())


def work_refusals(work: Work, delivered_on: date | None) -> tuple[EmploymentRefusal, ...]:
    """What the facts themselves get wrong, all at once. The tutor: domain 1.4, modes."""
    away = work.mode is not Mode.DIRECT and not work.employer_name.strip()
    wrong = {
        EmploymentRefusal.AFTER_DELIVERY: delivered_on is not None and work.started_on > delivered_on,
        EmploymentRefusal.END_BEFORE_START: work.ended_on is not None and work.ended_on < work.started_on,
        EmploymentRefusal.HOURS_WEEK: not 0 < work.hours_week <= WEEK_MOST,
        EmploymentRefusal.TUTOR_COMPULSORY: work.kind in TUTORED and not work.tutor_name.strip(),
        EmploymentRefusal.EMPLOYER_COMPULSORY: away,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def mode_of(organisation_kind: str, *, is_holder: bool, role: HolderRole) -> Mode:
    """How somebody hired through the portal works on the lot, from what their employer is (domain 1.4)."""
    if organisation_kind in {"etti", "ai", "geiq"}:
        return Mode.MADE_AVAILABLE
    partner = not is_holder or role in {HolderRole.SUBCONTRACTOR, HolderRole.CO_CONTRACTOR}
    return Mode.SUBCONTRACT if organisation_kind in {"ei", "aci", "eiti"} and partner else Mode.DIRECT


@dataclass(frozen=True, slots=True)
class Post:
    """A person's work on a lot: its days, the last day that counts, and the delivery of the contract."""

    started_on: date
    ended_on: date | None
    counts_until: date | None
    delivered_on: date | None = None
    kind: EmploymentKind = EmploymentKind.CDD
    tutor_name: str = ""

    def holds(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    @property
    def last_useful_day(self) -> date | None:
        """The last day on which an hour counts: the end of the work, of the eligibility or of the contract."""
        return min((day for day in (self.ended_on, self.counts_until, self.delivered_on) if day), default=None)


def alerts(post: Post, today: date) -> tuple[EmploymentAlert, ...]:
    """Of somebody in post; none of work that is over. 30 days before, the last day included."""
    if post.ended_on is not None and post.ended_on < today:
        return ()
    found = {
        EmploymentAlert.COUNTS_NO_MORE: post.counts_until is not None and post.counts_until < today,
        EmploymentAlert.ENDS_SOON: post.ended_on is not None and post.ended_on - today <= SOON,
        EmploymentAlert.CONTRACT_ENDS: post.delivered_on is not None and post.delivered_on - today <= SOON,
        EmploymentAlert.NO_TUTOR: post.kind in TUTORED and not post.tutor_name,
    }
    return tuple(alert for alert, raised in found.items() if raised)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where a person's work stops: the last day known, and the first day of what comes next when it is known."""

    last_day: date | None
    next_starts_on: date | None = None

    def alone(self, today: date) -> bool:
        """Nothing follows, and the end is known and not past: time to look for the next contract."""
        return self.last_day is not None and self.last_day >= today and self.next_starts_on is None


def horizon(posts: Sequence[Post], today: date) -> Horizon | None:
    """Of the work in hand today; None when nobody works. The last of those that run ends it, whatever starts after."""
    running = [post for post in posts if post.holds(today)]
    if not running:
        return None
    ends = [post.ended_on for post in running]
    last = None if None in ends else max(day for day in ends if day)
    later = [post.started_on for post in posts if post.started_on > today]
    return Horizon(last, min(later, default=None))
