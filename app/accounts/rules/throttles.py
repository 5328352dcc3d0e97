"""How often may something be tried? Limits as data, and what an address counts for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in a ``window`` that starts at the first; ``name`` parts the counts."""

    name: str
    tries: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Visitor:
    """The browser that knocks: its network address and what it says it is."""

    address: str | None = None
    user_agent: str = ""


# An address may be the one of a whole MDS, with its visitors: it is allowed more than an account.
PASSWORD_PER_ACCOUNT = Limit("password.account", 10, timedelta(minutes=15))
PASSWORD_PER_ADDRESS = Limit("password.address", 100, timedelta(minutes=15))
CODE_PER_CONTACT = Limit("code.contact", 5, timedelta(hours=1))
CODE_PER_CONTACT_A_DAY = Limit("code.contact.day", 10, timedelta(days=1))
CODE_PER_ADDRESS = Limit("code.address", 60, timedelta(hours=1))
CODE_TRY_PER_ADDRESS = Limit("code.try.address", 100, timedelta(minutes=15))
PAPER_PER_ADDRESS = Limit("paper.address", 20, timedelta(minutes=15))
RESET_PER_ACCOUNT = Limit("reset.account", 5, timedelta(hours=1))
RESET_PER_ADDRESS = Limit("reset.address", 30, timedelta(hours=1))
LINK_PER_ADDRESS = Limit("link.address", 60, timedelta(minutes=15))
SHORT_CODE_PER_ADDRESS = Limit("short_code.address", 60, timedelta(minutes=15))
JOIN_PER_ADDRESS = Limit("join.address", 20, timedelta(hours=1))
UNREADABLE_PAUSE = 60
"""Seconds to wait when the counts cannot be read: nobody comes in meanwhile."""


def address_group(address: str | None) -> str:
    """What one visitor is: an IPv4 address, or the /64 of an IPv6 one, of which a home has the whole."""
    try:
        parsed = ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def seconds_left(ends_at: datetime, now: datetime) -> int:
    """Whole seconds until the window ends, one at least."""
    return max(1, ceil((ends_at - now).total_seconds()))
