"""The plan as lines of a file: one meeting a line, in the order of rounds and tables."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.core.french import clock_time
from app.events.labels.kinds import side_words
from app.events.labels.states import MEETING_STATES
from app.events.queries.plan import Made, NameOf
from app.events.rules.kinds import EventKind, Side

WISHES: Final = {0: "", 1: "souhaitée par l’un des deux", 2: "souhaitée par les deux"}
"""Who of the two wished it is not in a file."""


def header(kind: EventKind) -> Sequence[str]:
    """The sides by the names of this kind of event."""
    return (
        "Tour",
        "Début",
        "Fin",
        "Table",
        side_words(kind, Side.SEATED),
        side_words(kind, Side.MOVING),
        "Souhait",
        "Affinité",
        "État",
    )


def lines(made: Made, name_of: NameOf) -> Iterator[Sequence[Any]]:
    """One line a meeting."""
    for one in made.rounds:
        for place in one.places:
            yield (
                one.number,
                clock_time(one.starts_at),
                clock_time(one.ends_at),
                place.table,
                name_of(place.seated),
                name_of(place.moving),
                WISHES[place.meeting.wishes],
                place.meeting.affinity,
                MEETING_STATES[place.meeting.state],
            )
