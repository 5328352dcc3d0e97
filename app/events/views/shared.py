"""What several pages of who comes share: the words of refusals, the place in words, the slot that is looked at."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import cast
from uuid import UUID

from flask import current_app, flash, request

from app.accounts import service as accounts
from app.accounts.rules.throttles import Limit, address_group
from app.accounts.views.browser import visitor
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import WORKFLOW_WORDS
from app.core.french import clock_time, date_words
from app.events.models import Event, Slot
from app.events.service.telling import place_words


def refusal_words() -> Mapping[Enum, str]:
    """Of every domain: an act may be refused by one below."""
    return cast(Mapping[Enum, str], current_app.extensions["refusal_words"])


def flash_refusal(refused: Refused) -> None:
    """Why not, above the page."""
    words = refusal_words()
    for reason in refused.reasons:
        flash(words.get(reason) or WORKFLOW_WORDS.get(reason) or str(reason.value), "error")


@contextmanager
def wrong_codes_count(limit: Limit) -> Iterator[None]:
    """NotFound within is a wrong code, and counts; after too many of them a right one is not looked at either.

    Raises Throttled.
    """
    address = address_group(visitor().address)
    accounts.refuse_spent(limit, address)
    try:
        yield
    except NotFound:
        accounts.count(limit, address)
        raise


def place_of(event: Event) -> str:
    """« Espace Liberté, 1 place de France, Massy »."""
    return place_words(event)


def slot_words(slot: Slot) -> str:
    """« Jeudi 12 novembre, de 9 h à 12 h, salle B »."""
    room = f", {slot.room}" if slot.room else ""
    hours = f"de {clock_time(slot.starts_at)} à {clock_time(slot.ends_at)}"
    words = f"{date_words(slot.starts_at, clock.today())}, {hours}{room}"
    return words[:1].upper() + words[1:]


def slot_asked(event: Event) -> Slot:
    """The slot of the address, else the one of today, the next one, the last one. Raises NotFound."""
    asked = request.values.get("slot", type=UUID)
    found = next((slot for slot in event.slots if slot.id == asked), None)
    if found is not None:
        return found
    today = clock.today()
    coming = [slot for slot in event.slots if clock.civil_day(slot.starts_at) >= today]
    if not event.slots or asked is not None:
        raise NotFound
    return coming[0] if coming else event.slots[-1]
