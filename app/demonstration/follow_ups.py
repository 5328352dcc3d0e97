"""Invented people at work and followed: about one in nine, at every moment of the six months."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert

from app.core import clock
from app.core.db import Base, db
from app.demonstration.candidates import CandidateRows
from app.demonstration.ground import Ground
from app.demonstration.names import FIRST_NAMES, last_names
from app.demonstration.organisations import Employer, People
from app.follow_up.models import Absence, Exchange, FollowUp, FollowUpAssignment, HeldJob, JobBreak, Visit, Voice
from app.follow_up.rules import calendar
from app.follow_up.rules.kinds import (
    BreakCause,
    BreakDecider,
    CloseOutcome,
    FollowUpOrigin,
    JobPlan,
    MeetingMode,
    VisitKind,
    VoiceSide,
)
from app.follow_up.rules.states import FollowUpState, VisitState
from app.offers.rules import EmploymentKind

SHARE = 9
OURS = 12
"""How many people of the referent whose account is printed."""
_TUTOR = (
    "Toujours à l’heure, du travail soigné.",
    "Bon travail. Il faut encore l’aider pour les consignes écrites.",
    "Rien à dire, nous sommes contents.",
    "Le rythme vient. Nous restons à ses côtés.",
)
_PERSON = (
    "L’équipe est bien, je comprends le travail.",
    "Les horaires vont. Le trajet est un peu long.",
    "Le soir, je suis au bout, mais ce travail me plaît.",
    "On m’explique bien.",
)
_REPORTS = (
    "Poste conforme à l’offre.",
    "Bon accueil, équipement reçu.",
    "Point sur les horaires et le trajet. Tout va.",
)
_CAUSES = (
    (BreakCause.TRIAL_EMPLOYER, BreakDecider.EMPLOYER),
    (BreakCause.TRANSPORT, BreakDecider.PERSON),
    (BreakCause.CHILDCARE, BreakDecider.PERSON),
    (BreakCause.NOT_AS_ANNOUNCED, BreakDecider.PERSON),
    (BreakCause.BETTER_JOB, BreakDecider.PERSON),
    (BreakCause.CONFLICT, BreakDecider.BOTH),
)


@dataclass(slots=True)
class FollowUpRows:
    """Rows to be inserted, table by table in this order."""

    follow_ups: list[dict[str, Any]] = field(default_factory=list)
    jobs: list[dict[str, Any]] = field(default_factory=list)
    assignments: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    voices: list[dict[str, Any]] = field(default_factory=list)
    absences: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[dict[str, Any]] = field(default_factory=list)
    breaks: list[dict[str, Any]] = field(default_factory=list)

    def insert(self) -> None:
        """Put them in, parents first."""
        tables: tuple[tuple[type[Base], list[dict[str, Any]]], ...] = (
            (FollowUp, self.follow_ups),
            (HeldJob, self.jobs),
            (FollowUpAssignment, self.assignments),
            (Visit, self.visits),
            (Voice, self.voices),
            (Absence, self.absences),
            (Exchange, self.exchanges),
            (JobBreak, self.breaks),
        )
        for model, rows in tables:
            if rows:
                db.session.connection().execute(insert(cast(Table, model.__table__)), rows)


def make_follow_ups(ground: Ground, people: People, candidates: CandidateRows) -> FollowUpRows:
    """People who are not looking for work now, at work since up to seven months."""
    rows, today = FollowUpRows(), clock.today()
    theirs = people.referents["91377"][0][1]
    free = [row for row in candidates.candidates[2:] if row["ready_on"] is None and row["referent_id"]]
    free.sort(key=lambda row: row["referent_id"] != theirs)
    count = max(OURS, len(candidates.candidates) // SHARE)
    employers = _employers(ground, people)
    for person in [*free[:OURS], *free[OURS:][: count - OURS]]:
        _add(ground, rows, person, next(employers), today)
    return rows


def _employers(ground: Ground, people: People) -> Iterator[Employer]:
    """The three firms whose accounts are printed come first, then any."""
    yield from (people.employers[rank] for rank in (0, 0, 1, 2, 0, 1))
    while True:
        yield ground.random.choice(people.employers)


def instant(day: date, hour: int = 10) -> datetime:
    """An hour of a day in Paris."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)


def _add(ground: Ground, rows: FollowUpRows, person: dict[str, Any], employer: Employer, today: date) -> None:
    random = ground.random
    start = today - timedelta(days=random.randint(2, 215))
    follow_up = new_follow_up(ground, person, start)
    job = new_job(ground, follow_up, employer)
    rows.follow_ups.append(follow_up)
    rows.jobs.append(job)
    rows.assignments.append(new_assignment(ground, follow_up))
    _settle(ground, rows, follow_up, job, today)
    for kind, due in dict(calendar.plan(start, job["trial_ends_on"])).items():
        _visit(ground, rows, follow_up, job, person, (kind, due), today)


def new_follow_up(ground: Ground, person: dict[str, Any], start: date) -> dict[str, Any]:
    """An active follow-up of a job found without the portal."""
    return {
        "id": ground.uuid(), "candidate_id": person["id"], "hire_id": None, "origin": FollowUpOrigin.ELSEWHERE,
        "state": FollowUpState.ACTIVE, "starts_on": start, "ends_on": calendar.six_months_end(start),
        "opened_on": start, "opened_by": person["referent_id"], "referent_id": person["referent_id"],
        "referent_organisation_id": person["referent_organisation_id"], "settled_on": None, "close_outcome": None,
        "close_words": "", "stop_reason": None, "version": 1,
    }  # fmt: skip


def new_job(ground: Ground, follow_up: dict[str, Any], employer: Employer, **values: Any) -> dict[str, Any]:
    """The first job of a follow-up, with a tutor who may be phoned."""
    random, start = ground.random, follow_up["starts_on"]
    open_ended = random.random() < 0.45
    end = None if open_ended else start + timedelta(days=random.choice((150, 182, 240, 270)))
    number, trade = random.randint(1_000, 9_999), ground.trade(employer.family)
    return {
        "id": ground.uuid(), "follow_up_id": follow_up["id"], "rank": 1,
        "organisation_id": employer.organisation_id, "employer_name": "", "title": trade[1],
        "trade_slug": trade[0],
        "commune_insee": employer.commune, "start_on": start, "end_on": end,
        "employment_kind": EmploymentKind.CDI if open_ended else EmploymentKind.CDD,
        "trial_ends_on": calendar.trial_end_by_law(open_ended, start, end),
        "hours_week": Decimal(random.choice((24, 28, 30, 35, 35))), "ended_on": None,
        "tutor_name": f"{random.choice(FIRST_NAMES)} {random.choice(last_names())}",
        "tutor_phone": f"+33199{number:06d}", "tutor_email": f"tuteur{number}@demo.example",
        "plan": None, "plan_words": "", "planned_on": None, "change_words": "", "version": 1, **values,
    }  # fmt: skip


def new_assignment(ground: Ground, follow_up: dict[str, Any]) -> dict[str, Any]:
    """The referent from the first day."""
    return {
        "id": ground.uuid(), "follow_up_id": follow_up["id"], "user_id": follow_up["referent_id"],
        "organisation_id": follow_up["referent_organisation_id"], "since": follow_up["starts_on"], "until": None,
        "reason": "", "by_user_id": None,
    }  # fmt: skip


def _settle(ground: Ground, rows: FollowUpRows, follow_up: dict[str, Any], job: dict[str, Any], today: date) -> None:
    """How it stands today: at work, lost, or over."""
    random, age = ground.random, (today - follow_up["starts_on"]).days
    if age > 20 and random.random() < 0.11:
        last_day = follow_up["starts_on"] + timedelta(days=random.randint(15, min(age - 1, 120)))
        cause, decider = random.choice(_CAUSES)
        job["ended_on"] = last_day
        follow_up.update(state=FollowUpState.BROKEN, settled_on=last_day)
        rows.breaks.append(
            {"id": ground.uuid(), "follow_up_id": follow_up["id"], "held_job_id": job["id"], "last_day": last_day,
             "cause": cause, "decided_by": decider, "tried": "Un appel à trois, puis une visite.",
             "next_words": "Chercher un poste plus près.", "recorded_on": last_day,
             "recorded_by": follow_up["referent_id"]}
        )  # fmt: skip
    elif follow_up["ends_on"] < today and random.random() < 0.85:
        outcome = random.choices(
            (CloseOutcome.KEPT, CloseOutcome.OTHER_JOB, CloseOutcome.TRAINING, CloseOutcome.NO_NEWS), (78, 8, 6, 8)
        )[0]
        follow_up.update(state=FollowUpState.CLOSED, settled_on=follow_up["ends_on"], close_outcome=outcome)
    if job["end_on"] and age > 150 and random.random() < 0.7:
        job.update(
            plan=random.choice((JobPlan.RENEWED, JobPlan.OPEN_ENDED)), planned_on=today - timedelta(days=5),
            plan_words="Décidé avec l’employeur.",
        )  # fmt: skip


def _visit(
    ground: Ground,
    rows: FollowUpRows,
    follow_up: dict[str, Any],
    job: dict[str, Any],
    person: dict[str, Any],
    step: tuple[VisitKind, date],
    today: date,
) -> None:
    random, (kind, due) = ground.random, step
    row = new_visit(ground, follow_up, kind, due)
    over = follow_up["settled_on"]
    if due < today and (over is None or due <= over):
        late = (today - due).days < 25 and random.random() < 0.25
        if not late:
            missed = random.random() < 0.05
            row.update(
                state=VisitState.NO_ANSWER if missed else VisitState.HELD, met_on=due, reported_at=instant(due, 17),
                reported_by=follow_up["referent_id"], report="" if missed else random.choice(_REPORTS),
                fits_offer=None if missed else True,
            )  # fmt: skip
            if not missed:
                rows.voices += _voices(ground, row, job, person)
    elif over is not None:
        row["state"] = VisitState.CANCELLED
    rows.visits.append(row)


def new_visit(ground: Ground, follow_up: dict[str, Any], kind: VisitKind, due: date) -> dict[str, Any]:
    """A step of the calendar, as computed."""
    phone = kind is VisitKind.FIRST_CALL
    return {
        "id": ground.uuid(), "follow_up_id": follow_up["id"], "kind": kind, "state": VisitState.PLANNED,
        "due_on": due, "planned_on": due, "planned_at": None, "minutes": 20 if phone else 45,
        "mode": MeetingMode.PHONE if phone else MeetingMode.PLACE, "place": "", "with_tutor": True, "by_hand": False,
        "sequence": 0, "met_on": None, "report": "", "fits_offer": None, "next_words": "", "reported_at": None,
        "reported_by": None, "version": 1,
    }  # fmt: skip


def _voices(
    ground: Ground, visit: dict[str, Any], job: dict[str, Any], person: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    random = ground.random
    yield new_voice(
        ground, visit["follow_up_id"], VoiceSide.TUTOR, visit["met_on"], job["tutor_name"], random.choice(_TUTOR),
        visit_id=visit["id"], held_job_id=job["id"], absences=False, work_well_done=True,
        see_again=random.random() < 0.2,
    )  # fmt: skip
    yield new_voice(
        ground, visit["follow_up_id"], VoiceSide.PERSON, visit["met_on"], person["first_name"], random.choice(_PERSON),
        visit_id=visit["id"],
    )  # fmt: skip


def new_voice(
    ground: Ground, follow_up_id: UUID, side: VoiceSide, day: date, speaker: str, words: str, **values: Any
) -> dict[str, Any]:
    """What somebody said on a day."""
    return {
        "id": ground.uuid(), "follow_up_id": follow_up_id, "visit_id": None, "held_job_id": None, "side": side,
        "said_on": day,
        "said_at": instant(day, 18), "speaker": speaker, "words": words, "absences": None, "work_well_done": None,
        "see_again": None, "heard": "visit", "by_user_id": None, **values,
    }  # fmt: skip
