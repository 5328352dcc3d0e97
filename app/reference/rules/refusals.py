"""Why may the département's edit not be taken?"""

from enum import StrEnum


class ReferenceRefusal(StrEnum):
    """Why the département's edit is not taken."""

    UNKNOWN_MDS = "unknown_mds"
    UNKNOWN_TERRITORY = "unknown_territory"
    MDS_CLOSED = "mds_closed"
    NOTHING_CHANGES = "nothing_changes"
    IN_THE_PAST = "in_the_past"
    NOT_PLANNED = "not_planned"
    BEFORE_LAST_ASSIGNMENT = "before_last_assignment"
    NO_WORDS = "no_words"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    MDS_NOT_OPEN = "mds_not_open"
    MDS_STILL_SERVES = "mds_still_serves"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
