"""Who listens to whom? The one place that knows every domain: blueprints, hooks, index, menu, words."""

from collections.abc import Mapping
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from flask import Flask, current_app, url_for
from flask_login import current_user
from sqlalchemy import select

from app.accounts.service import short_code_tried
from app.applications import service as applications
from app.applications.models import Application
from app.candidates import queries as candidate_queries
from app.candidates import service as candidates
from app.candidates.documents import documents_for as candidate_documents
from app.candidates.models import Candidate, WantedTrade
from app.clauses.service import applications as clause_applications
from app.clauses.service import employments as clause_employments
from app.clauses.service import holders as clause_holders
from app.clauses.service import merging as clause_merging
from app.clauses.service import offers as clause_offers
from app.core.db import db
from app.core.navigation import menu
from app.core.roles import Actor, Role
from app.events.models import Booking
from app.events.queries.visible import booked_by
from app.events.service import merging as event_merging
from app.follow_up.queries.my_work import work_of
from app.follow_up.service import opening as follow_up_opening
from app.follow_up.service import stopping as follow_up_stopping
from app.matches import service as matches
from app.messages.service import CODE_TRIED
from app.offers import service as offers
from app.offers.documents import documents_for as offer_documents
from app.offers.models import Offer
from app.organisations import service as organisations
from app.organisations.models import Organisation
from app.organisations.service.deciding import ORGANISATION_APPROVED
from app.placements.models import Placement
from app.placements.queries.visible import placements_visible_to
from app.placements.service import cancelling as placement_cancelling
from app.placements.service import merging as placement_merging
from app.placements.service import taking as placement_taking
from app.reference.documents import vocabulary, vocabulary_stamp
from app.reference.models import CommuneAssignment, Trade
from app.search import service as search
from app.wiring.links import LINKS
from search_index.documents import Kind

DOMAINS = (
    "reference",
    "audit",
    "messages",
    "accounts",
    "organisations",
    "candidates",
    "offers",
    "applications",
    "clauses",
    "matches",
    "follow_up",
    "placements",
    "events",
    "dashboard",
    "gallery",
    "jobs",
)


def _stage_after(application: Application, reader: Actor, found: list[tuple[str, str]]) -> None:
    """A listener: the application that ended in a stage leads to it."""
    query = placements_visible_to(reader).where(Placement.application_id == application.id)
    placement_id = db.session.scalar(query.with_only_columns(Placement.id))
    if placement_id is not None:
        page = "placements.my_placement" if reader.role is Role.CANDIDATE else "placements.placement"
        found.append(("Voir le stage", url_for(page, placement_id=placement_id)))


def _connect_hooks() -> None:
    """Who listens to what happens below."""
    CODE_TRIED.connect(short_code_tried)
    organisations.ORGANISATION_CLOSED.connect(offers.organisation_closed)
    ORGANISATION_APPROVED.connect(clause_holders.organisation_approved)
    offers.OFFER_CLOSED.connect(applications.offer_ended)
    offers.CLOSING_EFFECTS.connect(applications.closing_effects)
    offers.MARKS.connect(clause_offers.mark)
    candidates.CANDIDATE_MERGED.connect(applications.candidate_merged)
    candidates.CANDIDATE_WITHDRAWN.connect(applications.candidate_withdrawn)
    applications.APPLYING.connect(matches.explain)
    applications.FACTS.connect(clause_applications.say_eligibility)
    applications.ANSWER_DAYS.connect(clause_applications.answer_days)
    applications.HIRED.connect(clause_employments.hired)
    candidates.CANDIDATE_MERGED.connect(clause_merging.candidate_merged)
    applications.HIRED.connect(follow_up_opening.hired)
    candidates.CANDIDATE_MERGED.connect(follow_up_stopping.candidate_merged)
    organisations.ORGANISATION_CLOSED.connect(follow_up_stopping.organisation_closed)
    applications.TAKEN.connect(placement_taking.taken)
    applications.AFTER.connect(_stage_after)
    candidates.CANDIDATE_MERGED.connect(placement_merging.candidate_merged)
    candidates.CANDIDATE_CLOSED.connect(placement_cancelling.candidate_closed)
    candidates.CANDIDATE_WITHDRAWN.connect(placement_cancelling.candidate_withdrawn)
    candidates.CANDIDATE_MERGED.connect(event_merging.candidate_merged)
    candidates.CANDIDATE_CLOSED.connect(event_merging.candidate_closed)
    candidates.CANDIDATE_WITHDRAWN.connect(event_merging.candidate_withdrawn)
    organisations.ORGANISATION_CLOSED.connect(event_merging.organisation_closed)
    organisations.ORGANISATION_CLOSED.connect(placement_cancelling.organisation_closed)


def _register_search() -> None:
    """Which rows make which documents, and with which words the index reads."""
    search.register(Kind.OFFERS, Offer, loader=offer_documents)
    search.register(Kind.OFFERS, Organisation, ids_of=search.rows_with(Offer.organisation_id))
    search.register(Kind.OFFERS, Trade, ids_of=search.rows_with(Offer.trade_slug, "slug"))
    search.register(Kind.OFFERS, CommuneAssignment, ids_of=search.rows_with(Offer.commune_insee, "commune_insee"))
    search.register(Kind.CANDIDATES, Candidate, loader=candidate_documents)
    wanting = search.rows_with(WantedTrade.trade_slug, "slug", gives=WantedTrade.candidate_id)
    search.register(Kind.CANDIDATES, Trade, ids_of=wanting)
    living = search.rows_with(Candidate.commune_insee, "commune_insee")
    search.register(Kind.CANDIDATES, CommuneAssignment, ids_of=living)
    search.register_vocabulary(vocabulary, vocabulary_stamp)


def import_models() -> None:
    """Load the tables of every domain, for the migrations and the tests."""
    for domain in ("search", *DOMAINS):
        if find_spec(f"app.{domain}") and find_spec(f"app.{domain}.models"):
            import_module(f"app.{domain}.models")


def connect(app: Flask) -> None:
    """Register every domain's routes and connect the hooks between domains."""
    import_models()
    _connect_hooks()
    _register_search()
    for domain in DOMAINS:
        if find_spec(f"app.{domain}.views") is not None:
            app.register_blueprint(import_module(f"app.{domain}.views").blueprint)


def words() -> Mapping[Enum, str]:
    """The French labels of the reasons of refusal of every domain."""
    found: dict[Enum, str] = {}
    for domain in DOMAINS:
        if find_spec(f"app.{domain}.labels") is not None:
            labels = import_module(f"app.{domain}.labels")
            found.update(getattr(labels, "REFUSAL_WORDS", None) or getattr(labels, "REFUSALS", {}))
    return found


def links() -> Mapping[str, str]:
    """Addresses that every layout needs."""
    known = {
        "home": "dashboard.home",
        "sign_in": "accounts.sign_in",
        "sign_out": "accounts.sign_out",
        "switch": "accounts.switch",
        "account": "accounts.account",
    }
    return {name: url_for(endpoint) for name, endpoint in known.items() if endpoint in current_app.view_functions}


def _empty_tabs(actor: Actor, candidate_id: UUID) -> set[str]:
    """The tabs that would hold nothing for this person: a telephone has room for few. One statement."""
    holds = {
        "follow_up.my_work": work_of(candidate_id),
        "events.my_bookings": select(Booking.id).where(booked_by(actor)),
        "placements.my_placements": placements_visible_to(actor).with_only_columns(Placement.id),
    }
    found = db.session.execute(select(*(query.exists() for query in holds.values()))).one()
    return {endpoint for endpoint, has in zip(holds, found, strict=True) if not has}


def page_context(actor: Actor) -> Mapping[str, Any]:
    """What the layouts read about the person of this page."""
    shown = [link for link in LINKS if link.endpoint in current_app.view_functions]
    if actor.role is Role.CANDIDATE and actor.candidate_id is not None:
        empty = _empty_tabs(actor, actor.candidate_id)
        shown = [link for link in shown if link.endpoint not in empty]
    context: dict[str, Any] = {
        "actor": actor,
        "navigation": tuple(menu(shown, actor, {})),
        "memberships": getattr(current_user, "memberships", ()),
        "links": links(),
    }
    if actor.role is Role.CANDIDATE and actor.candidate_id is not None:
        candidate = db.session.get(Candidate, actor.candidate_id)
        context["contact"] = candidate_queries.contact_of(candidate) if candidate else None
    return context
