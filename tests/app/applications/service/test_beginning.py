"""An application begins: proposals to several people at once, and people who apply."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Application, ApplicationDraft, ApplicationTransition
from app.applications.rules import ApplicationRefusal, ApplicationState, ProposalResult
from app.audit.models import AuditEntry
from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import Gone, NotFound, Refused
from app.core.roles import Role
from app.offers import service as offers
from tests.factories.applications import (
    a_market,
    a_ready_person,
    kinds_of_messages,
    proposed,
    refused,
    sent,
)
from tests.factories.candidates import mandate_for
from tests.factories.offers import OfferFactory
from tests.factories.people import somebody

S = ApplicationState


def test_several_people_are_proposed_at_once_each_with_its_outcome(session: scoped_session, today: date) -> None:
    market = a_market()
    not_ready = a_ready_person(ready_on=None, ready_by=None)
    far = somebody(Role.CANDIDATE)
    far.candidate.commune_insee = "91223"
    proposed(market, today)
    said_no, was_refused, fresh = a_ready_person(), a_ready_person(), a_ready_person()
    service.decline(proposed(market, today, said_no).id, by=said_no.actor, today=today)
    refused(market, today, was_refused)
    everybody = (market.person, not_ready, far, said_no, was_refused, fresh)
    people = [service.Proposed(who.candidate.id) for who in everybody]
    outcomes = service.propose(market.offer.id, people, by=market.facilitator.actor, today=today)
    assert [outcome.result for outcome in outcomes] == [
        ProposalResult.ALREADY,
        ProposalResult.NOT_READY,
        ProposalResult.NOT_SEEN,
        ProposalResult.DECLINED_BEFORE,
        ProposalResult.REFUSED_BEFORE,
        ProposalResult.PROPOSED,
    ]
    assert outcomes[2].name == ""


def test_a_person_ticked_twice_is_proposed_once(session: scoped_session, today: date) -> None:
    market = a_market()
    people = [service.Proposed(market.person.candidate.id)] * 2
    outcomes = service.propose(market.offer.id, people, by=market.facilitator.actor, today=today)
    assert [outcome.result for outcome in outcomes] == [ProposalResult.PROPOSED]


def test_the_person_has_seven_days_and_reads_the_reasons_kept_at_the_time(session: scoped_session, today: date) -> None:
    application = proposed(a_market(), today)
    assert application.answer_due_on == date(2026, 11, 12)
    assert application.reasons["person"] == ["Vous avez déjà fait ce travail."]


def test_nobody_is_proposed_when_no_post_is_left(session: scoped_session, today: date) -> None:
    market = a_market(posts=1, posts_filled=1)
    with pytest.raises(Refused) as no:
        proposed(market, today)
    assert no.value.reasons == (ApplicationRefusal.NO_POST_LEFT,)


def test_a_proposal_starts_the_waiting_again_without_a_conflict_for_an_editor(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    candidate = market.person.candidate
    candidate.waiting_since = date(2026, 1, 1)
    session.flush()
    version = candidate.version
    proposed(market, today)
    session.expire_all()
    again = session.get(Candidate, candidate.id)
    assert (again.waiting_since, again.version) == (today, version)


def test_the_words_of_the_facilitator_are_in_the_portal_and_in_no_message(session: scoped_session, today: date) -> None:
    market = a_market()
    note = "Votre éducatrice vous en a parlé."
    people = [service.Proposed(market.person.candidate.id)]
    service.propose(market.offer.id, people, note=note, by=market.facilitator.actor, today=today)
    application = db.session.scalars(select(Application)).one()
    assert application.proposal_note == note
    assert kinds_of_messages(application) == ["application_proposed"]
    assert note not in _bodies()


def _bodies() -> str:
    from app.messages.models import Message

    return "\n".join(f"{row.subject}\n{row.body}" for row in db.session.scalars(select(Message)))


def test_a_second_application_for_the_same_offer_is_refused(session: scoped_session, today: date) -> None:
    market = a_market()
    sent(market, today)
    with pytest.raises(Refused) as no:
        sent(market, today)
    assert no.value.reasons == (ApplicationRefusal.ALREADY_APPLIED,)


def test_somebody_may_apply_again_after_taking_an_application_back(session: scoped_session, today: date) -> None:
    market = a_market()
    first = sent(market, today)
    service.withdraw(first.id, by=market.person.actor, today=today)
    assert sent(market, today).id != first.id


@pytest.mark.parametrize("end", ["close", "fill", "pause", "past"])
def test_an_offer_that_is_over_takes_no_application(session: scoped_session, today: date, end: str) -> None:
    market = a_market()
    if end == "past":
        market.offer.expires_on = today - timedelta(days=1)
        session.flush()
    else:
        getattr(offers, end)(market.offer.id, by=market.employer.actor)
    with pytest.raises(Gone):
        sent(market, today)


def test_a_draft_offer_does_not_exist_for_anybody(session: scoped_session, today: date) -> None:
    person = a_ready_person()
    with pytest.raises(NotFound):
        service.apply(OfferFactory().id, candidate_id=person.candidate.id, words="", by=person.actor, today=today)


def test_nobody_applies_for_a_stranger(session: scoped_session, today: date) -> None:
    market, other = a_market(), a_ready_person()
    with pytest.raises(Refused) as no:
        service.apply(market.offer.id, candidate_id=other.candidate.id, words="", by=market.person.actor, today=today)
    assert no.value.reasons == (ApplicationRefusal.NO_MANDATE,)


def test_a_professional_applies_for_a_person_under_a_mandate_and_it_is_said(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    holder, candidate = market.facilitator, market.person.candidate
    mandate_for(holder, candidate)
    application = service.apply(market.offer.id, candidate_id=candidate.id, words="", by=holder.actor, today=today)
    step = queries.transitions_of(application)[0]
    assert (step.on_behalf, step.by_name, step.to_state) == (True, holder.actor.name, S.SENT)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "application.made")).one()
    assert entry.on_behalf_of == candidate.id


def test_what_was_written_before_the_sign_in_goes_once_it_is_sent(session: scoped_session, today: date) -> None:
    from app.accounts.rules.throttles import Visitor

    market = a_market()
    draft = service.draft(market.offer.id, "Je commence quand vous voulez.", Visitor("203.0.113.7"))
    assert queries.draft_of(draft.id, market.offer.id).words == "Je commence quand vous voulez."
    service.apply(
        market.offer.id,
        candidate_id=market.person.candidate.id,
        words=draft.words,
        by=market.person.actor,
        today=today,
        draft_id=draft.id,
    )
    assert db.session.scalars(select(ApplicationDraft)).all() == []


def test_a_direct_application_is_sent_at_once_with_fifteen_days_to_answer(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    assert (application.state, application.answer_due_on) == (S.SENT, date(2026, 11, 20))
    assert kinds_of_messages(application) == ["application_received"]
    step = db.session.scalars(select(ApplicationTransition)).one()
    assert (step.from_state, step.to_state, step.on_behalf) == (None, S.SENT, False)


def test_a_direct_application_keeps_the_score_and_the_sentences_of_the_moment(
    session: scoped_session, today: date
) -> None:
    application = sent(a_market(), today)
    assert application.score is not None
    assert application.reasons["employer"][0] == "Recherche ce métier\u00a0: agent d’entretien"
    assert {"person", "facilitator", "to_check", "employer"} == set(application.reasons)
