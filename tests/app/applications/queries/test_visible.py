"""Whose applications may somebody read?"""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.rules import ApplicationState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import SYSTEM, Actor, Role
from tests.factories.applications import a_market, a_ready_person, agreed, invited, proposed, refused, sent
from tests.factories.people import somebody

S = ApplicationState


def _seen(actor: Actor) -> int:
    visible = queries.applications_visible_to(actor).subquery()
    return db.session.scalar(select(func.count()).select_from(visible)) or 0


def test_each_role_reads_its_own(session: scoped_session, today: date) -> None:
    market, elsewhere = a_market(), a_market()
    mine, theirs = sent(market, today), sent(elsewhere, today)
    far = somebody(Role.FACILITATOR, territory="sud-essonne")
    referent, stranger = somebody(Role.REFERENT), somebody(Role.REFERENT)
    market.person.candidate.referent_id = referent.user.id
    session.flush()
    assert mine.id != theirs.id
    assert _seen(market.person.actor) == 1
    assert _seen(market.employer.actor) == 1
    assert _seen(market.facilitator.actor) == 2  # both live in the territory
    assert _seen(far.actor) == 0
    assert _seen(referent.actor) == 1
    assert _seen(stranger.actor) == 0
    assert _seen(somebody(Role.DEPARTMENT).actor) == 2
    assert _seen(somebody(Role.ADMINISTRATOR).actor) == 0
    assert _seen(SYSTEM) == 2


def test_those_who_proposed_follow_a_person_who_moves_away(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    market.person.candidate.commune_insee = "91223"
    session.flush()
    assert queries.the_application(market.facilitator.actor, application.id).id == application.id


@pytest.mark.parametrize("state", list(S))
def test_an_employer_reads_an_application_from_the_sending_on(session: scoped_session, today: date, state: S) -> None:
    market = a_market()
    application = proposed(market, today)
    application.state = state
    application.refusal_reason = "other" if state is S.REFUSED else None
    application.sent_at = application.proposed_at if state not in {S.PROPOSED, S.AGREED, S.DECLINED} else None
    session.flush()
    assert _seen(market.employer.actor) == (0 if state in {S.PROPOSED, S.AGREED, S.DECLINED} else 1)


def test_what_was_taken_back_before_the_sending_never_reaches_the_employer(
    session: scoped_session, today: date
) -> None:
    market = a_market()
    application = agreed(market, today)
    service.withdraw(application.id, by=market.person.actor, today=today)
    assert _seen(market.employer.actor) == 0


def test_a_stranger_s_application_does_not_exist(session: scoped_session, today: date) -> None:
    application = sent(a_market(), today)
    with pytest.raises(NotFound):
        queries.the_application(a_ready_person().actor, application.id)


def test_matching_leaves_out_who_is_engaged_or_has_said_no(session: scoped_session, today: date) -> None:
    market = a_market(posts=9)
    people = [a_ready_person() for _ in range(5)]
    running, no, was_refused, back, met = people
    proposed(market, today, running)
    service.decline(proposed(market, today, no).id, by=no.actor, today=today)
    refused(market, today, was_refused)
    service.withdraw(sent(market, today, back).id, by=back.actor, today=today)
    invited(market, today, met)
    engaged = queries.excluded_for_offer(market.offer.id)
    assert {who: one.state for who, one in engaged.items()} == {
        running.candidate.id: S.PROPOSED,
        no.candidate.id: S.DECLINED,
        was_refused.candidate.id: S.REFUSED,
        met.candidate.id: S.INTERVIEW,
    }
    assert engaged[was_refused.candidate.id].reason == "no_position"
    assert queries.open_pairs() == {(market.offer.id, who) for who in engaged}
    assert queries.offers_engaged_by(no.candidate.id) == [market.offer.id]
    assert queries.offers_engaged_by(back.candidate.id) == []
    assert queries.proposals_waiting(running.candidate.id) == 1
