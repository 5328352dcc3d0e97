"""Each party signs once: itself on the portal, or as who accompanies writes it down from paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.placements.models import PlacementSignature, PlacementTransition
from app.placements.rules.kinds import Party, SignatureMeans
from app.placements.rules.signing import SIGNABLE, SignatureRefusal, Signing
from app.placements.rules.states import PlacementState
from app.placements.service import signing as service
from tests.factories.people import somebody
from tests.factories.placements import a_placement, a_signature

_S = PlacementState
_R = SignatureRefusal
PAPER, PORTAL, SITE = SignatureMeans.PAPER, SignatureMeans.PORTAL, SignatureMeans.OFFICIAL_SITE
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("who", "party"), [("person", Party.PERSON), ("host", Party.HOST), ("referent", Party.PRESCRIBER)]
)
def test_each_party_gives_its_own_agreement_on_the_portal(
    session: scoped_session, today: date, who: str, party: Party
) -> None:
    placed = a_placement(_S.PREPARED)
    session.commit()
    somebody_ = getattr(placed, who)
    for _ in range(2):
        service.sign(placed.placement.id, Signing(party, PORTAL, "Alex", today), by=somebody_.actor, today=today)
    signature = session.scalars(select(PlacementSignature)).one()
    assert (signature.party, signature.user_id, signature.recorded_by) == (
        party, somebody_.user.id, somebody_.user.id,
    )  # fmt: skip


def test_who_accompanies_writes_down_the_three_from_paper(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.DEPOSITED)
    session.commit()
    for party in Party:
        service.sign(
            placed.placement.id,
            Signing(party, PAPER, "Alex Martin", today - DAY),
            by=placed.referent.actor,
            today=today,
        )
    rows = session.scalars(select(PlacementSignature)).all()
    assert {row.party for row in rows} == set(Party)
    assert {(row.user_id, row.recorded_by) for row in rows} == {(None, placed.referent.user.id)}
    words = session.scalars(select(PlacementTransition.words)).all()
    assert "La personne\u00a0: signée sur papier, le mercredi 4 novembre 2026" in words


@pytest.mark.parametrize(
    ("who", "signing", "reasons"),
    [
        ("host", Signing(Party.PERSON, PAPER, "A", date(2026, 11, 5)), {_R.NOT_THEIR_PARTY}),
        ("person", Signing(Party.HOST, PORTAL, "A", date(2026, 11, 5)), {_R.NOT_THEIR_PARTY, _R.NOT_IN_PERSON}),
        ("referent", Signing(Party.PERSON, PORTAL, "A", date(2026, 11, 5)), {_R.NOT_IN_PERSON}),
        ("referent", Signing(Party.PERSON, SITE, " ", date(2026, 11, 6)), {_R.NO_SIGNER, _R.IN_FUTURE}),
        ("referent", Signing(Party.PERSON, SITE, "A", date(2026, 11, 16)), {_R.IN_FUTURE, _R.AFTER_START}),
    ],
)
def test_a_signature_is_refused_with_all_reasons(
    session: scoped_session, today: date, who: str, signing: Signing, reasons: set[Any]
) -> None:
    placed = a_placement(_S.PREPARED)  # begins on the 15th
    session.commit()
    with pytest.raises(Refused) as no:
        service.sign(placed.placement.id, signing, by=getattr(placed, who).actor, today=today)
    assert set(no.value.reasons) == reasons


def test_it_is_signed_on_the_first_day_at_the_latest(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.RUNNING)
    session.commit()
    first, by = placed.placement.starts_on, placed.referent.actor
    with pytest.raises(Refused) as no:
        service.sign(placed.placement.id, Signing(Party.HOST, PAPER, "A", first + DAY), by=by, today=today)
    assert no.value.reasons == (_R.AFTER_START,)
    service.sign(placed.placement.id, Signing(Party.HOST, PAPER, "A", first), by=by, today=today)


def test_another_signature_of_a_party_that_has_signed_is_refused(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.PREPARED)
    a_signature(placed.placement, Party.HOST)
    session.commit()
    with pytest.raises(Refused) as no:
        service.sign(placed.placement.id, Signing(Party.HOST, PAPER, "B", today), by=placed.referent.actor, today=today)
    assert no.value.reasons == (_R.ALREADY,)


@pytest.mark.parametrize("state", sorted(set(PlacementState) - SIGNABLE))
def test_nothing_is_signed_before_it_is_ready_or_when_it_is_over(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state)
    session.commit()
    with pytest.raises(Refused) as no:
        service.sign(placed.placement.id, Signing(Party.HOST, PAPER, "A", today), by=placed.referent.actor, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_mistake_is_taken_back_with_its_trace(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.PREPARED)
    a_signature(placed.placement, Party.HOST)
    session.commit()
    with pytest.raises(Refused):
        service.take_back(placed.placement.id, Party.HOST, by=placed.person.actor)
    for _ in range(2):
        service.take_back(placed.placement.id, Party.HOST, by=placed.host.actor)
    assert session.scalars(select(PlacementSignature)).all() == []
    line = session.scalars(select(PlacementTransition)).one()
    assert (line.subject, line.action, line.by_name) == ("signature", "take_back", placed.host.actor.name)


def test_what_is_validated_keeps_its_signatures(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.VALIDATED)
    a_signature(placed.placement, Party.HOST)
    session.commit()
    with pytest.raises(Refused) as no:
        service.take_back(placed.placement.id, Party.HOST, by=placed.referent.actor)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_strangers_sign_nothing(session: scoped_session, today: date) -> None:
    placed, stranger = a_placement(_S.PREPARED), somebody(Role.REFERENT)
    session.commit()
    with pytest.raises(NotFound):
        service.sign(placed.placement.id, Signing(Party.HOST, PAPER, "A", today), by=stranger.actor, today=today)


@pytest.mark.parametrize("who", ["host", "referent"])
def test_an_agreement_on_the_portal_is_of_the_day_on_which_it_is_given(
    session: scoped_session, today: date, who: str
) -> None:
    placed = a_placement(_S.PREPARED)
    session.commit()
    party = Party.HOST if who == "host" else Party.PRESCRIBER
    with pytest.raises(Refused) as no:
        service.sign(
            placed.placement.id, Signing(party, PORTAL, "Alex", today - DAY), by=getattr(placed, who).actor, today=today
        )
    assert no.value.reasons == (_R.NOT_TODAY,)
