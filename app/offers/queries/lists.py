"""« Mes offres » and « Offres du territoire »: one list, filtered and sorted, for the page and for its export."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.offers.models import Offer
from app.offers.queries.visible import offers_visible_to
from app.offers.rules import OfferKind, OfferState
from app.organisations.models import Organisation
from app.reference.models import Commune, Trade
from app.reference.queries import commune_codes_in

SORTS: Final[Mapping[str, Any]] = {
    "titre": func.lower(Offer.title),
    "organisation": func.lower(Organisation.name),
    "commune": Commune.name_key,
    "debut": Offer.start_on,
    "publication": func.coalesce(Offer.published_at, Offer.created_at),
    "fin": Offer.expires_on,
    "etat": Offer.state,
}


def offers_listed(
    actor: Actor,
    *,
    words: str = "",
    state: OfferState | None = None,
    kind: OfferKind | None = None,
    territory: str | None = None,
    family: str | None = None,
    sort: str = "-publication",
) -> Select[Offer]:
    """The reader's offers with organisation, commune and job; « -debut » goes down. The order ends by the id."""
    query = (
        offers_visible_to(actor)
        .join(Offer.organisation)
        .outerjoin(Offer.commune)
        .outerjoin(Offer.trade)
        .options(contains_eager(Offer.organisation), contains_eager(Offer.commune), contains_eager(Offer.trade))
    )
    if state is not None:
        query = query.where(Offer.state == state)
    if kind is not None:
        query = query.where(Offer.kind == kind)
    if territory:
        query = query.where(Offer.commune_insee.in_(commune_codes_in(territory, clock.today())))
    if family:
        query = query.where(Trade.family_slug == family)
    if words:
        query = query.where(_speaks_of(words))
    key = SORTS.get(sort.removeprefix("-"), SORTS["publication"])
    return query.order_by(key.desc().nulls_last() if sort.startswith("-") else key.asc().nulls_last(), Offer.id)


def _speaks_of(words: str) -> Any:
    if words.isdigit() and len(words) < 10:
        return Offer.number == int(words)
    wanted = func.unaccent(f"%{words.replace('%', ' ').replace('_', ' ')}%")
    return or_(*(func.unaccent(text).ilike(wanted) for text in (Offer.title, Organisation.name, Trade.name)))


def state_counts(actor: Actor) -> Mapping[OfferState, int]:
    """How many of the reader's offers are in each state."""
    seen = offers_visible_to(actor).subquery()
    rows = db.session.execute(select(seen.c.state, func.count().label("offers")).group_by(seen.c.state))
    return {row.state: row.offers for row in rows}
