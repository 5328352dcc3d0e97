"""Who registers on a public page without an account: counted before the act, so that nobody fills a room alone."""

from uuid import UUID

from app.accounts.rules.throttles import address_group
from app.accounts.service.throttling import count
from app.events.rules.registering import REGISTER_PER_ADDRESS, REGISTER_PER_CONTACT
from app.events.service import registering
from app.events.service.registering import Details, Given


def register_visitor(slot_id: UUID, name: str, details: Details, *, row_id: UUID, address: str | None) -> Given:
    """Somebody for themselves. Raises Throttled, NotFound, Refused."""
    _count(details, address)
    return registering.register_visitor(slot_id, name, details, row_id=row_id)


def register_firm(
    slot_id: UUID, name: str, siret: str | None, details: Details, *, row_id: UUID, address: str | None
) -> Given:
    """An organisation that is not on the portal. Raises Throttled, NotFound, Refused."""
    _count(details, address)
    return registering.register_firm(slot_id, name, siret, details, row_id=row_id)


def _count(details: Details, address: str | None) -> None:
    count(REGISTER_PER_ADDRESS, address_group(address))
    for contact in (details.contact_phone, details.contact_email):
        if contact:
            count(REGISTER_PER_CONTACT, contact)
