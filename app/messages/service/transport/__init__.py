"""By what does a message leave: SMTP, a gateway of SMS, or files? One way a channel, chosen by the settings."""

from collections.abc import Mapping

from app.core.settings import Settings
from app.messages.rules import Channel
from app.messages.service.transport.files import MailFiles, SmsFile
from app.messages.service.transport.gateway import SmsGateway
from app.messages.service.transport.protocol import (
    Down,
    Envelope,
    Line,
    NotDelivered,
    Permanent,
    Temporary,
    Transport,
    Uncertain,
)
from app.messages.service.transport.smtp import SmtpServer

__all__ = [
    "Down",
    "Envelope",
    "Line",
    "MailFiles",
    "NotDelivered",
    "Permanent",
    "SmsFile",
    "SmsGateway",
    "SmtpServer",
    "Temporary",
    "Transport",
    "Uncertain",
    "transports",
]


def transports(settings: Settings) -> Mapping[Channel, Transport]:
    """The ways of this portal. The demonstration sends nothing real, whatever the settings say."""
    folder, real = settings.var / "outbox", not settings.demonstration
    mail: Transport = MailFiles(folder, settings.base_url, settings.mail_from)
    sms: Transport = SmsFile(folder)
    if real and settings.smtp_url:
        mail = SmtpServer(settings.smtp_url, settings.base_url, settings.mail_from)
    if real and settings.sms_url:
        sms = SmsGateway(settings.sms_url, settings.sms_token)
    return {Channel.EMAIL: mail, Channel.SMS: sms}
