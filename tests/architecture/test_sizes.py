"""Files, functions and templates stay small enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import ROOT

CODE = sorted(
    path
    for folder in ("app", "matching", "search_index", "tests", "migrations")
    for path in ROOT.glob(f"{folder}/**/*.py")
    if "versions" not in path.parts
)
FILE_LINES, FUNCTION_LINES, VIEW_LINES, TEMPLATE_LINES = 400, 50, 30, 150


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def _length(node: ast.FunctionDef) -> int:
    """Lines from the signature to the end, the docstring left out."""
    doc = node.body[0]
    documented = isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant)
    spent = (doc.end_lineno or 0) - doc.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - spent


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= FILE_LINES
    long = {node.name: _length(node) for node in _functions(path) if _length(node) > FUNCTION_LINES}
    assert not long


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if path.is_relative_to(ROOT / "app") and (path.stem == "views" or "views" in path.parts)],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_view_only_leads(path: Path) -> None:
    long = {node.name: _length(node) for node in _functions(path) if _length(node) > VIEW_LINES}
    assert not long


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/**/*.html")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_is_short(path: Path) -> None:
    if path.parts[-2] == "gallery":
        return  # the gallery shows every component on purpose
    assert len(path.read_text().splitlines()) <= TEMPLATE_LINES


def test_every_domain_uses_the_names_of_the_house() -> None:
    names = {"__init__", "rules", "models", "queries", "documents", "service", "forms", "views", "jobs", "labels"}
    free = {"core", "static", "demonstration", "wiring"}  # no domains
    own = {"schedule", "scheduler"}  # of app/jobs: the table of all jobs, and the process
    odd = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("app/*/*.py")
        if path.parent.name not in free and path.stem not in (names | own if path.parent.name == "jobs" else names)
    ]
    assert not odd
