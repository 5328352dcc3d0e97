"""An offer is made once, saved over nobody's words, and copied without its dates."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.grid import Grid, Span
from app.offers import service
from app.offers.models import Offer, OfferTransition
from app.offers.rules import Content, OfferRefusal, OfferState
from tests.factories.offers import FirmFactory, OfferFactory, content, employer_of, stage_content


def test_a_draft_may_be_empty(session: scoped_session, today: date) -> None:
    firm = FirmFactory()

    offer = service.create_offer(Content(), by=employer_of(firm), row_id=uuid4())

    assert offer.state is OfferState.DRAFT
    assert offer.organisation_id == firm.id
    assert (offer.title, offer.trade_slug, offer.start_on) == ("", None, None)


def test_the_same_form_sent_twice_makes_one_offer(session: scoped_session, today: date) -> None:
    by, row_id = employer_of(FirmFactory()), uuid4()

    first = service.create_offer(content(), by=by, row_id=row_id, publish=True)
    second = service.create_offer(content(title="Autre titre"), by=by, row_id=row_id, publish=True)

    assert first.id == second.id == row_id
    assert second.title == "Agent d’entretien (H/F)"
    assert session.scalar(select(func.count()).select_from(Offer)) == 1
    assert session.scalar(select(func.count()).select_from(OfferTransition)) == 1


def test_the_row_of_another_employer_is_never_found_by_its_id(session: scoped_session, today: date) -> None:
    offer = OfferFactory()

    with pytest.raises(NotFound):
        service.create_offer(content(), by=employer_of(FirmFactory()), row_id=offer.id)


def test_an_offer_without_a_fault_is_published_at_once(session: scoped_session, today: date) -> None:
    offer = service.create_offer(content(), by=employer_of(FirmFactory()), row_id=uuid4(), publish=True)

    assert offer.state is OfferState.PUBLISHED
    assert offer.expires_on == today + timedelta(days=60)
    assert offer.confirmed_on == today


def test_an_offer_to_be_read_again_stays_a_draft(session: scoped_session, today: date) -> None:
    offer = service.create_offer(content(pay_min=None), by=employer_of(FirmFactory()), row_id=uuid4(), publish=True)

    assert offer.state is OfferState.DRAFT


def test_a_blocking_fault_says_its_field_and_keeps_nothing(session: scoped_session, today: date) -> None:
    faulty = content(start_on=today - timedelta(days=1), french=2)
    by = employer_of(FirmFactory())

    with pytest.raises(Refused) as refused:
        service.create_offer(faulty, by=by, row_id=uuid4(), publish=True)

    assert set(refused.value.reasons) == {OfferRefusal.START_IN_PAST, OfferRefusal.FRENCH_WITHOUT_REASON}
    assert refused.value.fields[OfferRefusal.START_IN_PAST] == "start_on"
    assert session.scalar(select(func.count()).select_from(Offer)) == 0


def test_sixty_hours_a_week_are_refused_before_the_database_sees_them(session: scoped_session, today: date) -> None:
    with pytest.raises(Refused) as refused:
        service.create_offer(content(hours_week=Decimal(60)), by=employer_of(FirmFactory()), row_id=uuid4())

    assert refused.value.reasons == (OfferRefusal.HOURS_ABOVE_LEGAL,)


def test_the_grid_says_the_conditions_and_the_law_the_titles(session: scoped_session, today: date) -> None:
    night = Grid.from_spans(Span(day, 44, 10) for day in range(4))
    said = content(trade_slug="agent-securite", grid=night, conditions=("debout", "week-end"))

    offer = service.create_offer(said, by=employer_of(FirmFactory()), row_id=uuid4())

    assert offer.conditions == ["debout", "nuit"]
    assert offer.required_titles == ["carte-securite"]


def test_two_editors_never_overwrite_each_other(session: scoped_session, today: date) -> None:
    offer = OfferFactory()
    by, seen = employer_of(offer.organisation), offer.version

    service.save_offer(offer.id, replace(offer.content, title="Agente de propreté"), by=by, version=seen)
    with pytest.raises(StaleVersion) as stale:
        service.save_offer(offer.id, replace(offer.content, title="Autre"), by=by, version=seen)

    assert stale.value.theirs["title"] == "Agente de propreté"
    assert stale.value.theirs["version"] == seen + 1
    assert session.get(Offer, offer.id).title == "Agente de propreté"


def test_saving_notes_which_fields_changed(session: scoped_session, today: date) -> None:
    offer = OfferFactory()
    by = employer_of(offer.organisation)

    service.save_offer(offer.id, replace(offer.content, pay_min=Decimal(13), posts=2), by=by, version=offer.version)

    entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "offer.saved"))
    assert set(entry.details["fields"]) == {"pay_min", "posts"}
    assert entry.object_id == offer.id


def test_an_offer_of_another_organisation_is_not_found(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)
    stranger = employer_of(FirmFactory())

    with pytest.raises(NotFound):
        service.save_offer(offer.id, offer.content, by=stranger, version=offer.version)
    with pytest.raises(NotFound):
        service.duplicate(offer.id, by=stranger, row_id=uuid4())


def test_a_published_offer_keeps_its_last_day_when_none_is_typed(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)
    last_day = offer.expires_on

    service.save_offer(
        offer.id, replace(offer.content, expires_on=None), by=employer_of(offer.organisation), version=offer.version
    )

    assert offer.expires_on == last_day


def test_a_published_offer_cannot_lose_its_essentials(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True)

    with pytest.raises(Refused) as refused:
        service.save_offer(
            offer.id, replace(offer.content, hours_week=None), by=employer_of(offer.organisation), version=offer.version
        )

    assert refused.value.reasons == (OfferRefusal.HOURS_MISSING,)


def test_a_copy_is_a_draft_without_dates(session: scoped_session, today: date) -> None:
    offer = OfferFactory(closed=True, posts=3, posts_filled=3, tutor_name="Nadia O’Hara")
    row_id = uuid4()

    copy = service.duplicate(offer.id, by=employer_of(offer.organisation), row_id=row_id)

    assert copy.id == row_id
    assert (copy.state, copy.posts, copy.posts_filled) == (OfferState.DRAFT, 3, 0)
    assert (copy.start_on, copy.end_on, copy.expires_on) == (None, None, None)
    assert (copy.title, copy.tutor_name) == (offer.title, "Nadia O’Hara")
    assert copy.number != offer.number


@pytest.mark.parametrize("stage", [True, False])
def test_a_job_never_becomes_a_stage_nor_a_stage_a_job(session: scoped_session, today: date, stage: bool) -> None:
    offer = OfferFactory(published=True, stage=stage)
    other = content() if stage else stage_content()
    session.commit()

    with pytest.raises(Refused) as no:
        service.save_offer(offer.id, other, by=employer_of(offer.organisation), version=offer.version)

    assert no.value.reasons == (OfferRefusal.KIND_IS_KEPT,)
    assert no.value.fields == {OfferRefusal.KIND_IS_KEPT: "kind"}
