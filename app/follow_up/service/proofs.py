"""Somebody of the referent's side saw a proof of the job: employment papers, a payslip. No copy is kept."""

from datetime import date
from uuid import UUID

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.models import HeldJob
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.service import journal


@transaction
def attest_job(job_id: UUID, *, by: Actor, today: date) -> HeldJob:
    """Note that the proof was seen today; noted twice, the first day stays. Raises NotFound."""
    job = db.session.get(HeldJob, job_id)
    if job is None:
        raise NotFound
    the_one_to_act_on(by, job.follow_up_id)
    if job.attested_on is None:
        job.attested_on, job.attested_by = today, by.user_id
        journal.log(job.follow_up_id, "job", job.id, "attest", by, words="Justificatif d’emploi vu")
    return job
