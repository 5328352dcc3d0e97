"""The looks keep their promises: contrast, size, nothing inline, nothing from elsewhere, icons that exist."""

import re
from itertools import product
from pathlib import Path

import pytest

from app.core.rendering import symbols
from app.core.settings import ROOT

STATIC = ROOT / "app" / "static"
CSS = (STATIC / "theme.css").read_text()
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
TOKENS = {"white": "#ffffff", **dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", CSS))}
STATES = ("ok", "warn", "bad", "info")
SURFACES = ("white", "tint", "bg", "soft")

TEXT = [
    *product(("ink", "ink-2", "brand", "brand-2"), SURFACES),
    *((state, f"{state}-bg") for state in STATES),
    *product(("ink", "brand", "ink-2"), [f"{state}-bg" for state in STATES]),
    *product(("bad", "warn"), ("white", "tint", "bg")),
    *product(("ok", "info"), ("white", "tint")),
    ("white", "brand"),
    ("white", "brand-2"),
]
INTERFACE = [
    *product(("edge",), SURFACES),
    *product(("brand", "ok", "warn", "bad", "ochre"), ("track",)),
    *product(("brand", "bad", "ochre"), ("white", "bg")),
    *((state, f"{state}-bg") for state in STATES),
    *product(("ink",), ("accent", "track", *SURFACES)),
    ("accent", "brand"),
    ("accent", "brand-2"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two tokens (WCAG 2.2)."""
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    TOKENS["black"] = "#000000"
    assert contrast("black", "white") == pytest.approx(21)
    del TOKENS["black"]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_seven_to_one(text: str, ground: str):
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize(("part", "ground"), INTERFACE)
def test_interface_is_three_to_one(part: str, ground: str):
    assert contrast(part, ground) >= 3


def test_rules_use_the_tokens_and_two_greys_of_the_plain_tag_alone():
    rules = CSS.split("/* parts */")[1]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#fff", "#ece7e1", "#3b343f"}


def test_the_theme_and_the_script_stay_light():
    assert (STATIC / "theme.css").stat().st_size <= 15_000
    assert (STATIC / "app.js").stat().st_size <= 4_096


def test_the_theme_asks_nothing_of_the_network():
    assert not re.search(r"url\(|@import|@font-face", CSS)


FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "something from elsewhere": re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_inline_and_nothing_from_elsewhere(path: Path):
    text = path.read_text()
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_the_forbidden_things_would_be_seen():
    bad = (
        "<p style='a'><b onclick=\"x()\"><style><script>1</script><a href='javascript:1'><img src=\"//cdn.example/a\">"
    )
    assert all(pattern.search(bad) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_classes_of_the_theme(path: Path):
    plain = re.sub(r"{{.*?}}|{%.*?%}", " ", path.read_text(), flags=re.S)
    used = {name for names in re.findall(r'\bclass="([^"]*)"', plain) for name in names.split()}
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS))
    assert {name for name in used if not name.endswith("-")} <= known


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_names_icons_that_exist(path: Path):
    named = re.findall(r"\bicon(?:_name)?\s*(?:=|\()\s*\"([\w-]+)\"", path.read_text())
    assert set(named) <= set(symbols())
