"""Which words does the field have for contracts, clauses, people, hours and papers? The enums that all parts share."""

from enum import StrEnum


class BuyerKind(StrEnum):
    """Who buys; the thresholds of a State buyer differ from those of a local authority."""

    DEPARTMENT = "department"
    COMMUNE = "commune"
    INTERCOMMUNALITY = "intercommunality"
    REGION = "region"
    STATE = "state"
    LANDLORD = "landlord"
    HOSPITAL = "hospital"
    PUBLIC_BODY = "public_body"
    PRIVATE = "private"


class Nature(StrEnum):
    """What is bought."""

    WORKS = "works"
    SERVICES = "services"
    SUPPLIES = "supplies"


class LegalBase(StrEnum):
    """The article of the Code de la commande publique on which the clause stands."""

    NEED = "l2111_1"
    EXECUTION = "l2112_2"
    COMPULSORY = "l2112_2_1"
    RESERVED_EA = "l2113_12"
    RESERVED_SIAE = "l2113_13"
    RESERVED_PRISON = "l2113_13_1"
    RESERVED_ESS = "l2113_15"
    CRITERION = "r2152_7"
    NONE = "none"


class ClauseKind(StrEnum):
    """Kinds of clauses (domain 1.1); NONE is a contract kept for the flag of the 2026 obligation."""

    EXECUTION_CLAUSE = "execution_clause"
    CRITERION = "criterion"
    CLAUSE_AND_CRITERION = "clause_and_criterion"
    RESERVED_LOT = "reserved_lot"
    INSERTION_SERVICE = "insertion_service"
    PRIVATE_VOLUNTARY = "private_voluntary"
    NONE = "none"


class ContractSource(StrEnum):
    """Where a contract came from."""

    TYPED = "typed"
    DECP = "decp"


class ObjectiveMethod(StrEnum):
    """The four methods of domain 1.3, and an objective that the contract simply states."""

    STATED = "stated"
    LABOUR_SHARE = "labour_share"
    HOURS_SHARE = "hours_share"
    BILLED_RATE = "billed_rate"
    CLEANING_TAKEOVER = "cleaning_takeover"


class Lever(StrEnum):
    """Which way suits the need: reserve the contract, reserve a lot, or put a clause; or nothing fits."""

    RESERVE = "reserve"
    LOT = "lot"
    CLAUSE = "clause"
    NONE = "none"


class TrancheKind(StrEnum):
    """A firm tranche counts at once; an optional one from the day it is affirmed."""

    FIRM = "firm"
    OPTIONAL = "optional"


class HolderRole(StrEnum):
    """What a firm is on a lot; the mandataire answers for all, a subcontractor's hours count for its principal."""

    SOLE = "sole"
    MANDATARY = "mandatary"
    CO_CONTRACTOR = "co_contractor"
    SUBCONTRACTOR = "subcontractor"


class Mode(StrEnum):
    """How the person works on the contract (domain 1.4)."""

    DIRECT = "direct"
    MADE_AVAILABLE = "made_available"
    SUBCONTRACT = "subcontract"


class HourKind(StrEnum):
    """What the hours were; flags of the terms say which count besides work."""

    WORK = "work"
    TRAINING = "training"
    TUTOR = "tutor"
    PAID_ABSENCE = "paid_absence"


class Frequency(StrEnum):
    """How often hours are reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


class OverReason(StrEnum):
    """Why somebody worked more than the full-time month of 151.67 h."""

    OVERTIME = "overtime"
    CATCH_UP = "catch_up"
    OTHER = "other"


class PenaltyKind(StrEnum):
    """What the penalty is for."""

    MISSING_HOURS = "missing_hours"
    LATE_PROOF = "late_proof"


class StatementKind(StrEnum):
    """An intermediate statement says where a lot is; the attestation closes it."""

    STATEMENT = "statement"
    ATTESTATION = "attestation"


class EntryStage(StrEnum):
    """What an entry of the ledger adds to: hours declared, or hours validated."""

    DECLARED = "declared"
    VALIDATED = "validated"
