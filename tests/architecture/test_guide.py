"""Does the guide of users quote the portal as it speaks, and are the settings listed for who installs it?"""

import re
from pathlib import Path

import pytest

from app import wiring

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
REFUSALS = re.compile(r"^## Ce qui est refusé.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"^\| ([^|]+?) \|", re.MULTILINE)


@pytest.mark.parametrize("name", ["rencontres-et-seances", "stages-pmsmp"])
def test_each_refusal_that_the_guide_quotes_is_one_of_the_portal(name: str) -> None:
    said = "\n".join(wiring.words().values()).replace("\u00a0", " ").lower()
    part = REFUSALS.search((GUIDE / f"{name}.md").read_text())
    assert part is not None
    quoted = [words for words in QUOTED.findall(part[0]) if words not in {"message", "---"}]
    assert len(quoted) > 9
    unknown = [words for words in quoted if words.replace("\u00a0", " ").rstrip(" :…").lower() not in said]
    assert not unknown


def test_the_guide_is_short_and_its_links_lead_somewhere() -> None:
    for page in sorted(GUIDE.glob("*.md")):
        text = page.read_text()
        assert len(text.splitlines()) <= 120, page.name
        for link in re.findall(r"\]\(([^)#]+\.md)\)", text):
            assert (GUIDE / link).exists(), f"{page.name}: {link}"


def test_each_setting_of_the_environment_is_in_the_readme() -> None:
    source = (ROOT / "app" / "core" / "settings.py").read_text()
    read = set(re.findall(r'env\.get\("([A-Z_]+)"', source))
    assert "PORTAL_VAR" in read
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert read <= told
