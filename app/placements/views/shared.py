"""What the pages of stages share: the parts of other slices, the words of a refusal, the way back, the journal."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final
from uuid import UUID

from flask import current_app, url_for

from app.core.errors import Refused
from app.core.french import clock_time, date_words
from app.core.roles import Actor, Role
from app.placements.labels import REFUSAL_WORDS
from app.placements.labels.asking import line_title
from app.placements.labels.limits import refusal_sentence
from app.placements.models import Placement, PlacementTransition
from app.placements.queries.page import Seen
from app.placements.rules.limits import PlacementRefusal
from app.placements.service.checking import LimitsRefused

PARTS: Final = ("convention", "presence", "assessment", "tripartite")


def words_of(refused: Refused) -> Mapping[Enum, str]:
    """The sentences of a refusal, with the dates and numbers that help when limits are the reason."""
    if not isinstance(refused, LimitsRefused):
        return REFUSAL_WORDS
    said: dict[Enum, str] = {
        reason: refusal_sentence(reason, refused.asked, refused.others)
        for reason in refused.reasons
        if isinstance(reason, PlacementRefusal)
    }
    return {**REFUSAL_WORDS, **said}


def parts_of(placement: Placement, actor: Actor, today: date) -> dict[str, Any]:
    """What the other slices say of a stage: ``convention_part`` and so on; None where there is nothing to say."""
    return {f"{name}_part": _part(name, placement, actor, today) for name in PARTS}


def _part(name: str, placement: Placement, actor: Actor, today: date) -> Any:
    module = f"app.placements.queries.{name}_part"
    if find_spec(module) is None:
        return None
    return import_module(module).part(placement, actor, today)


def list_of(actor: Actor) -> tuple[str, str]:
    """The list from which this reader comes: its name and address."""
    if actor.role is Role.EMPLOYER:
        return "Stagiaires", url_for("placements.received")
    if actor.role is Role.CANDIDATE:
        return "Mes stages", url_for("placements.my_placements")
    return "Stages", url_for("placements.placements")


def trail_of(actor: Actor, placement: Placement | None = None, name: str = "") -> list[tuple[str, str]]:
    """The way back: the list, then the stage."""
    trail = [list_of(actor)]
    if placement is not None:
        trail.append((name, home_of(actor, placement.id)))
    return trail


def home_of(actor: Actor, placement_id: UUID) -> str:
    """The page of a stage for this reader."""
    page = "my_placement" if actor.role is Role.CANDIDATE else "placement"
    return url_for(f"placements.{page}", placement_id=placement_id)


def way(endpoint: str, **values: Any) -> str | None:
    """The address of a page, when this portal has it."""
    known = f"placements.{endpoint}" in current_app.view_functions
    return url_for(f"placements.{endpoint}", **values) if known else None


def journal_lines(rows: Iterable[PlacementTransition], seen: Seen, today: date) -> list[dict[str, str]]:
    """The journal for the timeline: the person is named as this reader may know them."""
    return [
        {
            "title": line_title(row.subject, row.action),
            "when": f"{date_words(row.at, today)}, {clock_time(row.at)}",
            "text": _said(seen.name if row.by_role is Role.CANDIDATE else row.by_name, row.words),
            "state": "done",
        }
        for row in rows
    ]


def _said(name: str, words: str) -> str:
    """The name, then the sentence if there is one."""
    return f"{name.rstrip('.')}. {words}" if words else name
