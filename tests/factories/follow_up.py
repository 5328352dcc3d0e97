"""Somebody who works and is followed: the follow-up, its first job, its calendar, and those around."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import Role
from app.follow_up.models import FollowUp, FollowUpAssignment, HeldJob, Visit
from app.follow_up.rules import calendar
from app.follow_up.rules.kinds import FollowUpOrigin, VisitKind
from app.offers.rules import EmploymentKind
from tests.factories.people import Somebody, an_organisation, somebody

START = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class Followed:
    """Those around one follow-up. The referent is no manager; their organisation is ``referent.organisation``."""

    follow_up: FollowUp
    job: HeldJob
    person: Somebody
    referent: Somebody
    employer: Somebody
    visits: dict[VisitKind, Visit]


def a_follow_up(
    starts_on: date = START,
    *,
    referent: Somebody | None = None,
    person: Somebody | None = None,
    employer: Somebody | None = None,
    end_on: date | None = None,
    trial_ends_on: date | None = None,
    hours_week: Decimal = Decimal(35),
    job: dict[str, Any] | None = None,
    **values: Any,
) -> Followed:
    """Somebody at work since ``starts_on`` for a job found elsewhere, with the calendar as the rules give it."""
    holder = referent or somebody(Role.REFERENT, manager=False)
    who = person or somebody(Role.CANDIDATE)
    firm = employer or somebody(Role.EMPLOYER, an_organisation(name="Logistique du Val d’Orge"))
    candidate = who.candidate
    assert candidate is not None
    if candidate.referent_id is None:
        candidate.referent_id = holder.user.id
        candidate.referent_organisation_id = holder.organisation.id if holder.organisation else None
    follow_up = _follow_up(candidate, holder, starts_on, values)
    terms = {"end_on": end_on, "trial_ends_on": trial_ends_on, "hours_week": hours_week, **(job or {})}
    held = _held_job(follow_up, firm, terms)
    db.session.add(
        FollowUpAssignment(
            follow_up_id=follow_up.id,
            user_id=holder.user.id,
            organisation_id=follow_up.referent_organisation_id,
            since=starts_on,
        )
    )
    visits = {
        kind: Visit(follow_up_id=follow_up.id, kind=kind, due_on=on, planned_on=on)
        for kind, on in dict(calendar.plan(starts_on, trial_ends_on)).items()
    }
    db.session.add_all(visits.values())
    db.session.flush()
    return Followed(follow_up, held, who, holder, firm, visits)


def _follow_up(candidate: Candidate, holder: Somebody, starts_on: date, values: dict[str, Any]) -> FollowUp:
    defaults = {
        "candidate_id": candidate.id,
        "origin": FollowUpOrigin.ELSEWHERE,
        "starts_on": starts_on,
        "ends_on": calendar.six_months_end(starts_on),
        "opened_on": starts_on,
        "referent_id": holder.user.id,
        "referent_organisation_id": holder.organisation.id if holder.organisation else None,
    }
    follow_up = FollowUp(**{**defaults, **values})
    follow_up.candidate = candidate
    db.session.add(follow_up)
    db.session.flush()
    return follow_up


def _held_job(follow_up: FollowUp, firm: Somebody, terms: dict[str, Any]) -> HeldJob:
    defaults = {
        "follow_up_id": follow_up.id,
        "organisation_id": firm.organisation.id if firm.organisation else None,
        "title": "Préparateur de commandes",
        "commune_insee": "91377",
        "employment_kind": EmploymentKind.CDD if terms["end_on"] else EmploymentKind.CDI,
        "start_on": follow_up.starts_on,
        "tutor_name": "Sandrine Leroy",
        "tutor_phone": "+33199004455",
        "tutor_email": "tutrice@exemple.fr",
    }
    held = HeldJob(**{**defaults, **terms})
    db.session.add(held)
    return held


def a_colleague(followed: Followed, *, manager: bool = False) -> Somebody:
    """Another referent of the same organisation."""
    return somebody(Role.REFERENT, followed.referent.organisation, manager=manager)


def days_after(followed: Followed, days: int) -> date:
    """A day of the follow-up, counted from its start."""
    return followed.follow_up.starts_on + timedelta(days=days)
