"""The tables of events and sessions, by part: the event and its slots, who comes, the meetings, what follows."""

from app.events.models.afterwards import EventReview, PartnershipTask
from app.events.models.bookings import AttendanceSignature, Booking
from app.events.models.events import Event, EventTransition, Programme, Slot, SlotSide
from app.events.models.meetings import Meeting, MeetingPlan, MeetingSetup, MeetingWish, RoundClock

__all__ = [
    "AttendanceSignature",
    "Booking",
    "Event",
    "EventReview",
    "EventTransition",
    "Meeting",
    "MeetingPlan",
    "MeetingSetup",
    "MeetingWish",
    "PartnershipTask",
    "Programme",
    "RoundClock",
    "Slot",
    "SlotSide",
]
