"""May the person be shown to employers, and may somebody act for them? Readiness, consent and mandates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from app.candidates.rules.vocabulary import CandidateRefusal, ReadinessCheck
from app.core.quantities import add_months

LONGEST_MANDATE_MONTHS: Final = 12
_R = CandidateRefusal


def readiness_refusals(
    checks: Collection[ReadinessCheck], *, trades: int, commune: str | None
) -> tuple[CandidateRefusal, ...]:
    """« Prête à l'emploi » wants every check, and a file that can be matched: a job wanted and a commune."""
    reasons = []
    if set(checks) != set(ReadinessCheck):
        reasons.append(_R.CHECKS_MISSING)
    if not trades:
        reasons.append(_R.READY_NO_TRADE)
    if not commune:
        reasons.append(_R.READY_NO_COMMUNE)
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class Empowered:
    """A mandate as the rules read it; ``ends_on`` is the first day on which it is over."""

    user_id: UUID
    starts_on: date
    ends_on: date
    organisation_id: UUID | None = None
    withdrawn: bool = False


def mandate_holds(
    mandates: Iterable[Empowered], user_id: UUID | None, organisation_id: UUID | None, today: date
) -> bool:
    """Does one of the mandates let this professional act today, in the organisation of the mandate?"""
    return user_id is not None and any(
        mandate.user_id == user_id
        and mandate.organisation_id in (None, organisation_id)
        and not mandate.withdrawn
        and mandate.starts_on <= today < mandate.ends_on
        for mandate in mandates
    )


def mandate_refusals(
    *, starts_on: date, ends_on: date, reason: str, reachable: bool, today: date
) -> tuple[CandidateRefusal, ...]:
    """A mandate is for a person with no phone and no e-mail, from today on, for twelve months at most."""
    reasons = []
    if reachable:
        reasons.append(_R.HAS_OWN_ACCESS)
    if starts_on < today:
        reasons.append(_R.MANDATE_PAST)
    if ends_on <= starts_on:
        reasons.append(_R.MANDATE_ORDER)
    elif ends_on > add_months(starts_on, LONGEST_MANDATE_MONTHS):
        reasons.append(_R.MANDATE_TOO_LONG)
    if not reason.strip():
        reasons.append(_R.MANDATE_NO_REASON)
    return tuple(reasons)
