"""Each text is kept with its hash; one signature a side; another text asks again and the old one stays."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.errors import NotFound, Refused
from app.follow_up.models import Annex, AnnexSignature, FollowUp
from app.follow_up.queries.annex import annexes_of, signed_last, text_of
from app.follow_up.queries.visible import the_follow_up
from app.follow_up.rules.annex import AnnexRefusal, AnnexStanding, hash_of, standing
from app.follow_up.rules.kinds import AnnexSide, SignatureMeans, StopReason
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import annex as service
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody

TODAY = date(2026, 11, 5)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def shown_to(who: Somebody, followed: Followed) -> bytes:
    return hash_of(text_of(the_follow_up(who.actor, followed.follow_up.id)))


def sign(who: Somebody, followed: Followed, **values: Any) -> Annex:
    said = {"shown": shown_to(who, followed), "ticked": True, "by": who.actor, "today": TODAY, **values}
    return service.sign(followed.follow_up.id, **said)


def stands(session: scoped_session, followed: Followed) -> AnnexStanding:
    session.expire_all()
    return standing(signed_last(annexes_of(followed.follow_up.id)), shown_to(followed.referent, followed))


def signatures(session: scoped_session) -> list[AnnexSignature]:
    return list(session.scalars(select(AnnexSignature).order_by(AnnexSignature.side)))


def test_person_and_referent_sign_the_same_text_kept_whole_with_its_hash(
    session: scoped_session, followed: Followed
) -> None:
    kept = sign(followed.person, followed)
    assert stands(session, followed) is AnnexStanding.HALF
    sign(followed.referent, followed)
    assert stands(session, followed) is AnnexStanding.SIGNED
    assert kept.text_hash == sha256(kept.text.encode()).digest()
    person, referent = signatures(session)
    assert (person.side, person.user_id, person.signed_on) == (AnnexSide.PERSON, followed.person.user.id, TODAY)
    assert (referent.side, referent.user_id) == (AnnexSide.REFERENT, followed.referent.user.id)
    assert {person.text_hash, referent.text_hash} == {kept.text_hash}
    assert {person.means, referent.means} == {SignatureMeans.ELECTRONIC}


def test_signing_twice_is_one_signature(session: scoped_session, followed: Followed) -> None:
    sign(followed.person, followed)
    sign(followed.person, followed)
    assert len(signatures(session)) == 1


def test_another_text_asks_again_and_the_old_one_stays_with_its_signatures(
    session: scoped_session, followed: Followed
) -> None:
    old = sign(followed.person, followed)
    sign(followed.referent, followed)
    followed.job.title = "Chef d’équipe"
    session.commit()
    assert stands(session, followed) is AnnexStanding.CHANGED
    new = sign(followed.person, followed)
    session.expire_all()
    assert stands(session, followed) is AnnexStanding.HALF
    assert session.get_one(Annex, old.id).replaced_at is not None
    assert "Chef d’équipe" not in session.get_one(Annex, old.id).text
    assert session.get_one(Annex, new.id).replaced_at is None
    assert len(signatures(session)) == 3


def test_a_date_moved_by_agreement_asks_nothing_again(session: scoped_session, followed: Followed) -> None:
    sign(followed.person, followed)
    sign(followed.referent, followed)
    for visit in followed.visits.values():
        visit.planned_on = visit.planned_on.replace(day=20)
    session.commit()
    assert stands(session, followed) is AnnexStanding.SIGNED


def test_a_text_that_changed_while_it_was_read_is_not_signed(session: scoped_session, followed: Followed) -> None:
    shown = shown_to(followed.person, followed)
    followed.job.title = "Chef d’équipe"
    session.commit()
    with pytest.raises(Refused) as refused:
        sign(followed.person, followed, shown=shown)
    assert refused.value.reasons == (AnnexRefusal.TEXT_CHANGED,)
    assert signatures(session) == []


def test_without_the_tick_nothing_is_signed(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(Refused) as refused:
        sign(followed.person, followed, ticked=False)
    assert refused.value.reasons == (AnnexRefusal.NOT_READ,)


def test_only_the_person_and_who_follows_sign(session: scoped_session, followed: Followed) -> None:
    other, colleague = a_follow_up(), a_colleague(followed)
    session.commit()
    for who in (other.person, colleague):
        with pytest.raises(NotFound):
            service.sign(followed.follow_up.id, b"", ticked=True, by=who.actor, today=TODAY)


def paper(followed: Followed, **values: Any) -> Annex:
    said = {
        "shown": shown_to(followed.referent, followed),
        "side": AnnexSide.PERSON,
        "signer": "Camille Durand",
        "signed_on": date(2026, 9, 2),
        "by": followed.referent.actor,
        "today": TODAY,
        **values,
    }
    return service.record_paper(followed.follow_up.id, **said)


def test_a_paper_is_recorded_with_its_day_who_signed_and_who_recorded(
    session: scoped_session, followed: Followed
) -> None:
    paper(followed)
    (one,) = signatures(session)
    assert (one.means, one.signer_name, one.signed_on) == (SignatureMeans.PAPER, "Camille Durand", date(2026, 9, 2))
    assert (one.user_id, one.recorded_by) == (None, followed.referent.user.id)
    sign(followed.person, followed)
    assert len(signatures(session)) == 1


def test_a_paper_from_the_future_or_of_nobody_is_refused(session: scoped_session, followed: Followed) -> None:
    with pytest.raises(Refused) as refused:
        paper(followed, signed_on=date(2026, 11, 6), signer=" ")
    assert refused.value.reasons == (AnnexRefusal.PAPER_IN_FUTURE, AnnexRefusal.NO_SIGNER)


def test_a_follow_up_that_stopped_is_signed_no_more(session: scoped_session, followed: Followed) -> None:
    row = session.get_one(FollowUp, followed.follow_up.id)
    row.state, row.settled_on, row.stop_reason = FollowUpState.STOPPED, TODAY, StopReason.REFUSED
    session.commit()
    with pytest.raises(Refused) as refused:
        sign(followed.referent, followed)
    assert refused.value.reasons == (AnnexRefusal.OVER,)
    with pytest.raises(Refused):
        paper(followed)
    assert signatures(session) == []
