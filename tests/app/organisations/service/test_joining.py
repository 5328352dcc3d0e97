"""An organisation asks to take part; who asks learns nothing of who is here."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.accounts.models import Membership, User
from app.accounts.queries import account_by_email
from app.accounts.rules import AccountRefusal
from app.core.errors import Refused, Throttled
from app.core.roles import Role
from app.organisations import service
from app.organisations.models import JoinRequest, Organisation
from app.organisations.rules import OrganisationKind, OrganisationRefusal, OrganisationState, RequestState
from tests.factories.accounts import HERE, PASSWORD, a_candidate, with_password
from tests.factories.organisations import a_siret, letters
from tests.factories.people import an_organisation, somebody


def _asked(**changes: object) -> service.NewOrganisation:
    wanted = service.NewOrganisation(uuid4(), a_siret(), OrganisationKind.FIRM, "L’Atelier d’Étampes", "91223")
    return replace(wanted, **changes)  # type: ignore[arg-type]


def _person(email: str = "odile@atelier.example", password: str = PASSWORD) -> service.FirstMember:
    return service.FirstMember("Odile", "D’Hervé", email, "+33199001234", password)


def _row(session: scoped_session, asked: service.NewOrganisation) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.siret == asked.siret)).one()


def _count(session: scoped_session, kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_new_organisation_waits_with_its_first_manager(session: scoped_session) -> None:
    asked = _asked()
    service.join(asked, _person(), None, HERE)
    row = _row(session, asked)
    assert (row.id, row.state, row.name) == (asked.row_id, OrganisationState.PENDING, "L’Atelier d’Étampes")
    (place,) = session.scalars(select(Membership).where(Membership.organisation_id == row.id))
    assert (place.role, place.is_manager) == (Role.EMPLOYER, True)
    assert len(letters("join_asked", "odile@atelier.example")) == 1
    with pytest.raises(Refused) as caught:
        accounts.sign_in("odile@atelier.example", PASSWORD, HERE)
    assert caught.value.reasons == (AccountRefusal.ORGANISATION_PENDING,)


def test_a_form_sent_twice_asks_once(session: scoped_session) -> None:
    asked = _asked()
    for _ in range(2):
        service.join(asked, _person(), None, HERE)
    assert _count(session, Organisation) == 1
    assert _count(session, User) == 1
    assert len(letters("join_asked")) == 1
    assert letters("join_with_account") == []


def test_somebody_signed_in_asks_with_their_account(session: scoped_session) -> None:
    person, asked = somebody(Role.EMPLOYER), _asked()
    users = _count(session, User)
    service.join(asked, None, person.actor, HERE)
    service.join(asked, None, person.actor, HERE)
    assert _count(session, User) == users
    (place,) = session.scalars(select(Membership).where(Membership.organisation_id == asked.row_id))
    assert place.user_id == person.user.id


def test_the_address_of_an_account_gets_a_letter_and_nothing_is_made(session: scoped_session) -> None:
    known, asked = with_password(), _asked()
    before = known.user.password_hash
    service.join(asked, _person(known.user.email or ""), None, HERE)
    assert session.scalars(select(Organisation).where(Organisation.siret == asked.siret)).all() == []
    assert len(letters("join_with_account", known.user.email)) == 1
    assert known.user.password_hash == before


def test_the_address_of_a_candidate_is_as_free_as_any(session: scoped_session) -> None:
    candidate = a_candidate(email="odile@atelier.example")
    asked = _asked()
    service.join(asked, _person("odile@atelier.example"), None, HERE)
    assert _row(session, asked).state is OrganisationState.PENDING
    account = account_by_email("odile@atelier.example")
    assert account is not None
    assert account.id != candidate.id


def test_a_known_siret_becomes_a_request_to_its_managers(session: scoped_session) -> None:
    manager = with_password()
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    asked = _asked()
    assert manager.organisation is not None
    manager.organisation.siret = asked.siret
    session.flush()
    service.join(asked, _person(), None, HERE)
    (request,) = session.scalars(select(JoinRequest))
    assert (request.id, request.organisation_id, request.state) == (
        asked.row_id,
        manager.organisation.id,
        RequestState.PENDING,
    )
    (letter,) = letters("join_request")
    assert letter.to_address == manager.user.email
    assert "Odile D’Hervé" in letter.body
    assert letters("join_request", member.user.email) == []
    assert _count(session, Membership) == 2
    # The same words as for a new organisation, and nobody's name.
    (answer,) = letters("join_asked", "odile@atelier.example")
    assert manager.user.full_name not in answer.body
    service.join(asked, _person(), None, HERE)
    assert _count(session, JoinRequest) == 1


def test_who_is_a_member_already_asks_for_nothing(session: scoped_session) -> None:
    person, asked = somebody(Role.EMPLOYER), _asked()
    assert person.organisation is not None
    person.organisation.siret = asked.siret
    session.flush()
    service.join(asked, None, person.actor, HERE)
    assert _count(session, JoinRequest) == 0
    assert letters("join_request") == []


@pytest.mark.parametrize("state", [OrganisationState.REFUSED, OrganisationState.CLOSED])
def test_an_organisation_refused_or_closed_may_ask_again_with_somebody_new(
    session: scoped_session, state: OrganisationState
) -> None:
    old, asked = with_password(), _asked()
    assert old.organisation is not None
    old.organisation.siret, old.organisation.state = asked.siret, state
    session.flush()
    service.join(asked, _person(), None, HERE)
    row = _row(session, asked)
    assert (row.state, row.name, row.approved_at) == (OrganisationState.PENDING, asked.name, None)
    present = session.scalars(
        select(Membership).where(Membership.organisation_id == row.id, Membership.left_at.is_(None))
    ).all()
    account = account_by_email("odile@atelier.example")
    assert account is not None
    assert [place.user_id for place in present] == [account.id]


def test_a_weak_password_is_refused_whoever_is_known(session: scoped_session) -> None:
    known = with_password()
    for email in ("odile@atelier.example", known.user.email or ""):
        with pytest.raises(Refused) as caught:
            service.join(_asked(), _person(email, "atelieretampes2026"), None, HERE)
        assert caught.value.reasons == (AccountRefusal.PASSWORD_PERSONAL,)
    assert letters("join_with_account") == []


@pytest.mark.parametrize("kind", [OrganisationKind.PLIE, OrganisationKind.MDS, OrganisationKind.DEPARTMENT])
def test_nobody_inscribes_a_plie_or_an_mds(session: scoped_session, kind: OrganisationKind) -> None:
    with pytest.raises(Refused) as caught:
        service.join(_asked(kind=kind), _person(), None, HERE)
    assert caught.value.reasons == (OrganisationRefusal.KIND_WITH_FIRST_MEMBER,)
    assert _count(session, Organisation) == 0


def test_a_request_for_a_plie_goes_to_the_departement_only(session: scoped_session) -> None:
    facilitator, asked = somebody(Role.FACILITATOR), _asked()
    assert facilitator.organisation is not None
    facilitator.organisation.siret = asked.siret
    session.flush()
    service.join(asked, _person(), None, HERE)
    assert _count(session, JoinRequest) == 1
    assert letters("join_request") == []


def test_one_address_asks_twenty_times_an_hour_at_most(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER)
    for _ in range(20):
        service.join(_asked(), None, person.actor, HERE)
    with pytest.raises(Throttled):
        service.join(_asked(), None, person.actor, HERE)


def test_la_poste_has_many_establishments(session: scoped_session) -> None:
    an_organisation(siret="35600000000048")
    asked = _asked(siret="35600000049837")
    service.join(asked, _person(), None, HERE)
    assert _row(session, asked).state is OrganisationState.PENDING
