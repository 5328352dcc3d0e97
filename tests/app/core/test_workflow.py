"""One table says which act is possible, to whom, and what is drawn."""

from enum import StrEnum

import pytest

from app.core.errors import Refused
from app.core.workflow import Workflow, WorkflowRefusal, row


class _State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"


class _Action(StrEnum):
    SEND = "send"
    TAKE_BACK = "take_back"


class _Who(StrEnum):
    AUTHOR = "author"
    READER = "reader"


TABLE = Workflow(
    row(_Action.SEND, {_State.DRAFT}, _State.SENT, {_Who.AUTHOR}),
    row(_Action.TAKE_BACK, {_State.SENT}, _State.DRAFT, {_Who.AUTHOR}),
)


def test_the_table_answers_every_state_action_and_role() -> None:
    for state in _State:
        for action in _Action:
            for who in _Who:
                possible = who is _Who.AUTHOR and (state is _State.DRAFT) == (action is _Action.SEND)
                assert TABLE.allows(action, state, who) == possible
                assert (action in TABLE.actions(state, who)) == possible
                if possible:
                    assert TABLE.target(action, state, who) is not state
                else:
                    with pytest.raises(Refused):
                        TABLE.target(action, state, who)


def test_a_wrong_state_is_said_before_a_wrong_role() -> None:
    with pytest.raises(Refused) as refused:
        TABLE.target(_Action.SEND, _State.SENT, _Who.READER)
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_two_lines_with_the_same_act_and_state_are_a_mistake() -> None:
    line = row(_Action.SEND, {_State.DRAFT}, _State.SENT, {_Who.AUTHOR})
    with pytest.raises(ValueError):
        Workflow(line, line)


def test_the_drawing_has_one_arrow_a_source() -> None:
    assert TABLE.mermaid() == "stateDiagram-v2\n    draft --> sent: send\n    sent --> draft: take_back\n"
