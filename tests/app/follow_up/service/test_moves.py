"""A visit is moved by agreement, given an hour, added, called off; both sides are told once for each change."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.follow_up.models import Visit, VisitMove
from app.follow_up.queries.agenda import moves_of
from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.moving import AgreedWith, Meeting, MoveRefusal
from app.follow_up.rules.states import FollowUpState, VisitState
from app.follow_up.service import moves
from app.messages.models import Message
from app.messages.rules import Channel, MessageState
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TRIAL = date(2026, 11, 30)
TUESDAY = Meeting(date(2026, 11, 24), time(14))


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """A visit of the third month on Monday 23 November; the person has a phone, the tutor an e-mail."""
    made = a_follow_up(trial_ends_on=TRIAL)
    made.referent.user.first_name, made.referent.user.last_name = "Claire", "Fontaine"
    made.referent.user.phone = "+33199004455"
    assert made.person.candidate is not None
    made.person.candidate.phone = "+33639980142"
    session.commit()
    return made


def month_3(followed: Followed) -> Visit:
    return followed.visits[VisitKind.MONTH_3]


def move(followed: Followed, to: Meeting = TUESDAY, visit: Visit | None = None, **values: Any) -> Any:
    moved = visit or month_3(followed)
    defaults: dict[str, Any] = {
        "reason": "Le tuteur est en congé",
        "agreed_with": AgreedWith.BOTH,
        "by": followed.referent.actor,
        "version": moved.version,
        "today": date(2026, 11, 5),
    }
    return moves.move_visit(moved.id, to, **{**defaults, **values})


def messages_about(session: scoped_session, visit: Visit) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.about_id == visit.id).order_by(Message.kind)))


def test_a_moved_visit_keeps_its_rule_date_and_says_why(session: scoped_session, followed: Followed) -> None:
    move(followed)
    visit = month_3(followed)
    assert (visit.due_on, visit.planned_on, visit.planned_at) == (date(2026, 11, 23), date(2026, 11, 24), time(14))
    assert (visit.by_hand, visit.sequence) == (True, 1)
    (noted,) = moves_of(visit.id)
    assert (noted.from_on, noted.to_on, noted.reason) == (
        date(2026, 11, 23),
        date(2026, 11, 24),
        "Le tuteur est en congé",
    )
    assert noted.agreed_with == "both"


def test_the_person_is_told_by_sms_and_the_tutor_by_mail(session: scoped_session, followed: Followed) -> None:
    told = move(followed)
    assert (told.person, told.tutor) == (True, True)
    person, tutor = messages_about(session, month_3(followed))
    assert (person.kind, person.channel) == ("visit_moved_person", Channel.SMS)
    words = person.body.replace("\u00a0", " ")
    assert "Votre rendez-vous avec Claire Fontaine est le mardi 24 novembre à 14 h." in words
    assert (tutor.kind, tutor.to_address) == ("visit_moved_tutor", "tutrice@exemple.fr")
    assert "congé" not in person.body + tutor.body


def test_the_tutor_is_not_told_of_a_visit_without_them(session: scoped_session, followed: Followed) -> None:
    told = move(followed, Meeting(TUESDAY.on, with_tutor=False))
    assert told.tutor is None
    assert [message.kind for message in messages_about(session, month_3(followed))] == ["visit_moved_person"]


def test_who_has_no_address_must_be_called(session: scoped_session, followed: Followed) -> None:
    assert followed.person.candidate is not None
    followed.person.candidate.phone = None
    followed.job.tutor_email = followed.job.tutor_phone = None
    session.commit()
    told = move(followed)
    assert (told.person, told.tutor) == (False, False)


def test_a_message_of_the_date_before_stays_here(session: scoped_session, followed: Followed) -> None:
    move(followed)
    move(followed, Meeting(date(2026, 11, 25), time(9, 30)))
    states = {message.body: message.state for message in messages_about(session, month_3(followed))}
    outdated = [state for body, state in states.items() if "24 novembre" in body]
    assert set(outdated) == {MessageState.UNWANTED}
    assert MessageState.UNWANTED not in [state for body, state in states.items() if "25 novembre" in body]


def test_an_hour_alone_asks_no_reason_and_leaves_no_move(session: scoped_session, followed: Followed) -> None:
    move(followed, Meeting(date(2026, 11, 23), time(9, 30)), reason="", agreed_with=None)
    visit = month_3(followed)
    assert (visit.planned_at, visit.sequence, visit.by_hand) == (time(9, 30), 1, True)
    assert moves_of(visit.id) == []


def test_sent_twice_it_is_moved_once(session: scoped_session, followed: Followed) -> None:
    version = month_3(followed).version
    move(followed, version=version)
    assert move(followed, version=version) is None
    assert session.scalar(select(Visit.sequence).where(Visit.id == month_3(followed).id)) == 1
    assert len(messages_about(session, month_3(followed))) == 2


def test_two_who_move_it_at_once_meet(session: scoped_session, followed: Followed) -> None:
    version = month_3(followed).version
    move(followed, version=version)
    with pytest.raises(StaleVersion) as met:
        move(followed, Meeting(date(2026, 11, 26)), version=version)
    assert met.value.theirs["on"] == date(2026, 11, 24)


def test_every_refusal_has_its_field(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(Refused) as no:
        move(followed, Meeting(date(2027, 2, 6), time(3)), reason=" ", agreed_with=None)
    assert set(no.value.reasons) == {
        CalendarRefusal.NOT_A_WORKING_DAY,
        CalendarRefusal.OUT_OF_ORDER,
        CalendarRefusal.NO_REASON,
        MoveRefusal.NO_AGREEMENT,
        MoveRefusal.HOUR,
    }
    assert {no.value.fields[reason] for reason in no.value.reasons} == {"on", "reason", "agreed_with", "at"}


def test_moves_keep_the_order_of_the_steps(session: scoped_session, followed: Followed) -> None:
    move(followed, Meeting(date(2027, 1, 29)))
    with pytest.raises(Refused):
        move(followed, Meeting(date(2027, 1, 28)), followed.visits[VisitKind.MONTH_5])
    move(followed, Meeting(date(2027, 2, 2)), followed.visits[VisitKind.MONTH_5])
    assert followed.visits[VisitKind.MONTH_5].planned_on == date(2027, 2, 2)


def test_a_visit_held_does_not_move(session: scoped_session, followed: Followed) -> None:
    visit = month_3(followed)
    visit.state, visit.met_on = VisitState.HELD, date(2026, 11, 5)
    session.commit()
    with pytest.raises(Refused) as no:
        move(followed)
    assert no.value.reasons == (MoveRefusal.NOT_PLANNED,)


def test_a_colleague_who_does_not_cover_may_not_move_it(session: scoped_session, followed: Followed) -> None:
    colleague = a_colleague(followed)
    session.commit()
    for actor in (colleague.actor, somebody(Role.DEPARTMENT).actor, followed.person.actor, followed.employer.actor):
        with pytest.raises(NotFound):
            move(followed, by=actor)


def call_off(followed: Followed, **values: Any) -> Any:
    visit = month_3(followed)
    defaults = {"reason": "Chantier fermé", "by": followed.referent.actor, "version": visit.version}
    return moves.call_off(visit.id, today=date(2026, 11, 5), **{**defaults, **values})


def test_a_visit_called_off_says_why_and_calendars_see_it(session: scoped_session, followed: Followed) -> None:
    call_off(followed)
    visit = month_3(followed)
    assert (visit.state, visit.sequence) == (VisitState.CANCELLED, 1)
    assert [move.reason for move in moves_of(visit.id)] == ["Chantier fermé"]
    person, tutor = messages_about(session, visit)
    assert "n’aura pas lieu" in person.body
    assert "n’aura pas lieu" in tutor.body
    assert call_off(followed) is None


def test_a_visit_is_not_called_off_without_a_reason(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(Refused):
        call_off(followed, reason=" ")
    assert month_3(followed).state is VisitState.PLANNED


def add(followed: Followed, kind: VisitKind, meeting: Meeting, **values: Any) -> Visit:
    defaults: dict[str, Any] = {"by": followed.referent.actor, "row_id": uuid4(), "today": date(2026, 11, 5)}
    return moves.add_visit(followed.follow_up.id, kind, meeting, **{**defaults, **values})[0]


def test_an_extra_visit_is_added_once_and_told(session: scoped_session, followed: Followed) -> None:
    row_id = uuid4()
    meeting = Meeting(date(2026, 11, 12), time(10), 45, MeetingMode.VIDEO, "https://visio.exemple.fr/a")
    visit = add(followed, VisitKind.EXTRA, meeting, row_id=row_id)
    assert add(followed, VisitKind.EXTRA, meeting, row_id=row_id).id == visit.id
    assert moves.meeting_of(visit) == meeting
    assert len(messages_about(session, visit)) == 2


def test_a_step_is_tried_again_only_when_it_was_missed(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(Refused) as no:
        add(followed, VisitKind.MONTH_1, Meeting(date(2026, 11, 10)))
    assert MoveRefusal.KIND_TAKEN in no.value.reasons
    missed = followed.visits[VisitKind.MONTH_1]
    missed.state, missed.met_on = VisitState.NO_ANSWER, date(2026, 10, 1)
    session.commit()
    again = add(followed, VisitKind.MONTH_1, Meeting(date(2026, 11, 10)))
    assert (again.kind, again.due_on) == (VisitKind.MONTH_1, missed.due_on)


def test_nothing_is_added_to_a_closed_follow_up(session: scoped_session, followed: Followed) -> None:
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.STOPPED, date(2026, 11, 5)
    followed.follow_up.stop_reason = "refused"  # type: ignore[assignment]
    session.commit()
    with pytest.raises(Refused) as no:
        add(followed, VisitKind.EXTRA, Meeting(date(2026, 11, 12)))
    assert no.value.reasons == (MoveRefusal.OVER,)
    assert session.scalars(select(VisitMove)).all() == []


def test_the_id_of_a_visit_of_somebody_else_adds_nothing(session: scoped_session, followed: Followed) -> None:
    other = a_follow_up()
    session.commit()
    with pytest.raises(NotFound):
        add(followed, VisitKind.EXTRA, Meeting(date(2026, 11, 12)), row_id=month_3(other).id)
