"""A stage ends before its last day: what was expected after is cut, the others are told, the place is free."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.core.db import db
from app.core.errors import Refused
from app.core.french import date_words
from app.core.roles import Actor
from app.core.transaction import transaction
from app.placements.models import Placement, PresenceHalf
from app.placements.queries.presence import expected_of, said_of
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.kinds import CancelReason, Presence, StopReason
from app.placements.rules.states import PlacementAction
from app.placements.rules.stopping import STOP_FIELDS, Stop, last_day_of, refusals_to_stop
from app.placements.service import telling
from app.placements.service.cancelling import cancel_renewal
from app.placements.service.checking import done_before
from app.placements.service.journal import move
from app.placements.service.places import free_place
from app.placements.service.presence import as_said

_WHOSE = {StopReason.HOST: CancelReason.HOST}
"""Why a renewal does not take place, when the first stopped: else it is the person."""


@transaction
def stop(placement_id: UUID, said: Stop, *, by: Actor, version: int | None = None, today: date) -> Placement:
    """Any party, while it runs. Sent twice, it is done once; the words are not for the host.

    Raises NotFound, StaleVersion; Refused with all reasons, beside their fields.
    """
    placement = the_one_to_act_on(by, placement_id)
    if done_before(placement, PlacementAction.STOP, by, version):
        return placement
    rows = said_of(placement.id)
    halves = [as_said(row) for row in rows.values()]
    if reasons := refusals_to_stop(said, halves, by.role, placement.starts_on, placement.ends_on, today):
        raise Refused(reasons, STOP_FIELDS)
    last = last_day_of(said, placement.starts_on)
    move(placement, PlacementAction.STOP, by, words=f"Dernier jour\u00a0: {date_words(last)}")
    placement.stopped_on, placement.stop_reason, placement.stop_words = last, said.reason, said.words.strip()
    _cut(rows.values(), last)
    if said.reason is StopReason.NEVER_CAME:
        _mark_away(placement, {key for key, row in rows.items() if row.day <= last}, by)
    db.session.flush()
    free_place(placement)
    telling.everybody("placement_stopped", placement, by, last_day=last)
    cancel_renewal(placement, _WHOSE.get(said.reason, CancelReason.PERSON))
    return placement


def _cut(rows: Iterable[PresenceHalf], last: date) -> None:
    """Absences said of days that are no longer expected."""
    for row in rows:
        if row.day > last:
            db.session.delete(row)


def _mark_away(placement: Placement, known: set[tuple[date, object]], by: Actor) -> None:
    """Who never came was away on the first day: expected_of now ends there."""
    for half in expected_of(placement):
        if half.key not in known:
            db.session.add(
                PresenceHalf(
                    placement_id=placement.id,
                    day=half.day,
                    half=half.half,
                    status=Presence.ABSENT,
                    recorded_by=by.user_id,
                )
            )
