"""Acts on applications, on a real PostgreSQL."""

import threading
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import Application, ApplicationTransition, Hire
from app.applications.rules import ApplicationRefusal, ApplicationState, ProposalResult, RefusalReason
from app.audit.models import AuditEntry
from app.candidates.models import Candidate, Mandate
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.messages.models import Message
from app.offers import service as offers
from app.offers.models import Offer
from app.offers.rules import EmploymentKind, OfferState
from tests.factories.applications import Market, a_market, a_ready_person, proposed, sent
from tests.factories.people import somebody

S = ApplicationState


def _hire(application: Application, market: Market, today: date) -> Hire:
    return service.hire(
        application.id,
        start_on=today + timedelta(days=10),
        end_on=None,
        employment_kind=EmploymentKind.CDI,
        hours_week=Decimal(28),
        by=market.employer.actor,
        today=today,
    )


def _kinds() -> list[str]:
    return list(db.session.scalars(select(Message.kind).order_by(Message.created_at)))


def test_from_the_proposal_to_the_hire(session: scoped_session, today: date) -> None:
    market = a_market(posts=2)
    application = proposed(market, today)
    assert (application.state, application.answer_due_on) == (S.PROPOSED, date(2026, 11, 12))
    service.agree(application.id, by=market.person.actor, today=today)
    assert application.sent_at is None
    assert service.send([application.id], by=market.facilitator.actor, today=today) == 1
    assert (application.state, application.answer_due_on) == (S.SENT, date(2026, 11, 20))
    service.review(application.id, by=market.employer.actor, today=today)
    service.invite(
        application.id,
        at=datetime(2026, 11, 9, 10, tzinfo=clock.PARIS),
        place="Au dépôt",
        by=market.employer.actor,
        today=today,
    )
    hire = _hire(application, market, today)
    assert application.state is S.HIRED
    assert (hire.organisation_id, hire.candidate_id) == (market.offer.organisation_id, application.candidate_id)
    assert (market.offer.posts_filled, market.offer.state) == (1, OfferState.PUBLISHED)
    steps = [row.to_state for row in reversed(queries.transitions_of(application))]
    assert set(steps) == {S.PROPOSED, S.AGREED, S.SENT, S.IN_REVIEW, S.INTERVIEW, S.HIRED}
    assert _kinds()[0] == "application_proposed"
    assert {"application_agreed", "application_received", "application_interview", "application_hired"} <= set(_kinds())


def test_the_last_post_fills_the_offer_and_answers_the_others(session: scoped_session, today: date) -> None:
    market = a_market(posts=1)
    first, other = sent(market, today), sent(market, today, a_ready_person())
    _hire(first, market, today)
    assert market.offer.state is OfferState.FILLED
    assert other.state is S.OBSOLETE
    assert "application_obsolete" in _kinds()


def test_a_person_hired_has_their_other_applications_made_obsolete(session: scoped_session, today: date) -> None:
    market, elsewhere = a_market(posts=3), a_market(posts=3)
    here = sent(market, today)
    there = service.apply(
        elsewhere.offer.id, candidate_id=market.person.candidate.id, words="", by=market.person.actor, today=today
    )
    stranger = sent(elsewhere, today)
    _hire(here, market, today)
    assert (there.state, stranger.state) == (S.OBSOLETE, S.SENT)


def test_several_people_are_proposed_at_once_each_with_its_outcome(session: scoped_session, today: date) -> None:
    market = a_market()
    not_ready = a_ready_person(ready_on=None, ready_by=None)
    far = somebody(Role.CANDIDATE)
    far.candidate.commune_insee = "91223"
    proposed(market, today)
    fresh = a_ready_person()
    people = [service.Proposed(who.candidate.id) for who in (market.person, not_ready, far, fresh)]
    outcomes = service.propose(market.offer.id, people, by=market.facilitator.actor, today=today)
    results = [outcome.result for outcome in outcomes]
    assert results == [
        ProposalResult.ALREADY,
        ProposalResult.NOT_READY,
        ProposalResult.NOT_SEEN,
        ProposalResult.PROPOSED,
    ]
    assert outcomes[2].name == ""


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


def test_a_second_application_for_the_same_offer_is_refused(session: scoped_session, today: date) -> None:
    market = a_market()
    sent(market, today)
    with pytest.raises(Refused) as refused:
        sent(market, today)
    assert refused.value.reasons == (ApplicationRefusal.ALREADY_APPLIED,)


@pytest.mark.parametrize("end", ["close", "fill", "past"])
def test_an_offer_that_is_over_takes_no_application(session: scoped_session, today: date, end: str) -> None:
    market = a_market()
    if end == "past":
        market.offer.expires_on = today - timedelta(days=1)
        session.flush()
    else:
        getattr(offers, end)(market.offer.id, by=market.employer.actor)
    with pytest.raises(Gone):
        sent(market, today)


def test_closing_an_offer_says_how_many_people_it_answers(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    effects: list[str] = []
    service.closing_effects(market.offer, effects)
    assert effects == ["La personne qui attend une réponse reçoit un message."]
    offers.close(market.offer.id, by=market.employer.actor)
    assert application.state is S.OBSOLETE


def test_a_refusal_keeps_its_reason_and_the_words_that_the_person_reads(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    service.refuse(
        application.id,
        reason=RefusalReason.NOT_MOBILE,
        text="Le trajet est trop long.",
        by=market.employer.actor,
        today=today,
    )
    message = db.session.scalars(select(Message).where(Message.kind == "application_refused")).one()
    assert "Le trajet est trop long." in message.body
    assert application.refusal_reason is RefusalReason.NOT_MOBILE


def test_a_professional_answers_for_a_person_only_under_a_mandate(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    by = market.facilitator.actor
    with pytest.raises(Refused) as refused:
        service.agree(application.id, by=by, today=today)
    assert refused.value.reasons == (ApplicationRefusal.NO_MANDATE,)
    session.add(
        Mandate(
            candidate_id=application.candidate_id,
            user_id=by.user_id,
            starts_on=today,
            ends_on=today + timedelta(days=90),
            reason="Ni téléphone ni e-mail",
        )
    )
    session.flush()
    service.agree(application.id, by=by, today=today)
    step = db.session.scalars(select(ApplicationTransition).where(ApplicationTransition.to_state == S.AGREED)).one()
    assert (step.on_behalf, step.by_name) == (True, by.name)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "application.agree")).one()
    assert entry.on_behalf_of == application.candidate_id


def test_an_employer_reads_nothing_of_a_proposal_nor_of_another_firm(session: scoped_session, today: date) -> None:
    market, other = a_market(), a_market()
    application = proposed(market, today)
    with pytest.raises(NotFound):
        queries.the_application(market.employer.actor, application.id)
    service.agree(application.id, by=market.person.actor, today=today)
    service.withdraw(application.id, by=market.person.actor, today=today)
    with pytest.raises(NotFound):
        queries.the_application(market.employer.actor, application.id)
    direct = sent(market, today)
    assert queries.the_application(market.employer.actor, direct.id).id == direct.id
    with pytest.raises(NotFound):
        queries.the_application(other.employer.actor, direct.id)
    with pytest.raises(NotFound):
        service.review(direct.id, by=other.employer.actor, today=today)


def test_of_two_editors_of_one_application_the_second_is_told(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    seen = application.version
    service.review(application.id, by=market.employer.actor, version=seen, today=today)
    with pytest.raises(StaleVersion):
        service.postpone(application.id, by=market.employer.actor, version=seen, today=today)


def test_messages_pass_only_once_the_application_is_sent(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    with pytest.raises(Refused):
        service.write_note(application.id, text="Bonjour", by=market.person.actor, today=today)
    service.agree(application.id, by=market.person.actor, today=today)
    service.send([application.id], by=market.facilitator.actor, today=today)
    service.write_note(application.id, text="Faut-il des chaussures ?", by=market.person.actor, today=today)
    assert queries.unread_counts([application.id], market.employer.actor) == {application.id: 1}
    service.open_application(application.id, by=market.employer.actor, today=today)
    assert queries.unread_counts([application.id], market.employer.actor) == {}


def test_what_was_agreed_leaves_by_itself_after_two_days(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    service.agree(application.id, by=market.person.actor, today=today)
    assert service.send_agreed(today) == 0
    later = today + timedelta(days=2)
    with clock.frozen(later):
        assert service.send_agreed(later) == 1
        assert service.send_agreed(later) == 0
    assert application.state is S.SENT


def test_silence_is_noticed_once_by_the_employer_and_then_by_the_proposer(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    service.agree(application.id, by=market.person.actor, today=today)
    service.send([application.id], by=market.facilitator.actor, today=today)
    due = date(2026, 11, 20)
    for day, expected in ((due - timedelta(days=1), 0), (due, 1), (due, 0), (due + timedelta(days=1), 1)):
        with clock.frozen(day):
            assert service.remind(day) == expected
    assert _kinds().count("application_employer_late") == 1
    assert _kinds().count("application_silence") == 1


def test_a_merge_brings_the_applications_to_the_file_that_is_kept(session: scoped_session, today: date) -> None:
    market = a_market()
    kept, merged = market.person, a_ready_person()
    mine, double = sent(market, today, kept), sent(market, today, merged)
    service.candidate_merged(kept.candidate.id, merged.candidate.id, market.facilitator.actor)
    session.flush()
    assert (mine.state, double.state, double.candidate_id) == (S.SENT, S.OBSOLETE, kept.candidate.id)


def test_of_two_who_hire_for_the_last_post_exactly_one_does(own_app: Flask) -> None:
    today = clock.today()
    with own_app.app_context():
        market = a_market(posts=1)
        ids = [sent(market, today).id, sent(market, today, a_ready_person()).id]
        actor, offer_id = market.employer.actor, market.offer.id
        db.session.commit()
    start, outcomes = threading.Barrier(2), []

    def run(application_id: object) -> None:
        with own_app.app_context():
            start.wait(10)
            try:
                service.hire(
                    application_id,
                    start_on=today,
                    end_on=None,
                    employment_kind=EmploymentKind.CDI,
                    hours_week=Decimal(28),
                    by=actor,
                    today=today,
                )
                outcomes.append("hired")
            except Refused:
                outcomes.append("refused")

    threads = [threading.Thread(target=run, args=(key,)) for key in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["hired", "refused"]
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hire)) == 1
        offer = db.session.get(Offer, offer_id)
        assert (offer.posts_filled, offer.state) == (1, OfferState.FILLED)
