"""What may be chosen in a list: (value, French name), in the order of the page."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import or_, select

from app.core.db import db
from app.reference.models import (
    Commune,
    Condition,
    Licence,
    Mds,
    Skill,
    Territory,
    Title,
    TitleRequirement,
    Trade,
    TradeFamily,
)
from app.reference.rules import OTHER_FAMILY, TradeSource, essence

Choice = tuple[str, str]


def territory_choices() -> list[Choice]:
    """Every territory."""
    return _by_name(select(Territory.code, Territory.name))


def mds_choices(day: date, territory_code: str | None = None) -> list[Choice]:
    """The MDS open on that day, of one territory or of all."""
    query = select(Mds.code, Mds.name).where(Mds.opened_on <= day, or_(Mds.closed_on.is_(None), Mds.closed_on > day))
    if territory_code is not None:
        query = query.where(Mds.territory_code == territory_code)
    return _by_name(query)


def family_choices() -> list[Choice]:
    """The families of trades, « Autres métiers » last."""
    choices = _by_name(select(TradeFamily.slug, TradeFamily.name))
    return sorted(choices, key=lambda choice: choice[0] == OTHER_FAMILY)


def skill_choices(family_slug: str | None = None) -> list[Choice]:
    """Every skill; those of the family first."""
    rows = _rows(select(Skill.slug, Skill.name, Skill.family_slugs))
    rows.sort(key=lambda row: (family_slug is not None and family_slug not in row[2], essence(row[1])))
    return [(slug, name) for slug, name, _ in rows]


def title_choices() -> list[Choice]:
    """Every title and certificate."""
    return _by_name(select(Title.slug, Title.name))


def licence_choices() -> list[Choice]:
    """The driving licences, from the lightest to the heaviest."""
    return _pairs(select(Licence.slug, Licence.name).order_by(Licence.rank))


def condition_choices() -> list[Choice]:
    """Working conditions, as an offer says them: « Travail en hauteur »."""
    return _pairs(select(Condition.slug, Condition.name).order_by(Condition.rank))


def condition_refusal_choices() -> list[Choice]:
    """Working conditions, as a person refuses them: « Pas de travail en hauteur »."""
    return _pairs(select(Condition.slug, Condition.refusal_name).order_by(Condition.rank))


def commune_names() -> list[str]:
    """Names of the communes, for the list that opens under a field."""
    return list(db.session.scalars(select(Commune.name).order_by(Commune.name_key)))


def trade_names() -> list[str]:
    """Names of the portal's own trades, for the list that opens under a field."""
    ours = select(Trade.name).where(Trade.source == TradeSource.PORTAL, ~Trade.retired)
    return list(db.session.scalars(ours.order_by(Trade.search_text)))


def titles_required_by_law(trade_slug: str) -> frozenset[str]:
    """The titles without which the law lets nobody do this trade: all of them are asked."""
    asked = select(TitleRequirement.title_slug).where(TitleRequirement.trade_slug == trade_slug)
    return frozenset(db.session.scalars(asked))


def title_names_required(trade_slug: str) -> list[str]:
    """The names of those titles."""
    query = select(Title.name).join(TitleRequirement, TitleRequirement.title_slug == Title.slug)
    return sorted(db.session.scalars(query.where(TitleRequirement.trade_slug == trade_slug)), key=essence)


def licences_held(slugs: Collection[str]) -> frozenset[str]:
    """The licences of a person and those that they include: who holds C may drive with B."""
    implied = implied_licences()
    return frozenset(slugs).union(*(implied.get(slug, frozenset()) for slug in slugs))


_implied: dict[str, frozenset[str]] = {}


def implied_licences() -> Mapping[str, frozenset[str]]:
    """Licence → those that it includes. Shipped with the portal and edited by nobody: read once a process."""
    if not _implied:
        _implied.update((slug, frozenset(more)) for slug, more in _rows(select(Licence.slug, Licence.implies)))
    return _implied


def _rows(query: object) -> list[tuple]:  # type: ignore[type-arg]
    return [tuple(row) for row in db.session.execute(query)]  # type: ignore[call-overload]


def _pairs(query: object) -> list[Choice]:
    return [(value, name) for value, name in _rows(query)]


def _by_name(query: object) -> list[Choice]:
    """In the order of a French dictionary, which no collation that every PostgreSQL has knows."""
    return sorted(_pairs(query), key=lambda choice: (essence(choice[1]), choice[0]))
