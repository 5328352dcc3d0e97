"""Where does a short code lead? To one page of this portal, never elsewhere; it signs nobody in."""

from app.core.errors import NotFound
from app.core.hooks import Hook
from app.messages import queries
from app.messages.rules.short_codes import path_here, typed_code
from app.messages.service.paper import base_url

CODE_TRIED: Hook[[str | None]] = Hook("short code tried")
"""Before each look-up, with the network address of the visitor. A listener that raises Throttled ends the try."""


def follow(typed: str, visitor: str | None) -> str:
    """The path of a code as somebody typed it. Raises NotFound, Throttled."""
    CODE_TRIED(visitor)
    code = typed_code(typed)
    letter = queries.by_short_code(code) if code else None
    path = path_here(letter.short_target, base_url()) if letter else None
    if path is None:
        raise NotFound
    return path
