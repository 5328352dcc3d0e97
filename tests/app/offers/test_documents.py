"""What the index receives of an offer: only what its public page shows, and nothing of the others."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.grid import Grid, Preset
from app.offers.documents import documents_for
from app.offers.rules import OfferState, PayPeriod
from app.reference.models import Trade
from search_index.documents import Schedule
from tests.app.offers.service.test_states import TRAITS
from tests.conftest import Statements
from tests.factories.offers import OfferFactory


def test_a_published_offer_becomes_a_whole_document(session: scoped_session, today: date) -> None:
    offer = OfferFactory(
        published=True,
        trade=db.session.get(Trade, "chauffeur-livreur"),
        required_licences=["b"],
        grid=Grid.from_presets([Preset.NIGHT]),
        pay_min=Decimal(1900),
        pay_period=PayPeriod.MONTH,
        hours_week=Decimal(35),
    )

    (document,) = documents_for([offer.id])

    assert (document.id, document.trade, document.family) == (offer.id, "chauffeur-livreur", "transport")
    assert (document.commune, document.commune_name, document.territory) == ("91377", "Massy", "nord-ouest")
    assert (document.kind, document.contract_kind) == ("job", "cdd")
    assert (document.licence_required, document.licences) == (True, ("b",))
    assert document.schedule == {Schedule.NIGHT}
    assert document.pay == Decimal("12.53")
    assert (document.published_on, document.expires_on) == (today, today + timedelta(days=60))
    assert document.employer == offer.organisation.name
    assert {"CDD", "temps plein", "La nuit"} <= set(document.other_words)
    assert document.public


@pytest.mark.parametrize("state", sorted(set(OfferState) - {OfferState.PUBLISHED}))
def test_an_offer_that_is_not_open_has_no_document(session: scoped_session, today: date, state: OfferState) -> None:
    offer = OfferFactory(**TRAITS[state])

    assert documents_for([offer.id]) == []


def test_an_offer_past_its_last_day_has_no_document(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, expires_on=today - timedelta(days=1))

    assert documents_for([offer.id]) == []


def test_nothing_that_the_public_may_not_read_is_in_a_document(session: scoped_session, today: date) -> None:
    secrets: dict[str, Any] = {"address": "3 rue du Clos", "tutor_name": "Nadia O’Hara", "french_reason": "Lire."}
    offer = OfferFactory(published=True, french=1, **secrets)

    (document,) = documents_for([offer.id])

    assert not any(secret in repr(document) for secret in ("3 rue du Clos", "Nadia O’Hara"))


def test_many_documents_cost_as_many_statements_as_one(
    session: scoped_session, statements: Statements, today: date
) -> None:
    ids = [OfferFactory(published=True).id for _ in range(12)]
    db.session.expunge_all()
    statements.clear()

    assert len(documents_for(ids)) == 12
    assert len(statements) == 2


def test_no_id_gives_no_document(session: scoped_session) -> None:
    assert documents_for([]) == []


def test_a_stage_is_found_by_its_words_and_has_no_employment(session: scoped_session, today: date) -> None:
    offer = OfferFactory(published=True, stage=True)

    (document,) = documents_for([offer.id])

    assert (document.kind, document.contract_kind, document.pay) == ("placement", "", None)
    assert {"Stage en immersion", "stage", "PMSMP"} <= set(document.other_words)
    assert not {"CDD", "temps plein", "temps partiel"} & set(document.other_words)
