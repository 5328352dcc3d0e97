"""How is an address shown to somebody who needs to know of a trouble, not whom it concerns?"""

from app.messages.rules.sending import Channel

_HIDDEN = "•••"


def masked(channel: Channel, address: str) -> str:
    """« alex.martin@exemple.fr » → « a•••@exemple.fr », « +33639980101 » → « ••• 01 »."""
    if channel is Channel.EMAIL:
        local, at, domain = address.rpartition("@")
        return f"{local[:1]}{_HIDDEN}@{domain}" if at else _HIDDEN
    return f"{_HIDDEN} {address[-2:]}" if channel is Channel.SMS else _HIDDEN
