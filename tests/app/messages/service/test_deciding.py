"""Only an administrator sends again what failed or may have left, and their decision is in the trail."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.errors import NotFound
from app.core.roles import Role
from app.messages.models import Message
from app.messages.rules import MessageState
from app.messages.service.deciding import leave, send_again
from app.messages.service.sending import deliver
from tests.factories.messages import a_required_one
from tests.factories.people import somebody


def in_state(state: MessageState) -> Message:
    message = a_required_one()
    message.state, message.attempts, message.last_error = state, 8, "451 later"
    return message


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_sent_again_it_has_all_its_attempts_before_it(
    session: scoped_session, by_smtp: Any, today: date, state: MessageState
) -> None:
    message = in_state(state)
    session.commit()
    assert send_again([message.id], by=somebody(Role.ADMINISTRATOR).actor) == 1
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert deliver() == Counter(sent=1)
    assert by_smtp.ids == [str(message.id)]


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_left_it_never_leaves(session: scoped_session, by_smtp: Any, today: date, state: MessageState) -> None:
    message = in_state(state)
    session.commit()
    assert leave([message.id], by=somebody(Role.ADMINISTRATOR).actor) == 1
    assert message.state is MessageState.UNWANTED
    assert deliver() == Counter()


@pytest.mark.parametrize("act", [send_again, leave])
@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.SENDING, MessageState.QUEUED])
def test_what_needs_no_decision_is_left_as_it_is(
    session: scoped_session, today: date, act: Callable[..., int], state: MessageState
) -> None:
    message = a_required_one()
    message.state, message.claimed_at = state, message.created_at
    message.sent_at = message.created_at if state is MessageState.SENT else None
    session.commit()
    assert act([message.id], by=somebody(Role.ADMINISTRATOR).actor) == 0
    assert message.state is state


@pytest.mark.parametrize("act", [send_again, leave])
@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.DEPARTMENT, Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT])
def test_nobody_else_decides(session: scoped_session, act: Callable[..., int], role: Role) -> None:
    message = in_state(MessageState.FAILED)
    by = somebody(role).actor
    session.commit()
    with pytest.raises(NotFound):
        act([message.id], by=by)
    assert message.state is MessageState.FAILED


def test_the_decision_is_noted_without_the_words_of_the_message(session: scoped_session, today: date) -> None:
    message = in_state(MessageState.UNCERTAIN)
    session.commit()
    by = somebody(Role.ADMINISTRATOR).actor
    send_again([message.id], by=by)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.object_id == message.id)).one()
    assert (entry.action, entry.actor_user_id, entry.details) == (
        "message.sent_again",
        by.user_id,
        {"kind": "join_accepted"},
    )
