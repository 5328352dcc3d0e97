"""How is a secret kept? Passwords by Argon2id, tokens by SHA-256, short codes by a hash with the portal's key."""

import hashlib
import hmac
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from app.accounts.rules.passwords import tidy

# OWASP's measure for Argon2id: 19 MiB, two passes. Two at a time, so that a worker stays small.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_TURNS = BoundedSemaphore(2)
# The hash of a password that nobody has: an unknown account costs as much as a known one.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$eQKWvPre4v672D2CCW85lg$OIN7bptS1SGlN3G+ZXV5QI/sZZfAPiPvQtxPzspbmmw"


def hash_password(password: str) -> str:
    """Argon2id, whatever the keyboard that composed the accents."""
    with _TURNS:
        return _HASHER.hash(tidy(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Is it the password? Takes the same time when there is none."""
    with _TURNS:
        try:
            right = _HASHER.verify(kept or NOBODY, tidy(password))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Was it hashed with weaker measures than today's?"""
    return _HASHER.check_needs_rehash(kept)


def new_token() -> str:
    """256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the tables keep of a token: it has too much randomness to be guessed back."""
    return hashlib.sha256(token.encode()).digest()


def keyed_hash(purpose: str, *parts: str) -> bytes:
    """What the tables keep of a short code or an address: useless without the portal's key."""
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, "\x1f".join((purpose, *parts)).encode(), "sha256")
