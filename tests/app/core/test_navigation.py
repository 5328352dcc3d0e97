"""The menu lights one line, the right one, on every page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.roles import Role
from tests.factories.people import somebody


@pytest.mark.parametrize(
    ("role", "path", "line"),
    [
        (Role.EMPLOYER, "/mes-offres/nouvelle", "Mes offres"),
        (Role.FACILITATOR, "/candidats", "Candidats"),
        (Role.DEPARTMENT, "/territoires", "Communes et territoires"),
        (Role.DEPARTMENT, "/metiers-rome", "Métiers"),
        (Role.DEPARTMENT, "/reglages/score", "Réglage du score"),
        (Role.CANDIDATE, "/mon-profil", "Mon profil"),
    ],
)
def test_one_line_of_the_menu_says_where_one_is(
    client: FlaskClient, sign_in: Callable[[Any], FlaskClient], role: Role, path: str, line: str
) -> None:
    sign_in(somebody(role))
    page = client.get(path).text
    menu = page.partition("<nav")[2] if role is Role.CANDIDATE else page.partition('aria-label="Menu principal"')[2]
    lit = re.findall(r'aria-current="page">(?:<svg.*?</svg>)?([^<]+)<', menu.partition("</nav>")[0])
    assert lit == [line]
