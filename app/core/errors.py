"""How does the portal say no? Three refusals that pages turn into words; anything else is a defect."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any


class Refused(Exception):
    """A business no. Carries every reason at once, as enum members that have a French label.

    ``fields`` tells, for a reason, the name of the form field beside which its message belongs.
    """

    def __init__(self, reasons: Iterable[Enum] | Enum, fields: Mapping[Any, str] | None = None) -> None:
        self.reasons: tuple[Enum, ...] = (reasons,) if isinstance(reasons, Enum) else tuple(reasons)
        self.fields: Mapping[Any, str] = fields or {}
        super().__init__(", ".join(str(reason.value) for reason in self.reasons))


class NotFound(Exception):
    """The row does not exist, or is not the reader's: the page says 404 in both cases."""


class Gone(Exception):
    """The page existed and will not come back (an expired offer): 410."""


class StaleVersion(Exception):
    """Somebody else changed the row since the form was shown.

    ``theirs`` maps names of the form's fields, and ``version``, to what the row now says; the 409 page shows
    it beside what was typed and offers to send that again over the present version.
    """

    def __init__(self, theirs: Mapping[str, Any] | None = None) -> None:
        self.theirs: Mapping[str, Any] = theirs or {}
        super().__init__("stale version")


class Throttled(Exception):
    """Too many tries; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"retry after {retry_after} s")


class PdfUnavailable(Exception):
    """No PDF can be drawn here and now: the page answers itself, to be printed, with the reason in plain words."""
