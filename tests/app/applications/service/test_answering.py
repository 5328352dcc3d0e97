"""The person answers; the facilitator sends."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.models import ApplicationTransition
from app.applications.rules import ApplicationRefusal, ApplicationState
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.offers.rules import OfferState
from tests.factories.applications import (
    a_market,
    a_ready_person,
    agreed,
    delivered,
    kinds_of_messages,
    proposed,
    sent,
)
from tests.factories.candidates import mandate_for
from tests.factories.people import somebody

S = ApplicationState


def test_a_yes_waits_for_the_facilitator_who_sends_it(session: scoped_session, today: date) -> None:
    market = a_market()
    application = agreed(market, today)
    assert (application.state, application.sent_at, application.answer_due_on) == (S.AGREED, None, None)
    assert service.send([application.id], by=market.facilitator.actor, today=today) == 1
    assert (application.state, application.answer_due_on) == (S.SENT, date(2026, 11, 20))
    assert kinds_of_messages(application) == [
        "application_proposed",
        "application_agreed",
        "application_received",
        "application_sent",
    ]


def test_a_yes_sent_twice_is_one_yes(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    version = application.version
    for _ in range(2):
        service.agree(application.id, by=market.person.actor, version=version, today=today)
    assert application.state is S.AGREED
    assert kinds_of_messages(application).count("application_agreed") == 1


def test_a_yes_after_a_no_is_refused(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    version = application.version
    service.decline(application.id, by=market.person.actor, version=version, today=today)
    with pytest.raises(Refused) as no:
        service.agree(application.id, by=market.person.actor, version=version, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_form_that_shows_an_older_state_is_told_when_the_act_is_possible_still(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    application = sent(market, today)
    seen = application.version
    service.review(application.id, by=market.employer.actor, version=seen, today=today)
    with pytest.raises(StaleVersion) as stale:
        service.postpone(application.id, by=market.employer.actor, version=seen, today=today)
    assert stale.value.theirs == {"version": application.version}


@pytest.mark.parametrize("state", [OfferState.EXPIRED, OfferState.FILLED, OfferState.CLOSED])
def test_nobody_says_yes_to_an_offer_that_is_over(session: scoped_session, today: date, state: OfferState) -> None:
    market = a_market()
    application = proposed(market, today)
    market.offer.state = state
    market.offer.closed_at = market.offer.published_at if state is OfferState.CLOSED else None
    session.flush()
    with pytest.raises(Refused) as no:
        service.agree(application.id, by=market.person.actor, today=today)
    assert no.value.reasons == (ApplicationRefusal.OFFER_NOT_OPEN,)


def test_a_professional_answers_for_a_person_only_under_a_mandate(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    by = market.facilitator.actor
    with pytest.raises(Refused) as no:
        service.agree(application.id, by=by, today=today)
    assert no.value.reasons == (ApplicationRefusal.NO_MANDATE,)
    mandate_for(market.facilitator, market.person.candidate)
    service.agree(application.id, by=by, today=today)
    step = db.session.scalars(select(ApplicationTransition).where(ApplicationTransition.to_state == S.AGREED)).one()
    assert (step.on_behalf, step.by_name) == (True, by.name)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "application.agree")).one()
    assert entry.on_behalf_of == application.candidate_id


def test_a_mandate_that_is_over_lets_nobody_act(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    dates = {"starts_on": today - timedelta(days=30), "ends_on": today}
    mandate_for(market.facilitator, market.person.candidate, **dates)
    with pytest.raises(Refused) as no:
        service.decline(application.id, by=market.facilitator.actor, today=today)
    assert no.value.reasons == (ApplicationRefusal.NO_MANDATE,)


def test_taking_back_tells_the_employer_only_when_they_had_it(session: scoped_session, today: date) -> None:
    market = a_market()
    early, late = agreed(market, today), delivered(market, today, other := a_ready_person())
    service.withdraw(early.id, by=market.person.actor, today=today)
    service.withdraw(late.id, by=other.actor, today=today)
    assert "application_withdrawn" not in kinds_of_messages(early)
    assert "application_withdrawn" in kinds_of_messages(late)
    assert "application_withdrawn_for" in kinds_of_messages(late)


def test_only_what_was_agreed_is_sent(session: scoped_session, today: date) -> None:
    market = a_market()
    yes, asked = agreed(market, today), proposed(market, today, a_ready_person())
    ids = [yes.id, asked.id, yes.id]
    assert service.send(ids, by=market.facilitator.actor, today=today) == 1
    assert service.send(ids, by=market.facilitator.actor, today=today) == 0
    assert asked.state is S.PROPOSED


def test_a_facilitator_of_elsewhere_sends_nothing(session: scoped_session, today: date) -> None:
    market = a_market()
    application = agreed(market, today)
    stranger = somebody(Role.FACILITATOR, territory="sud-essonne")
    with pytest.raises(NotFound):
        service.send([application.id], by=stranger.actor, today=today)


def test_a_person_without_phone_or_e_mail_is_told_through_who_holds_their_mandate(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    market.person.candidate.phone = market.person.candidate.email = None
    mandate_for(market.facilitator, market.person.candidate)
    application = proposed(market, today)
    message = db.session.scalars(select(Message).where(Message.about_id == application.id)).one()
    assert (message.kind, message.to_user_id) == ("application_for_person", market.facilitator.user.id)


def test_an_employer_reads_nothing_of_a_proposal_nor_of_another_firm(session: scoped_session, today: date) -> None:
    market, other = a_market(), a_market()
    application = agreed(market, today)
    with pytest.raises(NotFound):
        queries.the_application(market.employer.actor, application.id)
    service.withdraw(application.id, by=market.person.actor, today=today)
    with pytest.raises(NotFound):
        queries.the_application(market.employer.actor, application.id)
    direct = sent(market, today)
    assert queries.the_application(market.employer.actor, direct.id).id == direct.id
    for act in (service.review, service.postpone):
        with pytest.raises(NotFound):
            act(direct.id, by=other.employer.actor, today=today)
