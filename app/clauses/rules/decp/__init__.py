"""What does the official file of public contracts (DECP) say, what would it change, and how is it written?"""

from app.clauses.rules.decp.comparing import DecpLine, DecpOutcome, changed_fields, compare
from app.clauses.rules.decp.contract import (
    DecpChange,
    DecpContract,
    DecpFault,
    DecpFaultKind,
    DecpFirm,
    DecpForm,
    DecpKey,
    DecpRead,
    DecpSubcontract,
    DecpSubcontractChange,
)
from app.clauses.rules.decp.kinds import clause_kind_of, considerations_of, nature_of, nature_of_contract
from app.clauses.rules.decp.reading import read_decp
from app.clauses.rules.decp.writing import to_decp

__all__ = [
    "DecpChange",
    "DecpContract",
    "DecpFault",
    "DecpFaultKind",
    "DecpFirm",
    "DecpForm",
    "DecpKey",
    "DecpLine",
    "DecpOutcome",
    "DecpRead",
    "DecpSubcontract",
    "DecpSubcontractChange",
    "changed_fields",
    "clause_kind_of",
    "compare",
    "considerations_of",
    "nature_of",
    "nature_of_contract",
    "read_decp",
    "to_decp",
]
