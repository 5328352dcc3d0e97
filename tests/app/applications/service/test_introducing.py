"""What somebody leaves before they say who they are."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.queries import candidate_by_contact
from app.accounts.rules import CodeChannel
from app.accounts.rules.throttles import Visitor
from app.applications import queries, service
from app.applications.models import ApplicationDraft
from app.applications.rules import DRAFT_PER_ADDRESS, FIRST_TIME_PER_ADDRESS
from app.candidates.models import Candidate
from app.candidates.rules.sections import Identity
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, Throttled
from tests.factories.applications import a_market, a_ready_person
from tests.factories.offers import OfferFactory

HERE = Visitor("203.0.113.9")
PHONE = "+33639981234"
NADIA = Identity(first_name="Nadia", last_name="O’Brien", phone=PHONE, commune_insee="91377")


def _files() -> int:
    return db.session.scalar(select(func.count()).select_from(Candidate)) or 0


def test_somebody_unknown_gets_a_first_file_neither_ready_nor_shown(session: scoped_session, today: date) -> None:
    service.introduce(NADIA, CodeChannel.SMS, PHONE, row_id=uuid4(), visitor=HERE)
    user = candidate_by_contact(CodeChannel.SMS, PHONE)
    candidate = session.get(Candidate, user.candidate_id)
    assert (candidate.full_name, candidate.commune_insee) == ("Nadia O’Brien", "91377")
    assert not candidate.is_matchable


def test_the_same_form_sent_twice_makes_one_file(session: scoped_session, today: date) -> None:
    row_id, before = uuid4(), _files()
    for _ in range(2):
        service.introduce(NADIA, CodeChannel.SMS, PHONE, row_id=row_id, visitor=HERE)
    assert _files() == before + 1


def test_somebody_who_is_known_there_gets_no_second_file(session: scoped_session, today: date) -> None:
    known = a_ready_person()
    known.user.phone = PHONE
    session.flush()
    before = _files()
    service.introduce(NADIA, CodeChannel.SMS, PHONE, row_id=uuid4(), visitor=HERE)
    assert _files() == before


def test_words_wait_two_days_and_no_longer(session: scoped_session, today: date) -> None:
    market = a_market()
    old = service.draft(market.offer.id, "Hier", HERE)
    with clock.frozen(today + timedelta(days=3)):
        fresh = service.draft(market.offer.id, "Aujourd’hui", HERE)
    assert list(db.session.scalars(select(ApplicationDraft.id))) == [fresh.id]
    assert queries.draft_of(old.id, market.offer.id) is None


def test_words_belong_to_one_offer(session: scoped_session, today: date) -> None:
    market, other = a_market(), OfferFactory(published=True)
    kept = service.draft(market.offer.id, "Bonjour", HERE)
    assert queries.draft_of(kept.id, other.id) is None
    assert queries.draft_of(None, market.offer.id) is None


def test_nothing_is_kept_for_an_offer_that_is_over(session: scoped_session, today: date) -> None:
    offer = OfferFactory(closed=True)
    with pytest.raises(Gone):
        service.draft(offer.id, "Bonjour", HERE)


def test_one_address_cannot_fill_the_portal_with_words_or_files(session: scoped_session, today: date) -> None:
    market = a_market()
    for _ in range(DRAFT_PER_ADDRESS.tries):
        service.draft(market.offer.id, "", HERE)
    with pytest.raises(Throttled):
        service.draft(market.offer.id, "", HERE)
    for _ in range(FIRST_TIME_PER_ADDRESS.tries):
        service.introduce(NADIA, CodeChannel.SMS, PHONE, row_id=uuid4(), visitor=HERE)
    with pytest.raises(Throttled):
        service.introduce(NADIA, CodeChannel.SMS, PHONE, row_id=uuid4(), visitor=HERE)
    service.draft(market.offer.id, "", Visitor("198.51.100.4"))
