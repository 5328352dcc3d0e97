"""The French words of stages and immersions. REFUSAL_WORDS gathers those of every module here."""

from collections.abc import Mapping
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import Final


def _gathered() -> Mapping[Enum, str]:
    found: dict[Enum, str] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        found.update(getattr(import_module(module.name), "REFUSAL_WORDS", {}))
    return found


REFUSAL_WORDS: Final = _gathered()
