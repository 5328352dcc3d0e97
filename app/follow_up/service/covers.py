"""Somebody is away: a colleague acts for them meanwhile. It ends by itself, or earlier when somebody says so."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import User
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import ACCOMPANIMENT, Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.follow_up.models import Cover
from app.follow_up.queries.covers import colleagues_of, open_covers, the_cover
from app.follow_up.rules.covering import Away, CoverRefusal, cover_refusals
from app.messages import service as messages
from app.messages.rules import Recipient

KIND: Final = "follow_up_cover"
FIELDS: Final = {
    CoverRefusal.END_BEFORE_START: "last_day",
    CoverRefusal.OVER: "last_day",
    CoverRefusal.TOO_LONG: "last_day",
    CoverRefusal.ONESELF: "cover",
    CoverRefusal.NOT_A_COLLEAGUE: "cover",
    CoverRefusal.OVERLAP: "first_day",
    CoverRefusal.COVER_AWAY: "cover",
    CoverRefusal.COVERS_SOMEBODY: "first_day",
    CoverRefusal.NOT_YOURS: "absent",
}
"""Beside which field of the form each refusal stands."""


@transaction
def note_absence(wanted: Away, *, by: Actor, row_id: UUID, today: date) -> Cover:
    """« Je suis absent du … au … », covered by a colleague. A manager may say it for somebody of the team.

    Sent twice, it is one. Raises Refused (all reasons).
    """
    if by.role not in ACCOMPANIMENT or by.organisation_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    _lock_team(by.organisation_id)
    if (made := db.session.get(Cover, row_id)) is not None:
        if made.organisation_id != by.organisation_id:
            raise NotFound
        return made
    team = {user.id: user for user in colleagues_of(by.organisation_id)}
    people = (wanted.absent_id, wanted.cover_id)
    known = [
        Away(one.absent_id, one.cover_id, one.first_day, one.last_day)
        for one in open_covers(people, min(today, wanted.first_day))
    ]
    reasons = cover_refusals(wanted, known, team, today)
    if wanted.absent_id not in team or (wanted.absent_id != by.user_id and not by.is_manager):
        reasons = (*reasons, CoverRefusal.NOT_YOURS)
    if reasons:
        raise Refused(reasons, FIELDS)
    cover = Cover(
        id=row_id,
        organisation_id=by.organisation_id,
        absent_id=wanted.absent_id,
        cover_id=wanted.cover_id,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
    )
    db.session.add(cover)
    audit.note(by, "follow_up.cover.note", "cover", row_id, days=(wanted.last_day - wanted.first_day).days + 1)
    _tell(cover, team[wanted.absent_id], team[wanted.cover_id], by)
    return cover


def _lock_team(organisation_id: UUID) -> None:
    """Two absences of one team are noted one after the other."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"cover:{organisation_id}", 0))))


def _tell(cover: Cover, absent: User, colleague: User, by: Actor, *, ended: bool = False) -> None:
    """The colleague, unless they said it themselves."""
    if colleague.id == by.user_id:
        return
    messages.queue(
        KIND,
        Recipient(colleague.full_name, colleague.id, colleague.email, colleague.phone),
        about=("cover", cover.id),
        key=f"{KIND}:{cover.id}:{'ended' if ended else 'noted'}",
        absent=absent.full_name,
        first_day=cover.first_day,
        last_day=cover.last_day,
        ended=ended,
        url=messages.link_to("follow_up.team"),
    )


@transaction
def end_cover(cover_id: UUID, *, by: Actor) -> Cover:
    """Back earlier, or it was a mistake. Ended twice, it is ended once. Raises NotFound."""
    cover = the_cover(by, cover_id)
    if cover.ended_at is None and cover.last_day >= clock.today():
        cover.ended_at = clock.now()
        audit.note(by, "follow_up.cover.end", "cover", cover.id)
        _tell(cover, cover.absent, cover.cover, by, ended=True)
    return cover
