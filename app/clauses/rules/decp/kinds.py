"""Which kind of clause and which nature do the words and codes of the official file mean?"""

from collections.abc import Collection

from app.clauses.rules.decp.contract import DecpContract, DecpForm
from app.clauses.rules.decp.fields import RESERVED, SOCIAL_CLAUSE, SOCIAL_CRITERION
from app.clauses.rules.kinds import ClauseKind, Nature


def clause_kind_of(considerations: Collection[str]) -> ClauseKind:
    """A reserved contract is one whatever else it says; « Pas de considération sociale » or nothing is NONE."""
    if RESERVED in considerations:
        return ClauseKind.RESERVED_LOT
    if SOCIAL_CLAUSE in considerations:
        both = SOCIAL_CRITERION in considerations
        return ClauseKind.CLAUSE_AND_CRITERION if both else ClauseKind.EXECUTION_CLAUSE
    return ClauseKind.CRITERION if SOCIAL_CRITERION in considerations else ClauseKind.NONE


def considerations_of(kind: ClauseKind) -> tuple[str, ...]:
    """The official words for a kind; an insertion service is a clause for the file."""
    return {
        ClauseKind.RESERVED_LOT: (RESERVED,),
        ClauseKind.EXECUTION_CLAUSE: (SOCIAL_CLAUSE,),
        ClauseKind.INSERTION_SERVICE: (SOCIAL_CLAUSE,),
        ClauseKind.PRIVATE_VOLUNTARY: (SOCIAL_CLAUSE,),
        ClauseKind.CLAUSE_AND_CRITERION: (SOCIAL_CLAUSE, SOCIAL_CRITERION),
        ClauseKind.CRITERION: (SOCIAL_CRITERION,),
        ClauseKind.NONE: ("Pas de considération sociale",),
    }[kind]


def nature_of(cpv: str, nature: str = "") -> Nature | None:
    """By the division of the CPV: 45 works, 03 to 44 and 48 supplies, 50 to 98 services; else by the words."""
    division = cpv[:2]
    if division.isdigit() and division != "00":
        if division == "45":
            return Nature.WORKS
        return Nature.SUPPLIES if int(division) < 45 or division == "48" else Nature.SERVICES
    words = nature.casefold()
    if "travaux" in words:
        return Nature.WORKS
    return Nature.SERVICES if "service" in words else Nature.SUPPLIES if "fourniture" in words else None


def nature_of_contract(contract: DecpContract) -> Nature | None:
    """Of a concession only its nature speaks."""
    return nature_of("" if contract.form is DecpForm.CONCESSION else contract.cpv, contract.nature)
