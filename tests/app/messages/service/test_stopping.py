"""A « no » in one click changes one wish of one reader, and holds back what had not left."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound
from app.core.roles import Role
from app.messages.models import Message, MessageWish
from app.messages.queries.wishes import wishes_of
from app.messages.rules import Category, MessageState, Wish
from app.messages.service.stopping import read_stop, set_wishes, stop, stop_link
from tests.factories.messages import a_gathered_one, a_refusable_one, a_required_one, reader
from tests.factories.people import somebody


def token_of(message: Message) -> str:
    return stop_link(message).rsplit("/", 1)[1]


def test_the_link_stops_its_category_for_its_reader_and_nothing_else(session: scoped_session, today: date) -> None:
    who, other = somebody(Role.REFERENT), somebody(Role.REFERENT)
    set_wishes({Category.FOLLOW_UP: Wish.NOW}, by=who.actor)
    message = a_refusable_one(reader(who.user.id))
    session.commit()
    asked = stop(token_of(message))
    assert (asked.category, asked.has_account) == (Category.ALERTS, True)
    assert wishes_of(who.user.id) == {Category.ALERTS: Wish.NEVER, Category.FOLLOW_UP: Wish.NOW}
    assert wishes_of(other.user.id) == {}
    assert a_refusable_one(reader(who.user.id)).state is MessageState.UNWANTED
    assert a_gathered_one(reader(who.user.id)).state is MessageState.QUEUED


def test_twice_is_as_once(session: scoped_session, today: date) -> None:
    message = a_refusable_one(reader(somebody(Role.REFERENT).user.id))
    session.commit()
    stop(token_of(message))
    stop(token_of(message))
    assert len(session.scalars(select(MessageWish)).all()) == 1


def test_an_address_without_account_says_no_for_itself(session: scoped_session, today: date) -> None:
    message = a_refusable_one(reader(email="Alex@Exemple.fr"))
    session.commit()
    assert stop(token_of(message)).has_account is False
    (wish,) = session.scalars(select(MessageWish)).all()
    assert (wish.user_id, wish.address, wish.wish) == (None, "alex@exemple.fr", Wish.NEVER)
    session.refresh(message)
    assert message.state is MessageState.UNWANTED
    assert a_refusable_one(reader(somebody(Role.REFERENT).user.id)).state is MessageState.QUEUED


def test_what_had_not_left_is_held_back_and_what_is_required_leaves(session: scoped_session, today: date) -> None:
    who = somebody(Role.REFERENT)
    to = reader(who.user.id)
    queued, required, other = a_refusable_one(to), a_required_one(to), a_gathered_one(to)
    session.commit()
    set_wishes({Category.ALERTS: Wish.NEVER}, by=who.actor)
    for message in (queued, required, other):
        session.refresh(message)
    assert (queued.state, required.state, other.state) == (
        MessageState.UNWANTED,
        MessageState.QUEUED,
        MessageState.WAITING,
    )


def test_without_a_digest_nothing_waits_any_more(session: scoped_session, today: date) -> None:
    who = somebody(Role.REFERENT)
    waiting, queued = a_gathered_one(reader(who.user.id)), a_refusable_one(reader(who.user.id))
    session.commit()
    set_wishes({Category.DIGEST: Wish.NEVER}, by=who.actor)
    session.refresh(waiting)
    session.refresh(queued)
    assert (waiting.state, queued.state) == (MessageState.UNWANTED, MessageState.QUEUED)


def test_only_what_changes_is_kept(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    set_wishes({Category.FOLLOW_UP: Wish.DAILY, Category.ALERTS: Wish.DAILY}, by=who.actor)
    assert wishes_of(who.user.id) == {Category.ALERTS: Wish.DAILY}
    set_wishes({Category.FOLLOW_UP: Wish.DAILY, Category.ALERTS: Wish.NOW}, by=who.actor)
    assert wishes_of(who.user.id) == {Category.ALERTS: Wish.NOW}


def test_nobody_asks_for_what_is_not_offered_to_them(session: scoped_session) -> None:
    person = somebody(Role.CANDIDATE)
    set_wishes({Category.APPLICATIONS: Wish.DAILY, Category.SIGN_IN: Wish.NEVER}, by=person.actor)
    employer = somebody(Role.EMPLOYER)
    set_wishes({Category.ALERTS: Wish.NEVER, Category.DIGEST: Wish.NOW}, by=employer.actor)
    assert session.scalars(select(MessageWish)).all() == []


@pytest.mark.parametrize("token", ["", "nonsense", "WyJhIiwiYiJd.x", "a" * 3000, "é"])
def test_a_link_that_this_portal_did_not_write_leads_nowhere(session: scoped_session, token: str) -> None:
    with pytest.raises(NotFound):
        read_stop(token)


def test_a_link_that_was_changed_leads_nowhere(session: scoped_session, today: date) -> None:
    token = token_of(a_refusable_one())
    with pytest.raises(NotFound):
        read_stop(("a" if token[0] != "a" else "b") + token[1:])


def test_a_link_to_a_message_that_is_gone_leads_nowhere(session: scoped_session, today: date) -> None:
    message = a_refusable_one()
    token = token_of(message)
    message.id = uuid4()
    session.flush()
    with pytest.raises(NotFound):
        read_stop(token)
