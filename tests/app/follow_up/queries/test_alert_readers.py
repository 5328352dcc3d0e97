"""Who is told of an alert or of a visit, and who sees it: only those who still hold it, in the place that follows."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.models import Membership
from app.accounts.queries import actor_of
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.follow_up.models import Cover
from app.follow_up.queries.alerts import counts
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.service import alerts
from app.follow_up.service.reminders import remind_all
from app.messages.models import Message
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from tests.factories.alerts import TODAY, a_quiet_one, absent, an_alert, covered
from tests.factories.follow_up import Followed, a_colleague
from tests.factories.people import Somebody, an_organisation

TOMORROW = date(2026, 11, 6)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Somebody who will be visited tomorrow."""
    one = a_quiet_one()
    one.visits[VisitKind.MONTH_3].planned_on = TOMORROW
    return one


def _told(followed: Followed) -> set[str]:
    """Who is told of two absences and of the visit of tomorrow."""
    absent(followed, date(2026, 10, 1), date(2026, 10, 2))
    db.session.commit()
    alerts.refresh([followed.follow_up.id], TODAY)
    remind_all(TODAY)
    kinds = ("alert_opened", "visit_due_referent")
    told = db.session.execute(select(Message.kind, Message.to_address).where(Message.kind.in_(kinds))).all()
    assert {kind for kind, _ in told} in (set(), set(kinds))
    return {address for _, address in told}


def _leaves(who: Somebody) -> None:
    assert who.membership is not None
    who.membership.left_at = clock.now()
    db.session.flush()


def test_a_referent_who_has_left_the_place_is_told_nothing_more(followed: Followed) -> None:
    manager = a_colleague(followed, manager=True)
    _leaves(followed.referent)
    assert _told(followed) == {manager.user.email}


def test_what_nobody_holds_any_more_is_seen_by_the_team_that_is_told(followed: Followed) -> None:
    manager, stranger = a_colleague(followed, manager=True), a_quiet_one().referent
    an_alert(followed)
    assert counts(manager.actor)[""] == 0
    _leaves(followed.referent)
    assert counts(manager.actor)[""] == 1
    assert counts(stranger.actor)[""] == 0


def test_a_referent_who_went_to_another_place_sees_nothing_of_the_one_before(followed: Followed) -> None:
    an_alert(followed)
    elsewhere = Membership(
        user_id=followed.referent.user.id, organisation_id=_place().id, role=Role.REFERENT, is_manager=True
    )
    db.session.add(elsewhere)
    db.session.flush()
    there = actor_of(followed.referent.user.id, elsewhere.id)
    assert there is not None
    assert counts(there)[""] == 1
    _leaves(followed.referent)
    assert counts(there)[""] == 0


def test_a_cover_who_has_left_is_told_nothing_and_the_referent_is(followed: Followed) -> None:
    _leaves(covered(followed, TODAY, TODAY))
    assert _told(followed) == {followed.referent.user.email}


def test_a_cover_whose_account_is_closed_leaves_the_referent_told(followed: Followed) -> None:
    covered(followed, TODAY, TODAY).user.disabled_at = clock.now()
    assert _told(followed) == {followed.referent.user.email}


def test_who_covers_the_referent_in_another_place_is_not_told_of_this_one(followed: Followed) -> None:
    other = _place()
    colleague = a_quiet_one().referent
    for user in (followed.referent.user, colleague.user):
        db.session.add(Membership(user_id=user.id, organisation_id=other.id, role=Role.REFERENT))
    db.session.add(
        Cover(
            organisation_id=other.id, absent_id=followed.referent.user.id, cover_id=colleague.user.id,
            first_day=TODAY, last_day=TODAY,
        )
    )  # fmt: skip
    db.session.flush()
    assert _told(followed) == {followed.referent.user.email}


def _place() -> Organisation:
    return an_organisation(OrganisationKind.MDS)
