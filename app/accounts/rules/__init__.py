"""How does somebody prove who they are, and for how long does the portal believe it?"""

from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from app.core.roles import Role


class CodeChannel(StrEnum):
    """How a sign-in code reaches a candidate."""

    EMAIL = "email"
    SMS = "sms"
    PAPER = "paper"


class AccountRefusal(StrEnum):
    """Why somebody does not come in, or why a change of their account is not taken."""

    WRONG_CREDENTIALS = "wrong_credentials"
    NO_ORGANISATION = "no_organisation"
    ORGANISATION_PENDING = "organisation_pending"
    CODE_WRONG = "code_wrong"
    CODE_TOO_OLD = "code_too_old"
    CODE_TOO_MANY_TRIES = "code_too_many_tries"
    PAPER_CODE_WRONG = "paper_code_wrong"
    LINK_TOO_OLD = "link_too_old"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 - the name of a refusal
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105
    PASSWORD_COMMON = "password_common"  # noqa: S105
    PASSWORD_PERSONAL = "password_personal"  # noqa: S105
    PASSWORD_REPEATS = "password_repeats"  # noqa: S105
    EMAIL_TAKEN = "email_taken"
    YOURSELF = "yourself"


CODE_LIFE = {
    CodeChannel.EMAIL: timedelta(minutes=15),
    CodeChannel.SMS: timedelta(minutes=15),
    CodeChannel.PAPER: timedelta(days=7),
}
RESET_LIFE = timedelta(hours=1)
WRONG_TRIES = 5
SESSION_LIFE = {Role.CANDIDATE: timedelta(days=30)}
PROFESSIONAL_SESSION_LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
"""A session notes that it was seen, and slides, at most this often."""
KEPT_AFTER_END = timedelta(days=90)
"""Ended sessions and spent codes are forgotten after this."""


def session_life(role: Role) -> timedelta:
    """How long a browser that is not seen any more stays signed in."""
    return SESSION_LIFE.get(role, PROFESSIONAL_SESSION_LIFE)


def local_path(asked: str | None) -> str | None:
    """Where to go after the sign-in: a path of this portal, or None; « //evil.example » is somebody else's."""
    path = asked or ""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or len(path) > 2000:
        return None
    if "\\" in path or any(ord(char) < 33 or ord(char) == 127 for char in path):
        return None
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else None
