"""Which exit is it for each follow-up: for the PLIE, for the IAE, for the plan? Read for many at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import Actor
from app.follow_up.models import FollowUp, HeldJob
from app.follow_up.queries.visible import follow_ups_visible_to
from app.follow_up.rules.exits import ExitJob, ExitLabel, Situation, Training, exit_labels
from app.follow_up.rules.kinds import CloseOutcome
from app.follow_up.rules.states import FollowUpState
from app.organisations.models import Organisation
from app.organisations.rules import SIAE_KINDS


@dataclass(frozen=True, slots=True)
class ExitLine:
    """One follow-up, the job that decides, and a label for each indicator."""

    follow_up: FollowUp
    job: HeldJob | None
    labels: Sequence[ExitLabel]

    def label(self, indicator: str) -> ExitLabel:
        """That of one indicator."""
        return next(one for one in self.labels if one.indicator == indicator)


def _asked(actor: Actor, since: date, until: date) -> Select[Any]:
    query = follow_ups_visible_to(actor).where(
        FollowUp.state != FollowUpState.STOPPED, FollowUp.starts_on >= since, FollowUp.starts_on <= until
    )
    around = (
        joinedload(FollowUp.candidate).load_only(Candidate.first_name, Candidate.last_name, raiseload=True),
        selectinload(FollowUp.jobs)
        .joinedload(HeldJob.organisation)
        .load_only(Organisation.name, Organisation.kind, raiseload=True),
    )
    return query.options(*around).order_by(FollowUp.starts_on.desc(), FollowUp.id)


def exit_lines(actor: Actor, since: date, until: date, today: date) -> list[ExitLine]:
    """Every follow-up of hires between two days (both included), the newest first; two statements."""
    found = db.session.scalars(_asked(actor, since, until)).unique()
    return [ExitLine(one, newest_job(one), exit_labels(situation_of(one, today), today)) for one in found]


def newest_job(follow_up: FollowUp) -> HeldJob | None:
    """The job that a proof is asked for: the one held now or last."""
    return max(follow_up.jobs, key=lambda job: (job.start_on, job.rank), default=None)


def situation_of(follow_up: FollowUp, today: date) -> Situation:
    """What became of the person, from the jobs held and the closing.

    A closing « en formation » says that a training began; that it was validated is not known here.
    """
    outcome = follow_up.close_outcome
    return Situation(
        jobs=[_exit_job(job, today) for job in follow_up.jobs if job.start_on <= today],
        business=outcome is CloseOutcome.BUSINESS,
        training=Training(qualifying=True, validated=False) if outcome is CloseOutcome.TRAINING else None,
    )


def _exit_job(job: HeldJob, today: date) -> ExitJob:
    known_end = job.ended_on if job.ended_on is not None else job.end_on
    return ExitJob(
        kind=job.employment_kind.value,
        start_on=job.start_on,
        until=min(known_end, today) if known_end is not None else today,
        hours_week=job.hours_week,
        end_on=job.end_on,
        attested=job.attested_on is not None,
        in_siae=job.organisation is not None and job.organisation.kind in SIAE_KINDS,
    )


def counted(lines: Sequence[ExitLine]) -> Mapping[str, tuple[str, int, Sequence[tuple[str, int]]]]:
    """Indicator → (its name, how many count, how many of each label, the most frequent first)."""
    found: dict[str, tuple[str, int, Sequence[tuple[str, int]]]] = {}
    for code in dict.fromkeys(label.indicator for line in lines for label in line.labels):
        labels = [line.label(code) for line in lines]
        words = Counter(label.words for label in labels)
        found[code] = (labels[0].name, sum(label.counts for label in labels), words.most_common())
    return found
