"""What is an organisation here, which role does it give to its members, and who decides about them?"""

from datetime import timedelta
from enum import StrEnum

from app.core.roles import PROFESSIONALS, Actor, Role
from app.core.workflow import Workflow, row


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


class OrganisationAction(StrEnum):
    """What is decided about an organisation."""

    APPROVE = "approve"
    REFUSE = "refuse"
    CLOSE = "close"
    REOPEN = "reopen"
    ASK_AGAIN = "ask_again"


class RequestState(StrEnum):
    """What became of a request to join an organisation that is already here."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class RequestAction(StrEnum):
    """What a manager answers to a request to join."""

    ACCEPT = "accept"
    DECLINE = "decline"


class OrganisationRefusal(StrEnum):
    """Why an act about an organisation or its members is not taken."""

    SIRET_TAKEN = "siret_taken"
    KIND_WITH_FIRST_MEMBER = "kind_with_first_member"
    KIND_CHANGES_ROLE = "kind_changes_role"
    LAST_MANAGER = "last_manager"
    LAST_ADMINISTRATOR = "last_administrator"
    NOT_A_COLLEAGUE = "not_a_colleague"
    ALREADY_MEMBER = "already_member"
    INVITATION_OVER = "invitation_over"
    INVITATION_FOR_ANOTHER = "invitation_for_another"
    ACCOUNT_EXISTS = "account_exists"
    ONLY_MANAGERS = "only_managers"
    DEPARTMENT_INVITES = "department_invites"
    NOT_OPEN = "not_open"
    DEPARTMENT_STAYS = "department_stays"


_DECIDERS = {Role.DEPARTMENT, Role.ADMINISTRATOR}

ORGANISATION = Workflow(
    row(OrganisationAction.APPROVE, {OrganisationState.PENDING}, OrganisationState.APPROVED, _DECIDERS),
    row(OrganisationAction.REFUSE, {OrganisationState.PENDING}, OrganisationState.REFUSED, _DECIDERS),
    row(OrganisationAction.CLOSE, {OrganisationState.APPROVED}, OrganisationState.CLOSED, _DECIDERS),
    row(OrganisationAction.REOPEN, {OrganisationState.CLOSED}, OrganisationState.APPROVED, _DECIDERS),
    # Somebody without an account fills in the form again: the portal acts for them.
    row(
        OrganisationAction.ASK_AGAIN,
        {OrganisationState.REFUSED, OrganisationState.CLOSED},
        OrganisationState.PENDING,
        {Role.SYSTEM},
    ),
)
# Being a manager of that very organisation, or of the département, is asked besides.
REQUEST = Workflow(
    row(RequestAction.ACCEPT, {RequestState.PENDING}, RequestState.ACCEPTED, PROFESSIONALS),
    row(RequestAction.DECLINE, {RequestState.PENDING}, RequestState.DECLINED, PROFESSIONALS),
)

# GEIQ is not a SIAE (domain: IAE).
SIAE_KINDS = frozenset(
    {OrganisationKind.EI, OrganisationKind.AI, OrganisationKind.ACI, OrganisationKind.ETTI, OrganisationKind.EITI}
)
EMPLOYER_KINDS = SIAE_KINDS | {OrganisationKind.FIRM, OrganisationKind.GEIQ, OrganisationKind.SAP}
PROVIDER_KINDS = SIAE_KINDS | {OrganisationKind.GEIQ}
"""They place people, or do work with them: what they say they can have done is shown to those who look for people."""
REFERENT_KINDS = frozenset(
    {OrganisationKind.MDS, OrganisationKind.CCAS, OrganisationKind.CAF, OrganisationKind.MISSION_LOCALE}
)
# Its members read files of persons: the département makes it and its members.
DEPARTMENT_MAKES = frozenset(
    {OrganisationKind.PLIE, OrganisationKind.MDS, OrganisationKind.CAF, OrganisationKind.DEPARTMENT}
)
JOINABLE_KINDS = tuple(kind for kind in OrganisationKind if kind not in DEPARTMENT_MAKES)

INVITATION_LIFE = timedelta(days=14)


def role_of(kind: OrganisationKind) -> Role:
    """The role that a member of this kind of organisation has; an administrator is named apart."""
    if kind in EMPLOYER_KINDS:
        return Role.EMPLOYER
    if kind in REFERENT_KINDS:
        return Role.REFERENT
    return Role.FACILITATOR if kind is OrganisationKind.PLIE else Role.DEPARTMENT


def kind_refusals(before: OrganisationKind, after: OrganisationKind) -> tuple[OrganisationRefusal, ...]:
    """A kind may be corrected as long as the members keep their role: a firm is no place of referents."""
    if role_of(before) is not role_of(after):
        return (OrganisationRefusal.KIND_CHANGES_ROLE,)
    return ()


def is_decider(actor: Actor) -> bool:
    """Does this person decide who takes part: an agent of the département or an administrator?"""
    return actor.role in _DECIDERS


def belongs(actor: Actor, organisation_id: object) -> bool:
    """Does this person act in that organisation now?"""
    return actor.organisation_id is not None and actor.organisation_id == organisation_id


def may_manage(actor: Actor, organisation_id: object, kind: OrganisationKind) -> bool:
    """May this person edit the page, name managers, remove members, answer requests?

    The département's own organisation is in the hands of its managers and of the administrators.
    """
    if belongs(actor, organisation_id) and actor.is_manager:
        return True
    return actor.role is Role.ADMINISTRATOR or (is_decider(actor) and kind is not OrganisationKind.DEPARTMENT)


def may_say_trades(actor: Actor, organisation_id: object, kind: OrganisationKind) -> bool:
    """May this person say which jobs the organisation can have done? Any of its members, or who manages it."""
    if kind not in PROVIDER_KINDS:
        return False
    return belongs(actor, organisation_id) or may_manage(actor, organisation_id, kind)


def may_see_members(actor: Actor, organisation_id: object) -> bool:
    """Colleagues see each other; the département sees everybody."""
    return is_decider(actor) or belongs(actor, organisation_id)


def may_invite(actor: Actor, organisation_id: object, kind: OrganisationKind) -> bool:
    """May this person ask somebody in at all?"""
    if kind is OrganisationKind.DEPARTMENT:
        return may_manage(actor, organisation_id, kind)
    return is_decider(actor) or (belongs(actor, organisation_id) and kind not in DEPARTMENT_MAKES)


def may_answer_requests(actor: Actor, organisation_id: object, kind: OrganisationKind) -> bool:
    """May this person let in somebody who asks? Only who may invite them."""
    return may_manage(actor, organisation_id, kind) and may_invite(actor, organisation_id, kind)


def may_touch_member(actor: Actor, organisation_id: object, kind: OrganisationKind, role: Role) -> bool:
    """May this person change or remove a member of that role? Only administrators touch an administrator."""
    if role is Role.ADMINISTRATOR:
        return actor.role is Role.ADMINISTRATOR
    return may_manage(actor, organisation_id, kind)


def invitation_refusals(
    actor: Actor, organisation_id: object, kind: OrganisationKind, state: OrganisationState, *, as_manager: bool
) -> tuple[OrganisationRefusal, ...]:
    """Why the invitation does not leave. Any member invites a member; only managers invite a manager."""
    reasons = []
    if state is not OrganisationState.APPROVED:
        reasons.append(OrganisationRefusal.NOT_OPEN)
    if not may_invite(actor, organisation_id, kind):
        reasons.append(OrganisationRefusal.DEPARTMENT_INVITES)
    elif as_manager and not may_manage(actor, organisation_id, kind):
        reasons.append(OrganisationRefusal.ONLY_MANAGERS)
    return tuple(reasons)


def leaving_refusals(*, is_manager: bool, other_managers: int, others: int) -> tuple[OrganisationRefusal, ...]:
    """The last manager names another before leaving; alone in the organisation, nobody is left to manage."""
    if is_manager and not other_managers and others:
        return (OrganisationRefusal.LAST_MANAGER,)
    return ()
