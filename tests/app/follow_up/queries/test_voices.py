"""Whose words are read by whom: two sides, and neither reads the other's."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import HeldJob, Voice
from app.follow_up.queries.visit_part import part
from app.follow_up.queries.voices import last_voices, voices_visible_to
from app.follow_up.rules.kinds import StopReason, VoiceSide
from app.follow_up.rules.states import FollowUpState
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

TODAY = date(2026, 11, 5)
BOTH = {"mots du tuteur", "mots de la personne"}


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    for side, words in ((VoiceSide.TUTOR, "mots du tuteur"), (VoiceSide.PERSON, "mots de la personne")):
        session.add(
            Voice(
                follow_up_id=made.follow_up.id,
                held_job_id=made.job.id,
                side=side,
                said_on=TODAY,
                speaker="X",
                words=words,
            )
        )
    session.commit()
    return made


READERS: dict[str, tuple[Callable[[Followed], Somebody], set[str]]] = {
    "referent": (lambda made: made.referent, BOTH),
    "colleague": (a_colleague, BOTH),
    "referent elsewhere": (lambda made: somebody(Role.REFERENT), set()),
    "person": (lambda made: made.person, {"mots de la personne"}),
    "another person": (lambda made: somebody(Role.CANDIDATE), set()),
    "employer": (lambda made: made.employer, {"mots du tuteur"}),
    "another employer": (lambda made: somebody(Role.EMPLOYER), set()),
    "department": (lambda made: somebody(Role.DEPARTMENT), set()),
    "administrator": (lambda made: somebody(Role.ADMINISTRATOR), set()),
}


def _read(session: scoped_session, who: Somebody) -> set[str]:
    return {voice.words for voice in session.scalars(voices_visible_to(who.actor))}


@pytest.mark.parametrize("name", sorted(READERS))
def test_each_reads_the_words_that_are_for_them(session: scoped_session, followed: Followed, name: str) -> None:
    make, words = READERS[name]
    who = make(followed)
    session.commit()
    assert _read(session, who) == words


def test_the_next_employer_never_reads_what_the_tutor_before_said(session: scoped_session, followed: Followed) -> None:
    next_firm = somebody(Role.EMPLOYER)
    assert next_firm.organisation is not None
    followed.job.ended_on = date(2026, 11, 1)
    session.add(
        HeldJob(
            follow_up_id=followed.follow_up.id, rank=2, organisation_id=next_firm.organisation.id, title="Cariste",
            employment_kind=EmploymentKind.CDI, start_on=date(2026, 11, 2), hours_week=35,
        )
    )  # fmt: skip
    session.commit()
    assert _read(session, next_firm) == set()
    assert _read(session, followed.employer) == {"mots du tuteur"}


def test_nobody_of_the_firm_reads_anything_once_everything_is_stopped(
    session: scoped_session, followed: Followed
) -> None:
    follow_up = followed.follow_up
    follow_up.state, follow_up.settled_on, follow_up.stop_reason = FollowUpState.STOPPED, TODAY, StopReason.REMOVED
    session.commit()
    assert _read(session, followed.employer) == set()


def test_the_last_words_of_each_side_are_the_newest(session: scoped_session, followed: Followed) -> None:
    session.add(
        Voice(
            follow_up_id=followed.follow_up.id,
            side=VoiceSide.PERSON,
            said_on=date(2026, 10, 1),
            speaker="X",
            words="avant",
        )
    )
    session.commit()
    found = last_voices(followed.referent.actor, followed.follow_up.id)
    assert {side: voice.words for side, voice in found.items()} == {
        VoiceSide.TUTOR: "mots du tuteur",
        VoiceSide.PERSON: "mots de la personne",
    }


def test_the_part_of_a_follow_up_s_page_costs_two_statements(
    session: scoped_session, followed: Followed, statements: Statements
) -> None:
    from app.follow_up.queries.visible import the_follow_up

    found = the_follow_up(followed.referent.actor, followed.follow_up.id)
    statements.clear()
    shown = part(found, followed.referent.actor, TODAY)
    assert len(statements) == 2
    assert shown["next_visit"].planned_on == followed.visits[shown["next_visit"].kind].planned_on
    assert set(shown["voices"]) == {VoiceSide.TUTOR, VoiceSide.PERSON}


def test_the_departement_gets_no_word_in_the_part(session: scoped_session, followed: Followed) -> None:
    from app.follow_up.queries.visible import the_follow_up

    actor = somebody(Role.DEPARTMENT).actor
    session.commit()
    shown = part(the_follow_up(actor, followed.follow_up.id), actor, TODAY)
    assert (shown["voices"], shown["last_visit"], shown["reads_words"]) == ({}, None, False)
