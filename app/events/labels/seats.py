"""Why a seat is not given, in French."""

from collections.abc import Mapping
from enum import Enum

from app.events.rules.seats import SeatRefusal

REFUSAL_WORDS: Mapping[Enum, str] = {
    SeatRefusal.NOT_OPEN: "Les inscriptions ne sont pas ouvertes pour cet événement.",
    SeatRefusal.CLOSED: "Les inscriptions sont closes. Appelez la personne qui organise.",
    SeatRefusal.OVER: "Ce créneau est terminé.",
    SeatRefusal.FULL: "Il n’y a plus de place à cette heure.",
    SeatRefusal.NOT_FOR_YOU: "Cet événement n’est pas ouvert à ce type de participant.",
    SeatRefusal.ALREADY_BOOKED: "Cette inscription existe déjà pour ce créneau.",
    SeatRefusal.SAME_TIME: "Une autre inscription occupe déjà cette heure.",
    SeatRefusal.SEATS_BELOW_TAKEN: "Des places sont déjà prises : on ne peut pas descendre au-dessous.",
}
