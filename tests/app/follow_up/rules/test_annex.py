"""The text of the annex in parts, its hash, and who may sign when."""

from datetime import date, timedelta
from hashlib import sha256

from app.follow_up.rules.annex import (
    AnnexRefusal,
    AnnexStanding,
    blocks,
    hash_of,
    missing,
    paper_refusals,
    short_hash,
    signature_refusals,
    standing,
)
from app.follow_up.rules.kinds import AnnexSide
from app.follow_up.rules.states import FollowUpState

NOW, BEFORE = hash_of("le texte"), hash_of("un autre texte")
TODAY = date(2026, 11, 5)


def test_the_hash_is_that_of_the_bytes_of_the_text() -> None:
    assert hash_of("été") == sha256("été".encode()).digest()
    assert short_hash(bytes.fromhex("9f2c41ab" + "00" * 28)) == "9f2c 41ab"


def test_headings_paragraphs_and_points_come_apart() -> None:
    found = list(blocks("# Un\nDes mots.\n- a\n- b\n# Deux\nEncore.\n"))
    assert [(one.title, one.paragraphs, one.points) for one in found] == [
        ("Un", ("Des mots.",), ("a", "b")),
        ("Deux", ("Encore.",), ()),
    ]


def test_two_signatures_of_the_text_of_today_are_a_signed_annex() -> None:
    both = {AnnexSide.PERSON: NOW, AnnexSide.REFERENT: NOW}
    assert standing(both, NOW) is AnnexStanding.SIGNED
    assert missing(both, NOW) == ()
    assert standing({AnnexSide.PERSON: NOW}, NOW) is AnnexStanding.HALF
    assert missing({AnnexSide.PERSON: NOW}, NOW) == (AnnexSide.REFERENT,)
    assert standing({}, NOW) is AnnexStanding.UNSIGNED


def test_another_text_asks_both_again() -> None:
    both = {AnnexSide.PERSON: BEFORE, AnnexSide.REFERENT: BEFORE}
    assert standing(both, NOW) is AnnexStanding.CHANGED
    assert set(missing(both, NOW)) == set(AnnexSide)


def test_only_the_text_shown_is_signed_and_only_when_read() -> None:
    assert signature_refusals(FollowUpState.ACTIVE, NOW, NOW, ticked=True) == ()
    assert signature_refusals(FollowUpState.STOPPED, BEFORE, NOW, ticked=False) == (
        AnnexRefusal.OVER,
        AnnexRefusal.TEXT_CHANGED,
        AnnexRefusal.NOT_READ,
    )


def test_a_paper_is_signed_by_somebody_between_the_opening_and_today() -> None:
    opened = TODAY - timedelta(days=10)
    assert paper_refusals(opened, "Moussa Traoré", opened, TODAY) == ()
    assert paper_refusals(TODAY, "Moussa Traoré", opened, TODAY) == ()
    assert paper_refusals(TODAY + timedelta(days=1), " ", opened, TODAY) == (
        AnnexRefusal.PAPER_IN_FUTURE,
        AnnexRefusal.NO_SIGNER,
    )
    early = paper_refusals(opened - timedelta(days=1), "M", opened, TODAY)
    assert early == (AnnexRefusal.PAPER_BEFORE_OPENING,)
