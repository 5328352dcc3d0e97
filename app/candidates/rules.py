"""What is a candidate's file, and when may the person be matched for employers?"""

import unicodedata
from enum import IntEnum, StrEnum

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


class FrenchLevel(IntEnum):
    """CECRL levels, as matching counts them."""

    NONE = 0
    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6


class CandidateState(StrEnum):
    """Is the file alive? A merged file points to the one that was kept."""

    ACTIVE = "active"
    MERGED = "merged"
    CLOSED = "closed"


class Programme(StrEnum):
    """What accompanies the person; never shown to an employer."""

    RSA = "rsa"
    PLIE = "plie"
    IAE = "iae"
    MISSION_LOCALE = "mission_locale"
    SAP = "sap"
    OTHER = "other"


class Barrier(StrEnum):
    """What makes a job hard to take or keep; for the referent only."""

    HOUSING = "housing"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    HEALTH = "health"
    ADMINISTRATIVE = "administrative"
    DIGITAL = "digital"
    LANGUAGE = "language"
    DEBT = "debt"
    FAMILY = "family"
    OTHER = "other"


class ReadinessCheck(StrEnum):
    """The short list of checks behind « prête à l'emploi »."""

    PROJECT = "project"
    AVAILABLE = "available"
    TRAVEL = "travel"
    DOCUMENTS = "documents"
    AGREES = "agrees"


class ImportLineState(StrEnum):
    """What a line of an imported sheet would do."""

    NEW = "new"
    KNOWN = "known"
    FAULTY = "faulty"
    ADDED = "added"


def name_key(first_name: str, last_name: str) -> str:
    """The words of a name without case, accents, marks or order: « aicha ben said » whatever the typing.

    Letters of every script count, so that a name written in Arabic has a key of its own.
    """
    flat = unicodedata.normalize("NFKD", f"{first_name} {last_name}".casefold().translate(_LETTERS))
    bare = "".join(char for char in flat if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return " ".join(sorted("".join(char if char.isalnum() else " " for char in bare).split()))
