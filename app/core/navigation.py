"""Which links does the menu of a role show?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for

from app.core.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the menu; ``also`` are endpoints whose pages belong under it."""

    label: str
    endpoint: str
    icon: str
    roles: frozenset[Role]
    section: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the layout draws it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the menu; the first has no title."""

    title: str
    items: Sequence[Item]


def menu(links: Sequence[Link], actor: Actor, counts: Mapping[str, int]) -> Iterator[Section]:
    """The sections that an actor sees, in the order of the links. ``counts`` are by endpoint."""
    seen = [link for link in links if actor.role in link.roles]
    for title in dict.fromkeys(link.section for link in seen):
        yield Section(
            title,
            [
                Item(
                    link.label,
                    url_for(link.endpoint),
                    link.icon,
                    request.endpoint == link.endpoint or request.endpoint in link.also,
                    counts.get(link.endpoint, 0),
                )
                for link in seen
                if link.section == title
            ],
        )
