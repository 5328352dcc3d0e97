"""A stage of an offer ends before its last day, or does not take place: its place is free for somebody else."""

from app.applications.service import untake
from app.core import clock
from app.core.roles import SYSTEM
from app.offers.service import release_post
from app.placements.models import Placement
from app.placements.rules.kinds import CancelReason


def free_place(placement: Placement) -> None:
    """Give the place back to the offer, when one was taken. Joins the act of the caller."""
    if placement.offer_id is not None and placement.application_id is not None:
        release_post(placement.offer_id, by=SYSTEM)


def end_application(placement: Placement) -> None:
    """It does not take place: besides the place, the application that led to it ends, and says so. Joins the act."""
    free_place(placement)
    if placement.application_id is not None:
        by_person = placement.cancel_reason is CancelReason.PERSON
        untake(placement.application_id, by_person=by_person, today=clock.today())
