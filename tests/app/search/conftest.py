"""An index of things, and nothing else registered."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.search import service
from app.search.service import registry
from search_index.documents import Kind
from tests.app.search.things import Label, Thing, ThingBase, documents_for


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Things are offers here; a label changes its thing."""
    for name in ("roots", "loaders", "watched"):
        monkeypatch.setattr(registry, name, {})
    monkeypatch.setattr(registry, "_read", None)
    service.register(Kind.OFFERS, Thing, loader=documents_for)
    service.register(Kind.OFFERS, Label, ids_of=lambda label: [label.thing_id])


@pytest.fixture
def things(session: scoped_session, registered: None) -> scoped_session:
    """A session in which things exist and their index is empty; undone at the end of the test."""
    ThingBase.metadata.create_all(session.connection())
    service.prepare()
    return session


@pytest.fixture
def real_things(own_app: Flask, registered: None) -> Iterator[Flask]:
    """The same on a database where commits are real, for several processes at once."""
    with own_app.app_context():
        ThingBase.metadata.create_all(db.session.connection())
        db.session.commit()
        service.prepare()
        yield own_app
        db.session.remove()
