"""What may be typed when a job is lost, and when a follow-up is closed?"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.core.fields import DateField, LongTextField, RadioField, choices_of
from app.core.forms import EditsRow, MakesRow
from app.core.quantities import format_day
from app.follow_up.labels.kinds import CAUSES, CLOSE_OUTCOMES, DECIDERS
from app.follow_up.models import HeldJob
from app.follow_up.rules.kinds import BreakCause, BreakDecider, CloseOutcome
from app.follow_up.service.breaks import Break


class BreakForm(MakesRow):
    """« Signaler une rupture ». ``job`` only when several run."""

    job = RadioField("Quel emploi\u00a0?", required="Choisissez l’emploi.")
    cause = RadioField(
        "Quelle est la cause\u00a0?", choices=choices_of(BreakCause, CAUSES), required="Choisissez la cause."
    )
    decided_by = RadioField(
        "Qui a décidé\u00a0?", choices=choices_of(BreakDecider, DECIDERS), required="Dites qui a décidé."
    )
    last_day = DateField("Dernier jour de travail", required="Indiquez le dernier jour de travail.")
    tried = LongTextField("Qu’a-t-on essayé pour l’éviter\u00a0?", rows=3)
    next_words = LongTextField("Et maintenant\u00a0?", rows=3, hint="Ce qui est convenu avec la personne.")

    def offer(self, jobs: Sequence[HeldJob]) -> None:
        """Only the jobs whose end nobody noted; no question when there is one."""
        if len(jobs) < 2:
            del self.job
            return
        self.job.choices = [(str(job.id), _words(job)) for job in jobs]

    def said(self) -> Break:
        """What was typed, once its shape is right."""
        return Break(
            last_day=self.last_day.data or date.min,
            cause=BreakCause(str(self.cause.data)),
            decided_by=BreakDecider(str(self.decided_by.data)),
            tried=self.tried.data or "",
            next_words=self.next_words.data or "",
            job_id=UUID(str(self.job.data)) if "job" in self else None,
        )


def _words(job: HeldJob) -> str:
    employer = job.organisation.name if job.organisation else job.employer_name
    return f"{job.title}, {employer}, depuis le {format_day(job.start_on)}"


class ClosingForm(EditsRow):
    """« Clore le suivi »."""

    outcome = RadioField(
        "Où en est la personne\u00a0?",
        choices=choices_of(CloseOutcome, CLOSE_OUTCOMES),
        required="Dites où en est la personne.",
    )
    words = LongTextField("Le bilan en quelques mots", rows=4)

    @property
    def chosen(self) -> CloseOutcome:
        """The answer, once its shape is right."""
        return CloseOutcome(str(self.outcome.data))


def closing_data(version: int, outcome: CloseOutcome | None) -> dict[str, Any]:
    """What the form shows at first: the answer that the facts suggest, or none."""
    return {"version": version, "outcome": outcome.value if outcome else None}
