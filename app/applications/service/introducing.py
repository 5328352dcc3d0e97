"""What somebody leaves before they say who they are: some words kept for a while, and a first file."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from app.accounts import service as accounts
from app.accounts.queries import candidate_by_contact
from app.accounts.rules import CodeChannel
from app.accounts.rules.throttles import Visitor, address_group
from app.applications.models import ApplicationDraft
from app.applications.rules import DRAFT_PER_ADDRESS, FIRST_TIME_PER_ADDRESS
from app.applications.service.beginning import open_offer
from app.candidates import service as candidates
from app.candidates.rules.sections import Identity
from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM
from app.core.transaction import transaction

DRAFT_LIFE: Final = timedelta(days=2)


def draft(offer_id: UUID, words: str, visitor: Visitor) -> ApplicationDraft:
    """Keep what somebody wrote until they say who they are. Raises Gone, NotFound, Throttled."""
    accounts.count(DRAFT_PER_ADDRESS, address_group(visitor.address))
    return _draft(offer_id, words)


@transaction
def _draft(offer_id: UUID, words: str) -> ApplicationDraft:
    offer = open_offer(offer_id)
    db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.written_at < clock.now() - DRAFT_LIFE))
    kept = ApplicationDraft(offer_id=offer.id, words=words)
    db.session.add(kept)
    db.session.flush()
    return kept


def introduce(identity: Identity, channel: CodeChannel, address: str, *, row_id: UUID, visitor: Visitor) -> None:
    """Open a first file for somebody who applies, to be completed by those who accompany people.

    Somebody who is known there already gets no second file, and the visitor is not told: the code that follows
    leads to the file of whoever reads it. Raises Refused, Throttled.
    """
    accounts.count(FIRST_TIME_PER_ADDRESS, address_group(visitor.address))
    _introduce(identity, channel, address, row_id)


@transaction
def _introduce(identity: Identity, channel: CodeChannel, address: str, row_id: UUID) -> None:
    if candidate_by_contact(channel, address) is None:
        candidates.create_candidate(identity, by=SYSTEM, row_id=row_id, told_apart=None)
