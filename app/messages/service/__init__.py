"""What is done with messages: written in the act that causes them, then sent."""

from app.messages.service.letters import post_letters, sheet_of, write_letter
from app.messages.service.outbox import compose, link_to, queue, rehearse
from app.messages.service.previews import Previews, previews
from app.messages.service.short_links import CODE_TRIED

__all__ = [
    "CODE_TRIED",
    "Previews",
    "compose",
    "link_to",
    "post_letters",
    "previews",
    "queue",
    "rehearse",
    "sheet_of",
    "write_letter",
]
