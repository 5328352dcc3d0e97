"""Candidates prove who they are by a code: sent and bound to the browser that asked, or given on paper."""

import hmac
import secrets
from uuid import UUID

from sqlalchemy import update

from app.accounts import queries
from app.accounts.models import SignInCode, User
from app.accounts.rules import CODE_LIFE, WRONG_TRIES, AccountRefusal, CodeChannel
from app.accounts.rules.codes import (
    PAPER_ALPHABET,
    PAPER_LENGTH,
    SENT_ALPHABET,
    SENT_LENGTH,
    drawn,
    on_paper,
    typed_digits,
    typed_paper,
)
from app.accounts.rules.throttles import (
    CODE_PER_ADDRESS,
    CODE_PER_CONTACT,
    CODE_PER_CONTACT_A_DAY,
    CODE_TRY_PER_ADDRESS,
    PAPER_PER_ADDRESS,
    Visitor,
    address_group,
)
from app.accounts.service import hashing, sessions, throttling
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Channel, Recipient

_MESSAGE_CHANNEL = {CodeChannel.EMAIL: Channel.EMAIL, CodeChannel.SMS: Channel.SMS}


def ask_code(channel: CodeChannel, address: str, visitor: Visitor) -> str:
    """Send a code when a candidate is reached there; the handle that the browser keeps, known or not."""
    throttling.count(CODE_PER_ADDRESS, address_group(visitor.address))
    throttling.count(CODE_PER_CONTACT, address)
    throttling.count(CODE_PER_CONTACT_A_DAY, address)
    return _send_code(channel, address)


@transaction
def _send_code(channel: CodeChannel, address: str) -> str:
    user = queries.candidate_by_contact(channel, address)
    handle, code, now = hashing.new_token(), drawn(SENT_ALPHABET, SENT_LENGTH, secrets.choice), clock.now()
    db.session.add(
        SignInCode(
            user_id=user.id if user else None,
            channel=channel,
            handle_hash=hashing.token_hash(handle),
            code_hash=_sent_hash(handle, code),
            created_at=now,
            expires_at=now + CODE_LIFE[channel],
        )
    )
    to = Recipient(
        name=user.full_name if user else address,
        user_id=user.id if user else None,
        email=address if channel is CodeChannel.EMAIL else None,
        phone=address if channel is CodeChannel.SMS else None,
    )
    if user is None:
        messages.rehearse("sign_in_code", to, channel=_MESSAGE_CHANNEL[channel], code=code)
    else:
        messages.queue("sign_in_code", to, about=("user", user.id), channel=_MESSAGE_CHANNEL[channel], code=code)
    return handle


def _sent_hash(handle: str, code: str) -> bytes:
    return hashing.keyed_hash("sent code", handle, code)


def check_code(handle: str, typed: str, visitor: Visitor) -> str:
    """The token of a new session for the right code in the browser that asked. Raises Refused, Throttled.

    Not one transaction on purpose: a wrong try stays counted.
    """
    throttling.count(CODE_TRY_PER_ADDRESS, address_group(visitor.address))
    answer = _try_code(handle, typed_digits(typed), visitor)
    if isinstance(answer, AccountRefusal):
        raise Refused(answer, {answer: "code"})
    return answer


@transaction
def _try_code(handle: str, code: str, visitor: Visitor) -> str | AccountRefusal:
    row, now = queries.sent_code(hashing.token_hash(handle)), clock.now()
    if row is None or row.used_at is not None or row.expires_at <= now:
        return AccountRefusal.CODE_TOO_OLD
    if row.wrong_tries >= WRONG_TRIES:
        return AccountRefusal.CODE_TOO_MANY_TRIES
    if row.user_id is None or not hmac.compare_digest(row.code_hash, _sent_hash(handle, code)):
        row.wrong_tries += 1
        over = row.wrong_tries >= WRONG_TRIES
        return AccountRefusal.CODE_TOO_MANY_TRIES if over else AccountRefusal.CODE_WRONG
    row.used_at = now
    if queries.actor_of(row.user_id, None) is None:
        return AccountRefusal.CODE_TOO_OLD
    return sessions.enter(row.user_id, None, user_agent=visitor.user_agent, means=row.channel.value)


@transaction
def give_paper_code(user_id: UUID, by: Actor) -> str:
    """A code to hand over on paper, as it is printed: one use, seven days; an earlier one serves no more.

    The caller has checked that ``by`` follows the person. Raises NotFound when it is no candidate's account.
    """
    user = db.session.get(User, user_id)
    if user is None or user.candidate_id is None or user.disabled_at is not None:
        raise NotFound
    now, code = clock.now(), drawn(PAPER_ALPHABET, PAPER_LENGTH, secrets.choice)
    _spend(SignInCode.user_id == user_id, SignInCode.channel == CodeChannel.PAPER)
    db.session.add(
        SignInCode(
            user_id=user_id,
            channel=CodeChannel.PAPER,
            code_hash=hashing.keyed_hash("paper code", code),
            created_at=now,
            expires_at=now + CODE_LIFE[CodeChannel.PAPER],
            given_by=by.user_id,
        )
    )
    audit.note(by, "account.paper_code_given", "candidate", user.candidate_id)
    return on_paper(code)


def use_paper_code(typed: str, visitor: Visitor) -> str:
    """The token of a new session for a paper code. Raises Refused, Throttled."""
    throttling.count(PAPER_PER_ADDRESS, address_group(visitor.address))
    return _use_paper_code(typed_paper(typed), visitor)


@transaction
def _use_paper_code(code: str, visitor: Visitor) -> str:
    row = queries.paper_code(hashing.keyed_hash("paper code", code), clock.now())
    if row is None or row.user_id is None or queries.actor_of(row.user_id, None) is None:
        raise Refused(AccountRefusal.PAPER_CODE_WRONG, {AccountRefusal.PAPER_CODE_WRONG: "code"})
    row.used_at = clock.now()
    return sessions.enter(row.user_id, None, user_agent=visitor.user_agent, means=row.channel.value)


def spend_codes(user_id: UUID) -> None:
    """No code of this person serves any more. Joins the transaction of the caller."""
    _spend(SignInCode.user_id == user_id)


def _spend(*which: object) -> None:
    db.session.execute(
        update(SignInCode).where(*which, SignInCode.used_at.is_(None)).values(used_at=clock.now())  # type: ignore[arg-type]
    )
