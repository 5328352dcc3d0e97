"""How does a placement or a tripartite meeting change its state? Logged in journal and trail, in the same act."""

from enum import StrEnum
from uuid import UUID

from app.audit import service as audit
from app.core.db import db
from app.core.roles import Actor
from app.placements.models import Placement, PlacementTransition, TripartiteMeeting
from app.placements.rules.states import PLACEMENT, TRIPARTITE, PlacementAction, TripartiteAction


def move(placement: Placement, action: PlacementAction, by: Actor, *, words: str = "") -> None:
    """Take it to the next state. Raises Refused: wrong state, or not this role.

    Set the columns of the new state in the same flush: the database ties them to it.
    """
    target = PLACEMENT.target(action, placement.state, by.role)
    log(placement, "placement", placement.id, action, by, from_state=placement.state, to_state=target, words=words)
    placement.state = target


def move_tripartite(meeting: TripartiteMeeting, action: TripartiteAction, by: Actor, *, words: str = "") -> None:
    """Take the meeting to the next state. Raises Refused."""
    target = TRIPARTITE.target(action, meeting.state, by.role)
    log(meeting, "tripartite", meeting.id, action, by, from_state=meeting.state, to_state=target, words=words)
    meeting.state = target


def log(
    about: Placement | TripartiteMeeting,
    subject: str,
    subject_id: UUID,
    action: str,
    by: Actor,
    *,
    from_state: StrEnum | None = None,
    to_state: StrEnum | None = None,
    words: str = "",
) -> None:
    """One line of the journal, and one of the trail (which keeps no free text). ``about`` has been flushed.

    ``subject``: placement, signature, presence, incident, assessment, next, tripartite. ``words``: a sentence without
    a detail that a reader of the placement, the host included, may not know.
    """
    tripartite = isinstance(about, TripartiteMeeting)
    db.session.add(
        PlacementTransition(
            placement_id=about.placement_id if isinstance(about, TripartiteMeeting) else about.id,
            tripartite_id=about.id if tripartite else None,
            subject=subject,
            subject_id=subject_id,
            action=str(action),
            from_state=from_state or "",
            to_state=to_state or "",
            words=words,
            by_user_id=by.user_id,
            by_name=by.name,
            by_role=by.role,
        )
    )
    audit.note(by, f"placement.{subject}.{action}", subject, subject_id, state=str(to_state or ""))
