"""A private calendar address: made, replaced, revoked, and silent when its owner is gone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.rules.throttles import Visitor
from app.core import clock
from app.core.errors import NotFound
from app.core.roles import Role
from app.follow_up.models import CalendarFeed, Cover, Visit
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.states import VisitState
from app.follow_up.service import feeds
from app.organisations.rules import OrganisationState
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

VISITOR = Visitor("192.0.2.1")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Since 1 September: two steps are past."""
    made = a_follow_up()
    session.commit()
    return made


def read(token: str, today: date) -> set[VisitKind]:
    return {visit.kind for visit in feeds.read_feed(token, VISITOR, today)}


def test_the_address_is_kept_as_a_hash_and_opens_the_visits_one_holds(
    session: scoped_session, followed: Followed, today: date
) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    a_follow_up()  # somebody else's
    feed = session.scalars(select(CalendarFeed)).one()
    assert token.encode() not in feed.token_hash
    assert len(feed.token_hash) == 32
    assert read(token, today) == set(followed.visits)
    assert len(feeds.read_feed(token, VISITOR, today)) == len(followed.visits)


def test_a_new_address_silences_the_one_before(session: scoped_session, followed: Followed, today: date) -> None:
    first, second = (feeds.make_feed(by=followed.referent.actor) for _ in range(2))
    with pytest.raises(NotFound):
        feeds.read_feed(first, VISITOR, today)
    assert read(second, today)


def silenced(session: scoped_session, token: str, today: date) -> None:
    session.commit()
    with pytest.raises(NotFound):
        feeds.read_feed(token, VISITOR, today)


def test_a_revoked_address_answers_nothing(session: scoped_session, followed: Followed, today: date) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    feeds.revoke_feed(by=followed.referent.actor)
    silenced(session, token, today)


def test_a_disabled_account_has_no_feed(session: scoped_session, followed: Followed, today: date) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    followed.referent.user.disabled_at = clock.now()
    silenced(session, token, today)


def test_whoever_left_the_organisation_has_no_feed(session: scoped_session, followed: Followed, today: date) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    assert followed.referent.membership is not None
    followed.referent.membership.left_at = clock.now()
    silenced(session, token, today)


def test_a_closed_organisation_has_no_feed(session: scoped_session, followed: Followed, today: date) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    assert followed.referent.organisation is not None
    followed.referent.organisation.state = OrganisationState.CLOSED
    silenced(session, token, today)


def test_whoever_moved_to_another_place_reads_no_visit_of_the_first(
    session: scoped_session, followed: Followed, today: date
) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    elsewhere = somebody(Role.REFERENT)
    assert followed.referent.membership is not None
    assert elsewhere.organisation is not None
    followed.referent.membership.organisation_id = elsewhere.organisation.id
    session.commit()
    assert read(token, today) == set()


def test_who_covers_a_colleague_has_their_visits_meanwhile(
    session: scoped_session, followed: Followed, today: date
) -> None:
    colleague = a_colleague(followed)
    token = feeds.make_feed(by=colleague.actor)
    assert followed.referent.organisation is not None
    session.add(
        Cover(
            organisation_id=followed.referent.organisation.id,
            absent_id=followed.referent.user.id,
            cover_id=colleague.user.id,
            first_day=today,
            last_day=today + timedelta(days=3),
        )
    )
    session.commit()
    assert read(token, today) == set(followed.visits)
    assert read(token, today + timedelta(days=4)) == set()


def test_a_visit_called_off_stays_sixty_days_and_a_skipped_one_never_comes(
    session: scoped_session, followed: Followed, today: date
) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    followed.visits[VisitKind.FIRST_CALL].state = VisitState.SKIPPED
    with clock.frozen(today):
        followed.visits[VisitKind.MONTH_3].state = VisitState.CANCELLED
        session.commit()
    assert VisitKind.MONTH_3 in read(token, today + timedelta(days=60))
    assert VisitKind.MONTH_3 not in read(token, today + timedelta(days=61))
    assert VisitKind.FIRST_CALL not in read(token, today)


def test_the_past_of_more_than_sixty_days_is_left_out(session: scoped_session, followed: Followed) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    first_call = followed.visits[VisitKind.FIRST_CALL].planned_on
    assert VisitKind.FIRST_CALL in read(token, first_call + timedelta(days=60))
    assert VisitKind.FIRST_CALL not in read(token, first_call + timedelta(days=61))


def test_the_reading_is_noted_once_an_hour(session: scoped_session, followed: Followed, today: date) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    feeds.read_feed(token, VISITOR, today)
    noted = session.scalar(select(CalendarFeed.last_read_at))
    assert noted == clock.now()
    with clock.frozen(clock.now() + timedelta(minutes=59)):
        feeds.read_feed(token, VISITOR, today)
    assert session.scalar(select(CalendarFeed.last_read_at)) == noted
    assert session.scalars(select(Visit)).first() is not None
