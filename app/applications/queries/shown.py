"""What does each side read of an application, and which acts are open to them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_, select, union_all

from app.applications.models import Application, ApplicationDraft
from app.applications.rules import APPLICATION, CONTACT_TAKEN_BACK, ApplicationAction, suits
from app.candidates.models import Candidate, CandidateTitle, WantedTrade
from app.candidates.queries import mandates_of
from app.candidates.rules.standing import Empowered, mandate_holds
from app.core.db import db
from app.core.grid import Grid
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.reference.models import Licence, Skill, Title, Trade

OF_THE_PERSON = frozenset({ApplicationAction.AGREE, ApplicationAction.DECLINE, ApplicationAction.WITHDRAW})


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """All that an employer reads of a person (domain: what an employer never learns). Nothing else is passed on."""

    name: str
    commune: str
    trades: Sequence[str]
    skills: Sequence[str]
    titles: Sequence[str]
    licences: Sequence[str]
    available_from: date | None
    week: Grid | None
    reasons: Sequence[str]
    words: str


def person_seen_by_employer(application: Application, today: date) -> SeenPerson:
    """The person of an application that was sent: they have accepted contact, so their name is whole until it ends."""
    candidate = application.candidate
    held = _held(candidate, set(application.offer.required_licences), today)
    return SeenPerson(
        name=candidate.short_name if application.state in CONTACT_TAKEN_BACK else candidate.full_name,
        commune=candidate.commune.name if candidate.commune else "",
        trades=[name for part, name in held if part == "trade"],
        skills=[name for part, name in held if part == "skill"],
        titles=[name for part, name in held if part == "title"],
        licences=[name for part, name in held if part == "licence"],
        available_from=candidate.available_from,
        week=candidate.grid or None,
        reasons=application.reasons.get("employer", ()),
        words=application.person_words,
    )


def _held(candidate: Candidate, asked: set[str], today: date) -> Sequence[tuple[str, str]]:
    """(part, name) of the jobs wanted, skills, valid titles, and of the licences that the offer asks. One statement."""
    valid = or_(CandidateTitle.valid_until.is_(None), CandidateTitle.valid_until >= today)
    parts: list[Any] = [
        select(literal("trade").label("part"), Trade.name, WantedTrade.rank)
        .join(WantedTrade, WantedTrade.trade_slug == Trade.slug)
        .where(WantedTrade.candidate_id == candidate.id),
        select(literal("skill"), Skill.name, literal(0)).where(Skill.slug.in_(candidate.skills)),
        select(literal("title"), Title.name, literal(0))
        .join(CandidateTitle, CandidateTitle.title_slug == Title.slug)
        .where(CandidateTitle.candidate_id == candidate.id, valid),
    ]
    if asked:
        parts.append(
            select(literal("licence"), Licence.name, literal(0)).where(Licence.slug.in_(asked & _licences(candidate)))
        )
    every = union_all(*parts).subquery()
    query = select(every.c[0], every.c[1]).order_by(every.c[2], every.c[1])
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _licences(candidate: Candidate) -> set[str]:
    """Licences held, with those they imply."""
    rows = db.session.scalars(select(Licence.implies).where(Licence.slug.in_(candidate.licences)))
    return set(candidate.licences).union(*rows)


def may_act_for(actor: Actor, candidate_id: UUID, today: date) -> bool:
    """Is the actor the person, or the holder of a mandate that holds today?"""
    if actor.role is Role.CANDIDATE:
        return actor.candidate_id == candidate_id
    if actor.role not in ACCOMPANIMENT:
        return False
    mandates = [
        Empowered(row.user_id, row.starts_on, row.ends_on, row.organisation_id, row.withdrawn_at is not None)
        for row in mandates_of(candidate_id)
    ]
    return mandate_holds(mandates, actor.user_id, actor.organisation_id, today)


def actions_for(application: Application, actor: Actor, *, acts_for_person: bool) -> tuple[ApplicationAction, ...]:
    """The buttons of the page: the workflow table, less what does not fit the offer (one hires for a job, takes for a
    stage), less what is the person's when the reader does not act for them."""
    actions = APPLICATION.actions(application.state, actor.role)
    placement = application.offer.is_placement
    return tuple(
        action
        for action in actions
        if suits(action, placement=placement) and (acts_for_person or action not in OF_THE_PERSON)
    )


def draft_of(draft_id: UUID | None, offer_id: UUID) -> ApplicationDraft | None:
    """What somebody wrote for this offer before saying who they are."""
    query = select(ApplicationDraft).where(ApplicationDraft.id == draft_id, ApplicationDraft.offer_id == offer_id)
    return db.session.scalar(query) if draft_id else None
