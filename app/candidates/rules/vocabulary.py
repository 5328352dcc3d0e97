"""Which words does a candidate's file use? Its enums, with French in labels.py."""

from enum import IntEnum, StrEnum


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


class Means(StrEnum):
    """How one goes to work."""

    FOOT = "foot"
    BIKE = "bike"
    BUS = "bus"
    CAR = "car"


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


class Section(StrEnum):
    """The parts of a file, each with its « Modifier »; the value is the word of the address."""

    IDENTITY = "identite"
    ACCOMPANIMENT = "accompagnement"
    PROGRAMMES = "dispositifs"
    FRENCH = "francais"
    JOBS = "metiers"
    SKILLS = "competences"
    TITLES = "diplomes"
    TRAVEL = "trajets"
    AVAILABILITY = "disponibilite"
    REFUSALS = "refus"
    BARRIERS = "freins"


class Question(StrEnum):
    """The pages of « Mon profil », one question each; the value is the word of the address."""

    JOBS = "metiers"
    SKILLS = "competences"
    TITLES = "diplomes"
    START = "debut"
    WEEK = "moments"
    HOURS = "heures"
    TRAVEL = "trajet"
    FRENCH = "francais"
    REFUSALS = "refus"
    NAME = "nom"
    CONTACT = "contact"
    HOME = "domicile"


class ImportLineState(StrEnum):
    """What a line of an imported sheet would do, or has done."""

    NEW = "new"
    KNOWN = "known"
    FAULTY = "faulty"
    ADDED = "added"


class Likeness(StrEnum):
    """Why two files look like one person's."""

    PHONE = "phone"
    BIRTH_AND_NAME = "birth_and_name"
    NAME = "name"


class CandidateRefusal(StrEnum):
    """Why an act on a file is not taken."""

    NAME_MISSING = "name_missing"
    BORN_LATER = "born_later"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    HOURS_ORDER = "hours_order"
    HOURS_TOO_MANY = "hours_too_many"
    HOURS_NONE = "hours_none"
    PROGRAMME_ORDER = "programme_order"
    PROGRAMME_OVERLAP = "programme_overlap"
    TITLE_ORDER = "title_order"
    TITLE_LATER = "title_later"
    TITLE_TWICE = "title_twice"
    TRAVEL_TWICE = "travel_twice"
    TRAVEL_NO_LIMIT = "travel_no_limit"
    TRAVEL_TOO_FAR = "travel_too_far"
    TOO_MANY_TRADES = "too_many_trades"
    TOO_MANY_SKILLS = "too_many_skills"
    UNKNOWN_CHOICE = "unknown_choice"
    REFERENT_ELSEWHERE = "referent_elsewhere"
    CHECKS_MISSING = "checks_missing"
    READY_NO_TRADE = "ready_no_trade"
    READY_NO_COMMUNE = "ready_no_commune"
    ALREADY_SO = "already_so"
    NO_MANDATE = "no_mandate"
    HAS_OWN_ACCESS = "has_own_access"
    MANDATE_ORDER = "mandate_order"
    MANDATE_TOO_LONG = "mandate_too_long"
    MANDATE_PAST = "mandate_past"
    MANDATE_NO_REASON = "mandate_no_reason"
    MANDATE_RUNNING = "mandate_running"
    NOT_THE_REFERENT = "not_the_referent"
    SAME_FILE = "same_file"
    NOT_ACTIVE = "not_active"
    CONTACT_NEEDED = "contact_needed"
    LOOKS_ALIKE = "looks_alike"
    NOT_A_FACILITATOR = "not_a_facilitator"
    NOTHING_TO_ADD = "nothing_to_add"
    NO_HEADER = "no_header"
    NO_LINES = "no_lines"
