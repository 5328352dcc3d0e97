"""Where do the pages of a visit lead? The addresses around one follow-up."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for


def way(view: str, **values: Any) -> str:
    """The address of a page of the follow-up."""
    return url_for(f"follow_up.{view}", **values)


def around(follow_up_id: UUID, visit_id: UUID | None = None, alert_ids: Iterable[UUID] = ()) -> dict[str, Any]:
    """The list, the follow-up, its closing; the move of a visit; alerts by their id."""
    return {
        "follow_ups": way("follow_ups"),
        "follow_up": way("follow_up", follow_up_id=follow_up_id),
        "closing": way("closing", follow_up_id=follow_up_id),
        "job_edit": way("job_edit", follow_up_id=follow_up_id),
        "move": way("move_visit", visit_id=visit_id) if visit_id else None,
        "alerts": {one: way("alert", alert_id=one) for one in alert_ids},
    }
