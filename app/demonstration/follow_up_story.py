"""Moussa, two months at work: missed Saturdays, a tutor who wants to keep him, a trial that ends soon."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import clock
from app.demonstration.accounts import WORKER
from app.demonstration.candidates import CandidateRows
from app.demonstration.follow_ups import (
    FollowUpRows,
    instant,
    make_follow_ups,
    new_assignment,
    new_follow_up,
    new_job,
    new_visit,
    new_voice,
)
from app.demonstration.ground import Ground
from app.demonstration.organisations import People
from app.follow_up import jobs
from app.follow_up.rules import calendar
from app.follow_up.rules.kinds import MeetingMode, VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState
from app.offers.rules import EmploymentKind

_DAY = 65
"""He has worked for 65 days: between the first and the second visit."""
_SATURDAY = 5
_TUTOR = "Sandrine Leroy"


def tell_follow_ups(ground: Ground, people: People, candidates: CandidateRows) -> None:
    """Everybody's follow-ups, then what the portal notices by itself today."""
    rows = make_follow_ups(ground, people, candidates)
    moussa = next(row for row in candidates.candidates if row["phone"] == WORKER.phone)
    _add_moussa(ground, people, rows, moussa)
    rows.insert()
    jobs.plan_day(clock.today())


def _saturdays(today: date) -> tuple[date, date]:
    """The last two before today."""
    last = today - timedelta(days=(today.weekday() - _SATURDAY) % 7 or 7)
    return last - timedelta(days=7), last


def _add_moussa(ground: Ground, people: People, rows: FollowUpRows, person: dict[str, Any]) -> None:
    today = clock.today()
    start = today - timedelta(days=_DAY)
    follow_up = new_follow_up(ground, person, start)
    job = new_job(
        ground, follow_up, people.employers[0], title="Agent d’entretien", trade_slug="agent-entretien",
        commune_insee="91377",
        employment_kind=EmploymentKind.CDD, end_on=start + timedelta(days=241),
        trial_ends_on=start + timedelta(days=90), hours_week=Decimal(35), tutor_name=_TUTOR,
        tutor_phone="+33199004455", tutor_email="tutrice@demo.example",
    )  # fmt: skip
    rows.follow_ups.append(follow_up)
    rows.jobs.append(job)
    rows.assignments.append(new_assignment(ground, follow_up))
    said = {
        VisitKind.FIRST_CALL: "Bien accueilli, équipement reçu.",
        VisitKind.MONTH_1: "Poste conforme à l’offre, tutrice présente.",
    }
    for kind, due in dict(calendar.plan(start, job["trial_ends_on"])).items():
        visit = new_visit(ground, follow_up, kind, due)
        if kind in said:
            visit.update(
                state=VisitState.HELD, met_on=due, report=said[kind], fits_offer=True, reported_at=instant(due, 17),
                reported_by=follow_up["referent_id"], next_words="Comment venir le samedi ?",
            )  # fmt: skip
            if kind is VisitKind.MONTH_1:
                words = "L’équipe est bien, je comprends le travail. Le samedi, le bus de 5 h 40 n’existe pas."
                rows.voices.append(
                    new_voice(ground, follow_up["id"], VoiceSide.PERSON, due, "Moussa", words, visit_id=visit["id"])
                )
        rows.visits.append(visit)
    _missed(ground, rows, follow_up["id"], job["id"], today)


def _missed(ground: Ground, rows: FollowUpRows, follow_up_id: UUID, job_id: UUID, today: date) -> None:
    """Two Saturdays away, and what the tutor answered by her link two days ago."""
    rows.absences += [
        {"id": ground.uuid(), "follow_up_id": follow_up_id, "held_job_id": job_id, "on": day,
         "side": VoiceSide.TUTOR, "by_user_id": None}
        for day in _saturdays(today)
    ]  # fmt: skip
    words = (
        "Très bon en semaine, il tient la cadence. Mais deux samedis sans venir ni prévenir. "
        "Je veux le garder, il faut régler ça avant la fin de l’essai."
    )
    rows.voices.append(
        new_voice(
            ground,
            follow_up_id,
            VoiceSide.TUTOR,
            today - timedelta(days=1),
            _TUTOR,
            words,
            heard="link",
            held_job_id=job_id,
            absences=True,
            work_well_done=True,
            see_again=True,
        )
    )
    rows.exchanges.append(
        {"id": ground.uuid(), "follow_up_id": follow_up_id, "on": today - timedelta(days=12),
         "at": instant(today - timedelta(days=12), 15), "side": VoiceSide.PERSON, "mode": MeetingMode.PHONE,
         "answered": True, "words": "Il cherche comment venir le samedi.", "by_user_id": None,
         "by_name": "Thomas Girard"}
    )  # fmt: skip
