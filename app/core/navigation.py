"""Which links does the menu of a role show?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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


_APART: Final = frozenset({"messages"})
"""Domains whose pages hang under different lines: one that claims none is under no line."""


def menu(links: Sequence[Link], actor: Actor, counts: Mapping[str, int]) -> Iterator[Section]:
    """The sections that an actor sees, in the order of the links. ``counts`` are by endpoint."""
    seen = [link for link in links if actor.role in link.roles]
    here = _current(seen)
    for title in dict.fromkeys(link.section for link in seen):
        yield Section(
            title,
            [
                Item(
                    link.label,
                    url_for(link.endpoint),
                    link.icon,
                    link is here,
                    counts.get(link.endpoint, 0),
                )
                for link in seen
                if link.section == title
            ],
        )


def _current(links: Sequence[Link]) -> Link | None:
    """The line of this page: its own, else one that claims it, else the first of the same domain."""
    own = (link for link in links if request.endpoint == link.endpoint)
    claimed = (link for link in links if request.endpoint in link.also)
    domain = request.blueprint if request.blueprint not in _APART else None
    near = (link for link in links if domain and link.endpoint.startswith(f"{domain}."))
    return next(own, None) or next(claimed, None) or next(near, None)
