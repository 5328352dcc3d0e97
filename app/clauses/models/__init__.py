"""The tables of the clauses, by part: contracts, terms, eligibility, staffing, hours, imports, closing."""

from app.clauses.models.closing import Penalty, Statement
from app.clauses.models.contracts import (
    Billing,
    Buyer,
    BuyerLink,
    Calibration,
    ClauseTransition,
    ContractVersion,
    DecpImport,
    DecpImportLine,
    Holder,
    Lot,
    LotObjective,
    LotVersion,
    PublicContract,
    Tranche,
)
from app.clauses.models.eligibility import ClauseCategory, ClauseEmployment, EligibilityCheck
from app.clauses.models.hours import HourDocument, HourEntry, HourLine, HourReminder, HourReport, LotDay, LotTotal
from app.clauses.models.imports import HourImport, HourImportLine, HourMapping
from app.clauses.models.staffing import ClauseOffer, StaffingAnswer, StaffingRequest
from app.clauses.models.terms import ClauseTerms, TermsTemplate

__all__ = [
    "Billing",
    "Buyer",
    "BuyerLink",
    "Calibration",
    "ClauseCategory",
    "ClauseEmployment",
    "ClauseOffer",
    "ClauseTerms",
    "ClauseTransition",
    "ContractVersion",
    "DecpImport",
    "DecpImportLine",
    "EligibilityCheck",
    "Holder",
    "HourDocument",
    "HourEntry",
    "HourImport",
    "HourImportLine",
    "HourLine",
    "HourMapping",
    "HourReminder",
    "HourReport",
    "Lot",
    "LotDay",
    "LotObjective",
    "LotTotal",
    "LotVersion",
    "Penalty",
    "PublicContract",
    "StaffingAnswer",
    "StaffingRequest",
    "Statement",
    "TermsTemplate",
    "Tranche",
]
