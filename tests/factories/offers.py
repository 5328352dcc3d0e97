"""Offers for tests: the smallest draft, and traits for what it became."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Preset
from app.core.roles import Actor, Role
from app.offers.models import Offer
from app.offers.rules import Content, EmploymentKind, OfferKind, OfferState
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind, OrganisationState
from app.reference.models import Commune, Trade

DESCRIPTION = (
    "Vous nettoyez les bureaux de trois maisons des solidarités de Massy, à deux, avant l’arrivée des équipes. "
    "Le matériel est fourni. Une collègue vous forme la première semaine."
)


class FirmFactory(SQLAlchemyModelFactory):
    """An approved firm; ``kind`` makes it a SIAE or another employer."""

    class Meta:
        model = Organisation
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"  # a savepoint: what an act undoes is its own

    id = factory.LazyFunction(uuid4)
    name = factory.Sequence(lambda number: f"Entreprise {number}")
    kind = OrganisationKind.FIRM
    state = OrganisationState.APPROVED
    approved_at = factory.LazyFunction(clock.now)


def _once(state: OfferState, **more: Any) -> factory.Trait:
    """Published, and now in this state."""
    return factory.Trait(
        state=state,
        description=DESCRIPTION,
        published_at=factory.LazyFunction(clock.now),
        confirmed_on=factory.LazyFunction(clock.today),
        expires_on=factory.LazyFunction(lambda: clock.today() + timedelta(days=60)),
        **more,
    )


class OfferFactory(SQLAlchemyModelFactory):
    """Without a trait: a draft whose essentials are written, ready to be published with one warning or more."""

    class Meta:
        model = Offer
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"  # a savepoint: what an act undoes is its own

    class Params:
        published = _once(OfferState.PUBLISHED)
        paused = _once(OfferState.PAUSED)
        filled = _once(OfferState.FILLED, posts_filled=1)
        expired = _once(OfferState.EXPIRED)
        stage = factory.Trait(
            kind=OfferKind.PLACEMENT,
            employment_kind=None,
            pay_min=None,
            end_on=None,
            title="Découvrir le métier : agent d’entretien (H/F)",
        )
        closed = _once(OfferState.CLOSED, closed_at=factory.LazyFunction(clock.now))

    id = factory.LazyFunction(uuid4)
    organisation = factory.SubFactory(FirmFactory)
    state = OfferState.DRAFT
    trade = factory.LazyFunction(lambda: db.session.get(Trade, "agent-entretien"))
    title = "Agent d’entretien (H/F)"
    description = ""
    commune = factory.LazyFunction(lambda: db.session.get(Commune, "91377"))
    employment_kind = EmploymentKind.CDD
    start_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=11))
    end_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=250))
    hours_week = Decimal(28)
    grid = Grid()
    pay_min = Decimal("12.40")
    posts = 1
    posts_filled = 0
    version = 1


def content(**changes: Any) -> Content:
    """A complete content about which there is nothing to read again."""
    today = clock.today()
    said: dict[str, Any] = {
        "trade_slug": "agent-entretien",
        "title": "Agent d’entretien (H/F)",
        "description": DESCRIPTION,
        "commune_insee": "91377",
        "employment_kind": EmploymentKind.CDD,
        "start_on": today + timedelta(days=11),
        "end_on": today + timedelta(days=250),
        "hours_week": Decimal(15),
        "grid": Grid.from_presets([Preset.EARLY]),
        "pay_min": Decimal("12.40"),
    }
    return Content(**{**said, **changes})


def stage_content(**changes: Any) -> Content:
    """A complete offer of stage about which there is nothing to read again."""
    without = {"kind": OfferKind.PLACEMENT, "employment_kind": None, "pay_min": None, "end_on": None}
    return content(**{**without, **changes})


def employer_of(organisation: Organisation, **changes: Any) -> Actor:
    """Somebody of the organisation, who acts for it."""
    said: dict[str, Any] = {
        "role": Role.EMPLOYER,
        "name": "Julie Moreau",
        "organisation_id": organisation.id,
        "organisation_name": organisation.name,
        "organisation_kind": organisation.kind.value,
    }
    return Actor(**{**said, **changes})
