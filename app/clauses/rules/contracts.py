"""May a contract be written like this, started, amended? What is typed about it, and every reason why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.clauses.rules.kinds import BuyerKind, ClauseKind, ContractSource, LegalBase, Nature
from app.clauses.rules.states import ContractState

_CPV: Final = re.compile(r"(\d{8})(?:[\s\-‑–]?(\d))?", re.ASCII)
_CPV_WEIGHTS: Final = (3, 7, 1, 3, 7, 1, 3, 7)
FINISHED: Final = frozenset({ContractState.CLOSED, ContractState.CANCELLED})
"""Nothing of the contract changes any more, unless it is opened again."""


class ContractRefusal(StrEnum):
    """Why a contract, its start or its avenant is not kept. The prefix keeps the words apart from others."""

    NUMBER_MISSING = "contract_number_missing"
    NUMBER_TAKEN = "contract_number_taken"
    TITLE_MISSING = "contract_title_missing"
    CPV_MALFORMED = "contract_cpv_malformed"
    CPV_KEY = "contract_cpv_key"
    AMOUNT_NEGATIVE = "contract_amount_negative"
    DELIVERY_BEFORE_NOTIFICATION = "contract_delivery_before_notification"
    BASE_WITHOUT_CLAUSE = "contract_base_without_clause"
    NEEDS_AMENDMENT = "contract_needs_amendment"
    NOT_OPEN = "contract_not_open"
    NOT_NOTIFIED = "contract_not_notified"
    NO_LOT = "contract_no_lot"
    NO_OBJECTIVE = "contract_no_objective"
    NO_HOLDER = "contract_no_holder"
    SHARES_NOT_A_HUNDRED = "contract_shares_not_a_hundred"
    NOT_STARTED = "contract_not_started"
    AMENDMENT_EMPTY = "contract_amendment_empty"
    AMENDMENT_BEFORE_NOTIFICATION = "contract_amendment_before_notification"
    AMENDMENT_OTHER_LOT = "contract_amendment_other_lot"
    BUYER_NAME_MISSING = "contract_buyer_name_missing"
    BUYER_SIRET_TAKEN = "contract_buyer_siret_taken"
    LABEL_MISSING = "contract_label_missing"


@dataclass(frozen=True, slots=True)
class BuyerValues:
    """A buyer as typed."""

    name: str
    kind: BuyerKind = BuyerKind.PUBLIC_BODY
    siret: str | None = None
    contact_name: str = ""
    contact_email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractValues:
    """A contract as typed or read. ``buyer`` is the id of one that is known, or the words of a new one.

    ``facilitator_organisation_id`` None: it stays, or is the author's own when a facilitator writes a new one.
    """

    buyer: UUID | BuyerValues
    number: str
    title: str
    nature: Nature
    cpv: str = ""
    framework: bool = False
    amount: Decimal | None = None
    notified_on: date | None = None
    delivered_on: date | None = None
    legal_base: LegalBase = LegalBase.EXECUTION
    clause_kind: ClauseKind = ClauseKind.EXECUTION_CLAUSE
    obligation_reason: str = ""
    commune_insee: str | None = None
    facilitator_organisation_id: UUID | None = None
    source: ContractSource = ContractSource.TYPED


@dataclass(frozen=True, slots=True)
class Dated:
    """The parts of a contract that only an avenant changes once it runs."""

    amount: Decimal | None
    notified_on: date | None
    delivered_on: date | None


FIELDS: Final[Mapping[ContractRefusal, str]] = {
    ContractRefusal.NUMBER_MISSING: "number",
    ContractRefusal.NUMBER_TAKEN: "number",
    ContractRefusal.TITLE_MISSING: "title",
    ContractRefusal.CPV_MALFORMED: "cpv",
    ContractRefusal.CPV_KEY: "cpv",
    ContractRefusal.AMOUNT_NEGATIVE: "amount",
    ContractRefusal.DELIVERY_BEFORE_NOTIFICATION: "delivered_on",
    ContractRefusal.BASE_WITHOUT_CLAUSE: "legal_base",
    ContractRefusal.AMENDMENT_BEFORE_NOTIFICATION: "valid_from",
    ContractRefusal.BUYER_NAME_MISSING: "name",
    ContractRefusal.BUYER_SIRET_TAKEN: "siret",
    ContractRefusal.LABEL_MISSING: "label",
}
"""The field of the form beside which a refusal is said."""


def cpv_key(digits: str) -> int:
    """The control figure of eight digits: weights 3, 7, 1 over and over, the unit of the sum. 45214220 → 8."""
    return sum(int(digit) * weight for digit, weight in zip(digits, _CPV_WEIGHTS, strict=True)) % 10


def read_cpv(text: str) -> tuple[str, ContractRefusal | None]:
    """« 45214220-8 » → « 45214220 »; without the control figure too. Empty stays empty; else as typed, with why not."""
    bare = text.strip()
    if not bare:
        return "", None
    found = _CPV.fullmatch(bare)
    if found is None:
        return bare, ContractRefusal.CPV_MALFORMED
    digits, key = found.groups()
    if key is not None and int(key) != cpv_key(digits):
        return bare, ContractRefusal.CPV_KEY
    return digits, None


def contract_refusals(
    values: ContractValues, *, state: ContractState = ContractState.PREPARED, now: Dated | None = None
) -> tuple[ContractRefusal, ...]:
    """All reasons why the contract cannot be kept as it is. ``now`` is what a contract that runs says already."""
    _, cpv_fault = read_cpv(values.cpv)
    dates = (values.notified_on, values.delivered_on)
    said = Dated(values.amount, values.notified_on, values.delivered_on)
    started = state is not ContractState.PREPARED
    wrong = {
        ContractRefusal.NOT_OPEN: state in FINISHED,
        ContractRefusal.NUMBER_MISSING: not values.number.strip(),
        ContractRefusal.TITLE_MISSING: not values.title.strip(),
        ContractRefusal.AMOUNT_NEGATIVE: values.amount is not None and values.amount < 0,
        ContractRefusal.DELIVERY_BEFORE_NOTIFICATION: _reversed(*dates),
        ContractRefusal.BASE_WITHOUT_CLAUSE: values.clause_kind is ClauseKind.NONE
        and values.legal_base is not LegalBase.NONE,
        ContractRefusal.NEEDS_AMENDMENT: started and now is not None and said != now,
    }
    reasons = [reason for reason, is_wrong in wrong.items() if is_wrong]
    return (*reasons, cpv_fault) if cpv_fault else tuple(reasons)


def _reversed(notified_on: date | None, delivered_on: date | None) -> bool:
    return notified_on is not None and delivered_on is not None and delivered_on < notified_on


@dataclass(frozen=True, slots=True)
class LotReadiness:
    """What the start asks of a lot: does it owe hours, and which shares have those who hold it now?"""

    owes: bool
    shares: Sequence[Decimal] = ()


def start_refusals(notified_on: date | None, lots: Sequence[LotReadiness]) -> tuple[ContractRefusal, ...]:
    """A day of notification, a lot that owes hours, and for each such lot holders whose shares make 100."""
    owing = [lot for lot in lots if lot.owes]
    wrong = {
        ContractRefusal.NOT_NOTIFIED: notified_on is None,
        ContractRefusal.NO_LOT: not lots,
        ContractRefusal.NO_OBJECTIVE: bool(lots) and not owing,
        ContractRefusal.NO_HOLDER: any(not lot.shares for lot in owing),
        ContractRefusal.SHARES_NOT_A_HUNDRED: any(lot.shares and sum(lot.shares) != 100 for lot in owing),
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


@dataclass(frozen=True, slots=True)
class AmendmentValues:
    """An avenant: what it says anew from ``valid_from``; None, and lots left out, stay as they are.

    ``hours`` are the new objectives by lot, whole and not the difference.
    """

    valid_from: date
    label: str
    hours: Mapping[UUID, Decimal] = field(default_factory=dict)
    amount: Decimal | None = None
    delivered_on: date | None = None


def amendment_refusals(
    values: AmendmentValues,
    *,
    state: ContractState,
    notified_on: date | None,
    lots: Mapping[UUID, Decimal | None],
    now: Dated,
) -> tuple[ContractRefusal, ...]:
    """All reasons. ``lots`` are the hours that each lot of the contract owes by its latest version."""
    changed = any(lots.get(lot) != hours for lot, hours in values.hours.items())
    changed |= values.amount is not None and values.amount != now.amount
    changed |= values.delivered_on is not None and values.delivered_on != now.delivered_on
    wrong = {
        ContractRefusal.NOT_STARTED: state is ContractState.PREPARED,
        ContractRefusal.NOT_OPEN: state in FINISHED,
        ContractRefusal.LABEL_MISSING: not values.label.strip(),
        ContractRefusal.AMENDMENT_EMPTY: not changed,
        ContractRefusal.AMENDMENT_OTHER_LOT: bool(set(values.hours) - set(lots)),
        ContractRefusal.AMENDMENT_BEFORE_NOTIFICATION: notified_on is not None and values.valid_from < notified_on,
        ContractRefusal.AMOUNT_NEGATIVE: values.amount is not None and values.amount < 0,
        ContractRefusal.DELIVERY_BEFORE_NOTIFICATION: _reversed(notified_on, values.delivered_on),
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


def known_from(valid_from: date, today: date) -> date:
    """An avenant was not known before the day it is recorded: reports of the past still say what they said."""
    return max(valid_from, today)
