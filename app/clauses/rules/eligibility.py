"""Does a person count for a clause when hired on a day, on which proof, and until which day do their hours count?

Eligibility is judged on the hire date and stays acquired (domain 1.4): losing the right a month later changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.clauses.rules.terms import Terms
from app.core.quantities import add_months
from app.offers.rules import EmploymentKind


@dataclass(frozen=True, slots=True)
class Category:
    """People who may count; ``proof_max_months`` None: a proof without age. ``needs_text``: the advice is the proof."""

    slug: str
    label: str
    proof: str
    proof_max_months: int | None = None
    needs_text: bool = False


CATEGORIES: Final = (
    Category("deld", "Demandeur d’emploi de plus de 12\u00a0mois", "Attestation d’inscription à France Travail"),
    Category(
        "senior",
        "Demandeur d’emploi de plus de 50\u00a0ans",
        "Attestation d’inscription à France Travail et pièce d’identité",
    ),
    Category("rsa", "Allocataire du RSA ou ayant droit", "Attestation de la CAF ou de la MSA", 3),
    Category("ass", "Allocataire de l’ASS", "Notification de France Travail"),
    Category("aah", "Allocataire de l’AAH", "Attestation de la CAF ou de la MSA"),
    Category("invalidity", "Titulaire d’une pension d’invalidité", "Titre de pension"),
    Category("rqth", "Travailleur handicapé (RQTH)", "Décision de la CDAPH"),
    Category(
        "youth",
        "Moins de 26\u00a0ans, sans CAP ni BEP, sorti de l’école depuis 6\u00a0mois",
        "Attestation de la mission locale et pièce d’identité",
    ),
    Category(
        "iae",
        "Salarié de l’IAE, d’une régie de quartier, d’un GEIQ, d’une EA ou d’un ESAT",
        "PASS\u00a0IAE ou contrat de travail",
    ),
    Category("prison", "Personne détenue au travail", "Contrat d’emploi pénitentiaire"),
    Category(
        "refugee", "Réfugié ou bénéficiaire de la protection subsidiaire", "Décision de l’OFPRA ou titre de séjour"
    ),
    Category("qpv", "Habitant d’un quartier prioritaire, loin de l’emploi", "Justificatif de domicile", 6),
    Category("plie", "Participant du PLIE", "Attestation du PLIE"),
    Category("other", "Autre, sur avis motivé du facilitateur", "Avis écrit du facilitateur", needs_text=True),
)
"""The list of domain 1.4, to seed the département's own. Only two ages are in the texts; others are the contract's."""


class EligibilityRefusal(StrEnum):
    """Why a person does not count for a clause."""

    CATEGORY_NOT_COUNTED = "category_not_counted"
    PROOF_MISSING = "proof_missing"
    PROOF_AFTER_HIRE = "proof_after_hire"
    PROOF_TOO_OLD = "proof_too_old"
    TEXT_COMPULSORY = "text_compulsory"


@dataclass(frozen=True, slots=True)
class Judgement:
    """``good_until`` is the last day on which a hire may stand on that proof; None: no such day."""

    refusals: tuple[EligibilityRefusal, ...]
    good_until: date | None

    @property
    def eligible(self) -> bool:
        return not self.refusals


def proof_months(category: Category, terms: Terms) -> int | None:
    """The contract's own age of the proof, else the category's."""
    return terms.proof_months.get(category.slug, category.proof_max_months)


def _day_before(day: date, months: int) -> date:
    """The day before the same day so many civil months later, clamped to the month's end."""
    return add_months(day, months) - timedelta(days=1)


def judge(category: Category, proof_dated_on: date | None, hire_on: date, terms: Terms, note: str = "") -> Judgement:
    """Judged on the hire date. « Moins de 3 mois », dated 01/03: good for a hire until 31/05, not on 01/06."""
    reasons, months = [], proof_months(category, terms)
    good_until = _day_before(proof_dated_on, months) if proof_dated_on and months is not None else None
    if terms.categories and category.slug not in terms.categories:
        reasons.append(EligibilityRefusal.CATEGORY_NOT_COUNTED)
    if proof_dated_on is None and not (category.needs_text and months is None):
        reasons.append(EligibilityRefusal.PROOF_MISSING)
    if proof_dated_on and proof_dated_on > hire_on:
        reasons.append(EligibilityRefusal.PROOF_AFTER_HIRE)
    if good_until and hire_on > good_until:
        reasons.append(EligibilityRefusal.PROOF_TOO_OLD)
    if category.needs_text and not note.strip():
        reasons.append(EligibilityRefusal.TEXT_COMPULSORY)
    return Judgement(tuple(reasons), good_until)


def counts_until(
    first_hire_on: date, employment_kind: EmploymentKind, employment_end_on: date | None, terms: Terms
) -> date | None:
    """The last day that counts; None: a CDI without an end in sight, nor a cap.

    24 months from 15/03/2024: until 14/03/2026. A CDI capped at 48 months from 01/06/2025: until 31/05/2029.
    From 29/02/2024 the anniversary is clamped to 28/02/2026: until 27/02/2026.
    """
    duration = terms.duration(employment_kind)
    if not duration.to_end:
        assert duration.months is not None, "terms_refusals lets no duration without months through"
        return _day_before(first_hire_on, duration.months)
    cap = _day_before(first_hire_on, duration.cap_months) if duration.cap_months is not None else None
    return min((day for day in (employment_end_on, cap) if day), default=None)


@dataclass(frozen=True, slots=True)
class ClauseHire:
    """A hire of the person on the clause, its kind, and the last day of the employment when it has one."""

    hired_on: date
    kind: EmploymentKind
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class CountingPeriod:
    """From a hire to the last day that counts, both included; ``last_day`` None: no end known."""

    first_day: date
    last_day: date | None

    def holds(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def counting_periods(hires: Sequence[ClauseHire], terms: Terms) -> tuple[CountingPeriod, ...]:
    """One a hire that counts. A renewal, or a hire by another firm, goes on from the first hire and restarts nothing.

    A later CDI counts to its end when it is signed while the person still counts: within the time of a CDD, or before
    the last day of a period already running. Once that is over, a new hire on the clause counts no more.
    """
    ordered = sorted(hires, key=lambda hire: hire.hired_on)
    if not ordered:
        return ()
    first = ordered[0].hired_on
    horizon = [CountingPeriod(first, counts_until(first, EmploymentKind.CDD, ordered[0].ended_on, terms))]
    found: list[CountingPeriod] = []
    for hire in ordered:
        period = CountingPeriod(hire.hired_on, counts_until(first, hire.kind, hire.ended_on, terms))
        still = hire is ordered[0] or any(known.holds(hire.hired_on) for known in (*horizon, *found))
        if still and period.holds(hire.hired_on):
            found.append(period)
    return tuple(found)


def counts_on(day: date, periods: Sequence[CountingPeriod]) -> bool:
    """Does an hour done on that day count? The day after the last one does not."""
    return any(period.holds(day) for period in periods)
