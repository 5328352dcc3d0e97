"""Who sees which organisations, and what waits for whom."""

from datetime import date

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import SYSTEM, Actor, Role
from app.organisations import queries
from app.organisations.models import JoinRequest, Organisation
from app.organisations.rules import OrganisationKind, OrganisationState
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody

_K = OrganisationKind


def _seen(actor: Actor) -> set[Organisation]:
    return set(db.session.scalars(queries.organisations_visible_to(actor)))


def test_each_sees_the_organisations_their_work_needs(session: scoped_session) -> None:
    firm, siae, plie = an_organisation(_K.FIRM), an_organisation(_K.ACI), an_organisation(_K.PLIE)
    waiting = an_organisation(_K.FIRM, state=OrganisationState.PENDING)
    closed = an_organisation(_K.MDS, state=OrganisationState.CLOSED)
    everything = {firm, siae, plie, waiting, closed}

    def seen(person: Somebody) -> set[Organisation]:
        return _seen(person.actor) & everything

    assert seen(somebody(Role.DEPARTMENT)) == everything
    assert seen(somebody(Role.ADMINISTRATOR)) == everything
    assert seen(somebody(Role.FACILITATOR)) == seen(somebody(Role.REFERENT)) == {firm, siae, plie}
    assert seen(somebody(Role.EMPLOYER)) == {plie}
    assert seen(somebody(Role.EMPLOYER, firm)) == {firm, plie}
    assert seen(somebody(Role.CANDIDATE)) == {firm, siae}
    assert _seen(SYSTEM) >= everything


def test_an_organisation_out_of_sight_is_not_found(session: scoped_session) -> None:
    rival = an_organisation(_K.FIRM)
    with pytest.raises(NotFound):
        queries.the_organisation(somebody(Role.EMPLOYER).actor, rival.id)
    assert queries.the_organisation(somebody(Role.REFERENT).actor, rival.id) is rival


def _names(actor: Actor, **asked: str) -> list[str]:
    query = queries.organisations_listed(actor, queries.Filters(**asked), date(2026, 11, 5))
    return [organisation.name for organisation in db.session.scalars(query).unique()]


def test_the_list_answers_words_whatever_the_accents(session: scoped_session) -> None:
    agent = somebody(Role.DEPARTMENT).actor
    an_organisation(name="Étampes Propreté", siret="26910012300018", commune_insee="91223")
    an_organisation(name="100% Jardin_s", commune_insee="91200")
    assert _names(agent, words="etampes") == ["Étampes Propreté"]
    assert _names(agent, words="DOURDAN") == ["100% Jardin_s"]
    assert _names(agent, words="269 100 123") == ["Étampes Propreté"]
    assert _names(agent, words="%") == ["100% Jardin_s"]
    assert _names(agent, words="_s") == ["100% Jardin_s"]
    assert _names(agent, words="personne") == []
    assert _names(agent, words="\\") == []


def test_the_list_is_filtered_by_type_state_and_territory_and_sorted(session: scoped_session) -> None:
    agent = somebody(Role.DEPARTMENT).actor
    an_organisation(_K.ACI, name="B chantier", commune_insee="91200")
    an_organisation(_K.SAP, name="a domicile", commune_insee="91377")
    an_organisation(_K.CCAS, name="C mairie", commune_insee=None, territory_code="sud-essonne")
    an_organisation(_K.FIRM, name="D attend", state=OrganisationState.PENDING, commune_insee="91377")
    assert _names(agent, kind="siae") == ["B chantier"]
    assert _names(agent, kind="employeurs") == ["a domicile", "B chantier", "D attend"]
    assert _names(agent, kind="referents") == ["C mairie"]
    assert _names(agent, kind="sap") == ["a domicile"]
    assert _names(agent, state="pending") == ["D attend"]
    assert _names(agent, kind="employeurs", sort="-nom") == ["D attend", "B chantier", "a domicile"]
    assert _names(agent, kind="siae", sort="inconnu", state="inconnu") == ["B chantier"]
    assert "C mairie" in _names(agent, territory="sud-essonne")
    assert "a domicile" in _names(agent, territory="nord-ouest")
    assert "a domicile" not in _names(agent, territory="sud-essonne")


def test_the_list_of_those_with_requests(session: scoped_session) -> None:
    host, other = an_organisation(name="Hôte"), an_organisation(name="Autre")
    session.add(JoinRequest(organisation_id=host.id, user_id=somebody(Role.EMPLOYER, other).user.id))
    session.flush()
    assert _names(somebody(Role.DEPARTMENT).actor, state="demandes") == ["Hôte"]


def test_the_departement_is_told_what_waits_for_approval(session: scoped_session, statements: Statements) -> None:
    agent, today = somebody(Role.DEPARTMENT).actor, date(2026, 11, 5)
    assert queries.to_do_for(agent, today) == []
    an_organisation(state=OrganisationState.PENDING, approved_at=None)
    (one,) = queries.to_do_for(agent, today)
    assert one.title == "1\u00a0organisation à examiner"
    an_organisation(state=OrganisationState.PENDING, approved_at=None)
    statements.clear()
    (two,) = queries.to_do_for(agent, today)
    assert len(statements) == 2
    assert two.title == "2\u00a0organisations à examiner"
    assert two.arguments["etat"] == "pending"


def test_a_request_waits_for_who_answers_it_only(session: scoped_session) -> None:
    today, asker = date(2026, 11, 5), somebody(Role.EMPLOYER)
    manager, facilitator = somebody(Role.EMPLOYER), somebody(Role.FACILITATOR)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    for host in (manager, facilitator):
        assert host.organisation is not None
        session.add(JoinRequest(organisation_id=host.organisation.id, user_id=asker.user.id))
    session.flush()
    (to_manager,) = queries.to_do_for(manager.actor, today)
    assert to_manager.title == "1\u00a0demande de rattachement"
    assert to_manager.arguments == {"organisation_id": manager.actor.organisation_id}
    (to_agent,) = queries.to_do_for(somebody(Role.DEPARTMENT).actor, today)
    assert facilitator.actor.organisation_name in to_agent.text
    for actor in (member.actor, asker.actor, facilitator.actor, somebody(Role.CANDIDATE).actor):
        assert queries.to_do_for(actor, today) == []
