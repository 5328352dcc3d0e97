"""A file begins once, shows who looks alike before it is saved, gives the person a way in; openings are noted."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.models import SignInCode, User
from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.models import Candidate, NotDuplicate
from app.candidates.rules import CandidateRefusal
from app.candidates.rules.sections import Accompaniment
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from tests.factories.candidates import CandidateFactory, followed_by, identity
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("session", "today")
PHONE = "+33612345678"


def _reasons(act: Callable[[], object]) -> set[object]:
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.reasons)


def _count(session: scoped_session) -> int:
    return session.scalar(select(func.count()).select_from(Candidate)) or 0


def test_whoever_opens_a_file_follows_the_person() -> None:
    facilitator, referent = somebody(Role.FACILITATOR), somebody(Role.REFERENT)
    one = service.create_candidate(identity(), by=facilitator.actor)
    other = service.create_candidate(identity(last_name="Petit"), by=referent.actor)
    assert one.facilitator_organisation_id == facilitator.actor.organisation_id
    assert one.referent_id is None
    assert (other.referent_id, other.referent_organisation_id) == (referent.user.id, referent.actor.organisation_id)


def test_a_file_sent_twice_is_one_file(session: scoped_session) -> None:
    who, row_id = somebody(Role.FACILITATOR), uuid4()
    first = service.create_candidate(identity(), by=who.actor, row_id=row_id)
    before = _count(session)
    assert service.create_candidate(identity(), by=who.actor, row_id=row_id) is first
    assert _count(session) == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"birth_date": date(2026, 11, 6)}, CandidateRefusal.BORN_LATER),
        ({"birth_date": date(2010, 11, 6)}, CandidateRefusal.TOO_YOUNG),
        ({"first_name": " ", "last_name": ""}, CandidateRefusal.NAME_MISSING),
    ],
)
def test_a_wrong_identity_opens_no_file(session: scoped_session, changes: dict[str, object], reason: object) -> None:
    who = somebody(Role.FACILITATOR)
    session.commit()
    before = _count(session)
    assert _reasons(lambda: service.create_candidate(identity(**changes), by=who.actor)) == {reason}
    assert _count(session) == before


def test_sixteen_years_today_is_old_enough() -> None:
    who = somebody(Role.FACILITATOR)
    assert service.create_candidate(identity(birth_date=date(2010, 11, 5)), by=who.actor).birth_date


@pytest.mark.parametrize(
    ("first", "last"), [("Jean-Marc", "L’Hôpital"), ("عائشة", "بن سعيد"), ("Ngô", "Thị Ánh"), ("D'Arcy", "O'Neill")]
)
def test_every_name_is_welcome_and_found_again(first: str, last: str) -> None:
    who = somebody(Role.FACILITATOR)
    made = service.create_candidate(identity(first_name=first, last_name=last), by=who.actor)
    assert (made.first_name, made.last_name) == (first, last)
    assert [line.id for line in queries.named(who.actor, last)] == [made.id]


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.EMPLOYER, Role.ADMINISTRATOR, Role.CANDIDATE])
def test_the_others_open_no_file(role: Role) -> None:
    who = somebody(role)
    assert _reasons(lambda: service.create_candidate(identity(), by=who.actor)) == {WorkflowRefusal.NOT_YOUR_ROLE}


@pytest.mark.parametrize(
    "known",
    [
        {"phone": PHONE, "last_name": "Autre"},
        {"birth_date": date(1988, 4, 12), "last_name": "Kadour"},
        {"birth_date": None, "last_name": "Kaddour"},
    ],
)
def test_a_person_who_looks_alike_is_shown_before_saving(session: scoped_session, known: dict[str, object]) -> None:
    who, stranger = somebody(Role.FACILITATOR, territory=None), somebody(Role.REFERENT)
    other = followed_by(stranger, **known)
    said = identity(phone=PHONE)
    assert _reasons(lambda: service.create_candidate(said, by=who.actor)) == {CandidateRefusal.LOOKS_ALIKE}
    made = service.create_candidate(said, by=who.actor, told_apart=[other.id])
    first, second = sorted((made.id, other.id))
    assert session.get(NotDuplicate, (first, second)) is not None


def test_a_file_that_the_reader_may_not_open_only_says_who_follows_it() -> None:
    who, stranger = somebody(Role.FACILITATOR, territory=None), somebody(Role.REFERENT)
    assert stranger.organisation is not None
    mine = followed_by(who, birth_date=date(1988, 4, 12), last_name="Kaddour")
    theirs = followed_by(stranger, birth_date=date(1988, 4, 12), last_name="Kaddour")
    alike = {one.candidate_id: one for one in queries.look_alikes(who.actor, queries.known(mine))}
    assert alike[mine.id].candidate is mine
    assert alike[theirs.id].candidate is None
    assert alike[theirs.id].followed_by == stranger.organisation.name


def test_the_person_gets_an_account_and_a_message_that_says_nothing_of_why(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    made = service.create_candidate(identity(phone=PHONE), by=who.actor, welcome=True)
    user = session.scalars(select(User).where(User.candidate_id == made.id)).one()
    assert user.phone == PHONE
    message = session.scalars(select(Message).where(Message.about_id == made.id)).one()
    assert (message.to_address, message.to_user_id) == (PHONE, user.id)
    assert "/mon-profil" in message.body
    assert not {"rsa", "plie", "insertion professionnelle", "social"} & set(message.body.lower().split())


def test_a_phone_of_another_account_is_left_out_of_the_access_without_a_word(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    mother = service.create_candidate(identity(phone=PHONE), by=who.actor)
    son = service.create_candidate(
        identity(first_name="Sofiane", birth_date=date(2006, 5, 1), phone=PHONE), by=who.actor, told_apart=[mother.id]
    )
    phones = dict(
        session.execute(select(User.candidate_id, User.phone).where(User.candidate_id.in_([mother.id, son.id]))).all()
    )
    assert phones == {mother.id: PHONE, son.id: None}
    assert son.phone == PHONE


def test_each_opening_by_a_professional_is_noted_and_the_persons_own_is_not(session: scoped_session) -> None:
    who, me = somebody(Role.DEPARTMENT), somebody(Role.CANDIDATE)
    assert me.candidate is not None
    for actor in (who.actor, who.actor, me.actor):
        service.open_file(me.candidate.id, by=actor)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_id == me.candidate.id)).all()
    assert [(entry.action, entry.actor_user_id) for entry in entries] == [("candidate.opened", who.user.id)] * 2


def test_a_strangers_file_opens_for_nobody_and_is_not_noted(session: scoped_session) -> None:
    candidate = CandidateFactory(commune_insee="91223")
    for role in (Role.FACILITATOR, Role.REFERENT, Role.EMPLOYER, Role.ADMINISTRATOR, Role.CANDIDATE):
        who = somebody(role)
        with pytest.raises(NotFound):
            service.open_file(candidate.id, by=who.actor)
    assert session.scalar(select(func.count()).where(AuditEntry.object_id == candidate.id)) == 0


def test_a_paper_code_opens_an_access_that_was_missing(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who)
    _, code = service.give_code(candidate.id, by=who.actor)
    assert len(code.replace("-", "")) == 8
    user = session.scalars(select(User).where(User.candidate_id == candidate.id)).one()
    assert session.scalars(select(SignInCode).where(SignInCode.user_id == user.id)).one().given_by == who.user.id


def test_two_files_told_apart_are_not_a_pair_any_more() -> None:
    who = somebody(Role.FACILITATOR)
    one = followed_by(who, birth_date=date(1988, 4, 12), last_name="Kaddour")
    other = followed_by(who, birth_date=date(1988, 4, 12), last_name="Kadour")
    assert [(pair.first, pair.second) for pair in queries.duplicate_pairs(who.actor)] == [(one, other)]
    service.tell_apart(other.id, one.id, by=who.actor)
    assert queries.duplicate_pairs(who.actor) == []
    assert queries.count_pairs(who.actor) == 0
    assert queries.look_alikes(who.actor, queries.known(one), of=one.id) == []
    assert _reasons(lambda: service.tell_apart(one.id, one.id, by=who.actor)) == {CandidateRefusal.SAME_FILE}


def test_a_person_is_handed_over_to_a_referent_who_works_there() -> None:
    who, next_one, elsewhere = somebody(Role.REFERENT), somebody(Role.REFERENT), somebody(Role.REFERENT)
    candidate = followed_by(who)
    wrong = Accompaniment(referent_id=next_one.user.id, referent_organisation_id=elsewhere.actor.organisation_id)
    assert _reasons(lambda: service.save_accompaniment(candidate.id, wrong, by=who.actor)) == {
        CandidateRefusal.REFERENT_ELSEWHERE
    }
    not_a_plie = Accompaniment(facilitator_organisation_id=elsewhere.actor.organisation_id)
    assert _reasons(lambda: service.save_accompaniment(candidate.id, not_a_plie, by=who.actor)) == {
        CandidateRefusal.NOT_A_FACILITATOR
    }
    right = Accompaniment(referent_id=next_one.user.id, referent_organisation_id=next_one.actor.organisation_id)
    service.save_accompaniment(candidate.id, right, by=who.actor)
    assert queries.the_candidates(who.actor, [candidate.id]) == {}
    assert queries.the_candidate(next_one.actor, candidate.id) is candidate
