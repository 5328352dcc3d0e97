"""Which jobs can a SIAE or a GEIQ have done, and by how many people at once? Its members say it."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.audit import service as audit
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.transaction import transaction
from app.organisations import queries
from app.organisations.models import OrganisationTrade
from app.organisations.rules import may_say_trades


@transaction
def say_trade(organisation_id: UUID, trade_slug: str, people: int, *, by: Actor) -> None:
    """So many people at once for this job; said again, the number is replaced. Raises NotFound."""
    _theirs(organisation_id, by)
    row = insert(OrganisationTrade).values(organisation_id=organisation_id, trade_slug=trade_slug, people=people)
    keys = ["organisation_id", "trade_slug"]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"people": row.excluded.people}))
    audit.note(by, "organisation.trade.said", "organisation", organisation_id, trade=trade_slug, people=people)


@transaction
def drop_trade(organisation_id: UUID, trade_slug: str, *, by: Actor) -> None:
    """Not this job any more; dropping what is not there changes nothing. Raises NotFound."""
    _theirs(organisation_id, by)
    row = delete(OrganisationTrade).where(
        OrganisationTrade.organisation_id == organisation_id, OrganisationTrade.trade_slug == trade_slug
    )
    if db.session.execute(row.returning(OrganisationTrade.trade_slug)).scalar_one_or_none() is not None:
        audit.note(by, "organisation.trade.dropped", "organisation", organisation_id, trade=trade_slug)


def _theirs(organisation_id: UUID, by: Actor) -> None:
    found = queries.the_organisation(by, organisation_id)
    if not may_say_trades(by, found.id, found.kind):
        raise NotFound
