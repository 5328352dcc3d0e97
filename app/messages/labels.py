"""The French words of messages."""

from collections.abc import Mapping

from app.messages.rules import Channel, MessageState

CHANNEL_WORDS: Mapping[Channel, str] = {Channel.EMAIL: "E-mail", Channel.SMS: "SMS"}
STATE_WORDS: Mapping[MessageState, str] = {
    MessageState.QUEUED: "À envoyer",
    MessageState.SENT: "Envoyé",
    MessageState.FAILED: "Non remis",
}
