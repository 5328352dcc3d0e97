"""Candidates come in with a code, in the browser that asked, or with a paper."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts import service
from app.accounts.models import SignInCode, User
from app.accounts.rules import AccountRefusal, CodeChannel
from app.accounts.rules.throttles import Visitor
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound, Refused, Throttled
from app.core.roles import Role
from app.messages.models import Message
from tests.factories.accounts import HERE, a_candidate, with_password
from tests.factories.organisations import letters
from tests.factories.people import somebody

PHONE = "+33639980101"
EMAIL = "aicha@exemple.fr"


def _sent(to: str) -> str:
    found = re.search(r"\b(\d{6})\b", letters("sign_in_code", to)[-1].body)
    assert found is not None
    return found[1]


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def _refused(handle: str, code: str) -> AccountRefusal:
    with pytest.raises(Refused) as caught:
        service.check_code(handle, code, HERE)
    (reason,) = caught.value.reasons
    assert isinstance(reason, AccountRefusal)
    return reason


def _signed_in(token: str) -> UUID | None:
    known = service.signed_in_by(token)
    return known.actor.user_id if known else None


@pytest.mark.parametrize(("channel", "address"), [(CodeChannel.SMS, PHONE), (CodeChannel.EMAIL, EMAIL)])
def test_the_code_received_signs_in(session: scoped_session, channel: CodeChannel, address: str) -> None:
    user = a_candidate(email=EMAIL, phone=PHONE)
    handle = service.ask_code(channel, address, HERE)
    (message,) = letters("sign_in_code")
    assert message.channel.value == channel.value
    assert message.to_address == address
    assert _signed_in(service.check_code(handle, _sent(address), HERE)) == user.id


def test_a_code_message_is_short_enough_for_one_sms_and_says_nothing_of_the_person(session: scoped_session) -> None:
    a_candidate(phone=PHONE)
    service.ask_code(CodeChannel.SMS, PHONE, HERE)
    (message,) = letters("sign_in_code")
    assert len(message.body) <= 160
    assert not re.search(r"(?i)rsa|allocation|santé|éligib|insertion par", message.body)


def test_neither_the_code_nor_the_handle_is_kept(session: scoped_session) -> None:
    a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    row = session.scalars(select(SignInCode)).one()
    code = _sent(PHONE)
    assert code.encode() not in row.code_hash
    assert handle.encode() not in (row.handle_hash or b"")


def test_a_code_serves_once(session: scoped_session) -> None:
    a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    service.check_code(handle, _sent(PHONE), HERE)
    assert _refused(handle, _sent(PHONE)) is AccountRefusal.CODE_TOO_OLD


def test_a_code_serves_in_the_browser_that_asked_only(session: scoped_session) -> None:
    a_candidate(phone=PHONE)
    mine = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    my_code = _sent(PHONE)
    theirs = service.ask_code(CodeChannel.SMS, PHONE, Visitor("198.51.100.3"))
    if my_code == _sent(PHONE):  # one chance in a million
        pytest.skip("the same code was drawn twice")
    assert _refused(theirs, my_code) is AccountRefusal.CODE_WRONG
    assert _refused("a handle of nobody", my_code) is AccountRefusal.CODE_TOO_OLD
    assert service.check_code(mine, my_code, HERE)


def test_a_code_serves_for_fifteen_minutes(session: scoped_session, today: date) -> None:
    a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    with clock.frozen(clock.now() + timedelta(minutes=15)):
        assert _refused(handle, _sent(PHONE)) is AccountRefusal.CODE_TOO_OLD
    with clock.frozen(clock.now() + timedelta(minutes=14, seconds=59)):
        assert service.check_code(handle, _sent(PHONE), HERE)


def test_five_wrong_tries_end_a_code(session: scoped_session) -> None:
    a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    code = _sent(PHONE)
    answers = [_refused(handle, _wrong(code)) for _ in range(5)]
    assert answers == [AccountRefusal.CODE_WRONG] * 4 + [AccountRefusal.CODE_TOO_MANY_TRIES]
    assert _refused(handle, code) is AccountRefusal.CODE_TOO_MANY_TRIES


def test_an_unknown_contact_gets_the_same_answers_and_no_message(session: scoped_session, today: date) -> None:
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    assert session.scalars(select(Message)).all() == []
    answers = [_refused(handle, "123456") for _ in range(6)]
    assert answers == [AccountRefusal.CODE_WRONG] * 4 + [AccountRefusal.CODE_TOO_MANY_TRIES] * 2
    again = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    with clock.frozen(clock.now() + timedelta(minutes=15)):
        assert _refused(again, "123456") is AccountRefusal.CODE_TOO_OLD


def test_a_professional_gets_no_code(session: scoped_session) -> None:
    person = with_password()
    person.user.phone = PHONE
    session.flush()
    service.ask_code(CodeChannel.SMS, PHONE, HERE)
    service.ask_code(CodeChannel.EMAIL, person.user.email or "", HERE)
    assert session.scalars(select(Message)).all() == []


def test_a_closed_access_gets_no_code_and_ends_those_sent(session: scoped_session) -> None:
    user = a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    code = _sent(PHONE)
    assert user.candidate_id is not None
    service.close_candidate_access(user.candidate_id)
    assert _refused(handle, code) is AccountRefusal.CODE_TOO_OLD
    service.ask_code(CodeChannel.SMS, PHONE, HERE)
    assert len(letters("sign_in_code")) == 1


def test_codes_are_asked_five_times_an_hour_and_ten_times_a_day(session: scoped_session, today: date) -> None:
    def ask(times: int) -> None:
        for _ in range(times):
            service.ask_code(CodeChannel.SMS, PHONE, HERE)

    ask(5)
    with pytest.raises(Throttled) as caught:
        ask(1)
    assert caught.value.retry_after == 3600
    later = clock.now() + timedelta(hours=1)
    with clock.frozen(later):
        ask(5)
        with pytest.raises(Throttled):
            ask(1)
    with clock.frozen(later + timedelta(hours=2)), pytest.raises(Throttled) as caught:
        ask(1)
    assert caught.value.retry_after == 21 * 3600


def test_a_paper_code_signs_in_once_and_is_noted(session: scoped_session) -> None:
    user, referent = a_candidate(), somebody(Role.REFERENT)
    code = service.give_paper_code(user.id, referent.actor)
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.paper_code_given")).one()
    assert (entry.actor_user_id, entry.object_id) == (referent.user.id, user.candidate_id)
    assert code not in str(entry.details)
    assert _signed_in(service.use_paper_code(code.lower().replace("-", " "), HERE)) == user.id
    with pytest.raises(Refused) as caught:
        service.use_paper_code(code, HERE)
    assert caught.value.reasons == (AccountRefusal.PAPER_CODE_WRONG,)


def test_a_paper_code_serves_for_seven_days(session: scoped_session, today: date) -> None:
    user, referent = a_candidate(), somebody(Role.REFERENT)
    code = service.give_paper_code(user.id, referent.actor)
    with clock.frozen(clock.now() + timedelta(days=7)), pytest.raises(Refused):
        service.use_paper_code(code, HERE)
    with clock.frozen(clock.now() + timedelta(days=6, hours=23)):
        assert service.use_paper_code(code, HERE)


def test_a_new_paper_code_replaces_the_one_before(session: scoped_session) -> None:
    user, referent = a_candidate(), somebody(Role.REFERENT)
    first, second = (service.give_paper_code(user.id, referent.actor) for _ in range(2))
    with pytest.raises(Refused):
        service.use_paper_code(first, HERE)
    assert service.use_paper_code(second, HERE)


def test_a_paper_code_is_for_a_candidate_only(session: scoped_session) -> None:
    referent = somebody(Role.REFERENT)
    for user_id in (referent.user.id, uuid4()):
        with pytest.raises(NotFound):
            service.give_paper_code(user_id, referent.actor)


def test_paper_codes_are_not_tried_one_after_the_other(session: scoped_session) -> None:
    def tries(address: str) -> int:
        done = 0
        while done < 100:
            try:
                service.use_paper_code("ACDE-FGHJ", Visitor(address))
            except Refused:
                done += 1
            except Throttled:
                break
        return done

    assert tries("2001:db8:1:2::1") == 20
    assert tries("2001:db8:1:2:ffff::9") == 0  # the same home
    assert tries("2001:db8:1:3::1") == 20


def _known(session: scoped_session, candidate_id: UUID) -> User:
    return session.scalars(select(User).where(User.candidate_id == candidate_id)).one()


def test_an_address_of_another_candidate_is_left_out_without_a_word(session: scoped_session) -> None:
    first = a_candidate(email=EMAIL, phone=PHONE)
    second = a_candidate(email=EMAIL.upper(), phone=PHONE)
    assert (second.email, second.phone) == (None, None)
    assert second.candidate_id is not None
    service.update_candidate_access(second.candidate_id, "Aïcha", "Autre", "autre@exemple.fr", PHONE)
    assert (second.email, second.phone, second.last_name) == ("autre@exemple.fr", None, "Autre")
    assert (first.email, first.phone) == (EMAIL, PHONE)
    code = service.give_paper_code(second.id, somebody(Role.REFERENT).actor)
    assert _signed_in(service.use_paper_code(code, HERE)) == second.id


def test_a_candidate_may_have_the_e_mail_of_a_professional(session: scoped_session) -> None:
    person = with_password()
    user = a_candidate(email=person.user.email)
    assert user.email == person.user.email
    handle = service.ask_code(CodeChannel.EMAIL, user.email or "", HERE)
    assert _signed_in(service.check_code(handle, _sent(user.email or ""), HERE)) == user.id


def test_opening_an_access_twice_gives_the_same_account(session: scoped_session) -> None:
    user = a_candidate(phone=PHONE)
    assert user.candidate_id is not None
    again = service.open_candidate_access(user.candidate_id, "Awa", user.last_name, None, PHONE)
    assert again == user.id
    assert _known(session, user.candidate_id).first_name == "Awa"


def test_a_change_of_address_ends_the_codes_sent_to_the_old_one(session: scoped_session) -> None:
    user = a_candidate(phone=PHONE)
    handle = service.ask_code(CodeChannel.SMS, PHONE, HERE)
    assert user.candidate_id is not None
    service.update_candidate_access(user.candidate_id, user.first_name, user.last_name, None, "+33639980199")
    assert _refused(handle, _sent(PHONE)) is AccountRefusal.CODE_TOO_OLD


def test_a_closed_file_signs_out_and_frees_its_addresses(session: scoped_session) -> None:
    user = a_candidate(email=EMAIL, phone=PHONE)
    token = service.enter(user.id, None)
    assert user.candidate_id is not None
    service.close_candidate_access(user.candidate_id)
    service.close_candidate_access(user.candidate_id)
    assert service.signed_in_by(token) is None
    kept = a_candidate(email=EMAIL, phone=PHONE)
    assert (kept.email, kept.phone) == (EMAIL, PHONE)


def test_an_access_that_was_never_opened_cannot_be_changed(session: scoped_session) -> None:
    with pytest.raises(NotFound):
        service.update_candidate_access(uuid4(), "A", "B", None, None)
