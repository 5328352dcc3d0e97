"""Places and trades for tests: the smallest valid rows, beside those that the portal ships."""

from datetime import date

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.core.db import db
from app.reference.models import Commune, CommuneAssignment, Mds, Territory, Trade
from app.reference.rules import FIRST_DAY, TradeSource


class _Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"


class TerritoryFactory(_Factory):
    """A sixth territory."""

    class Meta:
        model = Territory

    code = factory.Sequence(lambda number: f"territoire-{number}")
    name = factory.Sequence(lambda number: f"Territoire {number}")


class MdsFactory(_Factory):
    """An MDS of the territory of Massy, open since ever; ``closed`` has been shut since 2026."""

    class Meta:
        model = Mds

    class Params:
        closed = factory.Trait(closed_on=date(2026, 1, 1))

    code = factory.Sequence(lambda number: f"mds-{number}")
    name = factory.Sequence(lambda number: f"MDS numéro {number}")
    territory_code = "nord-ouest"
    opened_on = FIRST_DAY


class CommuneFactory(_Factory):
    """A commune near Massy, without an assignment."""

    class Meta:
        model = Commune

    insee = factory.Sequence(lambda number: f"{92000 + number}")
    name = factory.Sequence(lambda number: f"Nouvelleville-{number}")
    postcodes = factory.LazyFunction(lambda: ["92999"])
    population = 1000
    lat = 48.73
    lon = 2.27
    epci_siren = "200056232"
    epci_name = "CA Communauté Paris-Saclay"
    former_names = factory.LazyFunction(list)


class AssignmentFactory(_Factory):
    """A commune assigned to the MDS of Massy since ever."""

    class Meta:
        model = CommuneAssignment

    commune = factory.SubFactory(CommuneFactory)
    territory_code = "nord-ouest"
    mds_code = "91377"
    valid_from = FIRST_DAY


class TradeFactory(_Factory):
    """A trade of cleaning; ``official`` comes from the official list."""

    class Meta:
        model = Trade

    class Params:
        official = factory.Trait(source=TradeSource.ROME, words=factory.LazyFunction(list))

    slug = factory.Sequence(lambda number: f"metier-{number}")
    rome_code = "K2205"
    name = factory.Sequence(lambda number: f"Métier numéro {number}")
    feminine = factory.SelfAttribute("name")
    words = factory.LazyAttributeSequence(lambda trade, number: [f"mot {number}", "essai", "exemple"])
    family_slug = "proprete"
    source = TradeSource.PORTAL
