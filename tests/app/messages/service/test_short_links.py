"""A short code leads to one page of this portal, whatever the row says."""

import pytest
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.accounts.rules.throttles import SHORT_CODE_PER_ADDRESS
from app.core.errors import NotFound, Throttled
from app.core.roles import Role
from app.messages.rules.short_codes import shown_code
from app.messages.service import short_links
from app.messages.service.short_links import follow
from tests.factories.letters import a_letter
from tests.factories.people import somebody


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Who tried, without a limit."""
    seen: list[str | None] = []
    monkeypatch.setattr(short_links, "CODE_TRIED", seen.append)
    return seen


def test_a_code_leads_to_its_page_however_it_is_typed(session: scoped_session, quiet: list[str | None]) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    code = str(letter.short_code)
    for typed in (code, code.lower(), shown_code(code), f" {code[:4]} {code[4:]} "):
        assert follow(typed, "192.0.2.1") == letter.short_target
    assert quiet == ["192.0.2.1"] * 4


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "/l/ACDE-FGHJ", "evil"],
)
def test_a_row_that_leads_elsewhere_leads_nowhere(
    session: scoped_session, quiet: list[str | None], target: str
) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    letter.short_target = target
    session.flush()
    with pytest.raises(NotFound):
        follow(str(letter.short_code), None)


@pytest.mark.parametrize("typed", ["", "ACDEFGHJ", "nonsense", "%00", "' OR 1=1"])
def test_an_unknown_code_leads_nowhere_and_was_tried(
    session: scoped_session, quiet: list[str | None], typed: str
) -> None:
    with pytest.raises(NotFound):
        follow(typed, "192.0.2.1")
    assert quiet == ["192.0.2.1"]


def test_codes_cannot_be_guessed_one_after_the_other(session: scoped_session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "CODE_TRIED", accounts.short_code_tried)
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    for _ in range(SHORT_CODE_PER_ADDRESS.tries):
        with pytest.raises(NotFound):
            follow("ACDEFGHJ", "192.0.2.9")
    with pytest.raises(Throttled):
        follow(str(letter.short_code), "192.0.2.9")  # a right guess comes too late as well
    assert follow(str(letter.short_code), "192.0.2.10") == letter.short_target
