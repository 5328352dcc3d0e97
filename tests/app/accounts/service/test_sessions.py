"""A session is opened, slides, changes place, and ends at once when it must."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts import queries, service
from app.accounts.models import Membership, SignInCode, Throttle, UserSession
from app.accounts.rules import AccountRefusal, CodeChannel
from app.accounts.service.hashing import token_hash
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.organisations.rules import OrganisationState
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody


def _enter(person: Somebody) -> str:
    return service.enter(person.user.id, person.membership.id if person.membership else None, user_agent="Firefox")


def _row(session: scoped_session, token: str) -> UserSession:
    return session.scalars(select(UserSession).where(UserSession.token_hash == token_hash(token))).one()


def test_the_table_keeps_the_hash_of_the_token_only(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER)
    token = _enter(person)
    row = _row(session, token)
    assert row.user_id == person.user.id
    assert token.encode() not in row.token_hash
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == person.user.id)).all() == [
        "account.signed_in"
    ]


def test_the_token_brings_back_the_person_in_their_place_with_one_statement(
    session: scoped_session, statements: Statements
) -> None:
    person = somebody(Role.FACILITATOR, territory="nord-ouest", manager=True)
    token = _enter(person)
    statements.clear()
    known = service.signed_in_by(token)
    assert len(statements) == 1
    assert known is not None
    actor = known.actor
    assert (actor.role, actor.user_id, actor.organisation_id) == (
        Role.FACILITATOR,
        person.user.id,
        person.organisation.id if person.organisation else None,
    )
    assert actor.organisation_name == (person.organisation.name if person.organisation else "")
    assert actor.territory_code == "nord-ouest"
    assert actor.is_manager
    assert actor.session_id == known.session_id
    assert known.get_id() == token


def test_a_candidate_comes_back_as_a_candidate(session: scoped_session) -> None:
    person = somebody(Role.CANDIDATE)
    known = service.signed_in_by(_enter(person))
    assert known is not None
    assert known.actor.role is Role.CANDIDATE
    assert known.actor.candidate_id == person.user.candidate_id
    assert known.memberships == ()


def test_an_unknown_token_is_nobody(session: scoped_session) -> None:
    assert service.signed_in_by("a token that was never given") is None


def test_a_professional_unseen_for_twelve_hours_is_signed_out(session: scoped_session, today: date) -> None:
    token = _enter(somebody(Role.EMPLOYER))
    start = clock.now()
    with clock.frozen(start + timedelta(hours=11, minutes=59)):
        assert service.signed_in_by(token) is not None
    with clock.frozen(start + timedelta(hours=23, minutes=58)):  # it slid
        assert service.signed_in_by(token) is not None
    with clock.frozen(start + timedelta(hours=36)):
        assert service.signed_in_by(token) is None


def test_a_candidate_unseen_for_thirty_days_is_signed_out(session: scoped_session, today: date) -> None:
    token = _enter(somebody(Role.CANDIDATE))
    start = clock.now()
    with clock.frozen(start + timedelta(days=29, hours=23)):
        assert service.signed_in_by(token) is not None
    with clock.frozen(start + timedelta(days=60)):
        assert service.signed_in_by(token) is None


def test_being_seen_is_written_every_five_minutes_at_most(
    session: scoped_session, today: date, statements: Statements
) -> None:
    token = _enter(somebody(Role.EMPLOYER))
    start = clock.now()

    def seen_at(moment: datetime) -> int:
        statements.clear()
        with clock.frozen(moment):
            service.signed_in_by(token)
        return sum(statement.startswith("UPDATE") for statement in statements)

    assert seen_at(start + timedelta(minutes=4, seconds=59)) == 0
    assert seen_at(start + timedelta(minutes=5)) == 1
    assert seen_at(start + timedelta(minutes=9)) == 0
    assert seen_at(start + timedelta(minutes=10)) == 1


def _left(session: scoped_session, person: Somebody) -> None:
    assert person.membership is not None
    service.end_member(person.membership, by=person.actor)


def _removed_without_a_word(session: scoped_session, person: Somebody) -> None:
    assert person.membership is not None
    person.membership.left_at = clock.now()


def _disabled(session: scoped_session, person: Somebody) -> None:
    person.user.disabled_at = clock.now()


def _closed(session: scoped_session, person: Somebody) -> None:
    assert person.organisation is not None
    person.organisation.state = OrganisationState.CLOSED


def _refused(session: scoped_session, person: Somebody) -> None:
    assert person.organisation is not None
    person.organisation.state = OrganisationState.REFUSED


@pytest.mark.parametrize("end", [_left, _removed_without_a_word, _disabled, _closed, _refused])
def test_a_place_that_ends_signs_out_at_once(session: scoped_session, end) -> None:  # type: ignore[no-untyped-def]
    person = somebody(Role.EMPLOYER)
    token = _enter(person)
    assert service.signed_in_by(token) is not None
    end(session, person)
    session.flush()
    assert service.signed_in_by(token) is None


def test_nobody_enters_a_place_that_is_not_theirs(session: scoped_session) -> None:
    mine, theirs = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    assert theirs.membership is not None
    with pytest.raises(Refused) as caught:
        service.enter(mine.user.id, theirs.membership.id)
    assert caught.value.reasons == (AccountRefusal.NO_ORGANISATION,)


def test_switching_changes_the_token_the_role_and_the_place(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER)
    plie = somebody(Role.FACILITATOR).organisation
    assert plie is not None
    other = service.add_member(person.user.id, plie.id, Role.FACILITATOR, by=person.actor, territory_code="sud-essonne")
    token = _enter(person)
    known = service.signed_in_by(token)
    assert known is not None
    assert {place.current for place in known.memberships} == {True, False}

    new_token = service.switch(known.actor, other.id)
    assert service.signed_in_by(token) is None
    switched = service.signed_in_by(new_token)
    assert switched is not None
    assert switched.session_id == known.session_id
    assert (switched.actor.role, switched.actor.organisation_id) == (Role.FACILITATOR, plie.id)
    assert switched.actor.territory_code == "sud-essonne"


def test_nobody_switches_to_the_place_of_another(session: scoped_session) -> None:
    person, stranger = somebody(Role.EMPLOYER), somebody(Role.DEPARTMENT)
    known = service.signed_in_by(_enter(person))
    assert known is not None
    assert stranger.membership is not None
    for place_id in (stranger.membership.id, uuid4()):
        with pytest.raises(NotFound):
            service.switch(known.actor, place_id)


def test_nobody_switches_to_a_place_of_an_organisation_that_waits(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER)
    waiting = an_organisation(state=OrganisationState.PENDING)
    place = service.add_member(person.user.id, waiting.id, Role.EMPLOYER, by=person.actor)
    known = service.signed_in_by(_enter(person))
    assert known is not None
    assert len(known.memberships) == 1
    with pytest.raises(NotFound):
        service.switch(known.actor, place.id)


def test_an_administrator_sees_the_two_places_of_one_organisation_apart(session: scoped_session) -> None:
    person = somebody(Role.DEPARTMENT)
    assert person.organisation is not None
    service.add_member(person.user.id, person.organisation.id, Role.ADMINISTRATOR, by=person.actor)
    known = service.signed_in_by(_enter(person))
    assert known is not None
    names = {place.organisation_name for place in known.memberships}
    assert names == {person.organisation.name, f"{person.organisation.name} (administration)"}


def test_one_ends_ones_own_sessions_and_nobody_elses(session: scoped_session) -> None:
    person, stranger = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    here, there, theirs = _enter(person), _enter(person), _enter(stranger)
    known = service.signed_in_by(here)
    assert known is not None
    with pytest.raises(NotFound):
        service.end_session(known.actor, _row(session, theirs).id)
    service.end_session(known.actor, _row(session, there).id)
    assert service.signed_in_by(there) is None
    assert service.signed_in_by(here) is not None
    assert service.signed_in_by(theirs) is not None


def test_ending_the_other_sessions_keeps_this_one(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER)
    tokens = [_enter(person) for _ in range(3)]
    known = service.signed_in_by(tokens[1])
    assert known is not None
    assert service.end_other_sessions(known.actor) == 2
    assert [service.signed_in_by(token) is not None for token in tokens] == [False, True, False]
    assert len(queries.sessions_of(person.user.id, clock.now())) == 1


def test_the_next_sign_in_leads_where_one_was_last(session: scoped_session, today: date) -> None:
    person = somebody(Role.EMPLOYER)
    later = an_organisation(name="Zed")
    assert person.membership is not None
    assert queries.first_place(person.user.id) == person.membership.id
    with clock.frozen(clock.now() + timedelta(hours=1)):
        place = service.add_member(person.user.id, later.id, Role.EMPLOYER, by=person.actor)
        assert queries.first_place(person.user.id) == person.membership.id
        service.enter(person.user.id, place.id)
    assert queries.first_place(person.user.id) == place.id


def test_what_serves_no_more_is_forgotten_and_the_rest_is_kept(session: scoped_session, today: date) -> None:
    person = somebody(Role.CANDIDATE)
    now = clock.now()
    long_ago = now - timedelta(days=200)
    session.add_all(
        [
            Throttle(key="old", window_ends_at=now - timedelta(seconds=1), count=3),
            Throttle(key="live", window_ends_at=now + timedelta(minutes=1), count=3),
            UserSession(token_hash=b"o" * 32, user_id=person.user.id, expires_at=long_ago),
            SignInCode(user_id=person.user.id, channel=CodeChannel.PAPER, code_hash=b"c" * 32, expires_at=long_ago),
        ]
    )
    token = _enter(person)
    service.forget_expired()
    service.forget_expired()
    assert session.scalars(select(Throttle.key)).all() == ["live"]
    assert session.scalars(select(SignInCode.id)).all() == []
    assert service.signed_in_by(token) is not None
    assert len(session.scalars(select(UserSession.id)).all()) == 1


def test_a_membership_is_never_made_twice(session: scoped_session) -> None:
    person = somebody(Role.EMPLOYER, manager=False)
    assert person.organisation is not None
    again = service.add_member(person.user.id, person.organisation.id, Role.EMPLOYER, by=person.actor, is_manager=True)
    assert again is person.membership
    assert again.is_manager
    assert len(session.scalars(select(Membership).where(Membership.user_id == person.user.id)).all()) == 1
