"""« Ce qui va partir »: a text in its three forms, before anything is sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import current_app

from app.core import clock
from app.messages.rules import Channel, Letterhead, Recipient
from app.messages.rules.letters import PORTAL, Sheet
from app.messages.rules.samples import NAMES, SAMPLES
from app.messages.rules.short_codes import first_link, path_here, short_address
from app.messages.rules.sms import SmsSize, sms_size, sms_text
from app.messages.service.letters import laid_out
from app.messages.service.outbox import compose
from app.messages.service.paper import base_url

NO_CODE_YET: Final = "XXXXXXXX"
"""A code is drawn when the letter is written, not when it is looked at."""
_SAMPLE_ADDRESS: Final = ("Mme Aminata Diallo", "Bâtiment C, porte 12", "3 rue du Four", "91300 Massy")
_SAMPLE_HEAD: Final = Letterhead(
    UUID(int=0), "Maison des solidarités de Massy", ("4 avenue de France", "91300 Massy"), "Massy", "Claire Morel"
)


@dataclass(frozen=True, slots=True)
class Previews:
    """The three forms of one text. ``sms`` is what a phone shows, ``size`` how many SMS that is."""

    subject: str
    email: str
    sms: str
    size: SmsSize
    letter: Sheet


def previews(kind: str, to: Recipient, *, letterhead: Letterhead | None = None, **context: Any) -> Previews:
    """What would leave to somebody: nothing is written. The context is that of ``queue``."""
    subject, email = compose(kind, to, channel=Channel.EMAIL, **context)
    sms = sms_text(compose(kind, to, channel=Channel.SMS, **context)[1])
    return Previews(subject, email, sms, sms_size(sms), _sheet(kind, to, letterhead, context, clock.today()))


def _sheet(kind: str, to: Recipient, head: Letterhead | None, context: dict[str, Any], today: date) -> Sheet:
    subject, body = compose(kind, to, channel=Channel.LETTER, **context)
    link = first_link(body, base_url())
    code = NO_CODE_YET if link and path_here(link, base_url()) else None
    if link and code:
        body = body.replace(link, short_address(code, base_url()))
    sender = head or Letterhead(UUID(int=0), PORTAL, phone=current_app.extensions["settings"].help_phone)
    return laid_out(sender, to.postal, today, subject, body, code)


def sample_previews(kind: str) -> Previews:
    """A text of the portal filled with invented facts. KeyError for a kind without a sample."""
    sample, settings = SAMPLES[kind], current_app.extensions["settings"]
    to = Recipient(NAMES[sample.to], email="a@exemple.fr", phone=settings.help_phone, postal=_SAMPLE_ADDRESS)
    head = Letterhead.read(UUID(int=0), {**_SAMPLE_HEAD.kept(), "phone": settings.help_phone})
    return previews(kind, to, letterhead=head, **sample.filled(base_url()))
