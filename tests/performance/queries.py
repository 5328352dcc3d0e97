"""How many SQL statements does each page send, at the size of the département?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.accounts import service as accounts
from app.accounts.models import Membership, User
from app.core.db import db
from app.demonstration.accounts import PERSONAS, Persona


class Client(FlaskClient):
    """Each request has its own application context, as in life."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def signed_in(app: Flask, persona: Persona) -> Client:
    """A browser of somebody of the demonstration."""
    app.test_client_class = Client
    client: Client = app.test_client()  # type: ignore[assignment]
    with app.app_context():
        wanted = User.email == persona.email if persona.email else User.phone == persona.phone
        user = db.session.scalars(select(User).where(wanted)).first()
        assert user is not None
        place = db.session.scalars(select(Membership).where(Membership.user_id == user.id)).first()
        token = accounts.enter(user.id, place.id if place else None)
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def pages_of(app: Flask, client: Client, more: list[str]) -> list[str]:
    """Every GET page without a part in its address that this person may open, and some given."""
    found = list(more)
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint not in {"static", "health"}:
                found.append(app.url_for(rule.endpoint))
    return [path for path in found if client.get(path).status_code == 200]


def most_queries(app: Flask, more: Mapping[str, list[str]]) -> tuple[int, str]:
    """(statements, page) of the page that sends most; ``more`` are addresses by e-mail of the persona."""
    worst = (0, "")
    for persona in PERSONAS:
        client = signed_in(app, persona)
        for path in pages_of(app, client, more.get(persona.email, [])):
            with counted(app) as seen:
                client.get(path)
            worst = max(worst, (len(seen), f"{persona.role.value} {path}"))
    return worst
