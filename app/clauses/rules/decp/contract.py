"""What does the official file say of one contract? Format of the arrêtés of 22 December 2022, in force since 2024."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.quantities import add_months

DecpKey = tuple[str, str]
"""(SIRET of the buyer, number that the buyer gave): what makes two publications one contract."""


class DecpForm(StrEnum):
    """The two lists of the file."""

    PUBLIC_CONTRACT = "marche"
    CONCESSION = "contrat-concession"


class DecpFaultKind(StrEnum):
    """What is wrong in the file or in one of its contracts."""

    TOO_BIG = "too_big"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    NO_CONTRACT = "no_contract"
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_LIST = "not_a_list"
    MISSING = "missing"
    NOT_A_TEXT = "not_a_text"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_SIRET = "not_a_siret"
    NOT_A_CPV = "not_a_cpv"
    UNKNOWN_WORD = "unknown_word"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class DecpFault:
    """Something wrong: the rank in its list (-1 for the whole file), the contract's number, the field, the words found.

    ``buyer_siret`` is there once the contract was read.
    ``blocking``: the contract is left out of what was read; otherwise it is there without that value.
    """

    index: int
    contract_id: str
    field: str
    kind: DecpFaultKind
    written: str
    blocking: bool
    form: DecpForm = DecpForm.PUBLIC_CONTRACT
    buyer_siret: str = ""


@dataclass(frozen=True, slots=True)
class DecpFirm:
    """A holder or a subcontractor; ``id_kind`` is SIRET, TVA, TAHITI, RIDET, FRWF, IREP or HORS-UE."""

    id_kind: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DecpChange:
    """A modification; what it does not say stays as before. ``holders`` is the whole list after it, empty if unsaid."""

    id: int | None = None
    notified_on: date | None = None
    published_on: date | None = None
    months: int | None = None
    amount: Decimal | None = None
    holders: tuple[DecpFirm, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class DecpSubcontract:
    """A notified act of subcontracting, with its amount before tax."""

    id: int | None = None
    firm: DecpFirm | None = None
    months: int | None = None
    notified_on: date | None = None
    published_on: date | None = None
    amount: Decimal | None = None
    price_variation: str = ""


@dataclass(frozen=True, slots=True)
class DecpSubcontractChange:
    """A later change of the act that bears the same number."""

    id: int | None = None
    months: int | None = None
    notified_on: date | None = None
    published_on: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecpContract:
    """One contract as first published, and its modifications beside. Amounts are before tax.

    A concession is signed rather than notified, has a global value rather than an amount, and no CPV.
    """

    form: DecpForm = DecpForm.PUBLIC_CONTRACT
    id: str
    buyer_siret: str
    subject: str
    notified_on: date
    buyer_name: str = ""
    nature: str = ""
    cpv: str = ""
    procedure: str = ""
    place_code: str = ""
    place_kind: str = ""
    place_name: str = ""
    months: int | None = None
    starts_on: date | None = None
    published_on: date | None = None
    amount: Decimal | None = None
    subsidy: Decimal | None = None
    price_form: str = ""
    price_kinds: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    execution: tuple[str, ...] = ()
    framework_id: str = ""
    innovative: bool | None = None
    general_terms: str = ""
    offers_received: int | None = None
    advance: bool | None = None
    advance_rate: Decimal | None = None
    grouping: str = ""
    subcontracting: bool | None = None
    origin_eu: Decimal | None = None
    origin_france: Decimal | None = None
    holders: tuple[DecpFirm, ...] = ()
    social: tuple[str, ...] = ()
    environmental: tuple[str, ...] = ()
    changes: tuple[DecpChange, ...] = ()
    subcontracts: tuple[DecpSubcontract, ...] = ()
    subcontract_changes: tuple[DecpSubcontractChange, ...] = ()

    @property
    def key(self) -> DecpKey:
        """What this contract is known by."""
        return self.buyer_siret, self.id

    @property
    def in_order(self) -> tuple[DecpChange, ...]:
        """The modifications, the oldest first; those without a date come first, as written."""
        return tuple(sorted(self.changes, key=lambda change: (change.notified_on or date.min, change.id or 0)))

    @property
    def amount_now(self) -> Decimal | None:
        """The amount after the last modification that says one."""
        said = [change.amount for change in self.in_order if change.amount is not None]
        return said[-1] if said else self.amount

    @property
    def months_now(self) -> int | None:
        """The duration after the last modification that says one."""
        said = [change.months for change in self.in_order if change.months is not None]
        return said[-1] if said else self.months

    @property
    def holders_now(self) -> tuple[DecpFirm, ...]:
        """The holders after the last modification that names them."""
        said = [change.holders for change in self.in_order if change.holders]
        return said[-1] if said else self.holders

    @property
    def ends_on(self) -> date | None:
        """The day after the last one, when a duration is said: the notification plus civil months."""
        return add_months(self.starts_on or self.notified_on, self.months_now) if self.months_now else None


@dataclass(frozen=True, slots=True)
class DecpRead:
    """What a file held: contracts that can be taken, and everything that was wrong."""

    contracts: tuple[DecpContract, ...] = ()
    faults: tuple[DecpFault, ...] = ()

    def faults_of(self, contract: DecpContract) -> tuple[DecpFault, ...]:
        """What was wrong in one contract without leaving it out."""
        return tuple(fault for fault in self.faults if (fault.buyer_siret, fault.contract_id) == contract.key)
