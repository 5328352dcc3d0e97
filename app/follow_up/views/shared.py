"""What several pages of the follow-up show in the same way: the journal, the head of a follow-up."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.core.french import clock_time, date_words
from app.core.roles import Actor
from app.follow_up.labels.journal import line_look, line_title
from app.follow_up.models import FollowUp, FollowUpTransition
from app.follow_up.queries.journal import reads_words
from app.follow_up.views.ways import way


def journal_lines(rows: Iterable[FollowUpTransition], actor: Actor, today: date) -> list[dict[str, str]]:
    """The lines as the timeline shows them; the département reads that it happened, not what was said."""
    words = reads_words(actor)
    return [
        {
            "title": line_title(row.subject, row.action),
            "when": f"{date_words(row.at, today)}, {clock_time(row.at)}",
            "text": f"{row.by_name}. {row.words}".strip() if words else row.by_name,
            "state": line_look(row.subject, row.action),
        }
        for row in rows
    ]


def crumbs_of(follow_up: FollowUp | None = None) -> list[tuple[str, str]]:
    """The way back: the list, then the follow-up."""
    trail = [("Suivis", way("follow_ups"))]
    if follow_up is not None:
        trail.append((follow_up.candidate.full_name, way("follow_up", follow_up_id=follow_up.id)))
    return trail


def page_of(follow_up: FollowUp, **context: Any) -> dict[str, Any]:
    """What every page around one follow-up reads."""
    return {"follow_up": follow_up, "trail": crumbs_of(follow_up), **context}
