"""What does the clause of a contract say: who counts and how long, which hours, when to report, at what price?

Every rule of a clause is contractual (domain 1.2): terms are versions with a date, stored as JSON, never overwritten.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from app.clauses.rules.kinds import Frequency, HourKind
from app.offers.rules import EmploymentKind

LEGAL_MONTH: Final = Decimal("208")
"""48 h a week × 52 ÷ 12: terms may ask for less, never for more."""
DEFAULT_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a person counts from the first hire: civil months, or to the employment's end, capped or not."""

    months: int | None = DEFAULT_MONTHS
    to_end: bool = False
    cap_months: int | None = None

    def is_whole(self) -> bool:
        """Months above zero or to the end, one of the two; a cap above zero, and only to the end."""
        counted = self.months is not None and self.months > 0 and self.cap_months is None
        capped = self.months is None and (self.cap_months is None or self.cap_months > 0)
        return capped if self.to_end else counted


TO_THE_END: Final = Duration(months=None, to_end=True)


def _durations() -> dict[EmploymentKind, Duration]:
    return {kind: TO_THE_END if kind is EmploymentKind.CDI else Duration() for kind in EmploymentKind}


@dataclass(frozen=True, slots=True)
class Terms:
    """``categories`` empty means all; ``proof_months`` replaces a category's own age of proof (None: no age)."""

    categories: tuple[str, ...] = ()
    proof_months: Mapping[str, int | None] = field(default_factory=dict)
    durations: Mapping[EmploymentKind, Duration] = field(default_factory=_durations)
    training_counts: bool = True
    training_ceiling_percent: Decimal | None = Decimal("50")
    """Of all the hours of the person on the lot; None: no ceiling."""
    tutor_counts: bool = False
    paid_absence_counts: bool = False
    frequency: Frequency = Frequency.MONTHLY
    due_day: int = 15
    """A report is due before that day of the month after the period."""
    month_cap: Decimal = LEGAL_MONTH
    reason_above: Decimal = Decimal("151.67")
    penalty_per_hour: Decimal | None = None
    penalty_per_day: Decimal | None = None
    notice_days: int = 0
    """Days a firm has after the formal notice before the penalty of each day runs."""
    pooling: bool = False
    alert_weeks: int = 8
    answer_days: int = 15
    etp_divisor: int = 1607

    def duration(self, kind: EmploymentKind) -> Duration:
        return self.durations.get(kind) or _durations()[kind]

    def counts(self, kind: HourKind) -> bool:
        """Which hours count besides work (domain 1.5)."""
        flags = {
            HourKind.TRAINING: self.training_counts,
            HourKind.TUTOR: self.tutor_counts,
            HourKind.PAID_ABSENCE: self.paid_absence_counts,
        }
        return flags.get(kind, True)

    def to_json(self) -> dict[str, Any]:
        """Numbers with decimals as text; keys and categories in a fixed order, so that equal terms are equal JSON."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Terms":
        """What an older version did not say takes the default; a key that is no longer known is left out."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: _rich(name, value) for name, value in said.items() if name in known})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Duration):
        return {"months": value.months, "to_end": value.to_end, "cap_months": value.cap_months}
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return sorted(set(value))
    return value.value if isinstance(value, StrEnum) else value


_DECIMALS: Final = {"training_ceiling_percent", "month_cap", "reason_above", "penalty_per_hour", "penalty_per_day"}


def _rich(name: str, value: Any) -> Any:
    if name in _DECIMALS:
        return None if value is None else Decimal(value)
    if name == "durations":
        return {EmploymentKind(key): Duration(**duration) for key, duration in value.items()}
    if name == "frequency":
        return Frequency(value)
    return tuple(value) if name == "categories" else value


DEFAULTS: Final = Terms()


@dataclass(frozen=True, slots=True)
class Template:
    """Terms to start from."""

    slug: str
    name: str
    terms: Terms


_CAPPED: Final = {**_durations(), EmploymentKind.CDI: Duration(months=None, to_end=True, cap_months=48)}
TEMPLATES: Final[tuple[Template, ...]] = (
    Template(
        "works_quarterly",
        "Travaux, rapports trimestriels",
        replace(
            DEFAULTS,
            frequency=Frequency.QUARTERLY,
            durations=_CAPPED,
            penalty_per_hour=Decimal("200"),
            penalty_per_day=Decimal("75"),
        ),
    ),
    Template("monthly", "Pratique locale, rapports mensuels", replace(DEFAULTS, penalty_per_hour=Decimal("30"))),
    Template(
        "cleaning",
        "Nettoyage avec reprise du personnel",
        replace(DEFAULTS, frequency=Frequency.QUARTERLY, durations=_CAPPED, penalty_per_hour=Decimal("30")),
    ),
    Template(
        "reserved_lot",
        "Lot réservé à une SIAE, une EA ou un ESAT",
        replace(DEFAULTS, categories=("iae", "rqth"), training_ceiling_percent=None, frequency=Frequency.HALF_YEARLY),
    ),
)
"""The first one is the CCAP of domain 1.2: quarters, CDI four years at most, 200 € an hour, 75 € a day."""

Version = tuple[date, date, Terms]
"""The day from which the terms hold, the day from which they were known, and what they say."""


def terms_on(day: date, versions: Sequence[Version], known_on: date | None = None) -> Terms | None:
    """The version in force on the day; with ``known_on``, among those that were known then. None before the first."""
    held = [item for item in versions if item[0] <= day and (known_on is None or item[1] <= known_on)]
    return max(held, key=lambda item: item[:2])[2] if held else None


def changes(before: Terms, after: Terms) -> list[str]:
    """Names of the fields that say something else, in the order of the terms."""
    old, new = before.to_json(), after.to_json()
    return [name for name in old if old[name] != new[name] and getattr(before, name) != getattr(after, name)]


class TermsRefusal(StrEnum):
    """Why terms are not kept."""

    BEFORE_LAST_VERSION = "before_last_version"
    BEFORE_NOTIFICATION = "before_notification"
    NOTHING_CHANGED = "nothing_changed"
    UNKNOWN_CATEGORY = "unknown_category"
    PROOF_MONTHS = "proof_months"
    DURATION = "duration"
    DUE_DAY = "due_day"
    MONTH_CAP = "month_cap"
    REASON_ABOVE = "reason_above"
    TRAINING_CEILING = "training_ceiling"
    PENALTY = "penalty"
    NOTICE_DAYS = "notice_days"
    ALERT_WEEKS = "alert_weeks"
    ANSWER_DAYS = "answer_days"
    ETP_DIVISOR = "etp_divisor"


def terms_refusals(terms: Terms, known_categories: Collection[str] | None = None) -> tuple[TermsRefusal, ...]:
    """What the terms themselves get wrong, all at once. ``known_categories`` None: not asked (templates)."""
    ceiling, named = terms.training_ceiling_percent, {*terms.categories, *terms.proof_months}
    wrong = {
        TermsRefusal.UNKNOWN_CATEGORY: known_categories is not None and bool(named - set(known_categories)),
        TermsRefusal.PROOF_MONTHS: any(months is not None and months < 1 for months in terms.proof_months.values()),
        TermsRefusal.DURATION: not all(duration.is_whole() for duration in terms.durations.values()),
        TermsRefusal.DUE_DAY: not 1 <= terms.due_day <= 28,
        TermsRefusal.MONTH_CAP: not 0 < terms.month_cap <= LEGAL_MONTH,
        TermsRefusal.REASON_ABOVE: not 0 < terms.reason_above <= terms.month_cap,
        TermsRefusal.TRAINING_CEILING: ceiling is not None and not 0 < ceiling <= 100,
        TermsRefusal.PENALTY: any(p is not None and p <= 0 for p in (terms.penalty_per_hour, terms.penalty_per_day)),
        TermsRefusal.NOTICE_DAYS: not 0 <= terms.notice_days <= 365,
        TermsRefusal.ALERT_WEEKS: not 1 <= terms.alert_weeks <= 52,
        TermsRefusal.ANSWER_DAYS: not 1 <= terms.answer_days <= 90,
        TermsRefusal.ETP_DIVISOR: not 1 <= terms.etp_divisor <= 2500,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def term_refusals(
    terms: Terms,
    *,
    valid_from: date,
    notified_on: date | None,
    last: tuple[date, Terms] | None = None,
    known_categories: Collection[str] | None = None,
) -> tuple[TermsRefusal, ...]:
    """A version starts after the ``last`` (its day, what it says), not before notification, and changes something."""
    reasons = []
    if last and valid_from <= last[0]:
        reasons.append(TermsRefusal.BEFORE_LAST_VERSION)
    if notified_on and valid_from < notified_on:
        reasons.append(TermsRefusal.BEFORE_NOTIFICATION)
    if last and not changes(last[1], terms):
        reasons.append(TermsRefusal.NOTHING_CHANGED)
    return (*reasons, *terms_refusals(terms, known_categories))
