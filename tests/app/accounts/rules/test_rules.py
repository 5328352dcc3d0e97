"""How long a session lasts, where one may go after signing in, what an address counts for."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.rules import local_path, session_life
from app.accounts.rules.throttles import address_group, seconds_left
from app.core.roles import PROFESSIONALS, Role


def test_a_candidate_stays_signed_in_for_thirty_days_and_a_professional_for_twelve_hours() -> None:
    assert session_life(Role.CANDIDATE) == timedelta(days=30)
    assert {session_life(role) for role in PROFESSIONALS} == {timedelta(hours=12)}


@pytest.mark.parametrize("path", ["/accueil", "/candidats?page=2&tri=-nom", "/offres/1#bas", "/"])
def test_a_page_of_the_portal_may_follow_the_sign_in(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "asked",
    [
        None, "", "accueil", "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example",
        "/a\\b", "/a b", "javascript:alert(1)", "/%0a" + "x" * 3000, "///evil.example", "/\x7f",
    ],
)  # fmt: skip
def test_another_site_never_follows_the_sign_in(asked: str | None) -> None:
    assert local_path(asked) is None


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_counts_for_its_home(address: str | None, group: str) -> None:
    assert address_group(address) == group


def test_the_wait_is_whole_seconds_and_never_none() -> None:
    now = datetime(2026, 11, 5, 12, tzinfo=UTC)
    assert seconds_left(now + timedelta(seconds=90.2), now) == 91
    assert seconds_left(now - timedelta(seconds=5), now) == 1
