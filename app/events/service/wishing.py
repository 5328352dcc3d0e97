"""How are the wishes of a participant kept? All at once, by themselves, by who runs the event, or by who helps them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, MeetingWish
from app.events.queries.my_meetings import booking_of_code
from app.events.queries.visible import may_run, the_booking
from app.events.queries.wishes import others_of, wishes_from
from app.events.rules.kinds import Wish
from app.events.rules.wishes import Wishing, mark_of, most_of, number_refusals, wish_refusals, wishes_by_code
from app.events.service.holding import WITH_CODE
from app.events.service.journal import log


@transaction
def save_wishes(booking_id: UUID, said: Mapping[UUID, Wish | None], *, mark: int, by: Actor) -> int:
    """Keep what was said of each of the other side; who is not in ``said`` keeps theirs. How many there are.

    ``mark`` is that of the wishes that the form showed. Raises Refused, StaleVersion, NotFound.
    """
    booking = the_booking(by, booking_id)
    return _save(booking, said, mark, by, staff=may_run(by, booking.slot.event))


@transaction
def save_wishes_by_code(code: str, said: Mapping[UUID, Wish | None], *, mark: int) -> int:
    """The same, by who holds the code, where it may. Raises Refused, StaleVersion, NotFound."""
    booking = booking_of_code(code)
    if not wishes_by_code(booking.slot.event.kind, booking.side):
        raise NotFound
    return _save(booking, said, mark, WITH_CODE, staff=False)


def _save(booking: Booking, said: Mapping[UUID, Wish | None], mark: int, by: Actor, *, staff: bool) -> int:
    event = booking.slot.event
    locked = select(Booking.state).where(Booking.id == booking.id).with_for_update(of=Booking)
    state = db.session.scalar(locked)
    if state is None:
        raise NotFound
    asked = Wishing(event.kind, event.state, state, booking.slot.starts_at, booking.slot.ends_at, staff=staff)
    if reasons := wish_refusals(asked, now=clock.now()):
        raise Refused(reasons)
    there = {one.id for one in others_of(booking)}
    before = {other: wish for other, wish in wishes_from(booking.id).items() if other in there}
    wanted = _after(before, {other: wish for other, wish in said.items() if other in there})
    if wanted == before:
        return len(before)
    if mark_of(before) != mark:
        raise StaleVersion({"version": mark_of(before)})
    if reasons := number_refusals(wanted.values(), most_of(len(there))):
        raise Refused(reasons)
    _write(booking.id, before, wanted)
    log(event.id, "wish", booking.id, "say", by)
    return len(wanted)


def _after(before: Mapping[UUID, Wish], said: Mapping[UUID, Wish | None]) -> dict[UUID, Wish]:
    whole: dict[UUID, Wish | None] = {**before, **said}
    return {other: wish for other, wish in whole.items() if wish is not None}


def _write(booking_id: UUID, before: Mapping[UUID, Wish], wanted: Mapping[UUID, Wish]) -> None:
    gone = before.keys() - wanted.keys()
    if gone:
        db.session.execute(
            delete(MeetingWish)
            .where(MeetingWish.from_booking_id == booking_id, MeetingWish.to_booking_id.in_(gone))
            .execution_options(synchronize_session=False)
        )
    changed = {other: wish for other, wish in wanted.items() if before.get(other) is not wish}
    if changed:
        rows = [{"from_booking_id": booking_id, "to_booking_id": one, "wish": wish} for one, wish in changed.items()]
        write = insert(MeetingWish)
        kept = write.on_conflict_do_update(
            index_elements=["from_booking_id", "to_booking_id"], set_={"wish": write.excluded.wish, "at": clock.now()}
        )
        db.session.execute(kept, rows)
