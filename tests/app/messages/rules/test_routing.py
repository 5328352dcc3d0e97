"""What is refused is kept and never leaves; what can wait waits for the letter of the day."""

import pytest

from app.messages.rules import Category, Channel, MessageState, Wish
from app.messages.rules.kinds import Kind
from app.messages.rules.routing import Reader, first_state

ORDINARY = Kind(Category.APPLICATIONS)
DIGEST = Kind(Category.APPLICATIONS, digest=True)
REQUIRED = Kind(Category.APPLICATIONS, required=True)
LETTER_OF_THE_DAY = Kind(Category.DIGEST)


def pro(**wishes: Wish) -> Reader:
    return Reader(True, {Category(name): wish for name, wish in wishes.items()})


def person(**wishes: Wish) -> Reader:
    return Reader(False, {Category(name): wish for name, wish in wishes.items()})


@pytest.mark.parametrize(
    ("kind", "reader", "state"),
    [
        (ORDINARY, pro(), MessageState.QUEUED),
        (ORDINARY, pro(applications=Wish.DAILY), MessageState.WAITING),
        (ORDINARY, pro(applications=Wish.NEVER), MessageState.UNWANTED),
        (ORDINARY, pro(offers=Wish.NEVER), MessageState.QUEUED),
        (DIGEST, pro(), MessageState.WAITING),
        (DIGEST, pro(applications=Wish.NOW), MessageState.QUEUED),
        (DIGEST, pro(applications=Wish.NEVER), MessageState.UNWANTED),
        (DIGEST, pro(digest=Wish.NEVER), MessageState.UNWANTED),
        (DIGEST, pro(digest=Wish.NEVER, applications=Wish.NOW), MessageState.QUEUED),
        (DIGEST, person(), MessageState.QUEUED),
        (DIGEST, person(applications=Wish.DAILY), MessageState.QUEUED),
        (DIGEST, person(applications=Wish.NEVER), MessageState.UNWANTED),
        (REQUIRED, pro(applications=Wish.NEVER), MessageState.QUEUED),
        (REQUIRED, pro(applications=Wish.DAILY), MessageState.QUEUED),
        (REQUIRED, person(applications=Wish.NEVER), MessageState.QUEUED),
        (LETTER_OF_THE_DAY, pro(), MessageState.QUEUED),
        (LETTER_OF_THE_DAY, pro(digest=Wish.DAILY), MessageState.QUEUED),
        (LETTER_OF_THE_DAY, pro(digest=Wish.NEVER), MessageState.UNWANTED),
    ],
)
def test_an_email_leaves_waits_or_stays(kind: Kind, reader: Reader, state: MessageState) -> None:
    assert first_state(kind, Channel.EMAIL, reader) is state


def test_an_sms_never_waits_for_a_letter() -> None:
    assert first_state(DIGEST, Channel.SMS, pro()) is MessageState.QUEUED
    assert first_state(DIGEST, Channel.SMS, pro(applications=Wish.NEVER)) is MessageState.UNWANTED


def test_a_letter_on_paper_is_not_held_back() -> None:
    assert first_state(ORDINARY, Channel.LETTER, person(applications=Wish.NEVER)) is MessageState.QUEUED
