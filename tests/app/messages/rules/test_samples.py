"""Every text of the portal has a sample, and reads in its three forms without a word too many."""

import re

import pytest
from flask import Flask

from app.core.settings import ROOT
from app.messages.rules.samples import BY_PHONE, SAMPLES
from app.messages.rules.sms import LONGEST
from app.messages.service.previews import Previews, sample_previews

FORBIDDEN = re.compile(
    r"(?i)\b(rsa|rqth|aah|ass|handicap\w*|allocat\w+|bénéficiaire\w*|éligib\w+|santé|malad\w+|qpv|chômage|sanction\w*"
    r"|agrément\w*|caf|nir|frein\w*)\b"
)
ON_DISK = sorted(path.stem for path in (ROOT / "templates" / "messages").glob("*.txt"))


def test_every_text_has_a_sample_and_no_sample_is_without_text() -> None:
    assert sorted(SAMPLES) == ON_DISK
    assert len(ON_DISK) > 40


@pytest.fixture(scope="module", params=ON_DISK)
def shown(request: pytest.FixtureRequest, app: Flask) -> tuple[str, Previews]:
    with app.app_context():
        return request.param, sample_previews(request.param)


def _all_words(shown: Previews) -> str:
    return "\n".join(
        [shown.subject, shown.email, shown.sms, *(line for part in shown.letter.paragraphs for line in part)]
    )


def test_a_text_has_its_three_forms(shown: tuple[str, Previews]) -> None:
    _kind, forms = shown
    assert forms.email
    assert forms.sms
    assert forms.letter.paragraphs
    assert 0 < len(forms.subject) < 90
    assert "{{" not in _all_words(forms) and "None" not in _all_words(forms)  # noqa: PT018


def test_no_form_says_why_a_person_is_accompanied(shown: tuple[str, Previews]) -> None:
    assert FORBIDDEN.findall(_all_words(shown[1])) == []


def test_a_text_for_people_and_tutors_is_two_sms_at_most(shown: tuple[str, Previews]) -> None:
    kind, forms = shown
    if SAMPLES[kind].to in BY_PHONE:
        assert forms.size.plain
        assert forms.size.signs <= LONGEST
        assert forms.size.parts <= 2


def test_a_letter_has_a_short_code_instead_of_the_address_of_the_e_mail(shown: tuple[str, Previews]) -> None:
    _kind, forms = shown
    paper = "\n".join(line for part in forms.letter.paragraphs for line in part)
    assert "http" not in paper
    assert ("XXXX-XXXX" in paper) == bool(forms.letter.code) == ("http" in forms.email)
