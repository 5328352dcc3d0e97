"""Every table is in the glossary, every enum has its French words, every template is used."""

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

from app import wiring
from app.core.db import Base
from app.core.settings import ROOT

# Enums that no person reads: words of the code between modules.
_UNSPOKEN = {"TradeSource", "WorkflowRefusal", "QuantityProblem", "StaffingStep"}


def test_every_model_is_in_the_glossary() -> None:
    wiring.import_models()
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    missing = [
        mapper.class_.__name__ for mapper in Base.registry.mappers if f"`{mapper.class_.__name__}`" not in glossary
    ]
    assert not sorted(missing)


def _modules(name: str) -> Iterator[ModuleType]:
    """A module, and those inside when it is a package."""
    module = importlib.import_module(name)
    yield module
    for inside in walk_packages(getattr(module, "__path__", ()), f"{name}."):
        yield importlib.import_module(inside.name)


def _enums(domain: str) -> set[type[Enum]]:
    return {
        kind
        for module in _modules(f"app.{domain}.rules")
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__.startswith(f"app.{domain}.rules")
    }


def _worded(domain: str) -> set[Enum]:
    """Every enum member that is a key of a mapping of labels.py."""
    found: set[Enum] = set()
    for module in _modules(f"app.{domain}.labels"):
        for _, value in inspect.getmembers(module):
            if isinstance(value, Mapping):
                found.update(key for key in value if isinstance(key, Enum))
    return found


def test_every_enum_of_a_domain_has_french_words() -> None:
    names = {path.parent.name for path in [*ROOT.glob("app/*/labels.py"), *ROOT.glob("app/*/labels")]}
    domains = sorted(name for name in names if find_spec(f"app.{name}.rules"))
    assert len(domains) >= 5
    worded = {domain: _worded(domain) for domain in domains}
    missing = [
        f"{domain}.{kind.__name__}.{member.name}"
        for domain in domains
        for kind in _enums(domain)
        if kind.__name__ not in _UNSPOKEN
        for member in kind
        if member not in worded[domain]
    ]
    assert not missing


def test_every_template_is_used() -> None:
    sources = [*ROOT.glob("app/**/*.py"), *ROOT.glob("templates/**/*")]
    text = "\n".join(path.read_text() for path in sources if path.is_file())
    used = set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt|xml))[\"']", text))
    kinds = set(re.findall(r"(?:queue\(\s*|kind\s*[=:]\s*)[\"'](\w+)[\"']", text))
    unused = []
    for path in ROOT.glob("templates/**/*.*"):
        name = str(path.relative_to(ROOT / "templates"))
        by_status = name.startswith("errors/")
        as_message = name.startswith("messages/") and (Path(name).stem in kinds or Path(name).stem in text)
        if name not in used and not by_status and not as_message:
            unused.append(name)
    assert not unused
