"""What does a home page say: things to do from every domain, and the situation in a few counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, true

from app.applications import queries as applications
from app.applications.models import Application, Hire
from app.applications.rules import OPEN_STATES, WAITS_FOR_EMPLOYER
from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.clauses.queries import todo as clauses
from app.core.db import db
from app.core.roles import Actor, Role
from app.core.todo import TodoItem, in_order
from app.events.queries import todo as events
from app.follow_up.queries import todo as follow_up
from app.messages import queries as messages
from app.offers import queries as offers
from app.offers.models import Offer
from app.offers.rules import OfferKind, OfferState
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState
from app.placements.queries import todo as placements

WAITING_DAYS = 30


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the situation; ``endpoint`` and its arguments lead to the list behind the figure."""

    label: str
    figure: int
    endpoint: str = ""
    arguments: tuple[tuple[str, str], ...] = ()


def to_do(actor: Actor, today: date) -> list[TodoItem]:
    """The things to do of every domain, most urgent first."""
    return in_order(
        applications.to_do_for(actor, today),
        offers.to_do_for(actor, today),
        candidates.to_do_for(actor, today),
        organisations.to_do_for(actor, today),
        clauses.to_do_for(actor, today),
        follow_up.to_do_for(actor, today),
        placements.to_do_for(actor, today),
        events.to_do_for(actor, today),
        messages.to_do_for(actor, today),
    )


def situation(actor: Actor, today: date) -> list[Fact]:
    """The figures beside the list, by role."""
    if actor.role is Role.EMPLOYER:
        return _employer_facts(actor)
    if actor.role is Role.ADMINISTRATOR:
        return _administrator_facts()
    return _people_facts(actor, today)


_POSTS_LEFT = func.coalesce(func.sum(Offer.posts - Offer.posts_filled).filter(Offer.kind != OfferKind.PLACEMENT), 0)
"""Posts of jobs that nobody holds yet; the places of a stage are no posts."""


def _employer_facts(actor: Actor) -> list[Fact]:
    mine = select(Offer.id).where(Offer.organisation_id == actor.organisation_id)
    published = select(func.count().label("offers"), _POSTS_LEFT.label("posts")).where(
        Offer.organisation_id == actor.organisation_id, Offer.state == OfferState.PUBLISHED
    )
    waiting = select(func.count()).where(Application.offer_id.in_(mine), Application.state.in_(WAITS_FOR_EMPLOYER))
    hired = select(func.count()).select_from(Hire).where(Hire.organisation_id == actor.organisation_id)
    row = db.session.execute(
        select(published.subquery(), waiting.scalar_subquery().label("waiting"), hired.scalar_subquery().label("hired"))
    ).one()
    return [
        Fact("Offres publiées", row.offers, "offers.mine"),
        Fact("Postes à pourvoir", int(row.posts)),
        Fact("Candidatures à traiter", row.waiting, "applications.inbox"),
        Fact("Embauches par le portail", row.hired),
    ]


def _administrator_facts() -> list[Fact]:
    counts = dict(db.session.execute(select(Organisation.state, func.count()).group_by(Organisation.state)).all())
    return [
        Fact("Organisations actives", counts.get(OrganisationState.APPROVED, 0), "organisations.listing"),
        Fact("Demandes à examiner", counts.get(OrganisationState.PENDING, 0), "organisations.listing"),
    ]


def _people_facts(actor: Actor, today: date) -> list[Fact]:
    people = candidates.candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
    ready = (Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
    since = today - timedelta(days=WAITING_DAYS)
    mine = select(
        func.count().label("all"),
        func.count().filter(*ready).label("ready"),
        func.count().filter(*ready, Candidate.waiting_since <= since).label("waiting"),
    )
    published = select(func.count().label("offers"), _POSTS_LEFT.label("posts")).where(
        Offer.state == OfferState.PUBLISHED
    )
    running = select(func.count()).where(Application.candidate_id.in_(people), Application.state.in_(OPEN_STATES))
    people_row, offer_row = mine.where(Candidate.id.in_(people)).subquery(), published.subquery()
    row = db.session.execute(
        select(people_row, offer_row, running.scalar_subquery().label("running")).select_from(
            people_row.join(offer_row, true())
        )
    ).one()
    return [
        Fact("Personnes suivies", row.all, "candidates.listing"),
        Fact("Prêtes à l’emploi", row.ready, "candidates.listing", (("pret", "oui"),)),
        Fact(f"Sans proposition depuis {WAITING_DAYS} jours", row.waiting, "candidates.listing", (("attend", "30"),)),
        Fact("Candidatures en cours", row.running, "applications.pipeline"),
        Fact("Offres ouvertes", row.offers, "offers.all_offers"),
        Fact("Postes à pourvoir", int(row.posts)),
    ]


def public_counts() -> tuple[int, int]:
    """(offers published, posts open), for the front page."""
    published = select(func.count(), _POSTS_LEFT).where(Offer.state == OfferState.PUBLISHED)
    row = db.session.execute(published).one()
    return row[0], int(row[1])
