"""Who decides about an organisation, who invites, who may leave."""

from itertools import product
from uuid import uuid4

import pytest

from app.core.errors import Refused
from app.core.roles import PROFESSIONALS, Actor, Role
from app.core.workflow import WorkflowRefusal
from app.organisations.rules import (
    DEPARTMENT_MAKES,
    JOINABLE_KINDS,
    ORGANISATION,
    REQUEST,
    OrganisationAction,
    OrganisationKind,
    OrganisationRefusal,
    OrganisationState,
    RequestAction,
    RequestState,
    invitation_refusals,
    kind_refusals,
    leaving_refusals,
    may_answer_requests,
    may_invite,
    may_manage,
    may_see_members,
    may_touch_member,
    role_of,
)

_A, _S = OrganisationAction, OrganisationState
# Written from the issue: the département approves; what was refused or closed may be asked for again.
EXPECTED = {
    (_A.APPROVE, _S.PENDING): _S.APPROVED,
    (_A.REFUSE, _S.PENDING): _S.REFUSED,
    (_A.CLOSE, _S.APPROVED): _S.CLOSED,
    (_A.REOPEN, _S.CLOSED): _S.APPROVED,
    (_A.ASK_AGAIN, _S.REFUSED): _S.PENDING,
    (_A.ASK_AGAIN, _S.CLOSED): _S.PENDING,
}


@pytest.mark.parametrize(("action", "state", "role"), list(product(OrganisationAction, OrganisationState, Role)))
def test_an_act_on_an_organisation_leads_where_the_issue_says_or_is_refused(
    action: OrganisationAction, state: OrganisationState, role: Role
) -> None:
    who = {Role.SYSTEM} if action is _A.ASK_AGAIN else {Role.DEPARTMENT, Role.ADMINISTRATOR}
    target = EXPECTED.get((action, state))
    if target is not None and role in who:
        assert ORGANISATION.target(action, state, role) is target
        return
    with pytest.raises(Refused) as caught:
        ORGANISATION.target(action, state, role)
    expected = WorkflowRefusal.NOT_YOUR_ROLE if target else WorkflowRefusal.WRONG_STATE
    assert caught.value.reasons == (expected,)


@pytest.mark.parametrize(("action", "state", "role"), list(product(RequestAction, RequestState, Role)))
def test_a_request_is_answered_once_by_a_professional(action: RequestAction, state: RequestState, role: Role) -> None:
    if state is RequestState.PENDING and role in PROFESSIONALS:
        wanted = {RequestAction.ACCEPT: RequestState.ACCEPTED, RequestAction.DECLINE: RequestState.DECLINED}
        assert REQUEST.target(action, state, role) is wanted[action]
    else:
        with pytest.raises(Refused):
            REQUEST.target(action, state, role)


def test_the_departement_makes_the_organisations_whose_members_read_files() -> None:
    assert {role_of(kind) for kind in JOINABLE_KINDS} == {Role.EMPLOYER, Role.REFERENT}
    assert OrganisationKind.PLIE not in JOINABLE_KINDS
    assert OrganisationKind.MDS not in JOINABLE_KINDS
    assert set(JOINABLE_KINDS) | DEPARTMENT_MAKES == set(OrganisationKind)


HERE = uuid4()


def _actor(role: Role, *, here: bool = False, manager: bool = False) -> Actor:
    return Actor(role=role, name="Alex", user_id=uuid4(), organisation_id=HERE if here else uuid4(), is_manager=manager)


MANAGER = _actor(Role.EMPLOYER, here=True, manager=True)
MEMBER = _actor(Role.EMPLOYER, here=True)
STRANGER = _actor(Role.EMPLOYER, manager=True)
AGENT = _actor(Role.DEPARTMENT)
ADMINISTRATOR = _actor(Role.ADMINISTRATOR)
FIRM, PLIE, DEPARTMENT = OrganisationKind.FIRM, OrganisationKind.PLIE, OrganisationKind.DEPARTMENT


@pytest.mark.parametrize(
    ("actor", "kind", "manages", "invites", "answers"),
    [
        (MANAGER, FIRM, True, True, True),
        (MEMBER, FIRM, False, True, False),
        (STRANGER, FIRM, False, False, False),
        (AGENT, FIRM, True, True, True),
        (ADMINISTRATOR, FIRM, True, True, True),
        (_actor(Role.FACILITATOR, here=True, manager=True), PLIE, True, False, False),
        (AGENT, PLIE, True, True, True),
        (AGENT, DEPARTMENT, False, False, False),
        (_actor(Role.DEPARTMENT, here=True, manager=True), DEPARTMENT, True, True, True),
        (ADMINISTRATOR, DEPARTMENT, True, True, True),
        (_actor(Role.CANDIDATE), FIRM, False, False, False),
    ],
)
def test_who_manages_who_invites_and_who_answers(
    actor: Actor, kind: OrganisationKind, manages: bool, invites: bool, answers: bool
) -> None:
    assert may_manage(actor, HERE, kind) is manages
    assert may_invite(actor, HERE, kind) is invites
    assert may_answer_requests(actor, HERE, kind) is answers


def test_colleagues_and_the_departement_see_the_members() -> None:
    assert [may_see_members(actor, HERE) for actor in (MEMBER, AGENT, ADMINISTRATOR, STRANGER)] == [
        True, True, True, False
    ]  # fmt: skip
    nobody = Actor(role=Role.CANDIDATE, name="Camille")
    assert not may_see_members(nobody, None)


def test_only_an_administrator_touches_an_administrator() -> None:
    manager = _actor(Role.DEPARTMENT, here=True, manager=True)
    assert not may_touch_member(manager, HERE, DEPARTMENT, Role.ADMINISTRATOR)
    assert may_touch_member(manager, HERE, DEPARTMENT, Role.DEPARTMENT)
    assert may_touch_member(ADMINISTRATOR, HERE, DEPARTMENT, Role.ADMINISTRATOR)


def test_any_member_invites_a_member_and_only_a_manager_invites_a_manager() -> None:
    def refused(actor: Actor, state: OrganisationState, *, as_manager: bool) -> tuple[OrganisationRefusal, ...]:
        return invitation_refusals(actor, HERE, FIRM, state, as_manager=as_manager)

    assert refused(MEMBER, _S.APPROVED, as_manager=False) == ()
    assert refused(MANAGER, _S.APPROVED, as_manager=True) == ()
    assert refused(MEMBER, _S.APPROVED, as_manager=True) == (OrganisationRefusal.ONLY_MANAGERS,)
    assert refused(MANAGER, _S.PENDING, as_manager=False) == (OrganisationRefusal.NOT_OPEN,)
    assert refused(STRANGER, _S.CLOSED, as_manager=True) == (
        OrganisationRefusal.NOT_OPEN,
        OrganisationRefusal.DEPARTMENT_INVITES,
    )


@pytest.mark.parametrize(
    ("is_manager", "other_managers", "others", "refused"),
    [
        (True, 0, 3, True),
        (True, 1, 3, False),
        (True, 0, 0, False),
        (False, 0, 3, False),
        (False, 1, 1, False),
    ],
)
def test_the_last_manager_does_not_leave_people_without_one(
    is_manager: bool, other_managers: int, others: int, refused: bool
) -> None:
    reasons = leaving_refusals(is_manager=is_manager, other_managers=other_managers, others=others)
    assert reasons == ((OrganisationRefusal.LAST_MANAGER,) if refused else ())


def test_a_correction_of_the_kind_changes_no_role() -> None:
    assert kind_refusals(FIRM, OrganisationKind.SAP) == ()
    assert kind_refusals(FIRM, OrganisationKind.CCAS) == (OrganisationRefusal.KIND_CHANGES_ROLE,)
