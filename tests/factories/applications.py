"""The smallest market: an employer's open offer, a person who may be matched, and applications between them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text

from app.applications import service
from app.applications.models import Application, Hire
from app.applications.rules import RefusalReason, TakenTerms
from app.candidates.models import WantedTrade
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.messages.models import Message
from app.offers.models import Offer
from app.offers.rules import EmploymentKind
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody


@dataclass(frozen=True, slots=True)
class Market:
    """Those who meet: the employer of the offer, the facilitator of the person, the person."""

    offer: Offer
    employer: Somebody
    facilitator: Somebody
    person: Somebody


def a_ready_person(**values: object) -> Somebody:
    """A candidate in Massy, ready and consenting, who wants to clean; reachable by phone."""
    person = somebody(Role.CANDIDATE)
    candidate = person.candidate
    assert candidate is not None
    candidate.phone = f"+336399{int(candidate.number) % 100000:05d}"
    candidate.consent_at, candidate.ready_on, candidate.ready_by = clock.now(), clock.today(), person.user.id
    candidate.available_from = clock.today()
    for name, value in values.items():
        setattr(candidate, name, value)
    db.session.add(WantedTrade(candidate_id=candidate.id, trade_slug="agent-entretien", rank=1))
    db.session.flush()
    return person


def a_market(**offer: object) -> Market:
    """An open offer of a firm, a PLIE facilitator of the territory, and a ready person there."""
    organisation = an_organisation(name="Étampes Propreté")
    posted = OfferFactory(published=True, organisation=organisation, **offer)
    employer = somebody(Role.EMPLOYER, organisation)
    return Market(posted, employer, somebody(Role.FACILITATOR), a_ready_person())


def proposed(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The person is proposed by the facilitator."""
    candidate = (person or market.person).candidate
    assert candidate is not None
    reasons = {"person": ["Vous avez déjà fait ce travail."], "employer": ["Même métier"]}
    service.propose(
        market.offer.id,
        [service.Proposed(candidate.id, 88, reasons)],
        by=market.facilitator.actor,
        today=today,
    )
    mine = select(Application).where(Application.offer_id == market.offer.id, Application.candidate_id == candidate.id)
    return db.session.scalars(mine.order_by(Application.created_at.desc())).first()


def agreed(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The person has said yes to a proposal."""
    who = person or market.person
    application = proposed(market, today, who)
    service.agree(application.id, by=who.actor, today=today)
    return application


def delivered(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The person said yes and the facilitator sent it."""
    application = agreed(market, today, person)
    service.send([application.id], by=market.facilitator.actor, today=today)
    return application


def invited(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The employer wants to meet the person in three days."""
    application = sent(market, today, person)
    at = datetime.combine(today + timedelta(days=3), time(10), clock.PARIS)
    service.invite(application.id, at=at, place="Au dépôt", by=market.employer.actor, today=today)
    return application


def refused(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The employer said no."""
    application = sent(market, today, person)
    reason = RefusalReason.NO_POSITION
    service.refuse(application.id, reason=reason, text="Plus de place.", by=market.employer.actor, today=today)
    return application


def hired(market: Market, today: date, application: Application, **values: Any) -> Hire:
    """The employer hires the person of an application, in ten days unless said otherwise."""
    said = {
        "start_on": today + timedelta(days=10),
        "end_on": None,
        "employment_kind": EmploymentKind.CDI,
        "hours_week": Decimal(28),
        "by": market.employer.actor,
        "today": today,
    }
    return service.hire(application.id, **{**said, **values})


def taken(market: Market, today: date, application: Application, **values: Any) -> Application:
    """The employer takes the person of an application for a stage of two weeks, in ten days unless said otherwise."""
    said = {
        "start_on": today + timedelta(days=10),
        "end_on": today + timedelta(days=23),
        "hours_week": Decimal(28),
        "tutor_name": "Sandrine Leroy",
    }
    version = values.pop("version", None)
    terms = TakenTerms(**{**said, **values})
    return service.take(application.id, terms, by=market.employer.actor, version=version, today=today)


def sent(market: Market, today: date, person: Somebody | None = None) -> Application:
    """The person has applied."""
    who = person or market.person
    assert who.candidate is not None
    return service.apply(market.offer.id, candidate_id=who.candidate.id, words="Bonjour", by=who.actor, today=today)


def kinds_of_messages(application: Application | None = None) -> list[str]:
    """The kinds of the messages in the outbox, of one application or of all, in the order they were written.

    The clock of a test stands still, so rows of one instant keep the order of their writing on the disk.
    """
    query = select(Message.kind).order_by(Message.created_at, text("messages.ctid"))
    if application is not None:
        query = query.where(Message.about_id == application.id)
    return list(db.session.scalars(query))
