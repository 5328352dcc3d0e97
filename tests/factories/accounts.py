"""Accounts for tests: professionals with a password, candidates with an address."""

from itertools import count

from app.accounts import service
from app.accounts.models import User
from app.accounts.rules.throttles import Visitor
from app.candidates.models import Candidate
from app.core.db import db
from app.core.roles import Role
from tests.factories.people import Somebody, somebody

PASSWORD = "quatre vaches bleues dansent"
ANOTHER = "cinq lampes rouges voyagent"
HERE = Visitor("192.0.2.7", "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0")
_numbers = count(1)
_hashes: list[str] = []


def hashed() -> str:
    """The hash of PASSWORD, made once a process: hashing is slow on purpose."""
    if not _hashes:
        _hashes.append(service.hash_password(PASSWORD))
    return _hashes[0]


def with_password(role: Role = Role.EMPLOYER, **options: object) -> Somebody:
    """Somebody of a role who knows PASSWORD."""
    person = somebody(role, **options)  # type: ignore[arg-type]
    person.user.password_hash = hashed()
    db.session.flush()
    return person


def a_candidate(*, email: str | None = None, phone: str | None = None) -> User:
    """The account of a candidate who is reached there."""
    candidate = Candidate(first_name="Aïcha", last_name=f"N’Diaye{next(_numbers)}", commune_insee="91377")
    db.session.add(candidate)
    db.session.flush()
    user_id = service.open_candidate_access(candidate.id, candidate.first_name, candidate.last_name, email, phone)
    return db.session.get_one(User, user_id)
