"""Somebody is away: a colleague acts meanwhile, until the last day or earlier."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.follow_up.models import Cover
from app.follow_up.queries.visible import may_act
from app.follow_up.rules.covering import Away, CoverRefusal
from app.follow_up.service import covers
from app.messages.models import Message
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Their referent is no manager."""
    made = a_follow_up()
    session.commit()
    return made


def away(absent: Somebody, cover: Somebody, today: date, days: int = 4) -> Away:
    return Away(absent.user.id, cover.user.id, today, today + timedelta(days=days))


def note(wanted: Away, by: Somebody, today: date, **values: Any) -> Cover:
    return covers.note_absence(wanted, by=by.actor, today=today, **{"row_id": uuid4(), **values})


def test_the_colleague_acts_from_the_first_day_to_the_last(
    session: scoped_session, followed: Followed, today: date
) -> None:
    colleague = a_colleague(followed)
    session.commit()
    assert not may_act(colleague.actor, followed.follow_up)
    note(away(followed.referent, colleague, today), followed.referent, today)
    assert may_act(colleague.actor, followed.follow_up)
    assert may_act(followed.referent.actor, followed.follow_up)
    with clock.frozen(today + timedelta(days=4)):
        assert may_act(colleague.actor, followed.follow_up)
    with clock.frozen(today + timedelta(days=5)):
        assert not may_act(colleague.actor, followed.follow_up)


def test_the_colleague_is_told_and_the_absence_is_noted_once(
    session: scoped_session, followed: Followed, today: date
) -> None:
    colleague, row_id = a_colleague(followed), uuid4()
    session.commit()
    for _ in range(2):
        note(away(followed.referent, colleague, today), followed.referent, today, row_id=row_id)
    assert session.scalars(select(Cover)).one().id == row_id
    (message,) = session.scalars(select(Message).where(Message.kind == "follow_up_cover"))
    assert message.to_user_id == colleague.user.id
    assert followed.referent.user.full_name in message.subject


def test_a_cover_ended_early_gives_nothing_any_more(session: scoped_session, followed: Followed, today: date) -> None:
    colleague = a_colleague(followed)
    session.commit()
    cover = note(away(followed.referent, colleague, today), followed.referent, today)
    covers.end_cover(cover.id, by=followed.referent.actor)
    covers.end_cover(cover.id, by=followed.referent.actor)
    assert not may_act(colleague.actor, followed.follow_up)
    kinds = session.scalars(select(Message.key).where(Message.kind == "follow_up_cover")).all()
    assert len(kinds) == 2
    assert note(away(followed.referent, colleague, today), followed.referent, today).id != cover.id


def test_a_manager_says_it_for_somebody_and_a_colleague_does_not(
    session: scoped_session, followed: Followed, today: date
) -> None:
    manager, colleague = a_colleague(followed, manager=True), a_colleague(followed)
    session.commit()
    wanted = away(followed.referent, colleague, today)
    with pytest.raises(Refused) as no:
        note(wanted, colleague, today)
    assert no.value.reasons == (CoverRefusal.NOT_YOURS,)
    cover = note(wanted, manager, today)
    with pytest.raises(NotFound):
        covers.end_cover(cover.id, by=colleague.actor)
    covers.end_cover(cover.id, by=manager.actor)


def test_nobody_of_another_organisation_covers(session: scoped_session, followed: Followed, today: date) -> None:
    stranger = somebody(Role.REFERENT)
    session.commit()
    with pytest.raises(Refused) as no:
        note(away(followed.referent, stranger, today), followed.referent, today)
    assert no.value.reasons == (CoverRefusal.NOT_A_COLLEAGUE,)


def test_a_colleague_who_left_or_is_disabled_does_not_cover(
    session: scoped_session, followed: Followed, today: date
) -> None:
    left, disabled = a_colleague(followed), a_colleague(followed)
    assert left.membership is not None
    left.membership.left_at = disabled.user.disabled_at = clock.now()
    session.commit()
    for colleague in (left, disabled):
        with pytest.raises(Refused) as no:
            note(away(followed.referent, colleague, today), followed.referent, today)
        assert no.value.reasons == (CoverRefusal.NOT_A_COLLEAGUE,)


def test_a_cover_of_another_organisation_gives_nothing(
    session: scoped_session, followed: Followed, today: date
) -> None:
    """The colleague acts for what is followed where both are, and only while they act there."""
    colleague, elsewhere = a_colleague(followed), somebody(Role.REFERENT)
    assert elsewhere.organisation is not None
    session.commit()
    note(away(followed.referent, colleague, today), followed.referent, today)
    followed.follow_up.referent_organisation_id = elsewhere.organisation.id
    session.commit()
    assert not may_act(colleague.actor, followed.follow_up)


def test_two_absences_do_not_overlap_and_both_are_not_away(
    session: scoped_session, followed: Followed, today: date
) -> None:
    colleague, third = a_colleague(followed), a_colleague(followed)
    session.commit()
    note(away(followed.referent, colleague, today), followed.referent, today)
    with pytest.raises(Refused) as twice:
        note(away(followed.referent, third, today + timedelta(days=2)), followed.referent, today)
    assert twice.value.reasons == (CoverRefusal.OVERLAP,)
    with pytest.raises(Refused) as both:
        note(away(colleague, third, today), colleague, today)
    assert both.value.reasons == (CoverRefusal.COVERS_SOMEBODY,)
    with pytest.raises(Refused) as away_too:
        note(away(third, followed.referent, today), third, today)
    assert away_too.value.reasons == (CoverRefusal.COVER_AWAY,)
