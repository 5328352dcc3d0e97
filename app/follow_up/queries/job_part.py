"""What the page of a follow-up says of the job, of those around, of the annex and other follow-ups; one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.clauses.models import HourLine
from app.clauses.queries.people import DECLARED
from app.core.db import db
from app.core.quantities import add_months
from app.core.roles import Actor
from app.follow_up.models import Annex, AnnexSignature, Cover, FollowUp, HeldJob
from app.follow_up.queries.annex import employer_of, terms_words, text_of
from app.follow_up.queries.visible import acted_on_by, follow_ups_visible_to
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.annex import AnnexStanding, hash_of, standing
from app.follow_up.rules.kinds import AnnexSide
from app.follow_up.rules.opening import day_number
from app.follow_up.rules.states import FollowUpState
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState

_MONTHS_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Other:
    """Another follow-up of the same person."""

    id: UUID
    state: FollowUpState
    title: str
    employer: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Around:
    """What one statement reads beside the follow-up itself."""

    may_act: bool = False
    cover: str = ""
    others: Sequence[Other] = ()
    signed: Mapping[AnnexSide, bytes] = field(default_factory=dict)
    signed_on: date | None = None
    hours: Sequence[tuple[date, Decimal]] = ()


def part(follow_up: FollowUp, actor: Actor, today: date) -> dict[str, Any]:
    """For the head, ``_job.html`` and ``_annex.html``."""
    job, around = job_at(follow_up, today) or follow_up.jobs[-1], around_of(follow_up, actor, today)
    stands = standing(around.signed, hash_of(text_of(follow_up)))
    closed = job.organisation is not None and job.organisation.state is OrganisationState.CLOSED
    return {
        "may_act": around.may_act,
        "job": job,
        "employer": employer_of(job),
        "employer_closed": closed and job.ended_on is None and follow_up.state is FollowUpState.ACTIVE,
        "terms": terms_words(job),
        "months": _months(job),
        "day": day_number(follow_up.starts_on, today),
        "earlier_jobs": [one for one in follow_up.jobs if one.rank < job.rank],
        "later_jobs": [one for one in follow_up.jobs if one.rank > job.rank],
        "employers": {one.id: employer_of(one) for one in follow_up.jobs},
        "cover": around.cover,
        "others": around.others,
        "live_others": [one for one in around.others if one.state is FollowUpState.ACTIVE],
        "annex": stands,
        "annex_signed_on": around.signed_on if stands is AnnexStanding.SIGNED else None,
        "shares": _shares(job, around.hours, today),
    }


def around_of(follow_up: FollowUp, actor: Actor, today: date) -> Around:
    """May the actor act, who covers the referent, what else is followed, who signed, which hours were declared."""
    acts = exists().where(FollowUp.id == follow_up.id, acted_on_by(actor, today))
    query = select(acts, _cover(follow_up, today), _others(follow_up, actor), _signed(follow_up), _hours(follow_up))
    may, cover, others, signed, hours = db.session.execute(query).one()
    sides = {AnnexSide(side): bytes.fromhex(digest) for side, digest, _ in signed or ()}
    return Around(
        may_act=may,
        cover=cover or "",
        others=[
            Other(UUID(key), FollowUpState(state), title, name, date.fromisoformat(starts_on))
            for key, state, title, name, starts_on in others or ()
        ],
        signed=sides,
        signed_on=max((date.fromisoformat(on) for _, _, on in signed or ()), default=None),
        hours=[(date.fromisoformat(month), Decimal(str(sum_))) for month, sum_ in hours or ()],
    )


def _cover(follow_up: FollowUp, today: date) -> Any:
    """Who acts for the referent who is away today."""
    return (
        select(func.concat_ws(" ", User.first_name, User.last_name))
        .join(Cover, Cover.cover_id == User.id)
        .where(
            Cover.absent_id == follow_up.referent_id,
            Cover.organisation_id == (follow_up.referent_organisation_id or Cover.organisation_id),
            Cover.first_day <= today,
            Cover.last_day >= today,
            Cover.ended_at.is_(None),
        )
        .order_by(Cover.first_day.desc())
        .limit(1)
        .scalar_subquery()
    )


def _others(follow_up: FollowUp, actor: Actor) -> Any:
    """The person's other follow-ups that the actor may read, each with its first job."""
    other, job, firm = aliased(FollowUp), aliased(HeldJob), aliased(Organisation)
    mine = follow_ups_visible_to(actor).order_by(None).with_only_columns(FollowUp.id)
    line = func.json_build_array(
        other.id, other.state, job.title, func.coalesce(firm.name, job.employer_name), other.starts_on
    )
    return (
        select(func.json_agg(aggregate_order_by(line, other.starts_on.desc())))
        .select_from(other)
        .join(job, (job.follow_up_id == other.id) & (job.rank == 1))
        .outerjoin(firm, firm.id == job.organisation_id)
        .where(
            other.candidate_id == follow_up.candidate_id,
            other.id != follow_up.id,
            other.state != FollowUpState.STOPPED,
            other.id.in_(mine),
        )
        .scalar_subquery()
    )


def _signed(follow_up: FollowUp) -> Any:
    line = func.json_build_array(
        AnnexSignature.side, func.encode(AnnexSignature.text_hash, "hex"), AnnexSignature.signed_on
    )
    return (
        select(func.json_agg(line))
        .join(Annex, Annex.id == AnnexSignature.annex_id)
        .where(Annex.follow_up_id == follow_up.id, Annex.replaced_at.is_(None))
        .scalar_subquery()
    )


def _hours(follow_up: FollowUp) -> Any:
    """Hours declared for the person, by month since the start."""
    sums = (
        select(HourLine.month.label("month"), func.sum(HourLine.hours).label("hours"))
        .where(
            HourLine.candidate_id == follow_up.candidate_id,
            HourLine.state.in_(DECLARED),
            HourLine.month >= follow_up.starts_on.replace(day=1),
        )
        .group_by(HourLine.month)
        .subquery()
    )
    line = func.json_build_array(sums.c.month, sums.c.hours)
    return select(func.json_agg(aggregate_order_by(line, sums.c.month))).scalar_subquery()


def _months(job: HeldJob) -> int | None:
    """« CDD de 8 mois »: how many whole months from the first to the last day foreseen, when they are whole."""
    if job.end_on is None:
        return None
    after = job.end_on + timedelta(days=1)
    count = (after.year - job.start_on.year) * 12 + after.month - job.start_on.month
    return count if count > 0 and add_months(job.start_on, count) == after else None


def _shares(job: HeldJob, hours: Sequence[tuple[date, Decimal]], today: date) -> list[Decimal]:
    """Of the full months of this job, the part of the agreed hours that was done: 0.98, then 0.90."""
    full = [
        (month, done)
        for month, done in hours
        if job.start_on <= month
        and add_months(month, 1) <= today
        and (job.ended_on is None or job.ended_on >= add_months(month, 1))
    ]
    return [done * 12 / (job.hours_week * 52) for _, done in full[-_MONTHS_SHOWN:]]
