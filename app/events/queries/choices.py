"""What does the form of an event propose: where its organiser is, whom to call, which structures welcome?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.events.models import Event, Slot
from app.events.rules.states import EventState
from app.organisations.models import Organisation
from app.organisations.queries import organisations_visible_to


@dataclass(frozen=True, slots=True)
class Around:
    """The organiser, as far as the form may be filled beforehand."""

    place: str = ""
    address: str = ""
    commune: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""


def around(actor: Actor) -> Around:
    """Their organisation's place and their own telephone, else their organisation's. One statement."""
    query = (
        select(Organisation, User)
        .join(User, User.id == actor.user_id)
        .where(Organisation.id == actor.organisation_id)
        .options(joinedload(Organisation.commune))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return Around(name=actor.name)
    place, user = row
    return Around(
        place=place.name,
        address=place.address,
        commune=place.commune.name if place.commune else "",
        name=user.full_name,
        phone=user.phone or place.phone or "",
        email=user.email or "",
    )


def rooms_elsewhere(organisation_id: UUID, place: str, but: UUID | None = None) -> list[tuple[datetime, datetime, str]]:
    """(start, end, room) of the named rooms that the organiser's other events hold at this place."""
    if not place:
        return []
    query = (
        select(Slot.starts_at, Slot.ends_at, Slot.room)
        .join(Event, Event.id == Slot.event_id)
        .where(
            Event.organisation_id == organisation_id,
            Event.id != but if but is not None else true(),
            Event.state.in_((EventState.DRAFT, EventState.PUBLISHED)),
            func.lower(Event.place_name) == place.lower(),
            Slot.room != "",
            Slot.ends_at > clock.now(),
        )
    )
    return [(start, end, room) for start, end, room in db.session.execute(query)]


def find_host(actor: Actor, text: str) -> Organisation | None:
    """The one structure of this SIRET or exact name that the actor reads."""
    bare = "".join(char for char in text if char.isdigit())
    if len(bare) == 14:
        return db.session.scalars(_hosts(actor).where(Organisation.siret == bare)).one_or_none()
    found = db.session.scalars(_hosts(actor).where(_plain(Organisation.name) == _plain(text)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def suggest_hosts(actor: Actor, text: str, limit: int = 6) -> Sequence[Organisation]:
    """Those whose name has these words."""
    words = [word for word in text.split() if len(word) > 1][:6]
    if not words:
        return []
    said = [_plain(Organisation.name).contains(_plain(word), autoescape=False) for word in words]
    return db.session.scalars(_hosts(actor).where(*said).order_by(Organisation.name).limit(limit)).all()


def _hosts(actor: Actor) -> Select[Organisation]:
    return organisations_visible_to(actor).where(
        or_(Organisation.approved_at.is_not(None), Organisation.id == actor.organisation_id)
    )


def _plain(text: object) -> ColumnElement[str]:
    return func.lower(func.unaccent(text))
