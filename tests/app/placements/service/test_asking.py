"""A stage is asked by the person, by who accompanies, after a meeting, once more: within the limits, once, and told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import scoped_session

from app.accounts.models import Membership
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.organisations.rules import OrganisationKind, OrganisationState
from app.placements.models import Placement, PlacementTransition
from app.placements.rules.asking import AskRefusal, DeclaredHost, Terms
from app.placements.rules.kinds import PlacementOrigin, PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState
from app.placements.service import asking as service
from app.placements.service.checking import LimitsRefused
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import Placed, a_placement, a_siret

_S, _R = PlacementState, PlacementRefusal
SIRET = a_siret(7)
START = date(2026, 11, 16)
TERMS = Terms(
    START, START + timedelta(days=11), Decimal(35), PlacementPurpose.DISCOVER, "Menuisier", asked_words="Poncer"
)


@pytest.fixture
def person(session: scoped_session, today: date) -> Somebody:
    found, referent = somebody(Role.CANDIDATE), somebody(Role.REFERENT, manager=False)
    assert found.candidate is not None
    assert referent.organisation is not None
    found.candidate.phone = "+33612345678"
    found.candidate.referent_id, found.candidate.referent_organisation_id = referent.user.id, referent.organisation.id
    session.commit()
    return found


@pytest.fixture
def firm(session: scoped_session, today: date) -> Somebody:
    host = somebody(Role.EMPLOYER, an_organisation(name="Menuiserie du Val", siret=SIRET, address="3 rue du Bois"))
    session.commit()
    return host


def kinds(session: scoped_session) -> list[str]:
    return sorted(session.scalars(select(Message.kind)))


def reasons_of(refusal: pytest.ExceptionInfo[Refused]) -> set[Enum]:
    return set(refusal.value.reasons)


def referent_of(session: scoped_session, person: Somebody) -> Somebody:
    """Another referent of the same place."""
    from app.organisations.models import Organisation

    assert person.candidate is not None
    place = session.get(Organisation, person.candidate.referent_organisation_id)
    return somebody(Role.REFERENT, place, manager=False)


def ask(person: Somebody, host: Somebody | DeclaredHost, today: date, **changes: object) -> Placement:
    said = host if isinstance(host, DeclaredHost) else host.organisation.id  # type: ignore[union-attr]
    return service.ask(replace(TERMS, **changes), said, by=person.actor, row_id=uuid4(), today=today)


def test_the_person_asks_a_host_of_the_portal_which_is_told(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    made = ask(person, firm, today)
    assert (made.state, made.origin, made.host_siret, made.host_name) == (
        _S.WISHED, PlacementOrigin.DIRECT, SIRET, "Menuiserie du Val",
    )  # fmt: skip
    assert made.commune_insee == "91377"
    assert person.candidate is not None
    assert made.prescriber_id == person.candidate.referent_id
    assert made.prescriber_organisation_id == person.candidate.referent_organisation_id
    assert kinds(session) == ["placement_asked", "placement_asked_for"]
    to_host = session.scalars(select(Message).where(Message.kind == "placement_asked")).one()
    assert to_host.to_user_id == firm.user.id
    assert person.user.last_name not in to_host.subject + to_host.body
    assert "Camille D." in to_host.subject
    assert session.scalars(select(PlacementTransition.action)).all() == ["ask"]


def test_the_person_brings_their_own_host(session: scoped_session, today: date, person: Somebody) -> None:
    host = DeclaredHost("Garage Martin", "55208131766522", "Luc Martin", "+33199004411")
    made = ask(person, host, today, commune_insee="91223")
    assert (made.origin, made.host_organisation_id, made.host_contact_phone) == (
        PlacementOrigin.OWN_HOST, None, "+33199004411",
    )  # fmt: skip
    assert made.commune_insee == "91223"
    assert kinds(session) == ["placement_asked_for"]


def test_a_host_without_name_or_hidden_behind_its_siret_is_refused(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(person, DeclaredHost(" "), today)
    assert reasons_of(refusal) == {AskRefusal.NO_HOST}
    with pytest.raises(Refused) as refusal:
        ask(person, DeclaredHost("Menuiserie", SIRET), today)
    assert reasons_of(refusal) == {AskRefusal.HOST_ON_PORTAL}
    assert refusal.value.fields[AskRefusal.HOST_ON_PORTAL] == "host_siret"


def test_a_host_that_takes_part_no_more_is_refused(session: scoped_session, today: date, person: Somebody) -> None:
    closed = an_organisation(state=OrganisationState.CLOSED)
    place = an_organisation(OrganisationKind.MDS)
    session.commit()
    for one in (closed, place):
        with pytest.raises(Refused) as refusal:
            service.ask(TERMS, one.id, by=person.actor, row_id=uuid4(), today=today)
        assert reasons_of(refusal) == {AskRefusal.HOST_GONE}
    with pytest.raises(NotFound):
        service.ask(TERMS, uuid4(), by=person.actor, row_id=uuid4(), today=today)


def test_all_reasons_come_at_once_each_beside_its_field(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    a_placement(_S.ACCEPTED, person=person, starts_on=date(2026, 11, 2), days=10)
    session.commit()
    with pytest.raises(LimitsRefused) as refusal:
        ask(person, firm, today, starts_on=date(2026, 11, 4), ends_on=date(2026, 12, 20), hours_week=Decimal(50))
    assert reasons_of(refusal) == {_R.BACKDATED, _R.ABOVE_A_MONTH, _R.HOURS, _R.OVERLAP}
    fields = refusal.value.fields
    assert (fields[_R.BACKDATED], fields[_R.ABOVE_A_MONTH], fields[_R.HOURS]) == ("starts_on", "ends_on", "hours_week")
    assert kinds(session) == []


def test_sent_twice_it_is_asked_once_and_the_same_wish_twice_is_refused(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    assert firm.organisation is not None
    row = uuid4()
    for _ in range(2):
        service.ask(TERMS, firm.organisation.id, by=person.actor, row_id=row, today=today)
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
    assert kinds(session) == ["placement_asked", "placement_asked_for"]
    with pytest.raises(Refused) as refusal:
        ask(person, firm, today, starts_on=START + timedelta(days=5), ends_on=START + timedelta(days=20))
    assert reasons_of(refusal) == {AskRefusal.ALREADY_ASKED}
    ask(person, firm, today, starts_on=START + timedelta(days=20), ends_on=START + timedelta(days=25))


def test_who_accompanies_asks_for_somebody_who_agrees(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    colleague = referent_of(session, person)
    session.commit()
    assert person.candidate is not None
    assert firm.organisation is not None
    said = {"by": colleague.actor, "row_id": uuid4(), "today": today}
    with pytest.raises(Refused) as refusal:
        service.propose(person.candidate.id, TERMS, firm.organisation.id, agreed=False, **said)  # type: ignore[arg-type]
    assert reasons_of(refusal) == {AskRefusal.NOT_AGREED}
    made = service.propose(person.candidate.id, TERMS, firm.organisation.id, agreed=True, **said)  # type: ignore[arg-type]
    assert (made.origin, made.prescriber_id) == (PlacementOrigin.PROPOSAL, colleague.user.id)
    assert made.referent_id == person.candidate.referent_id
    assert kinds(session) == ["placement_asked", "placement_asked_for", "placement_proposed"]


def test_each_asks_in_their_own_place(session: scoped_session, today: date, person: Somebody, firm: Somebody) -> None:
    stranger = somebody(Role.REFERENT)
    session.commit()
    assert person.candidate is not None
    assert firm.organisation is not None
    said = {"row_id": uuid4(), "today": today}
    with pytest.raises(NotFound):
        service.propose(person.candidate.id, TERMS, firm.organisation.id, agreed=True, by=stranger.actor, **said)  # type: ignore[arg-type]
    for by in (firm.actor, person.actor):
        with pytest.raises(Refused) as refusal:
            service.propose(person.candidate.id, TERMS, firm.organisation.id, agreed=True, by=by, **said)  # type: ignore[arg-type]
        assert reasons_of(refusal) == {WorkflowRefusal.NOT_YOUR_ROLE}
    with pytest.raises(Refused):
        service.ask(TERMS, firm.organisation.id, by=stranger.actor, **said)  # type: ignore[arg-type]


def test_a_meeting_that_wants_a_stage_asks_it_once_with_dates_to_say_better(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    organiser = somebody(Role.FACILITATOR)
    session.commit()
    assert person.candidate is not None
    assert firm.organisation is not None
    said = {"meeting_id": uuid4(), "by": organiser.actor, "today": today}
    made = [service.ask_from_event(person.candidate.id, firm.organisation.id, **said) for _ in range(2)]  # type: ignore[arg-type]
    assert made[0] is made[1]
    assert (made[0].origin, made[0].starts_on.weekday(), made[0].ends_on.weekday()) == (PlacementOrigin.EVENT, 0, 4)
    assert made[0].prescriber_id == person.candidate.referent_id
    assert "placement_asked" in kinds(session)


def renew(placed: Placed, by: Somebody, start: date, end: date, today: date) -> Placement:
    return service.renew(placed.placement.id, start, end, by=by.actor, row_id=uuid4(), today=today)


def test_a_stage_is_renewed_once_for_the_same_purpose_after_its_end(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.VALIDATED, starts_on=START, tutor_name="Sandrine Leroy")
    session.commit()
    end = placed.placement.ends_on
    with pytest.raises(Refused) as refusal:
        renew(placed, placed.person, end, end + timedelta(days=5), today)
    assert _R.RENEWAL_TOO_EARLY in reasons_of(refusal)
    again = renew(placed, placed.person, end + timedelta(days=1), end + timedelta(days=12), today)
    assert (again.state, again.renewal_of_id, again.purpose) == (
        _S.WISHED,
        placed.placement.id,
        PlacementPurpose.DISCOVER,
    )
    assert (again.tutor_name, again.official_reference, again.accepted_at) == ("Sandrine Leroy", "", None)
    with pytest.raises(Refused) as refusal:
        renew(placed, placed.referent, end + timedelta(days=20), end + timedelta(days=22), today)
    assert reasons_of(refusal) == {_R.RENEWAL_TWICE}


def test_a_host_that_asks_to_go_on_has_said_yes(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.RUNNING)
    session.commit()
    end = placed.placement.ends_on
    again = renew(placed, placed.host, end + timedelta(days=1), end + timedelta(days=3), today)
    assert again.state is _S.ACCEPTED
    assert again.accepted_at is not None
    assert "placement_asked" not in kinds(session)


def test_one_not_agreed_yet_is_not_renewed(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.WISHED)
    session.commit()
    end = placed.placement.ends_on
    with pytest.raises(Refused) as refusal:
        renew(placed, placed.person, end + timedelta(days=1), end + timedelta(days=3), today)
    assert reasons_of(refusal) == {_R.RENEWAL_UNKNOWN}


def test_nothing_more_is_asked_for_somebody_who_has_left_nor_at_a_firm_that_closed(
    session: scoped_session, today: date
) -> None:
    placed, closed = a_placement(_S.ENDED), a_placement(_S.ENDED)
    assert placed.person.candidate is not None
    assert closed.host.organisation is not None
    placed.person.candidate.state = CandidateState.CLOSED
    closed.host.organisation.state = OrganisationState.CLOSED
    session.commit()
    for one, reason in ((placed, WorkflowRefusal.WRONG_STATE), (closed, AskRefusal.HOST_GONE)):
        with pytest.raises(Refused) as refusal:
            renew(one, one.referent, today + timedelta(days=5), today + timedelta(days=9), today)
        assert reasons_of(refusal) == {reason}


def test_a_host_does_not_learn_that_somebody_is_too_young(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.RUNNING)
    assert placed.person.candidate is not None
    placed.person.candidate.birth_date = date(2011, 5, 17)
    session.commit()
    end = placed.placement.ends_on
    with pytest.raises(Refused) as refusal:
        renew(placed, placed.host, end + timedelta(days=1), end + timedelta(days=3), today)
    assert reasons_of(refusal) == {AskRefusal.NOT_FREE}
    with pytest.raises(Refused) as refusal:
        renew(placed, placed.referent, end + timedelta(days=1), end + timedelta(days=3), today)
    assert reasons_of(refusal) == {_R.TOO_YOUNG}


def test_a_professional_who_left_the_place_that_prescribes_is_written_to_no_more(
    session: scoped_session, today: date, person: Somebody, firm: Somebody
) -> None:
    assert person.candidate is not None
    colleague = referent_of(session, person)
    session.execute(
        update(Membership).where(Membership.user_id == person.candidate.referent_id).values(left_at=clock.now())
    )
    session.commit()
    ask(person, firm, today)
    told = session.scalars(select(Message.to_name).where(Message.kind == "placement_asked_for")).all()
    assert told == [colleague.user.full_name]
