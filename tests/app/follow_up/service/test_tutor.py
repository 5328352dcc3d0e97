"""A tutor's link: one message, one use, fourteen days; only its hash is kept."""

import re
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.rules.throttles import Visitor
from app.accounts.service.hashing import token_hash
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.follow_up.models import Absence, FollowUpTransition, TutorLink, Voice
from app.follow_up.rules.kinds import StopReason, VisitKind, VoiceSide
from app.follow_up.rules.links import LinkRefusal, LinkStanding
from app.follow_up.rules.reports import Answers
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service.tutor import addresses, answer, ask_tutor, open_link, preview
from app.messages.models import Message, MessageWish
from app.messages.rules import Category, Channel, Wish
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)
SATURDAY = date(2026, 10, 31)
YES = Answers(absences=True, work_well_done=True, see_again=True, words="Je veux le garder")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def ask(followed: Followed, channel: Channel = Channel.EMAIL, **values: Any) -> TutorLink:
    given = {"by": followed.referent.actor, "row_id": uuid4(), "today": TODAY, **values}
    return ask_tutor(followed.follow_up.id, channel, **given)


def secrets_sent() -> list[str]:
    """The secrets of the messages, the oldest first."""
    bodies = db.session.scalars(
        select(Message.body).where(Message.kind == "tutor_questions").order_by(Message.created_at, Message.id)
    )
    return [found[1] for body in bodies if (found := re.search(r"/tuteur/([\w-]+)", body))]


def opened(secret: str) -> LinkStanding:
    return open_link(secret, Visitor("192.0.2.1")).standing


def test_a_link_is_sent_and_only_its_hash_is_kept(session: scoped_session, followed: Followed) -> None:
    link = ask(followed, visit_id=followed.visits[VisitKind.MONTH_3].id)

    (secret,) = secrets_sent()
    assert link.token_hash == token_hash(secret)
    assert (link.sent_to, link.held_job_id) == ("tutrice@exemple.fr", followed.job.id)
    assert link.visit_id == followed.visits[VisitKind.MONTH_3].id
    assert link.expires_at - link.created_at == timedelta(days=14)
    assert secret not in str(session.execute(select(TutorLink.__table__)).all())
    assert secret not in str(session.scalars(select(FollowUpTransition.words)).all())


def test_the_message_names_the_person_by_first_name_and_initial_only(
    session: scoped_session, followed: Followed
) -> None:
    candidate = followed.follow_up.candidate
    candidate.last_name = "Nompropre"
    assert followed.referent.organisation is not None
    followed.referent.organisation.name = "CAF de planté"
    session.commit()

    for channel in (Channel.EMAIL, Channel.SMS):
        ask(followed, channel)

    for message in session.scalars(select(Message)):
        assert "Nompropre" not in message.subject + message.body
        assert "planté" not in message.subject + message.body
        assert f"{candidate.first_name} N." in message.body
        assert len(message.subject) < 90


def test_the_same_form_sent_twice_sends_one_message(followed: Followed) -> None:
    row_id = uuid4()
    assert ask(followed, row_id=row_id).id == ask(followed, row_id=row_id).id
    assert len(secrets_sent()) == 1


def test_a_new_link_revokes_the_one_before(followed: Followed) -> None:
    ask(followed)
    with clock.frozen(datetime(2026, 11, 5, 14, tzinfo=clock.PARIS)):
        ask(followed, Channel.SMS)
        first, second = secrets_sent()
        assert opened(first) is LinkStanding.REVOKED
        assert opened(second) is LinkStanding.OPEN


def test_a_tutor_without_that_address_is_asked_by_the_other(session: scoped_session, followed: Followed) -> None:
    followed.job.tutor_email = None
    session.commit()
    assert set(addresses(followed.job)) == {Channel.SMS}
    with pytest.raises(Refused) as refused:
        ask(followed)
    assert refused.value.fields == {LinkRefusal.NO_TUTOR_ADDRESS: "channel"}


def test_no_link_leaves_for_a_job_that_has_ended(session: scoped_session, followed: Followed) -> None:
    followed.job.ended_on = date(2026, 11, 1)
    session.commit()
    with pytest.raises(Refused) as refused:
        ask(followed)
    assert refused.value.reasons == (LinkRefusal.NO_JOB,)


@pytest.mark.parametrize("who", ["colleague", "employer", "candidate", "department", "referent elsewhere"])
def test_only_who_may_act_sends_a_link(session: scoped_session, followed: Followed, who: str) -> None:
    stranger = {
        "colleague": lambda: a_colleague(followed),
        "employer": lambda: followed.employer,
        "candidate": lambda: followed.person,
        "department": lambda: somebody(Role.DEPARTMENT),
        "referent elsewhere": lambda: somebody(Role.REFERENT),
    }[who]()
    session.commit()
    with pytest.raises(NotFound):
        ask(followed, by=stranger.actor)


def test_an_answer_becomes_a_voice_and_absences_and_uses_the_link_up(
    session: scoped_session, followed: Followed
) -> None:
    ask(followed)
    (secret,) = secrets_sent()

    assert answer(secret, YES, (SATURDAY,), today=TODAY).standing is LinkStanding.OPEN
    assert answer(secret, Answers(words="encore"), (), today=TODAY).standing is LinkStanding.USED

    voice = session.scalars(select(Voice)).one()
    assert (voice.side, voice.speaker, voice.words, voice.heard) == (
        VoiceSide.TUTOR,
        "Sandrine Leroy",
        "Je veux le garder",
        "link",
    )
    assert (voice.absences, voice.work_well_done, voice.see_again) == (True, True, True)
    assert session.scalars(select(Absence.on)).all() == [SATURDAY]


def test_an_answer_that_is_refused_keeps_the_link_alive(followed: Followed) -> None:
    ask(followed)
    (secret,) = secrets_sent()
    with pytest.raises(Refused):
        answer(secret, YES, (date(2026, 8, 1),), today=TODAY)
    assert opened(secret) is LinkStanding.OPEN


def test_opening_a_link_ten_times_uses_nothing_up(followed: Followed) -> None:
    ask(followed)
    (secret,) = secrets_sent()
    assert {opened(secret) for _ in range(10)} == {LinkStanding.OPEN}


def test_a_link_expires_after_fourteen_days(followed: Followed) -> None:
    ask(followed)
    (secret,) = secrets_sent()
    with clock.frozen(date(2026, 11, 19)):
        assert opened(secret) is LinkStanding.EXPIRED
        assert answer(secret, YES, (), today=clock.today()).standing is LinkStanding.EXPIRED
    assert db.session.scalar(select(func.count()).select_from(Voice)) == 0


def test_a_link_dies_with_the_follow_up(session: scoped_session, followed: Followed) -> None:
    ask(followed)
    (secret,) = secrets_sent()
    follow_up = followed.follow_up
    follow_up.state, follow_up.settled_on, follow_up.stop_reason = FollowUpState.STOPPED, TODAY, StopReason.DEATH
    session.commit()
    assert opened(secret) is LinkStanding.OVER
    assert answer(secret, YES, (), today=TODAY).standing is LinkStanding.OVER


def test_a_secret_that_nobody_sent_opens_nothing(followed: Followed) -> None:
    with pytest.raises(NotFound):
        opened("nothing")
    with pytest.raises(NotFound):
        answer("nothing", YES, (), today=TODAY)


def test_the_preview_is_what_leaves_but_for_the_secret(followed: Followed) -> None:
    shown = preview(followed.follow_up, followed.job)
    ask(followed)
    (secret,) = secrets_sent()
    message = db.session.scalars(select(Message)).one()
    assert (message.subject, message.body) == (shown.subject, shown.email.replace("lien-secret", secret))
    assert secret not in shown.email


def test_a_tutor_who_refused_these_messages_is_called_instead(session: scoped_session, followed: Followed) -> None:
    session.add(MessageWish(address="tutrice@exemple.fr", category=Category.FOLLOW_UP, wish=Wish.NEVER))
    session.commit()
    with pytest.raises(Refused) as refused:
        ask(followed)
    assert refused.value.reasons == (LinkRefusal.UNWANTED,)
    assert session.scalar(select(func.count()).select_from(TutorLink)) == 0


def test_of_six_answers_at_once_one_uses_the_link(own_app: Flask) -> None:
    with own_app.app_context():
        made = a_follow_up(clock.today() - timedelta(days=40))
        db.session.commit()
        ask_tutor(made.follow_up.id, Channel.EMAIL, by=made.referent.actor, row_id=uuid4(), today=clock.today())
        (secret,) = secrets_sent()
        day = clock.today() - timedelta(days=1)
        db.session.remove()
    barrier, ended = Barrier(6), []

    def one(words: str) -> None:
        with own_app.app_context():
            barrier.wait(30)
            ended.append(answer(secret, Answers(words=words), (day,), today=clock.today()).standing)
            db.session.remove()

    threads = [Thread(target=one, args=(f"réponse {rank}",)) for rank in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(ended) == sorted([LinkStanding.OPEN, *[LinkStanding.USED] * 5])
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Voice)) == 1
        assert db.session.scalar(select(func.count()).select_from(Absence)) == 1
        db.session.remove()
