"""Every text has its row: what it is about, who may refuse it, how soon it leaves."""

from itertools import groupby

import pytest

from app.core.roles import PROFESSIONALS, Role
from app.core.settings import ROOT
from app.messages.rules import Category, Wish
from app.messages.rules.kinds import KINDS, UnknownKind, categories_for, choices_for, kind_of, usual_wish

TEXTS = {path.stem for path in (ROOT / "templates" / "messages").glob("*.txt")}


def test_every_text_has_a_row_and_every_row_a_text() -> None:
    assert set(KINDS) == TEXTS


def test_a_kind_without_a_row_is_a_defect() -> None:
    with pytest.raises(UnknownKind):
        kind_of("unheard_of")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_row_does_not_contradict_itself(name: str) -> None:
    kind = KINDS[name]
    assert not (kind.digest and (kind.required or kind.urgent)), "what must be known does not wait"
    assert kind.required or not kind.urgent
    assert not kind.digest or kind.to & PROFESSIONALS


@pytest.mark.parametrize("role", sorted(PROFESSIONALS))
def test_a_category_has_one_usage_for_a_role(role: Role) -> None:
    refusable = [kind for kind in KINDS.values() if role in kind.to and not kind.required]
    for category, kinds in groupby(sorted(refusable, key=lambda kind: kind.category), key=lambda kind: kind.category):
        assert len({kind.digest for kind in kinds}) == 1, category


@pytest.mark.parametrize("name", ["sign_in_code", "password_reset", "application_interview", "application_hired"])
def test_codes_interviews_and_hires_are_never_refused(name: str) -> None:
    assert KINDS[name].required


def test_only_codes_and_passwords_leave_at_night() -> None:
    assert {name for name, kind in KINDS.items() if kind.urgent} == {
        "sign_in_code", "password_reset", "password_changed",
    }  # fmt: skip


def test_an_employer_is_not_asked_about_alerts() -> None:
    assert Category.ALERTS not in categories_for(Role.EMPLOYER)
    assert Category.ALERTS in categories_for(Role.REFERENT)


def test_a_candidate_has_no_digest() -> None:
    assert Category.DIGEST not in categories_for(Role.CANDIDATE)
    for category in categories_for(Role.CANDIDATE):
        assert choices_for(category, Role.CANDIDATE) == (Wish.NOW, Wish.NEVER)
        assert usual_wish(category, Role.CANDIDATE) is Wish.NOW


@pytest.mark.parametrize("role", sorted(PROFESSIONALS))
def test_the_usual_answer_is_one_of_those_offered(role: Role) -> None:
    for category in categories_for(role):
        assert usual_wish(category, role) in choices_for(category, role)
    assert usual_wish(Category.DIGEST, role) is Wish.DAILY
    assert usual_wish(Category.ORGANISATION, role) is Wish.NOW
