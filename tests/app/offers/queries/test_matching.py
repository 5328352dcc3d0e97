"""The matching reads open offers in one statement, and hears of those that closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Preset
from app.offers import service
from app.offers.models import Offer
from app.offers.queries import matching_rows
from app.offers.rules import OfferState
from tests.app.offers.service.test_states import TRAITS
from tests.conftest import Statements
from tests.factories.offers import FirmFactory, OfferFactory, employer_of


def test_an_open_offer_is_read_whole(session: scoped_session, statements: Statements, today: date) -> None:
    offer = OfferFactory(
        published=True,
        posts=3,
        posts_filled=1,
        grid=Grid.from_presets([Preset.EARLY]),
        required_titles=["deas"],
        required_licences=["b"],
        required_skills=["lavage-vitres"],
        wished_skills=["repassage"],
        wished_titles=["sst"],
        conditions=["debout"],
        french=2,
        french_reason="Lire.",
    )
    statements.clear()

    rows = matching_rows()

    (need,) = rows.offers
    assert len(statements) == 1
    assert rows.removed == []
    assert (need.id, need.trade, need.place) == (str(offer.id), "agent-entretien", "91377")
    assert (need.start_on, need.hours_week, need.places_left) == (offer.start_on, Decimal(28), 2)
    assert need.grid == Grid.from_presets([Preset.EARLY]).bits
    assert need.required_titles == {"deas"}
    assert need.required_licences == {"b"}
    assert (need.required_skills, need.wished_skills) == ({"lavage-vitres"}, {"repassage"})
    assert (need.wished_titles, need.conditions, need.french) == ({"sst"}, {"debout"}, 2)


@pytest.mark.parametrize("state", sorted(set(OfferState) - {OfferState.PUBLISHED}))
def test_an_offer_that_is_not_open_is_not_matched(session: scoped_session, today: date, state: OfferState) -> None:
    OfferFactory(**TRAITS[state])

    assert list(matching_rows().offers) == []


def test_what_changed_since_is_read_and_what_closed_is_removed(session: scoped_session, today: date) -> None:
    with clock.frozen(today - timedelta(days=2)):
        OfferFactory(published=True)
        paused, edited = OfferFactory(published=True), OfferFactory(published=True)
    service.pause(paused.id, by=employer_of(paused.organisation))
    service.take_post(edited.id, by=employer_of(edited.organisation))
    fresh = OfferFactory(published=True)

    rows = matching_rows(since=clock.now() - timedelta(hours=1))

    assert [need.id for need in rows.offers] == [str(fresh.id)]
    assert set(rows.removed) == {str(paused.id), str(edited.id)}


def test_only_the_ids_asked_are_read(session: scoped_session, today: date) -> None:
    wanted, _other = OfferFactory(published=True), OfferFactory(published=True)

    assert [need.id for need in matching_rows(ids=[wanted.id]).offers] == [str(wanted.id)]


def test_five_thousand_offers_are_read_in_one_statement(
    session: scoped_session, statements: Statements, today: date
) -> None:
    firm = FirmFactory()
    model = OfferFactory(published=True, organisation=firm)
    row = {
        column.key: getattr(model, column.key)
        for column in Offer.__table__.columns
        if column.key not in {"id", "number"}
    }
    db.session.execute(insert(Offer), [row] * 4_999)
    statements.clear()

    rows = matching_rows()

    assert len(rows.offers) == 5_000
    assert len(statements) == 1


def test_a_stage_may_begin_until_its_last_day_or_as_long_as_it_is_open(session: scoped_session, today: date) -> None:
    until, free = (OfferFactory(published=True, stage=True, end_on=end) for end in (today + timedelta(days=30), None))
    job = OfferFactory(published=True)

    needs = {need.id: need for need in matching_rows().offers}

    assert needs[str(until.id)].latest_start == today + timedelta(days=30)
    assert needs[str(free.id)].latest_start == free.expires_on
    assert needs[str(job.id)].latest_start == job.start_on
    assert [needs[str(one.id)].placement for one in (until, free, job)] == [True, True, False]
