"""The département decides who takes part, and makes the organisations that nobody inscribes."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.audit.models import AuditEntry
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.organisations import service
from app.organisations.models import Invitation, Organisation
from app.organisations.rules import OrganisationKind, OrganisationRefusal, OrganisationState
from tests.factories.accounts import HERE, PASSWORD, with_password
from tests.factories.organisations import a_siret, letters
from tests.factories.people import Somebody, an_organisation, somebody


def _waiting(session: scoped_session) -> tuple[Somebody, Organisation]:
    person = with_password()
    assert person.organisation is not None
    person.organisation.state, person.organisation.approved_at = OrganisationState.PENDING, None
    session.flush()
    return person, person.organisation


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_an_approved_organisation_comes_in_and_is_told(session: scoped_session, role: Role) -> None:
    person, organisation = _waiting(session)
    agent = somebody(role)
    service.approve(organisation.id, by=agent.actor, version=organisation.version)
    assert (organisation.state, organisation.approved_by) == (OrganisationState.APPROVED, agent.user.id)
    assert organisation.approved_at is not None
    assert len(letters("organisation_approved", person.user.email)) == 1
    assert accounts.sign_in(person.user.email or "", PASSWORD, HERE)
    assert session.scalars(
        select(AuditEntry.action).where(
            AuditEntry.object_id == organisation.id, AuditEntry.actor_user_id == agent.user.id
        )
    ).all() == ["organisation.approve"]


def test_a_refused_organisation_reads_why(session: scoped_session) -> None:
    person, organisation = _waiting(session)
    service.refuse(
        organisation.id, "Le SIRET est celui\nd’une autre firme.", by=somebody(Role.DEPARTMENT).actor,
        version=organisation.version,
    )  # fmt: skip
    assert organisation.state is OrganisationState.REFUSED
    (letter,) = letters("organisation_refused", person.user.email)
    assert "Le SIRET est celui\nd’une autre firme." in letter.body


def test_a_closed_organisation_is_signed_out_and_its_offers_are_told(session: scoped_session) -> None:
    person, agent = with_password(), somebody(Role.DEPARTMENT)
    organisation = person.organisation
    assert organisation is not None
    token = accounts.sign_in(person.user.email or "", PASSWORD, HERE)
    told = []
    listener = lambda organisation_id, by: told.append((organisation_id, by.user_id))  # noqa: E731
    service.ORGANISATION_CLOSED.connect(listener)
    try:
        service.close(organisation.id, by=agent.actor, version=organisation.version)
    finally:
        service.ORGANISATION_CLOSED._listeners.remove(listener)
    assert told == [(organisation.id, agent.user.id)]
    assert accounts.signed_in_by(token) is None
    service.reopen(organisation.id, by=agent.actor, version=organisation.version)
    assert accounts.signed_in_by(token) is None  # a session never comes back to life
    assert accounts.sign_in(person.user.email or "", PASSWORD, HERE)


_ACTS: list[Callable[..., object]] = [
    service.approve,
    lambda organisation_id, **who: service.refuse(organisation_id, "Non.", **who),
    service.close,
    service.reopen,
]


@pytest.mark.parametrize("act", _ACTS)
def test_only_the_departement_decides(session: scoped_session, act: Callable[..., object]) -> None:
    organisation = an_organisation()
    for role in (Role.FACILITATOR, Role.REFERENT):
        reader = somebody(role)
        session.commit()
        with pytest.raises(Refused) as caught:
            act(organisation.id, by=reader.actor, version=organisation.version)
        assert set(caught.value.reasons) <= {WorkflowRefusal.NOT_YOUR_ROLE, WorkflowRefusal.WRONG_STATE}
    with pytest.raises(NotFound):
        act(organisation.id, by=somebody(Role.EMPLOYER).actor, version=organisation.version)
    with pytest.raises(NotFound):
        act(uuid4(), by=somebody(Role.DEPARTMENT).actor, version=1)
    assert organisation.state is OrganisationState.APPROVED


def test_two_agents_do_not_decide_one_after_the_other(session: scoped_session) -> None:
    _, organisation = _waiting(session)
    agent = somebody(Role.DEPARTMENT)
    seen = organisation.version
    organisation.name = "Un autre nom"
    session.flush()
    with pytest.raises(StaleVersion):
        service.approve(organisation.id, by=agent.actor, version=seen)
    assert organisation.state is OrganisationState.PENDING


def test_the_departement_itself_stays(session: scoped_session) -> None:
    agent = somebody(Role.ADMINISTRATOR)
    assert agent.organisation is not None
    with pytest.raises(Refused) as caught:
        service.close(agent.organisation.id, by=agent.actor, version=agent.organisation.version)
    assert caught.value.reasons == (OrganisationRefusal.DEPARTMENT_STAYS,)


def _details(**values: object) -> service.OrganisationDetails:
    defaults = {"name": "PLIE du Hurepoix", "commune_insee": "91200", "kind": OrganisationKind.PLIE}
    return service.OrganisationDetails(**{**defaults, **values})  # type: ignore[arg-type]


def test_the_departement_makes_a_plie_and_invites_its_first_manager(session: scoped_session) -> None:
    row_id, agent = uuid4(), somebody(Role.DEPARTMENT)
    for _ in range(2):  # sent twice
        service.create(
            row_id,
            _details(territory_code="sud-essonne"),
            siret=None,
            manager_email="chef@plie.example",
            by=agent.actor,
        )
    made = session.get_one(Organisation, row_id)
    assert (made.state, made.kind, made.territory_code) == (
        OrganisationState.APPROVED, OrganisationKind.PLIE, "sud-essonne",
    )  # fmt: skip
    (invitation,) = session.scalars(select(Invitation))
    assert (invitation.role, invitation.is_manager) == (Role.FACILITATOR, True)
    assert len(letters("invitation", "chef@plie.example")) == 1


def test_nobody_else_makes_an_organisation(session: scoped_session) -> None:
    for role in (Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT):
        with pytest.raises(NotFound):
            service.create(uuid4(), _details(), siret=None, manager_email=None, by=somebody(role).actor)


def test_a_siret_is_that_of_one_organisation(session: scoped_session) -> None:
    siret = a_siret()
    an_organisation(siret=siret)
    with pytest.raises(Refused) as caught:
        service.create(uuid4(), _details(), siret=siret, manager_email=None, by=somebody(Role.DEPARTMENT).actor)
    assert caught.value.fields == {OrganisationRefusal.SIRET_TAKEN: "siret"}


def test_a_manager_corrects_the_page_but_neither_type_nor_territory(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    organisation = manager.organisation
    assert organisation is not None
    details = _details(name="Étampes Propreté & Cie", kind=OrganisationKind.SAP, territory_code="sud-essonne")
    service.edit(organisation.id, details, by=manager.actor, version=organisation.version)
    assert (organisation.name, organisation.kind, organisation.territory_code) == (
        "Étampes Propreté & Cie", OrganisationKind.FIRM, None,
    )  # fmt: skip


def test_the_departement_corrects_the_type_when_no_role_changes(session: scoped_session) -> None:
    organisation, agent = an_organisation(), somebody(Role.DEPARTMENT)
    service.edit(organisation.id, _details(kind=OrganisationKind.EI), by=agent.actor, version=organisation.version)
    session.flush()
    assert organisation.kind is OrganisationKind.EI
    with pytest.raises(Refused) as caught:
        service.edit(organisation.id, _details(kind=OrganisationKind.MDS), by=agent.actor, version=organisation.version)
    assert caught.value.reasons == (OrganisationRefusal.KIND_CHANGES_ROLE,)


def test_two_managers_who_edit_see_both_versions(session: scoped_session) -> None:
    manager = somebody(Role.EMPLOYER)
    organisation = manager.organisation
    assert organisation is not None
    seen = organisation.version
    service.edit(organisation.id, _details(name="Le premier"), by=manager.actor, version=seen)
    with pytest.raises(StaleVersion) as caught:
        service.edit(organisation.id, _details(name="Le second"), by=manager.actor, version=seen)
    assert caught.value.theirs["name"] == "Le premier"
    assert caught.value.theirs["version"] == seen + 1


def test_a_member_does_not_edit_the_page(session: scoped_session) -> None:
    member = somebody(Role.EMPLOYER, manager=False)
    assert member.organisation is not None
    with pytest.raises(NotFound):
        service.edit(member.organisation.id, _details(), by=member.actor, version=member.organisation.version)
