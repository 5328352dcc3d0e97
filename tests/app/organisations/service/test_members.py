"""Members invite members, managers change and remove them, and leaving is immediate."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.accounts.models import Membership
from app.accounts.rules import AccountRefusal
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.organisations import queries, service
from app.organisations.models import Invitation, JoinRequest
from app.organisations.rules import OrganisationRefusal, OrganisationState, RequestAction
from tests.factories.accounts import HERE, PASSWORD, a_candidate, with_password
from tests.factories.organisations import letters, link_in
from tests.factories.people import Somebody, somebody

EMAIL = "nouvelle@atelier.example"
WHO = service.NewMember("Nour", "O’Brien", None, PASSWORD)


def _place(person: Somebody) -> tuple[UUID, Membership]:
    assert person.organisation is not None
    assert person.membership is not None
    return person.organisation.id, person.membership


def _invited(by: Somebody, email: str = EMAIL, *, as_manager: bool = False) -> str:
    """The token of the link that was sent."""
    service.invite(_place(by)[0], email, as_manager=as_manager, by=by.actor)
    return link_in(letters("invitation", email)[-1]).removeprefix("/invitation/")


def _reason(act: object, *args: object, **options: object) -> object:
    db.session.commit()  # what is refused is undone; the people of the test stay
    with pytest.raises(Refused) as caught:
        act(*args, **options)  # type: ignore[operator]
    return caught.value.reasons[0]


def test_somebody_invited_opens_an_account_and_is_in(session: scoped_session) -> None:
    member = somebody(Role.EMPLOYER, manager=False)
    token = _invited(member)
    known = accounts.signed_in_by(service.accept_as_new(token, WHO, HERE))
    assert known is not None
    assert (known.actor.organisation_id, known.actor.role, known.actor.is_manager) == (
        _place(member)[0], Role.EMPLOYER, False,
    )  # fmt: skip
    assert accounts.sign_in(EMAIL, PASSWORD, HERE)
    (letter,) = letters("invitation", EMAIL)
    assert member.user.full_name in letter.subject


def test_an_invitation_serves_once(session: scoped_session) -> None:
    token = _invited(somebody(Role.EMPLOYER))
    service.accept_as_new(token, WHO, HERE)
    assert _reason(service.accept_as_new, token, WHO, HERE) is OrganisationRefusal.INVITATION_OVER
    assert _reason(service.the_invitation, token) is OrganisationRefusal.INVITATION_OVER


def test_an_invitation_serves_for_fourteen_days(session: scoped_session, today: date) -> None:
    token = _invited(somebody(Role.EMPLOYER))
    with clock.frozen(clock.now() + timedelta(days=14)):
        assert _reason(service.accept_as_new, token, WHO, HERE) is OrganisationRefusal.INVITATION_OVER
    with clock.frozen(clock.now() + timedelta(days=13, hours=23)):
        assert service.accept_as_new(token, WHO, HERE)


def test_an_invitation_of_an_organisation_that_closed_serves_no_more(session: scoped_session) -> None:
    member = somebody(Role.EMPLOYER)
    token = _invited(member)
    assert member.organisation is not None
    member.organisation.state = OrganisationState.CLOSED
    session.flush()
    assert _reason(service.accept_as_new, token, WHO, HERE) is OrganisationRefusal.INVITATION_OVER


def test_a_second_invitation_replaces_the_first_even_when_it_is_too_old(session: scoped_session, today: date) -> None:
    member = somebody(Role.EMPLOYER)
    first = _invited(member)
    with clock.frozen(clock.now() + timedelta(days=20)):
        second = _invited(member)
        assert _reason(service.the_invitation, first) is OrganisationRefusal.INVITATION_OVER
        assert service.the_invitation(second).email == EMAIL
    assert len(queries.open_invitations(_place(member)[0])) == 1


def test_a_form_of_invitation_sent_twice_sends_one_letter(session: scoped_session) -> None:
    member, row_id = somebody(Role.EMPLOYER), uuid4()
    sent = [
        service.invite(_place(member)[0], EMAIL, as_manager=False, by=member.actor, row_id=row_id) for _ in range(2)
    ]
    assert sent[0].id == sent[1].id == row_id
    assert len(letters("invitation")) == 1


def test_a_withdrawn_invitation_serves_no_more(session: scoped_session) -> None:
    member, stranger = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    token = _invited(member)
    (invitation,) = session.scalars(select(Invitation))
    for who, place in ((stranger, _place(member)[0]), (stranger, _place(stranger)[0])):
        with pytest.raises(NotFound):
            service.revoke(place, invitation.id, by=who.actor)
    service.revoke(_place(member)[0], invitation.id, by=member.actor)
    service.revoke(_place(member)[0], invitation.id, by=member.actor)
    assert _reason(service.accept_as_new, token, WHO, HERE) is OrganisationRefusal.INVITATION_OVER


def test_an_invitation_already_accepted_is_not_withdrawn(session: scoped_session) -> None:
    member = somebody(Role.EMPLOYER)
    service.accept_as_new(_invited(member), WHO, HERE)
    (invitation,) = session.scalars(select(Invitation))
    reason = _reason(service.revoke, _place(member)[0], invitation.id, by=member.actor)
    assert reason is OrganisationRefusal.INVITATION_OVER


def test_an_account_joins_with_its_own_invitation_only(session: scoped_session) -> None:
    host, guest, other = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    token = _invited(host, guest.user.email or "")
    assert _reason(service.accept_as_new, token, WHO, HERE) is OrganisationRefusal.ACCOUNT_EXISTS
    assert _reason(service.accept_as_known, token, by=other.actor) is OrganisationRefusal.INVITATION_FOR_ANOTHER
    place_id = service.accept_as_known(token, by=guest.actor)
    assert session.get_one(Membership, place_id).user_id == guest.user.id
    assert _reason(service.accept_as_known, token, by=guest.actor) is OrganisationRefusal.INVITATION_OVER


def test_who_invites_a_candidate_does_not_learn_it(session: scoped_session) -> None:
    a_candidate(email=EMAIL)
    token = _invited(somebody(Role.EMPLOYER))
    assert accounts.signed_in_by(service.accept_as_new(token, WHO, HERE)) is not None


def test_a_weak_password_leaves_the_invitation_open(session: scoped_session) -> None:
    token = _invited(somebody(Role.EMPLOYER))
    weak = service.NewMember("Nour", "O’Brien", None, "nour o’brien 1990")
    assert _reason(service.accept_as_new, token, weak, HERE) is AccountRefusal.PASSWORD_PERSONAL
    assert service.accept_as_new(token, WHO, HERE)


def test_a_member_is_not_invited_again(session: scoped_session) -> None:
    host, colleague = somebody(Role.EMPLOYER), None
    colleague = somebody(Role.EMPLOYER, host.organisation, manager=False)
    reason = _reason(service.invite, _place(host)[0], colleague.user.email, as_manager=False, by=host.actor)
    assert reason is OrganisationRefusal.ALREADY_MEMBER


def test_a_member_invites_no_manager_and_nobody_invites_elsewhere(session: scoped_session) -> None:
    member, stranger = somebody(Role.EMPLOYER, manager=False), somebody(Role.EMPLOYER)
    reason = _reason(service.invite, _place(member)[0], EMAIL, as_manager=True, by=member.actor)
    assert reason is OrganisationRefusal.ONLY_MANAGERS
    with pytest.raises(NotFound):
        service.invite(_place(member)[0], EMAIL, as_manager=False, by=stranger.actor)
    with pytest.raises(NotFound):  # sees the firm, is not of it
        service.invite(_place(member)[0], EMAIL, as_manager=False, by=somebody(Role.FACILITATOR).actor)


def test_members_of_a_plie_are_invited_by_the_departement(session: scoped_session) -> None:
    manager = somebody(Role.FACILITATOR)
    reason = _reason(service.invite, _place(manager)[0], EMAIL, as_manager=False, by=manager.actor)
    assert reason is OrganisationRefusal.DEPARTMENT_INVITES
    assert manager.organisation is not None
    manager.organisation.territory_code = "sud-essonne"
    agent = somebody(Role.DEPARTMENT)
    service.invite(_place(manager)[0], EMAIL, as_manager=False, by=agent.actor)
    token = link_in(letters("invitation", EMAIL)[0]).removeprefix("/invitation/")
    known = accounts.signed_in_by(service.accept_as_new(token, WHO, HERE))
    assert known is not None
    assert (known.actor.role, known.actor.territory_code) == (Role.FACILITATOR, "sud-essonne")


def test_a_manager_names_another_and_may_then_step_down(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    place_id, mine = _place(manager)
    theirs = _place(member)[1]
    change = {"territory_code": None, "by": manager.actor}
    assert (
        _reason(service.change_member, place_id, mine.id, is_manager=False, **change)
        is OrganisationRefusal.LAST_MANAGER
    )
    service.change_member(place_id, theirs.id, is_manager=True, **change)  # type: ignore[arg-type]
    service.change_member(place_id, mine.id, is_manager=False, **change)  # type: ignore[arg-type]
    assert (mine.is_manager, theirs.is_manager) == (False, True)


def test_alone_a_manager_does_not_step_down_but_may_leave(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    place_id, mine = _place(manager)
    reason = _reason(service.change_member, place_id, mine.id, is_manager=False, territory_code=None, by=manager.actor)
    assert reason is OrganisationRefusal.LAST_MANAGER
    service.leave(place_id, by=manager.actor)
    assert mine.left_at is not None


def test_a_removed_member_is_signed_out_at_once_and_told(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member = with_password(organisation=manager.organisation, manager=False)
    token = accounts.sign_in(member.user.email or "", PASSWORD, HERE)
    place_id, theirs = _place(member)
    service.remove_member(place_id, theirs.id, by=manager.actor)
    assert accounts.signed_in_by(token) is None
    assert len(letters("member_removed", member.user.email)) == 1
    assert _reason(accounts.sign_in, member.user.email, PASSWORD, HERE) is AccountRefusal.NO_ORGANISATION
    with pytest.raises(NotFound):
        service.remove_member(place_id, theirs.id, by=manager.actor)


def test_who_comes_back_has_a_new_place_and_the_old_session_stays_dead(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member = with_password(organisation=manager.organisation, manager=False)
    token = accounts.sign_in(member.user.email or "", PASSWORD, HERE)
    service.remove_member(_place(member)[0], _place(member)[1].id, by=manager.actor)
    service.accept_as_known(_invited(manager, member.user.email or ""), by=member.actor)
    assert accounts.signed_in_by(token) is None
    assert accounts.sign_in(member.user.email or "", PASSWORD, HERE)


def test_only_managers_change_and_remove(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    place_id, theirs = _place(manager)
    for who in (member, somebody(Role.EMPLOYER), somebody(Role.FACILITATOR)):
        with pytest.raises(NotFound):
            service.remove_member(place_id, theirs.id, by=who.actor)
        with pytest.raises(NotFound):
            service.change_member(place_id, theirs.id, is_manager=False, territory_code=None, by=who.actor)
    with pytest.raises(NotFound):  # a member of another organisation, by way of one's own
        service.remove_member(place_id, _place(somebody(Role.EMPLOYER))[1].id, by=manager.actor)


def test_the_last_manager_leaves_after_naming_another(session: scoped_session) -> None:
    manager = with_password()
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    place_id, mine = _place(manager)
    token = accounts.sign_in(manager.user.email or "", PASSWORD, HERE)
    assert _reason(service.leave, place_id, by=manager.actor) is OrganisationRefusal.LAST_MANAGER
    assert (
        _reason(service.leave, place_id, by=manager.actor, successor_id=mine.id) is OrganisationRefusal.NOT_A_COLLEAGUE
    )
    with pytest.raises(NotFound):
        service.leave(place_id, by=manager.actor, successor_id=_place(somebody(Role.EMPLOYER))[1].id)
    service.leave(place_id, by=manager.actor, successor_id=_place(member)[1].id)
    assert accounts.signed_in_by(token) is None
    assert _place(member)[1].is_manager


def test_a_member_who_leaves_names_nobody(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member, third = (somebody(Role.EMPLOYER, manager.organisation, manager=False) for _ in range(2))
    reason = _reason(service.leave, _place(member)[0], by=member.actor, successor_id=_place(third)[1].id)
    assert reason is OrganisationRefusal.NOT_A_COLLEAGUE
    service.leave(_place(member)[0], by=member.actor)
    assert _place(member)[1].left_at is not None
    with pytest.raises(NotFound):
        service.leave(_place(somebody(Role.EMPLOYER))[0], by=manager.actor)


def _request(session: scoped_session, host: Somebody) -> tuple[Somebody, JoinRequest]:
    person = with_password()
    request = JoinRequest(organisation_id=_place(host)[0], user_id=person.user.id)
    session.add(request)
    session.flush()
    return person, request


def test_a_manager_lets_in_who_asks(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    person, request = _request(session, manager)
    service.answer_request(_place(manager)[0], request.id, RequestAction.ACCEPT, by=manager.actor)
    assert {place.organisation_id for place, _ in queries.places_by_user([person.user.id])[person.user.id]} == {
        _place(manager)[0], _place(person)[0],
    }  # fmt: skip
    assert len(letters("join_accepted", person.user.email)) == 1
    reason = _reason(service.answer_request, _place(manager)[0], request.id, RequestAction.DECLINE, by=manager.actor)
    assert reason is WorkflowRefusal.WRONG_STATE


def test_a_declined_request_lets_nobody_in(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    person, request = _request(session, manager)
    service.answer_request(_place(manager)[0], request.id, RequestAction.DECLINE, by=manager.actor)
    assert len(queries.places_by_user([person.user.id])[person.user.id]) == 1
    assert len(letters("join_declined", person.user.email)) == 1


def test_a_request_is_answered_by_its_managers_only(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    stranger = somebody(Role.EMPLOYER)
    _, request = _request(session, manager)
    for who, place_id in (
        (member, _place(manager)[0]),
        (stranger, _place(manager)[0]),
        (stranger, _place(stranger)[0]),
    ):
        with pytest.raises(NotFound):
            service.answer_request(place_id, request.id, RequestAction.ACCEPT, by=who.actor)


def test_an_administrator_names_another_who_may_switch(session: scoped_session) -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    agent = somebody(Role.DEPARTMENT, administrator.organisation)
    place = service.name_administrator(agent.user.id, by=administrator.actor)
    assert (place.role, place.organisation_id) == (Role.ADMINISTRATOR, _place(agent)[0])
    assert service.name_administrator(agent.user.id, by=administrator.actor) is place
    firm = somebody(Role.EMPLOYER)
    assert (
        _reason(service.name_administrator, firm.user.id, by=administrator.actor) is OrganisationRefusal.NOT_A_COLLEAGUE
    )
    with pytest.raises(NotFound):
        service.name_administrator(agent.user.id, by=agent.actor)


def test_the_last_administrator_stays(session: scoped_session) -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    agent = somebody(Role.DEPARTMENT, administrator.organisation)
    place_id, mine = _place(administrator)
    for act in (
        lambda: service.leave(place_id, by=administrator.actor),
        lambda: service.remove_member(place_id, mine.id, by=administrator.actor),
    ):
        assert _reason(act) is OrganisationRefusal.LAST_ADMINISTRATOR
    with pytest.raises(NotFound):  # an agent does not remove an administrator
        service.remove_member(place_id, mine.id, by=agent.actor)
    service.name_administrator(agent.user.id, by=administrator.actor)
    service.leave(place_id, by=administrator.actor)
    assert mine.left_at is not None


def test_a_closed_account_is_signed_out_and_may_be_reopened(session: scoped_session) -> None:
    administrator, person = somebody(Role.ADMINISTRATOR), with_password()
    token = accounts.sign_in(person.user.email or "", PASSWORD, HERE)
    service.set_disabled(person.user.id, True, by=administrator.actor)
    assert accounts.signed_in_by(token) is None
    assert _reason(accounts.sign_in, person.user.email, PASSWORD, HERE) is AccountRefusal.WRONG_CREDENTIALS
    service.set_disabled(person.user.id, False, by=administrator.actor)
    assert accounts.signed_in_by(token) is None
    assert accounts.sign_in(person.user.email or "", PASSWORD, HERE)


def test_nobody_closes_their_own_account_nor_a_candidate_s(session: scoped_session) -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    assert _reason(service.set_disabled, administrator.user.id, True, by=administrator.actor) is AccountRefusal.YOURSELF
    for user_id in (a_candidate().id, uuid4()):
        with pytest.raises(NotFound):
            service.set_disabled(user_id, True, by=administrator.actor)
    with pytest.raises(NotFound):
        service.set_disabled(administrator.user.id, True, by=somebody(Role.DEPARTMENT).actor)
