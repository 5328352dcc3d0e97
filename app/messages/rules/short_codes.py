"""What does the short code of a letter look like, which code did the person mean, and where may it lead?"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

ALPHABET: Final = "ACDEFGHJKMNPRTUWXY34679"
"""No 0 O Q, 1 I L, 2 Z, 5 S, 8 B, nor V beside U: copied by hand from paper."""
LENGTH: Final = 8
PREFIX: Final = "/l/"
_LONGEST: Final = 2000
_AT_THE_END: Final = ".,;:!?)»\u00a0"


def drawn_code(pick: Callable[[str], str]) -> str:
    """A code; ``pick`` draws one sign at random."""
    return "".join(pick(ALPHABET) for _ in range(LENGTH))


def typed_code(text: str) -> str | None:
    """« acde-fghj », « ACDE FGHJ » → « ACDEFGHJ »; None when it cannot be a code."""
    code = re.sub(r"[\s\u00a0\u202f.\-–—_]", "", text).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def shown_code(code: str) -> str:
    """« ACDEFGHJ » → « ACDE-FGHJ », as it is printed."""
    return f"{code[:4]}-{code[4:]}"


def path_here(address: str, base_url: str) -> str | None:
    """The path on this portal of an address of this portal, or of a path; None for anything that leads elsewhere."""
    path = address.removeprefix(base_url) if _is_below(address, base_url) else address
    if not path.startswith("/") or path.startswith(("//", "/\\")) or len(path) > _LONGEST:
        return None
    if "\\" in path or any(ord(char) < 33 or ord(char) == 127 for char in path):
        return None
    try:
        parts = urlsplit(path)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc or path.startswith(PREFIX) else path


def _is_below(address: str, base_url: str) -> bool:
    return address.startswith(f"{base_url}/")


def first_link(text: str, base_url: str) -> str | None:
    """The first address of this portal in a text."""
    found = re.search(rf"{re.escape(base_url)}/\S*", text)
    return found.group().rstrip(_AT_THE_END) if found else None


def short_address(code: str, base_url: str) -> str:
    """What a person types: « portail.example/l/ACDE-FGHJ », without « https:// »."""
    return f"{bare_host(base_url)}{PREFIX}{shown_code(code)}"


def bare_host(base_url: str) -> str:
    """« https://portail.example » → « portail.example »."""
    return base_url.split("://", 1)[-1]
