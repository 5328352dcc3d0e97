"""What is an organisation here, and which role does it give to its members?"""

from enum import StrEnum

from app.core.roles import Role


class OrganisationKind(StrEnum):
    """Kinds of organisations of the plan."""

    FIRM = "firm"
    EI = "ei"
    AI = "ai"
    ACI = "aci"
    ETTI = "etti"
    EITI = "eiti"
    GEIQ = "geiq"
    SAP = "sap"
    PLIE = "plie"
    MDS = "mds"
    CCAS = "ccas"
    CAF = "caf"
    MISSION_LOCALE = "mission_locale"
    DEPARTMENT = "department"


class OrganisationState(StrEnum):
    """From the request to join to the end."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"


class RequestState(StrEnum):
    """What became of a request to join an organisation that is already here."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


# GEIQ is not a SIAE (domain: IAE).
SIAE_KINDS = frozenset(
    {OrganisationKind.EI, OrganisationKind.AI, OrganisationKind.ACI, OrganisationKind.ETTI, OrganisationKind.EITI}
)
EMPLOYER_KINDS = SIAE_KINDS | {OrganisationKind.FIRM, OrganisationKind.GEIQ, OrganisationKind.SAP}
REFERENT_KINDS = frozenset(
    {OrganisationKind.MDS, OrganisationKind.CCAS, OrganisationKind.CAF, OrganisationKind.MISSION_LOCALE}
)


def role_of(kind: OrganisationKind) -> Role:
    """The role that a member of this kind of organisation has; an administrator is named apart."""
    if kind in EMPLOYER_KINDS:
        return Role.EMPLOYER
    if kind in REFERENT_KINDS:
        return Role.REFERENT
    return Role.FACILITATOR if kind is OrganisationKind.PLIE else Role.DEPARTMENT
