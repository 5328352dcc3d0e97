"""What does each side read of an application, and which acts are open to them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.applications.models import Application, ApplicationDraft
from app.applications.rules import APPLICATION, ApplicationAction
from app.candidates.models import Candidate, CandidateTitle, WantedTrade
from app.candidates.queries import mandates_of
from app.candidates.rules.standing import Empowered, mandate_holds
from app.core.db import db
from app.core.grid import Grid
from app.core.roles import Actor, Role
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
    hours: str
    reasons: Sequence[str]
    words: str


def person_seen_by_employer(application: Application, today: date) -> SeenPerson:
    """The person of an application that was sent: they have accepted contact, so their name is whole."""
    candidate = application.candidate
    asked = set(application.offer.required_licences)
    return SeenPerson(
        name=candidate.full_name,
        commune=candidate.commune.name if candidate.commune else "",
        trades=_names(_wanted(candidate.id)),
        skills=_names(select(Skill.name).where(Skill.slug.in_(candidate.skills)).order_by(Skill.name)),
        titles=_names(_titles(candidate.id, today)),
        licences=_names(select(Licence.name).where(Licence.slug.in_(asked & _held(candidate)))) if asked else (),
        available_from=candidate.available_from,
        week=candidate.grid or None,
        hours=_hours(candidate),
        reasons=application.reasons.get("employer", ()),
        words=application.person_words,
    )


def _names(query: Any) -> Sequence[str]:
    return tuple(db.session.scalars(query))


def _wanted(candidate_id: UUID) -> Any:
    wanted = select(Trade.name).join(WantedTrade, WantedTrade.trade_slug == Trade.slug)
    return wanted.where(WantedTrade.candidate_id == candidate_id).order_by(WantedTrade.rank)


def _titles(candidate_id: UUID, today: date) -> Any:
    valid = or_(CandidateTitle.valid_until.is_(None), CandidateTitle.valid_until >= today)
    held = select(Title.name).join(CandidateTitle, CandidateTitle.title_slug == Title.slug)
    return held.where(CandidateTitle.candidate_id == candidate_id, valid).order_by(Title.name)


def _held(candidate: Candidate) -> set[str]:
    """Licences held, with those they imply."""
    rows = db.session.scalars(select(Licence.implies).where(Licence.slug.in_(candidate.licences)))
    return set(candidate.licences).union(*rows)


def _hours(candidate: Candidate) -> str:
    least, most = candidate.hours_min, candidate.hours_max
    if least and most:
        return f"{least:g} à {most:g}\u00a0h par semaine".replace(".", ",")
    return ""


def may_act_for(actor: Actor, candidate_id: UUID, today: date) -> bool:
    """Is the actor the person, or the holder of a mandate that holds today?"""
    if actor.role is Role.CANDIDATE:
        return actor.candidate_id == candidate_id
    mandates = [
        Empowered(row.user_id, row.starts_on, row.ends_on, row.organisation_id, row.withdrawn_at is not None)
        for row in mandates_of(candidate_id)
    ]
    return mandate_holds(mandates, actor.user_id, actor.organisation_id, today)


def actions_for(application: Application, actor: Actor, today: date) -> tuple[ApplicationAction, ...]:
    """The buttons of the page: the workflow table, less what needs a mandate that is not there."""
    actions = APPLICATION.actions(application.state, actor.role)
    if actor.role is Role.CANDIDATE or not OF_THE_PERSON.intersection(actions):
        return actions
    if may_act_for(actor, application.candidate_id, today):
        return actions
    return tuple(action for action in actions if action not in OF_THE_PERSON)


def draft_of(draft_id: UUID, offer_id: UUID) -> ApplicationDraft | None:
    """What somebody wrote for this offer before saying who they are."""
    query = select(ApplicationDraft).where(ApplicationDraft.id == draft_id, ApplicationDraft.offer_id == offer_id)
    return db.session.scalar(query)
