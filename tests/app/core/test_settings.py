"""What the environment says, and the key that is made once."""

import stat
from pathlib import Path

import pytest

from app.core.settings import from_environment


def test_a_bare_machine_gets_a_key_of_its_own_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "PORTAL_DEMONSTRATION", "PORTAL_BASE_URL", "PORTAL_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path / "var"))
    first, second = from_environment(), from_environment()
    assert first == second
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert (first.database_url, first.demonstration, first.secure_cookies) == (None, False, False)


def test_an_https_address_makes_cookies_secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    monkeypatch.setenv("PORTAL_BASE_URL", "https://insertion.exemple.fr/")
    settings = from_environment()
    assert settings.secure_cookies
    assert settings.base_url == "https://insertion.exemple.fr"
