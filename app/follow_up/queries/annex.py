"""What does the annex of a follow-up read today, who signed which text, and when?"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.core.french import day_words
from app.core.quantities import format_hours
from app.follow_up.labels.annex import annex_text
from app.follow_up.labels.kinds import VISITS
from app.follow_up.models import Annex, AnnexSignature, FollowUp, HeldJob
from app.follow_up.rules import calendar
from app.follow_up.rules.annex import AnnexFacts
from app.follow_up.rules.kinds import AnnexSide
from app.offers.labels import EMPLOYMENTS


def employer_of(job: HeldJob) -> str:
    """The name of who employs: the organisation's, or the one that was typed."""
    return job.organisation.name if job.organisation else job.employer_name


def terms_words(job: HeldJob) -> str:
    """« CDD du 1er septembre 2026 au 30 avril 2027, 35 h par semaine »."""
    kind = EMPLOYMENTS[job.employment_kind]
    dates = (
        f"du {day_words(job.start_on)} au {day_words(job.end_on)}"
        if job.end_on
        else f"dès le {day_words(job.start_on)}"
    )
    return f"{kind} {dates}, {format_hours(job.hours_week)} par semaine"


def facts_of(follow_up: FollowUp) -> AnnexFacts:
    """The facts of the latest job. The calendar is that of the rule: a date moved by agreement changes no text."""
    job = follow_up.jobs[-1]
    steps = calendar.plan(follow_up.starts_on, job.trial_ends_on)
    return AnnexFacts(
        person=follow_up.candidate.full_name,
        referent=follow_up.referent.full_name if follow_up.referent else "",
        place=follow_up.referent_organisation.name if follow_up.referent_organisation else "",
        employer=employer_of(job),
        title=job.title,
        commune=job.commune.name if job.commune else "",
        terms=terms_words(job),
        starts_on=follow_up.starts_on,
        ends_on=follow_up.ends_on,
        steps=tuple((VISITS[kind], on) for kind, on in steps.items() if on >= follow_up.opened_on),
    )


def text_of(follow_up: FollowUp) -> str:
    """The text to sign today."""
    return annex_text(facts_of(follow_up))


def annexes_of(follow_up_id: UUID) -> Sequence[Annex]:
    """Every text that somebody signed, the current one first, with its signatures; two statements."""
    query = select(Annex).where(Annex.follow_up_id == follow_up_id).options(selectinload(Annex.signatures))
    return db.session.scalars(query.order_by(Annex.replaced_at.desc().nulls_first(), Annex.id)).all()


def signed_last(annexes: Sequence[Annex]) -> Mapping[AnnexSide, bytes]:
    """What each side signed, when it signed the current text."""
    current = next((annex for annex in annexes if annex.replaced_at is None), None)
    return {one.side: one.text_hash for one in current.signatures} if current else {}


def signatures_of(annexes: Sequence[Annex]) -> list[AnnexSignature]:
    """Every signature, the newest first."""
    found = [one for annex in annexes for one in annex.signatures]
    return sorted(found, key=lambda one: one.signed_at, reverse=True)
