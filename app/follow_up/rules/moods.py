"""How does the person say that things go?"""

from enum import StrEnum


class Mood(StrEnum):
    """Three answers, in the order of the page."""

    WELL = "well"
    SO_SO = "so_so"
    HARD = "hard"
