"""What does the letter of the day say? Every message that waited, in plain words, category by category."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.messages.rules.letters import PORTAL
from app.messages.rules.sending import Category


@dataclass(frozen=True, slots=True)
class Waited:
    """One message that waited."""

    category: Category
    to_name: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """A message as the digest tells it: its subject, then its lines, links kept."""

    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is new in a category."""

    category: Category
    items: tuple[Item, ...]


def sections(waited: Iterable[Waited]) -> tuple[Section, ...]:
    """In the order of Category; within one, in the order given."""
    found: dict[Category, list[Item]] = {}
    for message in waited:
        found.setdefault(message.category, []).append(Item(message.subject, told_lines(message)))
    return tuple(Section(category, tuple(found[category])) for category in Category if category in found)


def told_lines(message: Waited) -> tuple[str, ...]:
    """The lines of a message without « Bonjour » and without the words that close an e-mail."""
    lines = [line.strip() for line in message.body.splitlines()]
    if lines and lines[0].startswith("Bonjour"):
        greeting = rf"Bonjour(?: {re.escape(message.to_name)})?\s*[,.]\s*" if message.to_name else r"Bonjour\s*[,.]\s*"
        lines[0] = re.sub(greeting, "", lines[0], count=1)
    return tuple(line for line in lines if line and line != PORTAL)
