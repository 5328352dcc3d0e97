"""A public event in the words of schema.org, for search engines: https://schema.org/Event."""

from typing import Any, Final

from app.core.clock import PARIS
from app.events.models import Event, Slot
from app.events.rules.states import EventState

_STATUS: Final = {EventState.CANCELLED: "EventCancelled"}


def event_data(event: Event, slot: Slot, address: str) -> dict[str, Any]:
    """The JSON-LD of a slot: what its page says, nothing more; nobody's name or telephone."""
    left = sum(side.left for side in slot.sides)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary or event.title,
        "url": address,
        "startDate": slot.starts_at.astimezone(PARIS).isoformat(),
        "endDate": slot.ends_at.astimezone(PARIS).isoformat(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": f"https://schema.org/{_STATUS.get(event.state, 'EventScheduled')}",
        "location": _place(event),
        "organizer": {"@type": "Organization", "name": event.organisation.name},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": sum(side.seats for side in slot.sides),
        "remainingAttendeeCapacity": max(0, left),
    }
    return data


def _place(event: Event) -> dict[str, Any]:
    commune = event.commune
    address = {
        "@type": "PostalAddress",
        "streetAddress": event.address or None,
        "addressLocality": commune.name if commune else None,
        "postalCode": commune.postcodes[0] if commune and len(commune.postcodes) == 1 else None,
        "addressRegion": "Essonne",
        "addressCountry": "FR",
    }
    said = {key: value for key, value in address.items() if value is not None}
    return {"@type": "Place", "name": event.place_name or (commune.name if commune else ""), "address": said}
