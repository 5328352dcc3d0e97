"""A follow-up changes hands: history is kept, the person is told whom to phone."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.follow_up.models import FollowUp, FollowUpAssignment
from app.follow_up.rules.assigning import AssignRefusal
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import assigning
from app.messages.models import Message
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

TODAY = date(2026, 11, 5)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    assert made.person.candidate is not None
    made.person.candidate.phone = "+33639980142"
    session.commit()
    return made


@pytest.fixture
def colleague(session: scoped_session, followed: Followed) -> Somebody:
    made = a_colleague(followed)
    made.user.first_name, made.user.last_name, made.user.phone = "Omar", "Haddad", "+33199004466"
    session.commit()
    return made


def give(followed: Followed, to: Somebody | None, place: UUID | None = None, **values: Any) -> FollowUp:
    organisation = place or (to.organisation.id if to and to.organisation else None)
    said = {"reason": "Départ en retraite", "by": followed.referent.actor, "today": TODAY, **values}
    return assigning.assign(followed.follow_up.id, to.user.id if to else None, organisation, **said)


def test_the_colleague_follows_and_history_says_until_when_it_was_the_other(
    session: scoped_session, followed: Followed, colleague: Somebody
) -> None:
    given = give(followed, colleague)
    assert given.referent_id == colleague.user.id
    query = select(FollowUpAssignment).order_by(FollowUpAssignment.since)
    before, now = session.scalars(query).all()
    assert (before.user_id, before.until) == (followed.referent.user.id, date(2026, 11, 4))
    assert (now.user_id, now.since, now.until, now.reason) == (colleague.user.id, TODAY, None, "Départ en retraite")


def test_the_person_reads_who_and_which_number_and_nothing_private(
    session: scoped_session, followed: Followed, colleague: Somebody
) -> None:
    give(followed, colleague)
    told = {one.kind: one for one in session.scalars(select(Message))}
    assert set(told) == {"follow_up_referent", "follow_up_assigned"}
    person = told["follow_up_referent"]
    assert person.to_address == "+33639980142"
    assert "Omar Haddad" in person.body
    assert "01\u00a099\u00a000\u00a044\u00a066" in person.body
    assert "retraite" not in person.body
    assert told["follow_up_assigned"].to_user_id == colleague.user.id


def test_a_referent_of_another_organisation_may_have_it(session: scoped_session, followed: Followed) -> None:
    elsewhere = somebody(Role.REFERENT)
    session.commit()
    given = give(followed, elsewhere)
    assert elsewhere.organisation is not None
    assert (given.referent_id, given.referent_organisation_id) == (elsewhere.user.id, elsewhere.organisation.id)


def test_a_team_alone_may_have_it(session: scoped_session, followed: Followed) -> None:
    assert followed.referent.organisation is not None
    given = give(followed, None, followed.referent.organisation.id)
    assert given.referent_id is None


def test_somebody_who_works_elsewhere_or_an_employer_does_not_follow(
    session: scoped_session, followed: Followed, colleague: Somebody
) -> None:
    assert followed.employer.organisation is not None
    for who, place in ((colleague, followed.employer.organisation.id), (followed.employer, None)):
        with pytest.raises(Refused) as refused:
            give(followed, who, place)
        assert refused.value.reasons == (AssignRefusal.NOT_THERE,)


def test_a_reason_is_asked(session: scoped_session, followed: Followed, colleague: Somebody) -> None:
    with pytest.raises(Refused) as refused:
        give(followed, colleague, reason=" ")
    assert refused.value.reasons == (AssignRefusal.NO_REASON,)


def test_sent_twice_it_is_given_once(session: scoped_session, followed: Followed, colleague: Somebody) -> None:
    version = followed.follow_up.version
    give(followed, colleague, version=version)
    manager = a_colleague(followed, manager=True)
    session.commit()
    give(followed, colleague, version=version, by=manager.actor)
    assert len(session.scalars(select(FollowUpAssignment)).all()) == 2
    with pytest.raises(StaleVersion):
        give(followed, followed.referent, version=version, by=manager.actor)


def test_who_only_reads_gives_nothing_away(session: scoped_session, followed: Followed, colleague: Somebody) -> None:
    with pytest.raises(NotFound):
        give(followed, colleague, by=colleague.actor)


def test_one_that_nobody_holds_is_given_by_the_departement(
    session: scoped_session, followed: Followed, colleague: Somebody
) -> None:
    department = somebody(Role.DEPARTMENT)
    session.commit()
    with pytest.raises(NotFound):
        give(followed, colleague, by=department.actor)
    followed.follow_up.referent_id = followed.follow_up.referent_organisation_id = None
    session.commit()
    assert give(followed, colleague, by=department.actor).referent_id == colleague.user.id


def test_one_whose_job_is_lost_may_change_hands(
    session: scoped_session, followed: Followed, colleague: Somebody
) -> None:
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.BROKEN, TODAY
    session.commit()
    assert give(followed, colleague).referent_id == colleague.user.id
