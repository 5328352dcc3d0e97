"""« Catégories de public » belong to the département."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.clauses.models import ClauseCategory
from app.clauses.queries.categories import fingerprint
from app.core.roles import Role
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]
HERE = "/clauses/categories"


def test_the_departement_changes_a_proof_and_two_do_not_overwrite_each_other(
    client: FlaskClient, session: scoped_session, today: date, sign_in: SignIn
) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    assert "Attestation de la CAF" in client.get(HERE).text
    row = session.get_one(ClauseCategory, "rsa")
    said = {"proof": "Attestation de la CAF", "proof_max_months": "2", "version": str(fingerprint(row))}
    assert client.post(f"{HERE}/rsa", data={**said, "active": "y"}).status_code == 303
    session.refresh(row)
    assert (row.proof_max_months, row.active) == (2, True)
    assert client.post(f"{HERE}/rsa", data=said).status_code == 409
    session.refresh(row)
    assert row.active


def test_the_others_may_not(client: FlaskClient, session: scoped_session, today: date, sign_in: SignIn) -> None:
    for role in (Role.FACILITATOR, Role.EMPLOYER, Role.REFERENT, Role.ADMINISTRATOR):
        sign_in(somebody(role))
        assert client.get(HERE).status_code == 403
        assert client.get(f"{HERE}/rsa").status_code == 403
