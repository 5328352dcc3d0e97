"""Reads of the outbox."""

from app.messages.queries.letters import (
    AT_ONCE,
    any_visible,
    by_short_code,
    count_to_print,
    letters_to_post,
    letters_to_print,
    letters_visible_to,
    listed_letters,
    the_letter,
    to_do_for,
)
from app.messages.queries.outbox import outbox

__all__ = [
    "AT_ONCE",
    "any_visible",
    "by_short_code",
    "count_to_print",
    "letters_to_post",
    "letters_to_print",
    "letters_visible_to",
    "listed_letters",
    "outbox",
    "the_letter",
    "to_do_for",
]
