"""A letter is written, drawn, printed by those who accompany, and said to be posted."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import segno
from markupsafe import Markup

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages import queries
from app.messages.models import Message
from app.messages.rules import Channel, Letterhead, LetterRefusal, MessageState, Recipient
from app.messages.rules.letters import Sheet, paragraphs_of, postal_lines, postal_refusals
from app.messages.rules.short_codes import PREFIX, bare_host, short_address, shown_code
from app.messages.service.outbox import queue
from app.messages.service.paper import base_url

BORDER = 4
"""Modules of white around a QR, as its norm asks."""


def write_letter(kind: str, to: Recipient, head: Letterhead, **context: Any) -> Message | None:
    """Queue a letter; None when its ``key`` was used. Joins the act of the caller.

    Raises Refused beside the field « postal » when no postman would find the address.
    """
    if reasons := postal_refusals(to.postal):
        raise Refused(reasons, dict.fromkeys(reasons, "postal"))
    return queue(kind, to, channel=Channel.LETTER, letterhead=head, **context)


def sheet_of(letter: Message) -> Sheet:
    """A letter of the outbox as it is printed."""
    head = Letterhead.read(letter.from_organisation_id or UUID(int=0), letter.letterhead or {})
    written_on = clock.civil_day(letter.created_at)
    return laid_out(head, postal_lines(letter.to_address), written_on, letter.subject, letter.body, letter.short_code)


def laid_out(head: Letterhead, to: tuple[str, ...], day: Any, subject: str, body: str, code: str | None) -> Sheet:
    """The sheet of these words; with a code, the drawing and the words that lead to its page."""
    return Sheet(
        head=head,
        to=to,
        written_on=day,
        subject=subject,
        paragraphs=paragraphs_of(body),
        code=shown_code(code) if code else "",
        address=short_address(code, base_url()) if code else "",
        typed_at=f"{bare_host(base_url())}{PREFIX.rstrip('/')}",
        qr=qr_drawing(qr_address(code)) if code else "",
    )


def qr_address(code: str) -> str:
    """What the drawing holds: the whole address of the code."""
    return f"{base_url()}{PREFIX}{shown_code(code)}"


def qr_drawing(address: str) -> Markup:
    """The QR of an address, as SVG to put in a page: no style, no address of elsewhere, its words in aria-label."""
    drawing: str = segno.make_qr(address, error="m").svg_inline(
        scale=3, border=BORDER, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", '<svg role="img" aria-label="Code à scanner avec un téléphone" ', 1))  # noqa: S704


@transaction
def post_letters(letter_ids: Collection[UUID], *, by: Actor) -> int:
    """These letters are in the post: how many were not yet. Raises Refused for an empty selection, NotFound."""
    if not letter_ids:
        raise Refused(LetterRefusal.NONE_TICKED)
    waiting = queries.letters_to_post(by, letter_ids)
    if not waiting and not queries.any_visible(by, letter_ids):
        raise NotFound
    for letter in waiting:
        letter.state, letter.sent_at = MessageState.SENT, clock.now()
        letter.posted_by, letter.posted_name = by.user_id, by.name
    return len(waiting)
