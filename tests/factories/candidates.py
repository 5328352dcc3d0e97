"""Candidates for tests: the smallest file, traits for where it stands, and lines for what it says."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.candidates.models import Candidate, CandidateProgramme, CandidateTitle, CandidateTravel, Mandate, WantedTrade
from app.candidates.rules import Programme
from app.candidates.rules.sections import Identity
from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Preset
from app.core.quantities import add_months
from app.core.roles import Role
from tests.factories.people import Somebody, somebody


class CandidateFactory(SQLAlchemyModelFactory):
    """Without a trait: a name in Massy, followed by nobody, not ready, not shown."""

    class Meta:
        model = Candidate
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"  # a savepoint: what an act undoes is its own

    class Params:
        consenting = factory.Trait(consent_at=factory.LazyFunction(clock.now))
        ready = factory.Trait(
            ready_on=factory.LazyFunction(clock.today),
            ready_by=factory.LazyFunction(lambda: somebody(Role.REFERENT).user.id),
        )
        full = factory.Trait(
            birth_date=date(1988, 4, 12),
            phone="+33612345678",
            email="nadia@exemple.fr",
            address="3, rue Haute",
            french=3,
            own_words="J’aime travailler dehors.",
            skills=["entretien-locaux", "lavage-vitres"],
            licences=["b"],
            refusals=["hauteur"],
            available_from=date(2026, 11, 9),
            grid=Grid.from_presets([Preset.DAY, Preset.EARLY]),
            hours_min=Decimal(20),
            hours_max=Decimal(35),
            trades=factory.LazyFunction(lambda: wanted("agent-entretien", "jardinier-paysagiste")),
            travels=factory.LazyFunction(
                lambda: [
                    CandidateTravel(means="bus", max_minutes=45),
                    CandidateTravel(means="car", max_minutes=30, max_km=Decimal(20)),
                ]
            ),
            titles=factory.LazyFunction(
                lambda: [CandidateTitle(title_slug="sst", obtained_on=date(2025, 3, 15), valid_until=date(2027, 3, 14))]
            ),
            programmes=factory.LazyFunction(
                lambda: [CandidateProgramme(programme=Programme.RSA, since=date(2026, 1, 1))]
            ),
        )

    id = factory.LazyFunction(uuid4)
    first_name = "Nadia"
    last_name = factory.Sequence(lambda number: f"Kaddour{number}")
    commune_insee = "91377"
    version = 1


def wanted(*slugs: str) -> list[WantedTrade]:
    """Lines of wanted trades, in that order."""
    return [WantedTrade(trade_slug=slug, rank=rank) for rank, slug in enumerate(slugs, 1)]


def followed_by(*people: Somebody, **values: Any) -> Candidate:
    """A file followed by this referent, this facilitator, or both."""
    for one in people:
        assert one.organisation is not None
        if one.actor.role is Role.REFERENT:
            values |= {"referent_id": one.user.id, "referent_organisation_id": one.organisation.id}
        else:
            values["facilitator_organisation_id"] = one.organisation.id
    return CandidateFactory(**values)


def person_with_access(**values: Any) -> Somebody:
    """A candidate with these answers, ready to sign in."""
    one = somebody(Role.CANDIDATE)
    assert one.candidate is not None
    for name, value in values.items():
        setattr(one.candidate, name, value)
    db.session.commit()
    return one


def mandate_for(holder: Somebody, candidate: Candidate, **values: Any) -> Mandate:
    """A mandate that runs from today for six months."""
    today = clock.today()
    said = {"starts_on": today, "ends_on": add_months(today, 6), "reason": "La personne n’a pas de téléphone."}
    mandate = Mandate(
        candidate_id=candidate.id,
        user_id=holder.user.id,
        organisation_id=holder.organisation.id if holder.organisation else None,
        **{**said, **values},
    )
    db.session.add(mandate)
    db.session.commit()
    return mandate


def identity(**changes: Any) -> Identity:
    """A complete identity about which there is nothing to say."""
    said: dict[str, Any] = {
        "first_name": "Nadia",
        "last_name": "Kaddour",
        "birth_date": date(1988, 4, 12),
        "commune_insee": "91377",
    }
    return Identity(**{**said, **changes})


def slugs(lines: Iterable[WantedTrade]) -> list[str]:
    """The trades of a file, in order."""
    return [line.trade_slug for line in lines]
