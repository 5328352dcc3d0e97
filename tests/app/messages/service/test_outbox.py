"""What becomes of a message when it is written: once a key, as its reader wishes, at an hour that suits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.core.transaction import transaction
from app.messages import service
from app.messages.models import Message, MessageWish
from app.messages.queries.wishes import know_readers
from app.messages.rules import Category, Channel, MessageState, Recipient, Wish
from app.messages.rules.kinds import UnknownKind
from app.messages.service.stopping import set_wishes
from tests.factories.messages import a_code, a_gathered_one, a_refusable_one, a_required_one, reader
from tests.factories.people import Somebody, somebody

NIGHT = datetime(2026, 11, 5, 22, 0, tzinfo=UTC)


def to(who: Somebody) -> Recipient:
    return reader(who.user.id)


def read(statements: list[str]) -> list[str]:
    """Beside the rows written, what was looked up."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def test_a_key_is_written_once(session: scoped_session) -> None:
    first = a_required_one(key="k1")
    assert service.queue("join_accepted", reader(), key="k1", name="N", url="https://x.fr") is None
    session.commit()
    assert session.scalars(select(Message.id)).all() == [first.id]


def test_a_message_with_a_key_has_all_that_another_has(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    message = a_required_one(to(who), key="k1", about=("user", who.user.id))
    session.commit()
    kept = session.scalars(select(Message).execution_options(populate_existing=True)).one()
    assert kept is message
    assert (kept.kind, kept.channel, kept.to_user_id) == ("join_accepted", Channel.EMAIL, who.user.id)
    assert (kept.about_id, kept.state) == (who.user.id, MessageState.QUEUED)
    assert (kept.attempts, kept.last_error, kept.short_target, kept.letterhead) == (0, "", "", None)
    assert kept.created_at is not None


def test_two_acts_at_once_write_one_key_once(own_app: Flask) -> None:
    barrier = Barrier(4)

    @transaction
    def act() -> bool:
        barrier.wait(timeout=60)
        return service.queue("join_accepted", reader(), key="same", name="N", url="https://x.fr") is not None

    def run(_number: int) -> bool:
        with own_app.app_context():
            try:
                return act()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == [False, False, False, True]
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_key_of_an_act_that_fails_is_free_again(session: scoped_session) -> None:
    @transaction
    def act(*, fails: bool) -> None:
        a_required_one(key="k1")
        if fails:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(fails=True)
    act(fails=False)
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_text_without_a_row_is_a_defect_at_once(session: scoped_session) -> None:
    with pytest.raises(UnknownKind):
        service.queue("unheard_of", reader())


def test_a_professional_reads_what_can_wait_once_a_day(session: scoped_session, today: date) -> None:
    who = somebody(Role.REFERENT)
    assert a_gathered_one(to(who)).state is MessageState.WAITING
    assert a_refusable_one(to(who)).state is MessageState.QUEUED
    assert a_code(to(who)).state is MessageState.QUEUED


def test_a_candidate_and_somebody_without_account_have_no_digest(session: scoped_session, today: date) -> None:
    assert a_gathered_one(to(somebody(Role.CANDIDATE))).state is MessageState.QUEUED
    assert a_gathered_one().state is MessageState.QUEUED


def test_what_is_refused_is_kept_and_does_not_leave(session: scoped_session, today: date) -> None:
    who = somebody(Role.REFERENT)
    set_wishes({Category.ALERTS: Wish.NEVER, Category.FOLLOW_UP: Wish.NOW}, by=who.actor)
    assert a_refusable_one(to(who)).state is MessageState.UNWANTED
    assert a_gathered_one(to(who)).state is MessageState.QUEUED
    assert a_required_one(to(who)).state is MessageState.QUEUED
    assert a_refusable_one(to(somebody(Role.REFERENT))).state is MessageState.QUEUED


def test_an_address_without_account_has_its_own_wishes(session: scoped_session, today: date) -> None:
    session.add(MessageWish(address="alex@exemple.fr", category=Category.ALERTS, wish=Wish.NEVER))
    session.flush()
    assert a_refusable_one(reader(email="Alex@Exemple.fr")).state is MessageState.UNWANTED
    assert a_refusable_one(reader(email="other@exemple.fr")).state is MessageState.QUEUED
    assert a_refusable_one(to(somebody(Role.REFERENT))).state is MessageState.QUEUED


@pytest.mark.parametrize(
    ("write", "leaves_at"),
    [
        (a_required_one, datetime(2026, 11, 6, 6, 0, tzinfo=UTC)),
        (a_refusable_one, datetime(2026, 11, 6, 6, 0, tzinfo=UTC)),
        (a_code, None),
    ],
    ids=["required", "refusable", "code"],
)
def test_at_night_only_a_code_leaves_at_once(
    session: scoped_session, write: Callable[[], Message], leaves_at: datetime | None
) -> None:
    with clock.frozen(NIGHT):
        assert write().not_before == leaves_at


def test_an_sms_written_on_saturday_evening_leaves_on_monday(session: scoped_session) -> None:
    with clock.frozen(datetime(2026, 10, 24, 18, 30, tzinfo=UTC)):
        message = a_required_one(channel=Channel.SMS)
    assert message.not_before == datetime(2026, 10, 26, 7, 0, tzinfo=UTC)


def test_writing_costs_one_statement_more_a_reader_however_many_messages(
    session: scoped_session, statements: list[str], today: date
) -> None:
    who = somebody(Role.REFERENT)
    session.flush()
    statements.clear()
    for _ in range(5):
        a_refusable_one(to(who))
    assert len(read(statements)) == 1
    a_code(to(who))
    assert len(read(statements)) == 1


def test_a_message_with_a_key_costs_one_statement(session: scoped_session, statements: list[str], today: date) -> None:
    statements.clear()
    a_required_one(key="k1")
    assert len(statements) == 1


def test_many_readers_are_looked_up_at_once(session: scoped_session, statements: list[str], today: date) -> None:
    people = [somebody(Role.REFERENT) for _ in range(4)] + [somebody(Role.CANDIDATE)]
    set_wishes({Category.ALERTS: Wish.NEVER}, by=people[0].actor)
    ids: list[UUID] = [who.user.id for who in people]
    statements.clear()
    know_readers(ids)
    assert len(read(statements)) == 2
    states = [a_refusable_one(to(who)).state for who in people]
    assert states == [MessageState.UNWANTED, *[MessageState.QUEUED] * 4]
    assert a_gathered_one(to(people[1])).state is MessageState.WAITING
    assert a_gathered_one(to(people[4])).state is MessageState.QUEUED
    assert len(read(statements)) == 2
