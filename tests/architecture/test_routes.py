"""Every route × every role: only those whom the policy names come in, and a missing row is a 404, never a 500."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, UUIDConverter

from app.core.policy import policy_of
from app.core.roles import Role
from tests.factories.people import somebody

ROLES = [role for role in Role if role is not Role.SYSTEM]


def _value(converter: BaseConverter) -> object:
    """A part of an address that leads to no row."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    if isinstance(converter, IntegerConverter):
        return 999_999
    return uuid4() if isinstance(converter, UUIDConverter) else "inconnu"


def _addresses(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, address) of every route, unknown rows for the parts of the address."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint == "static":
                continue
            values = {name: _value(converter) for name, converter in rule._converters.items()}
            address = app.url_for(rule.endpoint, **values)
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            found += [(rule.endpoint, method, address) for method in sorted(methods)]
    return found


@pytest.mark.parametrize("role", [None, *ROLES])
def test_a_route_lets_in_only_those_whom_its_policy_names(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], role: Role | None
) -> None:
    if role is not None:
        sign_in(somebody(role))
    walked = 0
    for endpoint, method, address in _addresses(app):
        policy = policy_of(app, endpoint)
        assert policy is not None
        if endpoint in {"accounts.sign_out", "accounts.switch"}:
            continue
        status = client.open(address, method=method).status_code
        walked += 1
        if policy.open or (role is not None and role in policy.roles):
            assert status not in {401, 403} or endpoint.startswith("accounts."), (endpoint, method, status)
            assert status < 500, (endpoint, method, status)
        elif role is None:
            assert status == (302 if method == "GET" else 401), (endpoint, method, status)
        else:
            assert status == 403, (endpoint, method, status)
    assert walked > 60
