"""The plain way to do the same, measured in the same process: what a figure is compared with."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.candidates.models import Candidate
from app.core.db import db
from app.offers.models import Offer


def plain_search(words: str) -> int:
    """Every offer loaded, words looked for in Python, facets counted in Python."""
    query = (
        select(Offer)
        .where(Offer.state == "published")
        .options(joinedload(Offer.organisation), joinedload(Offer.commune))
    )
    stems = [word[:5].lower() for word in words.split()]
    facets: dict[str, int] = {}
    found = []
    for offer in db.session.scalars(query.execution_options(populate_existing=True)):
        text = f"{offer.title} {offer.description} {offer.organisation.name} {offer.commune.name}".lower()
        if any(stem in text for stem in stems):
            found.append(offer)
            for key in (offer.employment_kind, offer.kind, offer.commune_insee):
                facets[str(key)] = facets.get(str(key), 0) + 1
    db.session.expunge_all()
    return len(found)


def plain_applications(organisation_id: UUID) -> int:
    """Every application of an employer loaded with its people, nothing paged."""
    mine = select(Offer.id).where(Offer.organisation_id == organisation_id)
    query = (
        select(Application)
        .where(Application.offer_id.in_(mine))
        .options(
            joinedload(Application.offer).joinedload(Offer.commune),
            joinedload(Application.candidate).joinedload(Candidate.commune),
        )
    )
    rows: list[Any] = list(db.session.scalars(query.execution_options(populate_existing=True)))
    db.session.expunge_all()
    return len(rows)
