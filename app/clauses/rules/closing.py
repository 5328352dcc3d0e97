"""When may a statement or an attestation be issued, and what is the code that proves it?"""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.accounts.rules.throttles import Limit
from app.clauses.rules.kinds import StatementKind
from app.clauses.rules.states import ContractState

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code read aloud or copied by hand is read one way."""
CODE_LENGTH: Final = 12
VERIFY_PER_ADDRESS: Final = Limit("clauses.verify.address", 60, timedelta(minutes=15))
_GROUP: Final = 4
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_OVER: Final = frozenset({ContractState.DELIVERED, ContractState.CLOSED})


class ClosingRefusal(StrEnum):
    """Why a statement, an attestation or a penalty is not made."""

    NOT_DELIVERED = "not_delivered"
    HOURS_WAITING = "hours_waiting"
    AS_OF_LATER = "as_of_later"
    BEFORE_NOTIFICATION = "before_notification"
    NO_SIGNATORY = "no_signatory"
    NO_UNIT = "no_unit"
    NOTICE_LATER = "notice_later"
    NOTHING_DUE = "nothing_due"
    NOTIFIED_LATER = "notified_later"
    REVOKED_ALREADY = "revoked_already"
    REASON_MISSING = "reason_missing"


def issue_refusals(
    kind: StatementKind,
    *,
    state: ContractState,
    notified_on: date | None,
    as_of: date,
    waiting: Decimal,
    signatory: str,
    today: date,
) -> tuple[ClosingRefusal, ...]:
    """All reasons at once. An attestation closes: the contract is delivered and no hour waits for a decision."""
    reasons = []
    if as_of > today:
        reasons.append(ClosingRefusal.AS_OF_LATER)
    if notified_on is None or as_of < notified_on:
        reasons.append(ClosingRefusal.BEFORE_NOTIFICATION)
    if kind is StatementKind.ATTESTATION and state not in _OVER:
        reasons.append(ClosingRefusal.NOT_DELIVERED)
    if kind is StatementKind.ATTESTATION and waiting > 0:
        reasons.append(ClosingRefusal.HOURS_WAITING)
    if not signatory.strip():
        reasons.append(ClosingRefusal.NO_SIGNATORY)
    return tuple(reasons)


def code_of(number: int) -> str:
    """60 bits drawn at random → « 7KQ2M9XD4RTA »."""
    signs = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(reversed(signs))


def shown_code(code: str) -> str:
    """« 7KQ2-M9XD-4RTA », as it is printed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(text: str) -> str | None:
    """What somebody typed as a code: any case, spaces and dashes, O for 0, I or L for 1; None when it is none."""
    bare = "".join(char for char in text.upper() if char.isalnum()).translate(_ALIKE)
    return bare if len(bare) == CODE_LENGTH and set(bare) <= set(ALPHABET) else None


def late_refusals(notice_due_on: date, received_on: date | None, today: date) -> tuple[ClosingRefusal, ...]:
    """Days late are counted from a notice that has fallen due, up to a receipt that is not before it was sent."""
    reasons = []
    if notice_due_on >= today:
        reasons.append(ClosingRefusal.NOTICE_LATER)
    if received_on is not None and received_on > today:
        reasons.append(ClosingRefusal.AS_OF_LATER)
    return tuple(reasons)
