"""Under which head does an organisation write letters?"""

from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.db import db
from app.core.roles import Actor
from app.messages.rules import Letterhead
from app.messages.rules.letters import postal_block
from app.organisations.models import Organisation


def letterhead(by: Actor) -> Letterhead | None:
    """The head of what somebody writes for their organisation; None for who acts in none."""
    if by.organisation_id is None:
        return None
    phone = db.session.scalar(select(User.phone).where(User.id == by.user_id)) if by.user_id else None
    return letterhead_of(by.organisation_id, signature=by.name, phone=phone)


def letterhead_of(organisation_id: UUID, *, signature: str = "", phone: str | None = None) -> Letterhead | None:
    """The head of an organisation: without a phone of who signs, its own, else the help line."""
    query = select(Organisation).where(Organisation.id == organisation_id).options(joinedload(Organisation.commune))
    place = db.session.scalar(query)
    if place is None:
        return None
    town = place.commune.name if place.commune else ""
    postcode = place.commune.postcodes[0] if place.commune and len(place.commune.postcodes) == 1 else ""
    lines = postal_block("", place.address, postcode, town) or ((f"{postcode} {town}".strip(),) if town else ())
    human = phone or place.phone or current_app.extensions["settings"].help_phone
    return Letterhead(place.id, place.name, lines, town, signature, human)
