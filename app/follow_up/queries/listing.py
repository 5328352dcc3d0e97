"""Which follow-ups does the list show, in which order, and what does each line say? One line, one person at work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import join

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.models import Annex, AnnexSignature, FollowUp, HeldJob, Visit
from app.follow_up.queries.visible import covered_by, follow_ups_visible_to, held_by
from app.follow_up.rules.kinds import AnnexSide, VisitKind
from app.follow_up.rules.opening import day_number
from app.follow_up.rules.states import FollowUpState, VisitState
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState
from app.reference.models import Commune, Trade
from app.reference.queries import commune_codes_in

OPEN: Final = (FollowUpState.ACTIVE, FollowUpState.BROKEN)
STATES: Final[Mapping[str, tuple[FollowUpState, ...]]] = {
    "": OPEN,
    "en-poste": (FollowUpState.ACTIVE,),
    "perdu": (FollowUpState.BROKEN,),
    "clos": (FollowUpState.CLOSED,),
    "arrete": (FollowUpState.STOPPED,),
    "tous": tuple(FollowUpState),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked; words of the address, nonsense asks nothing."""

    who: str = ""
    state: str = ""
    when: str = ""
    employer: str = ""
    territory: str = ""
    family: str = ""
    sort: str = "prochaine"


@dataclass(frozen=True, slots=True)
class Line:
    """One follow-up of the list."""

    id: UUID
    state: FollowUpState
    starts_on: date
    ends_on: date
    first_name: str
    last_name: str
    title: str
    employer: str
    employer_state: OrganisationState | None
    job_ended_on: date | None
    job_end_on: date | None
    commune: str
    referent: str
    place: str
    next_kind: VisitKind | None
    next_on: date | None

    @property
    def name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def employer_closed(self) -> bool:
        """The firm takes part no more while the person is said to work there."""
        running = self.state is FollowUpState.ACTIVE and self.job_ended_on is None
        return running and self.employer_state is OrganisationState.CLOSED

    def day(self, today: date) -> int:
        """« 66e jour »."""
        return day_number(self.starts_on, today)

    def late_days(self, today: date) -> int:
        """How many days the next step is late; zero or less: it is not."""
        return (today - self.next_on).days if self.next_on else 0


def _job(today: date) -> Any:
    """The job of today: running before ended, begun before to come, the newest."""
    running = or_(HeldJob.ended_on.is_(None), HeldJob.ended_on >= today)
    return (
        select(HeldJob)
        .where(HeldJob.follow_up_id == FollowUp.id)
        .order_by(running.desc(), (HeldJob.start_on <= today).desc(), HeldJob.start_on.desc(), HeldJob.rank.desc())
        .limit(1)
        .correlate(FollowUp)
        .lateral("job")
    )


def _step() -> Any:
    """The first visit still to be held."""
    return (
        select(Visit.kind, Visit.planned_on)
        .where(Visit.follow_up_id == FollowUp.id, Visit.state == VisitState.PLANNED)
        .order_by(Visit.planned_on, Visit.id)
        .limit(1)
        .correlate(FollowUp)
        .lateral("step")
    )


def unsigned() -> ColumnElement[bool]:
    """Of somebody at work, the annex whose present text the referent has not signed."""
    signed = (
        select(AnnexSignature.id)
        .join(Annex, Annex.id == AnnexSignature.annex_id)
        .where(
            Annex.follow_up_id == FollowUp.id, Annex.replaced_at.is_(None), AnnexSignature.side == AnnexSide.REFERENT
        )
        .correlate(FollowUp)
    )
    return and_(FollowUp.state == FollowUpState.ACTIVE, ~signed.exists())


def _conditions(actor: Actor, asked: Asked, job: Any, step: Any, today: date) -> Iterator[ColumnElement[bool]]:
    match asked.who:
        case "moi":
            yield held_by(actor, today)
        case "couverts":
            yield FollowUp.referent_id.in_(covered_by(actor, today))
        case "equipe" if actor.role in ACCOMPANIMENT:
            yield FollowUp.referent_organisation_id == actor.organisation_id
        case "sans":
            yield FollowUp.referent_id.is_(None)
    yield FollowUp.state.in_(STATES.get(asked.state, OPEN))
    if asked.when == "retard":
        yield step.c.planned_on < today
    elif asked.when == "semaine":
        yield step.c.planned_on.between(today, today + timedelta(days=6 - today.weekday()))
    elif asked.when == "a-clore":
        yield FollowUp.ends_on < today
    elif asked.when == "a-signer":
        yield unsigned()
    if asked.employer:
        wanted = func.unaccent(f"%{asked.employer.replace('%', ' ').replace('_', ' ')}%")
        yield func.unaccent(func.coalesce(Organisation.name, job.c.employer_name)).ilike(wanted)
    if asked.territory:
        yield job.c.commune_insee.in_(commune_codes_in(asked.territory, today))
    if asked.family:
        yield job.c.trade_slug.in_(select(Trade.slug).where(Trade.family_slug == asked.family))


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; nonsense is by the next step."""
    known = {"personne", "employeur", "depuis", "prochaine", "etat", "referent"}
    return raw if raw and raw.removeprefix("-") in known else "prochaine"


def _lines(actor: Actor, asked: Asked, today: date) -> Select[Any]:
    job, step = _job(today), _step()
    referent = func.concat_ws(" ", User.first_name, User.last_name)
    place, employer = func.coalesce(_place(), ""), func.coalesce(Organisation.name, job.c.employer_name)
    sorts: Mapping[str, tuple[Any, ...]] = {
        "personne": (func.lower(Candidate.last_name), func.lower(Candidate.first_name)),
        "employeur": (func.lower(employer),),
        "depuis": (FollowUp.starts_on,),
        "prochaine": (step.c.planned_on,),
        "etat": (FollowUp.state,),
        "referent": (func.lower(User.last_name),),
    }
    order = sorts[asked.sort.removeprefix("-")]
    down = asked.sort.startswith("-")
    around = (
        join(FollowUp, Candidate, Candidate.id == FollowUp.candidate_id)
        .join(job, true())
        .outerjoin(step, true())
        .outerjoin(Organisation, Organisation.id == job.c.organisation_id)
        .outerjoin(Commune, Commune.insee == job.c.commune_insee)
        .outerjoin(User, User.id == FollowUp.referent_id)
    )
    return (
        follow_ups_visible_to(actor)
        .order_by(None)
        .with_only_columns(
            FollowUp.id, FollowUp.state, FollowUp.starts_on, FollowUp.ends_on, Candidate.first_name,
            Candidate.last_name, job.c.title, employer, Organisation.state, job.c.ended_on, job.c.end_on,
            func.coalesce(Commune.name, ""), referent, place, step.c.kind, step.c.planned_on,
        )
        .select_from(around)
        .where(*_conditions(actor, asked, job, step, today))
        .order_by(*(one.desc().nulls_last() if down else one.asc().nulls_last() for one in order), FollowUp.id)
    )  # fmt: skip


def _place() -> Any:
    """The organisation of the referent, by its name."""
    place = Organisation.__table__.alias("place")
    return select(place.c.name).where(place.c.id == FollowUp.referent_organisation_id).scalar_subquery()


def listed(actor: Actor, asked: Asked, number: int, today: date) -> Page[Line]:
    """One page of the list: two statements."""
    query = _lines(actor, asked, today)
    counted = query.order_by(None).with_only_columns(FollowUp.id, maintain_column_froms=True).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([Line(*row) for row in rows], number, PAGE_SIZE, total)


def exported(actor: Actor, asked: Asked, limit: int, today: date) -> list[Line]:
    """Every line, for a file."""
    return [Line(*row) for row in db.session.execute(_lines(actor, asked, today).limit(limit))]
