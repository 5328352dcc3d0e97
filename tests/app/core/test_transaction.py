"""One act is one transaction: whole or not at all, and the database's no is a business no."""

import threading
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.core import transaction as module
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.transaction import refuse_on, transaction
from tests.factories.people import an_organisation


class _Why(StrEnum):
    UPPER = "upper"


def _user(email: str) -> User:
    return User(first_name="Ana", last_name="Petit", email=email)


@transaction
def _add(*emails: str, then: Exception | None = None) -> None:
    for email in emails:
        db.session.add(_user(email))
        db.session.flush()
    if then:
        raise then


@transaction
def _add_within_another(first: str, second: str, then: Exception | None = None) -> None:
    _add(first)
    _add(second)
    if then:
        raise then


def _count(prefix: str) -> int:
    return db.session.scalar(select(func.count()).where(User.email.startswith(prefix))) or 0


def test_an_act_that_fails_leaves_nothing(session: scoped_session) -> None:
    with pytest.raises(RuntimeError):
        _add("half@exemple.fr", then=RuntimeError("defect"))
    assert _count("half") == 0


def test_an_act_inside_an_act_joins_its_transaction(session: scoped_session) -> None:
    with pytest.raises(RuntimeError):
        _add_within_another("in1@exemple.fr", "in2@exemple.fr", then=RuntimeError("defect"))
    assert _count("in") == 0
    _add_within_another("in1@exemple.fr", "in2@exemple.fr")
    assert _count("in") == 2


def test_a_constraint_that_has_a_meaning_becomes_a_refusal(
    session: scoped_session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_refusals", {})
    with pytest.raises(IntegrityError):
        _add("Upper@exemple.fr")
    refuse_on("ck_users_email_lower", _Why.UPPER)
    with pytest.raises(Refused) as refused:
        _add("other@exemple.fr", "Upper@exemple.fr")
    assert refused.value.reasons == (_Why.UPPER,)
    assert _count("other") == 0


def test_of_two_editors_the_second_is_told(own_app: Flask) -> None:
    with own_app.app_context():
        organisation = an_organisation(name="Avant")
        key = organisation.id
        db.session.commit()
    both_have_read, outcomes = threading.Barrier(2), []

    @transaction
    def rename(name: str) -> None:
        row = db.session.get(type(organisation), key)
        assert row is not None
        both_have_read.wait(10)
        row.name = name

    def edit(name: str) -> None:
        with own_app.app_context():
            try:
                rename(name)
                outcomes.append("kept")
            except StaleVersion:
                outcomes.append("told")

    editors = [threading.Thread(target=edit, args=(name,)) for name in ("Un", "Deux")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(outcomes) == ["kept", "told"]
