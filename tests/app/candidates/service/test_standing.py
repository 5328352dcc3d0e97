"""Consent, readiness, mandates: who may give and take them, and what follows at once."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.models import Candidate, Mandate, ReadinessEntry
from app.candidates.rules import CandidateRefusal, ReadinessCheck
from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.quantities import add_months
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal
from tests.factories.candidates import CandidateFactory, followed_by, mandate_for, person_with_access, wanted
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def withdrawn() -> Iterator[list[tuple[Candidate, Actor]]]:
    heard: list[tuple[Candidate, Actor]] = []

    def listen(candidate: Candidate, by: Actor) -> None:
        heard.append((candidate, by))

    service.CANDIDATE_WITHDRAWN.connect(listen)
    yield heard
    service.CANDIDATE_WITHDRAWN._listeners.remove(listen)


def _reasons(act: Callable[[], object]) -> set[object]:
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.reasons)


def _actions(session: scoped_session, candidate: Candidate) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.object_id == candidate.id).order_by(AuditEntry.id)
    return list(session.scalars(query))


# --- consent ----------------------------------------------------------------------------------------------


def test_the_person_gives_and_withdraws_their_own_consent_at_once(
    session: scoped_session, withdrawn: list[tuple[Candidate, Actor]]
) -> None:
    me = person_with_access()
    assert me.candidate is not None
    service.give_consent(me.candidate.id, by=me.actor)
    assert me.candidate.consent_at == clock.now()
    assert me.candidate.consent_by == me.user.id
    service.withdraw_consent(me.candidate.id, by=me.actor)
    assert me.candidate.consent_at is None
    assert me.candidate.consent_by is None
    assert withdrawn == [(me.candidate, me.actor)]
    assert _actions(session, me.candidate) == ["candidate.consent_given", "candidate.consent_withdrawn"]


def test_consent_given_twice_keeps_its_first_date() -> None:
    me = person_with_access()
    assert me.candidate is not None
    service.give_consent(me.candidate.id, by=me.actor)
    first, version = me.candidate.consent_at, me.candidate.version
    with clock.frozen(clock.today() + timedelta(days=3)):
        service.give_consent(me.candidate.id, by=me.actor)
    assert (me.candidate.consent_at, me.candidate.version) == (first, version)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REFERENT])
def test_a_professional_without_mandate_gives_no_consent(role: Role) -> None:
    who = somebody(role)
    candidate = followed_by(who)
    assert _reasons(lambda: service.give_consent(candidate.id, by=who.actor)) == {CandidateRefusal.NO_MANDATE}
    assert candidate.consent_at is None


def test_the_holder_of_a_mandate_gives_consent_and_the_trail_says_for_whom(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who)
    mandate_for(who, candidate)
    service.give_consent(candidate.id, by=who.actor)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "candidate.consent_given")).one()
    assert (entry.actor_user_id, entry.on_behalf_of) == (who.user.id, candidate.id)
    assert candidate.consent_by == who.user.id


def test_whoever_accompanies_the_person_may_note_that_they_say_no() -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who, consenting=True)
    service.withdraw_consent(candidate.id, by=who.actor)
    assert candidate.consent_at is None


def test_the_departement_only_reads() -> None:
    agent = somebody(Role.DEPARTMENT)
    candidate = CandidateFactory(consenting=True)
    assert _reasons(lambda: service.withdraw_consent(candidate.id, by=agent.actor)) == {WorkflowRefusal.NOT_YOUR_ROLE}
    assert _reasons(lambda: service.give_consent(candidate.id, by=agent.actor)) == {CandidateRefusal.NO_MANDATE}
    assert candidate.consent_at is not None


def test_consent_asked_on_an_old_page_is_stale() -> None:
    me = person_with_access()
    assert me.candidate is not None
    with pytest.raises(StaleVersion):
        service.give_consent(me.candidate.id, by=me.actor, version=me.candidate.version - 1)


# --- readiness --------------------------------------------------------------------------------------------


def test_ready_needs_every_check_a_job_and_a_commune() -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who, commune_insee=None)
    checks = set(ReadinessCheck) - {ReadinessCheck.DOCUMENTS}
    assert _reasons(lambda: service.set_ready(candidate.id, True, by=who.actor, checks=checks)) == {
        CandidateRefusal.CHECKS_MISSING,
        CandidateRefusal.READY_NO_TRADE,
        CandidateRefusal.READY_NO_COMMUNE,
    }
    assert candidate.ready_on is None


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REFERENT])
def test_a_facilitator_or_a_referent_says_ready_and_takes_it_back(session: scoped_session, role: Role) -> None:
    who = somebody(role)
    candidate = followed_by(who, trades=wanted("agent-entretien"))
    service.set_ready(candidate.id, True, by=who.actor, checks=set(ReadinessCheck), explanation="Vue ce matin.")
    assert (candidate.ready_on, candidate.ready_by) == (clock.today(), who.user.id)
    service.set_ready(candidate.id, False, by=who.actor, explanation="Elle part en formation.")
    assert (candidate.ready_on, candidate.ready_by) == (None, None)
    entries = session.scalars(select(ReadinessEntry).where(ReadinessEntry.candidate_id == candidate.id)).all()
    assert sorted((entry.ready, len(entry.checks), entry.note) for entry in entries) == [
        (False, 0, "Elle part en formation."),
        (True, 5, "Vue ce matin."),
    ]


def test_the_person_and_the_departement_do_not_say_ready() -> None:
    me, agent = person_with_access(), somebody(Role.DEPARTMENT)
    assert me.candidate is not None
    mine, checks = me.candidate.id, set(ReadinessCheck)
    assert _reasons(lambda: service.set_ready(mine, True, by=me.actor, checks=checks)) == {
        WorkflowRefusal.NOT_YOUR_ROLE
    }
    assert _reasons(lambda: service.set_ready(mine, True, by=agent.actor, checks=checks)) == {
        WorkflowRefusal.NOT_YOUR_ROLE
    }


def test_an_employer_does_not_even_find_the_file() -> None:
    employer, candidate = somebody(Role.EMPLOYER), CandidateFactory()
    with pytest.raises(NotFound):
        service.set_ready(candidate.id, True, by=employer.actor, checks=set(ReadinessCheck))


def test_the_wait_starts_the_first_time_and_goes_on_after() -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who, trades=wanted("agent-entretien"), waiting_since=date(2026, 1, 1))
    checks = set(ReadinessCheck)
    service.set_ready(candidate.id, True, by=who.actor, checks=checks)
    first = candidate.waiting_since
    assert first == clock.today()
    with clock.frozen(clock.today() + timedelta(days=40)):
        service.set_ready(candidate.id, False, by=who.actor)
        service.set_ready(candidate.id, True, by=who.actor, checks=checks)
    assert candidate.waiting_since == first


def test_ready_said_twice_is_said_once(session: scoped_session) -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who, trades=wanted("agent-entretien"))
    for _ in range(2):
        service.set_ready(candidate.id, True, by=who.actor, checks=set(ReadinessCheck))
    query = select(ReadinessEntry).where(ReadinessEntry.candidate_id == candidate.id)
    assert len(session.scalars(query).all()) == 1


# --- mandates ---------------------------------------------------------------------------------------------


def _record(who: Actor, candidate: Candidate, **changes: object) -> Mandate:
    today = clock.today()
    said = {"starts_on": today, "ends_on": add_months(today, 6), "reason": "Pas de téléphone."}
    return service.record_mandate(candidate.id, by=who, **{**said, **changes})  # type: ignore[arg-type]


def test_a_mandate_lets_its_holder_act_between_its_dates_only() -> None:
    who, colleague = somebody(Role.REFERENT), somebody(Role.REFERENT)
    candidate = followed_by(who)
    assert not service.acting_for(who.actor, candidate)
    mandate = _record(who.actor, candidate)
    assert service.acting_for(who.actor, candidate)
    assert not service.acting_for(colleague.actor, candidate)
    with clock.frozen(mandate.ends_on - timedelta(days=1)):
        assert service.acting_for(who.actor, candidate)
    with clock.frozen(mandate.ends_on):
        assert not service.acting_for(who.actor, candidate)


def test_a_mandate_is_of_the_organisation_in_which_it_was_given() -> None:
    who, elsewhere = somebody(Role.REFERENT), somebody(Role.REFERENT)
    candidate = followed_by(who)
    _record(who.actor, candidate)
    moved = Actor(role=Role.REFERENT, name="", user_id=who.user.id, organisation_id=elsewhere.actor.organisation_id)
    assert not service.acting_for(moved, candidate)


def test_a_mandate_withdrawn_ends_at_once() -> None:
    who = somebody(Role.FACILITATOR)
    candidate = followed_by(who)
    mandate = _record(who.actor, candidate)
    service.withdraw_mandate(mandate.id, by=who.actor)
    assert not service.acting_for(who.actor, candidate)
    assert mandate.withdrawn_at == clock.now()


def test_the_person_withdraws_a_mandate_too() -> None:
    me, who = person_with_access(), somebody(Role.REFERENT)
    assert me.candidate is not None
    mandate = mandate_for(who, me.candidate)
    service.withdraw_mandate(mandate.id, by=me.actor)
    assert mandate.withdrawn_at is not None


def test_a_stranger_does_not_find_a_mandate() -> None:
    who, stranger = somebody(Role.REFERENT), somebody(Role.REFERENT)
    mandate = mandate_for(who, followed_by(who))
    with pytest.raises(NotFound):
        service.withdraw_mandate(mandate.id, by=stranger.actor)
    with pytest.raises(NotFound):
        service.withdraw_mandate(uuid4(), by=who.actor)


def test_a_person_with_a_phone_acts_themselves() -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who, phone="+33612345678")
    assert _reasons(lambda: _record(who.actor, candidate)) == {CandidateRefusal.HAS_OWN_ACCESS}


def test_every_fault_of_a_mandate_is_said_at_once() -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who)
    yesterday = clock.today() - timedelta(days=1)
    wrong = {"starts_on": yesterday, "ends_on": yesterday, "reason": "  "}
    assert _reasons(lambda: _record(who.actor, candidate, **wrong)) == {
        CandidateRefusal.MANDATE_PAST,
        CandidateRefusal.MANDATE_ORDER,
        CandidateRefusal.MANDATE_NO_REASON,
    }


def test_a_second_mandate_while_one_runs_is_refused_and_a_double_sending_is_one() -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who)
    row_id = uuid4()
    first = _record(who.actor, candidate, row_id=row_id)
    assert _record(who.actor, candidate, row_id=row_id) is first
    assert _reasons(lambda: _record(who.actor, candidate)) == {CandidateRefusal.MANDATE_RUNNING}
    assert queries.mandates_of(candidate.id) == [first]
