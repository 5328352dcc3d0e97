"""A stage of an offer ends before its last day, or does not take place: its place is free for somebody else."""

from app.core.roles import SYSTEM
from app.offers.service import release_post
from app.placements.models import Placement


def free_place(placement: Placement) -> None:
    """Give the place back to the offer, when one was taken. Joins the act of the caller."""
    if placement.offer_id is not None and placement.application_id is not None:
        release_post(placement.offer_id, by=SYSTEM)
