"""Professionals come in with a password; who has none or another learns nothing."""

import re
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts import service
from app.accounts.models import PasswordReset, UserSession
from app.accounts.rules import AccountRefusal
from app.accounts.service import hashing
from app.core import clock
from app.core.db import db
from app.core.errors import Refused, Throttled
from app.core.roles import Role
from app.messages.models import Message
from app.organisations.rules import OrganisationState
from tests.factories.accounts import ANOTHER, HERE, PASSWORD, a_candidate, with_password
from tests.factories.organisations import letters
from tests.factories.people import an_organisation, somebody


def _refusals(email: str, password: str) -> tuple[object, ...]:
    with pytest.raises(Refused) as caught:
        service.sign_in(email, password, HERE)
    return caught.value.reasons


def test_the_right_password_opens_a_session(session: scoped_session) -> None:
    person = with_password()
    token = service.sign_in(person.user.email or "", PASSWORD, HERE)
    known = service.signed_in_by(token)
    assert known is not None
    assert known.actor.user_id == person.user.id
    assert session.scalars(select(UserSession.user_agent)).all() == [HERE.user_agent]
    assert person.user.last_sign_in_at is not None


def test_who_does_not_know_the_password_learns_nothing(session: scoped_session) -> None:
    known = with_password()
    disabled = with_password()
    disabled.user.disabled_at = clock.now()
    waiting = with_password(organisation=an_organisation(state=OrganisationState.APPROVED))
    assert waiting.organisation is not None
    waiting.organisation.state = OrganisationState.PENDING
    candidate = a_candidate(email="camille@exemple.fr")
    without = somebody(Role.EMPLOYER)
    session.flush()
    wrong = (AccountRefusal.WRONG_CREDENTIALS,)
    assert _refusals(known.user.email or "", ANOTHER) == wrong
    assert _refusals("personne@exemple.fr", PASSWORD) == wrong
    assert _refusals(disabled.user.email or "", PASSWORD) == wrong
    assert _refusals(waiting.user.email or "", ANOTHER) == wrong
    assert _refusals(candidate.email or "", PASSWORD) == wrong
    assert _refusals(without.user.email or "", PASSWORD) == wrong
    assert _refusals(known.user.email or "", "") == wrong


def test_who_knows_the_password_is_told_why_the_door_is_closed(session: scoped_session) -> None:
    waiting, alone = with_password(), with_password()
    assert waiting.organisation is not None
    assert alone.membership is not None
    waiting.organisation.state = OrganisationState.PENDING
    service.end_member(alone.membership, by=alone.actor)
    session.flush()
    assert _refusals(waiting.user.email or "", PASSWORD) == (AccountRefusal.ORGANISATION_PENDING,)
    assert _refusals(alone.user.email or "", PASSWORD) == (AccountRefusal.NO_ORGANISATION,)


def test_an_unknown_account_is_checked_against_a_hash_of_the_same_cost() -> None:
    fresh = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash("whatever")
    assert extract_parameters(hashing.NOBODY) == extract_parameters(fresh)
    assert extract_parameters(hashing.hash_password("whatever")) == extract_parameters(fresh)
    assert not hashing.password_matches(None, "nobody has this password")


def test_a_hash_of_weaker_measures_is_made_again_at_the_next_sign_in(session: scoped_session) -> None:
    person = with_password()
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    person.user.password_hash = weak
    session.flush()
    service.sign_in(person.user.email or "", PASSWORD, HERE)
    kept = person.user.password_hash
    assert kept != weak
    assert hashing.password_matches(kept, PASSWORD)
    assert not hashing.is_outdated(kept)


def test_ten_wrong_tries_close_an_account_for_a_quarter_of_an_hour(session: scoped_session, today: date) -> None:
    person = with_password()
    email = person.user.email or ""
    for _ in range(10):
        assert _refusals(email, ANOTHER) == (AccountRefusal.WRONG_CREDENTIALS,)
    with pytest.raises(Throttled) as caught:
        service.sign_in(email, PASSWORD, HERE)
    assert caught.value.retry_after == 15 * 60
    with clock.frozen(clock.now() + timedelta(minutes=15)):
        assert service.sign_in(email, PASSWORD, HERE)


def test_an_unknown_account_closes_after_as_many_tries(session: scoped_session, today: date) -> None:
    for _ in range(10):
        assert _refusals("personne@exemple.fr", ANOTHER) == (AccountRefusal.WRONG_CREDENTIALS,)
    with pytest.raises(Throttled) as caught:
        service.sign_in("personne@exemple.fr", PASSWORD, HERE)
    assert caught.value.retry_after == 15 * 60


def test_the_right_password_forgives_the_wrong_ones(session: scoped_session) -> None:
    email = with_password().user.email or ""
    for _ in range(3):
        for _ in range(9):
            _refusals(email, ANOTHER)
        service.sign_in(email, PASSWORD, HERE)


def _asked(email: str) -> str:
    """The token of the link that was sent."""
    service.ask_reset(email, HERE)
    found = re.search(r"/mot-de-passe/(\S+)", letters("password_reset", email)[-1].body)
    assert found is not None
    return found[1]


def test_a_link_changes_the_password_once_and_ends_every_session(session: scoped_session) -> None:
    person = with_password()
    email = person.user.email or ""
    before = service.sign_in(email, PASSWORD, HERE)
    token = _asked(email)
    service.check_reset(token)
    service.choose_password(token, ANOTHER)
    assert service.signed_in_by(before) is None
    assert _refusals(email, PASSWORD) == (AccountRefusal.WRONG_CREDENTIALS,)
    assert service.sign_in(email, ANOTHER, HERE)
    assert len(letters("password_changed", email)) == 1
    for use in (service.check_reset, lambda it: service.choose_password(it, PASSWORD)):
        with pytest.raises(Refused) as caught:
            use(token)
        assert caught.value.reasons == (AccountRefusal.LINK_TOO_OLD,)


def test_a_link_serves_for_one_hour(session: scoped_session, today: date) -> None:
    token = _asked(with_password().user.email or "")
    with clock.frozen(clock.now() + timedelta(minutes=59)):
        service.check_reset(token)
    with clock.frozen(clock.now() + timedelta(hours=1)), pytest.raises(Refused):
        service.choose_password(token, ANOTHER)


def test_a_link_takes_no_weak_password_and_still_serves(session: scoped_session) -> None:
    person = with_password()
    token = _asked(person.user.email or "")
    assert person.organisation is not None
    with pytest.raises(Refused) as caught:
        service.choose_password(token, f"{person.user.last_name}{person.organisation.name}")
    assert caught.value.reasons == (AccountRefusal.PASSWORD_PERSONAL,)
    assert caught.value.fields == {AccountRefusal.PASSWORD_PERSONAL: "password"}
    service.choose_password(token, ANOTHER)


def test_nothing_is_sent_to_who_has_no_professional_account(session: scoped_session) -> None:
    a_candidate(email="camille@exemple.fr")
    for email in ("personne@exemple.fr", "camille@exemple.fr"):
        service.ask_reset(email, HERE)
    assert session.scalar(select(func.count()).select_from(Message)) == 0
    assert session.scalar(select(func.count()).select_from(PasswordReset)) == 0


def test_links_are_asked_five_times_an_hour_at_most(session: scoped_session) -> None:
    for email in (with_password().user.email or "", "personne@exemple.fr"):
        for _ in range(5):
            service.ask_reset(email, HERE)
        with pytest.raises(Throttled):
            service.ask_reset(email, HERE)


def test_changing_the_password_asks_the_present_one_and_ends_the_other_sessions(session: scoped_session) -> None:
    person = with_password()
    email = person.user.email or ""
    here, there = service.sign_in(email, PASSWORD, HERE), service.sign_in(email, PASSWORD, HERE)
    known = service.signed_in_by(here)
    assert known is not None
    with pytest.raises(Refused) as caught:
        service.change_password(known.actor, ANOTHER, ANOTHER)
    assert caught.value.reasons == (AccountRefusal.PASSWORD_WRONG,)
    db.session.expire_all()
    new_token = service.change_password(known.actor, PASSWORD, ANOTHER)
    assert service.signed_in_by(here) is None
    assert service.signed_in_by(there) is None
    again = service.signed_in_by(new_token)
    assert again is not None
    assert again.session_id == known.session_id
    assert service.sign_in(email, ANOTHER, HERE)
