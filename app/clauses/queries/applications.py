"""What does the clause of an offer say of somebody who applies, and how long may the firm take to answer?"""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.clauses.models import ClauseEmployment, ClauseOffer, ClauseTerms, Lot
from app.clauses.queries.eligibility import eligible_until, good_checks
from app.clauses.queries.standing import terms_of
from app.clauses.rules.terms import DEFAULTS, Terms, terms_on
from app.core.db import db
from app.offers.models import Offer
from app.organisations.models import Organisation


def _contract_of(offer_id: UUID) -> UUID | None:
    query = select(Lot.contract_id).join(ClauseOffer, ClauseOffer.lot_id == Lot.id)
    return db.session.scalar(query.where(ClauseOffer.offer_id == offer_id))


def terms_for_offer(offer_id: UUID, day: date) -> Terms | None:
    """The terms that hold on a day for the contract that an offer serves; None for an ordinary offer."""
    query = (
        select(ClauseOffer.offer_id, ClauseTerms)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .outerjoin(ClauseTerms, ClauseTerms.contract_id == Lot.contract_id)
        .where(ClauseOffer.offer_id == offer_id)
        .order_by(ClauseTerms.valid_from)
    )
    rows = [row for _, row in db.session.execute(query)]
    versions = [(row.valid_from, row.known_from, Terms.from_json(row.said)) for row in rows if row is not None]
    return (terms_on(day, versions) or DEFAULTS) if rows else None


def counts_for(offer: Offer, candidate_id: UUID, hire_id: UUID | None = None) -> tuple[date, str] | None:
    """(last day that counts, who checked it) of somebody hired on the offer's start, or at work through ``hire_id``.

    None: an ordinary offer, or they do not count. ``date.max``: no end known.
    """
    contract_id = _contract_of(offer.id)
    if contract_id is None:
        return None
    work = _work_of(hire_id) if hire_id is not None else None
    if work is not None:
        until = work.counts_until or date.max
    else:
        found = eligible_until([candidate_id], contract_id, offer.start_on, offer.employment_kind)[candidate_id]
        if found is None:
            return None
        until = found
    return until, _checker(contract_id, candidate_id, offer.start_on)


def _work_of(hire_id: UUID) -> ClauseEmployment | None:
    return db.session.scalar(select(ClauseEmployment).where(ClauseEmployment.hire_id == hire_id))


def _checker(contract_id: UUID, candidate_id: UUID, on: date) -> str:
    """The organisation whose facilitator saw the proof; empty when the person goes on from an earlier hire."""
    check = good_checks(contract_id, [candidate_id], on, terms_of(contract_id, on)).get(candidate_id)
    if check is None or check.checked_by_organisation_id is None:
        return ""
    query = select(Organisation.name).where(Organisation.id == check.checked_by_organisation_id)
    return db.session.scalar(query) or ""
