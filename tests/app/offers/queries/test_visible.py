"""Who reads which offer."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound
from app.core.roles import SYSTEM, Actor, Role
from app.offers.queries import offers_visible_to, public_offers, the_offer
from app.offers.rules import OfferState
from tests.app.offers.service.test_states import TRAITS
from tests.factories.offers import FirmFactory, OfferFactory, employer_of

ONCE_PUBLIC = {
    OfferState.PUBLISHED,
    OfferState.PAUSED,
    OfferState.FILLED,
    OfferState.EXPIRED,
    OfferState.CLOSED,
}
READ: dict[Role, set[OfferState]] = {
    Role.CANDIDATE: {OfferState.PUBLISHED},
    Role.EMPLOYER: set(),
    Role.FACILITATOR: ONCE_PUBLIC,
    Role.REFERENT: ONCE_PUBLIC,
    Role.DEPARTMENT: ONCE_PUBLIC,
    Role.ADMINISTRATOR: ONCE_PUBLIC,
    Role.SYSTEM: set(OfferState),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_the_offers_of_others_in_some_states(session: scoped_session, today: date, role: Role) -> None:
    for state in OfferState:
        OfferFactory(**TRAITS[state])
    reader = Actor(role=role, name="Alex", organisation_id=FirmFactory().id)

    states = {offer.state for offer in session.scalars(offers_visible_to(reader))}

    assert states == READ[role]


def test_an_employer_reads_every_offer_of_the_organisation(session: scoped_session, today: date) -> None:
    firm = FirmFactory()
    for state in OfferState:
        OfferFactory(organisation=firm, **TRAITS[state])

    assert {offer.state for offer in session.scalars(offers_visible_to(employer_of(firm)))} == set(OfferState)


def test_an_employer_without_an_organisation_reads_none(session: scoped_session, today: date) -> None:
    OfferFactory(published=True)

    assert session.scalars(offers_visible_to(Actor(role=Role.EMPLOYER, name="Alex"))).all() == []


def test_the_last_day_is_still_public(session: scoped_session, today: date) -> None:
    last = OfferFactory(published=True, expires_on=today)
    OfferFactory(published=True, expires_on=today - timedelta(days=1))

    assert session.scalars(public_offers()).all() == [last]


def test_an_offer_out_of_sight_is_not_found(session: scoped_session, today: date) -> None:
    offer = OfferFactory()

    assert the_offer(SYSTEM, offer.id).id == offer.id
    with pytest.raises(NotFound):
        the_offer(Actor(role=Role.FACILITATOR, name="Samia"), offer.id)
