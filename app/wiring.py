"""Who listens to whom? The one place that knows every domain: blueprints, hooks, index, menu, words."""

from collections.abc import Mapping
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask, current_app, url_for
from flask_login import current_user

from app.accounts.service import short_code_tried
from app.applications import service as applications
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
from app.core.navigation import Link, menu
from app.core.roles import ACCOMPANIMENT, PROFESSIONALS, Actor, Role
from app.follow_up.queries.my_work import has_work
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
from app.reference.documents import vocabulary, vocabulary_stamp
from app.reference.models import CommuneAssignment, Trade
from app.search import service as search
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
    "events",
    "dashboard",
    "gallery",
    "jobs",
)

_EMPLOYER = frozenset({Role.EMPLOYER})
_DEPARTMENT = frozenset({Role.DEPARTMENT})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_CANDIDATE = frozenset({Role.CANDIDATE})
_STEERS = frozenset({Role.FACILITATOR, Role.DEPARTMENT})
_CLAUSES = "Clauses sociales"
_AFTER = "Après l’embauche"

LINKS = (
    Link("Accueil", "dashboard.home", "home", PROFESSIONALS),
    Link("Offres", "matches.for_me", "", _CANDIDATE, also=("dashboard.home",)),
    Link(
        "Mes réponses",
        "applications.mine",
        "",
        _CANDIDATE,
        also=("applications.application", "applications.withdraw"),
    ),
    Link(
        "Mon travail",
        "follow_up.my_work",
        "",
        _CANDIDATE,
        also=("follow_up.my_annex", "follow_up.say", "follow_up.my_absence"),
    ),
    Link("Mon profil", "candidates.my_file", "", _CANDIDATE),
    Link("Mes offres", "offers.mine", "job", _EMPLOYER),
    Link(
        "Candidatures",
        "applications.inbox",
        "next",
        _EMPLOYER,
        also=("applications.application", "applications.invite", "applications.hire", "applications.refuse"),
    ),
    Link(
        "Mon organisation",
        "organisations.mine",
        "building",
        _EMPLOYER,
        also=("organisations.organisation", "organisations.edit", "organisations.invite", "organisations.member"),
    ),
    Link("Candidats", "candidates.listing", "people", ACCOMPANIMENT | _DEPARTMENT, also=("candidates.candidate",)),
    Link("Offres", "offers.all_offers", "job", ACCOMPANIMENT | _DEPARTMENT, also=("matches.for_offer",)),
    Link(
        "Propositions",
        "applications.pipeline",
        "next",
        ACCOMPANIMENT | _DEPARTMENT,
        also=("applications.application", "applications.withdraw"),
    ),
    Link("Organisations", "organisations.listing", "building", ACCOMPANIMENT | _DEPARTMENT | _ADMINISTRATOR),
    Link(
        "Marchés et lots",
        "clauses.contracts",
        "file",
        _STEERS,
        _CLAUSES,
        also=(
            "clauses.contract",
            "clauses.lot",
            "clauses.contract_new",
            "clauses.contract_edit",
            "clauses.contract_lots",
            "clauses.contract_hours",
            "clauses.people",
            "clauses.terms",
            "clauses.terms_change",
            "clauses.penalties",
            "clauses.closing",
        ),
    ),
    Link("À faire", "clauses.to_do", "check", _STEERS, _CLAUSES),
    Link("Mes marchés", "clauses.contracts", "file", _EMPLOYER, _CLAUSES, also=("clauses.contract", "clauses.lot")),
    Link(
        "Mes heures",
        "clauses.my_hours",
        "clock",
        _EMPLOYER,
        _CLAUSES,
        also=(
            "clauses.report",
            "clauses.report_documents",
            "clauses.import_new",
            "clauses.imports",
            "clauses.hour_import",
            "clauses.import_columns",
        ),
    ),
    Link(
        "Heures à valider",
        "clauses.to_validate",
        "clock",
        _STEERS,
        _CLAUSES,
        also=("clauses.validation", "clauses.hour_correct"),
    ),
    Link("Relances", "clauses.reminders", "next", _STEERS, _CLAUSES, also=("clauses.reminder",)),
    Link("Éligibilités", "clauses.eligibilities", "people", _STEERS, _CLAUSES, also=("clauses.check_new",)),
    Link(
        "Besoins de personnes",
        "clauses.staffing",
        "people",
        _STEERS | _EMPLOYER,
        _CLAUSES,
        also=("clauses.staffing_request",),
    ),
    Link("Calibrage", "clauses.calibrate", "chart", _STEERS, _CLAUSES, also=("clauses.calibration",)),
    Link("Tableau des clauses", "clauses.department", "chart", _STEERS, _CLAUSES),
    Link(
        "Suivis",
        "follow_up.follow_ups",
        "calendar",
        ACCOMPANIMENT | _DEPARTMENT,
        _AFTER,
        also=(
            "follow_up.follow_up",
            "follow_up.visit",
            "follow_up.report",
            "follow_up.open_new",
            "follow_up.exchange",
            "follow_up.absence",
            "follow_up.ask_tutor",
            "follow_up.move_visit",
            "follow_up.add_visit",
            "follow_up.annex",
            "follow_up.job_change",
            "follow_up.job_edit",
            "follow_up.assign",
            "follow_up.stop",
            "follow_up.journal",
            "follow_up.break",
            "follow_up.after_break",
            "follow_up.closing",
        ),
    ),
    Link(
        "Alertes",
        "follow_up.alerts",
        "alert",
        ACCOMPANIMENT,
        _AFTER,
        also=("follow_up.alert", "follow_up.alert_close"),
    ),
    Link(
        "Agenda de l’équipe",
        "follow_up.team",
        "clock",
        ACCOMPANIMENT,
        _AFTER,
        also=("follow_up.cover", "follow_up.my_feed"),
    ),
    Link("Maintien dans l’emploi", "follow_up.figures", "chart", ACCOMPANIMENT | _DEPARTMENT, _AFTER),
    Link("Sorties", "follow_up.exits", "check", ACCOMPANIMENT | _DEPARTMENT, _AFTER),
    Link("Lettres à imprimer", "messages.letters", "file", ACCOMPANIMENT | _DEPARTMENT, _AFTER),
    Link(
        "Salariés suivis",
        "follow_up.employer_people",
        "people",
        _EMPLOYER,
        _AFTER,
        also=("follow_up.employer_answer", "follow_up.employer_absence", "follow_up.employer_tutor"),
    ),
    Link(
        "Communes et territoires",
        "reference.communes",
        "pin",
        _DEPARTMENT | _ADMINISTRATOR,
        "Réglages",
    ),
    Link(
        "Métiers",
        "reference.trades",
        "file",
        _DEPARTMENT | _ADMINISTRATOR,
        "Réglages",
        also=("reference.trade", "reference.rome"),
    ),
    Link("Catégories de public", "clauses.categories", "people", _DEPARTMENT, "Réglages"),
    Link("Modèles de règles", "clauses.templates", "file", _DEPARTMENT, "Réglages"),
    Link("Utilisateurs", "organisations.users", "people", _ADMINISTRATOR, "Réglages", also=("organisations.user",)),
    Link("Réglage du score", "matches.weights", "chart", _DEPARTMENT | _ADMINISTRATOR, "Réglages"),
    Link(
        "Rappels", "messages.reminders", "clock", _DEPARTMENT | _ADMINISTRATOR, "Réglages", also=("messages.reminder",)
    ),
    Link("Messages", "messages.troubles", "next", _ADMINISTRATOR, "Réglages"),
    Link(
        "Textes des messages",
        "messages.texts",
        "file",
        _DEPARTMENT | _ADMINISTRATOR,
        "Réglages",
        also=("messages.text",),
    ),
    Link("Traitements", "jobs.jobs", "clock", _ADMINISTRATOR, "Réglages", also=("jobs.job",)),
    Link("Journal", "audit.journal", "clock", _DEPARTMENT | _ADMINISTRATOR, "Réglages"),
)


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


def page_context(actor: Actor) -> Mapping[str, Any]:
    """What the layouts read about the person of this page."""
    shown = [link for link in LINKS if link.endpoint in current_app.view_functions]
    if actor.role is Role.CANDIDATE and not has_work(actor.candidate_id):
        shown = [link for link in shown if link.endpoint != "follow_up.my_work"]
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
