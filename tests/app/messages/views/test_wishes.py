"""« Mes messages », and the link of a message that says no without signing in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages.models import MessageWish
from app.messages.queries.wishes import wishes_of
from app.messages.rules import Category, Wish
from app.messages.service.stopping import stop_link
from tests.factories.messages import a_refusable_one, reader
from tests.factories.people import somebody

PAGE = "/mon-compte/messages"


def path_of_stop(message: Any) -> str:
    return "/messages/stop/" + stop_link(message).rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("role", "asked", "not_asked"),
    [
        (Role.CANDIDATE, ["Candidatures et propositions"], ["Alertes de suivi", "Une fois par jour", "Résumé du jour"]),
        (Role.EMPLOYER, ["Mes offres", "Une fois par jour", "Résumé du jour"], ["Alertes de suivi"]),
        (Role.REFERENT, ["Alertes de suivi", "Suivi après l’embauche"], ["Mes offres"]),
        (Role.FACILITATOR, ["Clauses sociales"], ["Mes offres"]),
    ],
)
def test_a_role_is_asked_about_what_it_receives(
    session: scoped_session, sign_in: Callable[..., FlaskClient], role: Role, asked: list[str], not_asked: list[str]
) -> None:
    page = sign_in(somebody(role)).get(PAGE).get_data(as_text=True)
    for words in asked:
        assert words in page
    for words in [*not_asked, "Connexion et sécurité"]:
        assert words not in page


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.REFERENT, Role.ADMINISTRATOR, Role.DEPARTMENT])
def test_the_choice_is_kept_and_shown(session: scoped_session, sign_in: Callable[..., FlaskClient], role: Role) -> None:
    who = somebody(role)
    client = sign_in(who)
    before = client.get(PAGE).get_data(as_text=True)
    said = {"saved_search": "never"}
    for category in (
        "applications",
        "follow_up",
        "alerts",
        "organisation",
        "clauses",
        "events",
        "placements",
        "digest",
    ):
        if f'name="{category}"' in before:
            said[category] = "daily" if category == "digest" else "now"
    answer = client.post(PAGE, data=said)
    assert (answer.status_code, answer.location) == (303, PAGE)
    page = client.get(PAGE).get_data(as_text=True)
    assert "Vos choix sont enregistrés." in page
    assert wishes_of(who.user.id)[Category.SAVED_SEARCH] is Wish.NEVER
    assert 'value="never" checked' in page


def test_an_answer_that_is_none_of_the_list_is_said_beside_its_question(
    session: scoped_session, sign_in: Callable[..., FlaskClient]
) -> None:
    client = sign_in(somebody(Role.CANDIDATE))
    page = client.post(PAGE, data={"applications": "daily"}).get_data(as_text=True)
    assert "Choisissez une réponse de la liste." in page
    assert session.scalars(select(MessageWish)).all() == []


def test_the_account_leads_to_the_choice(session: scoped_session, sign_in: Callable[..., FlaskClient]) -> None:
    for role in (Role.CANDIDATE, Role.EMPLOYER):
        assert f'href="{PAGE}"' in sign_in(somebody(role)).get("/mon-compte").get_data(as_text=True)


def test_the_pages_cost_few_statements(
    session: scoped_session, sign_in: Callable[..., FlaskClient], statements: list[str], today: date
) -> None:
    client = sign_in(somebody(Role.REFERENT))
    message = a_refusable_one()
    session.commit()
    for path in (PAGE, path_of_stop(message)):
        statements.clear()
        assert client.get(path).status_code == 200
        assert len(statements) <= 6


def test_opening_the_link_stops_nothing(session: scoped_session, client: FlaskClient, today: date) -> None:
    message = a_refusable_one(reader(somebody(Role.REFERENT).user.id))
    session.commit()
    page = client.get(path_of_stop(message)).get_data(as_text=True)
    assert "Alertes de suivi" in page
    assert session.scalars(select(MessageWish)).all() == []


def test_the_button_stops_without_signing_in(session: scoped_session, client: FlaskClient, today: date) -> None:
    who = somebody(Role.REFERENT)
    message = a_refusable_one(reader(who.user.id))
    session.commit()
    page = client.post(path_of_stop(message)).get_data(as_text=True)
    assert "Vous ne recevrez plus ces messages" in page
    assert PAGE in page
    assert wishes_of(who.user.id) == {Category.ALERTS: Wish.NEVER}


def test_a_mail_program_stops_by_its_own_post_without_csrf_token_and_nothing_else_is_exempt(
    app: Flask, session: scoped_session, client: FlaskClient, today: date
) -> None:
    message = a_refusable_one()
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post(path_of_stop(message), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert client.post("/connexion", data={}).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    (wish,) = session.scalars(select(MessageWish)).all()
    assert (wish.address, wish.category, wish.wish) == ("alex@exemple.fr", Category.ALERTS, Wish.NEVER)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_nobody_signed_is_a_page_not_found(
    session: scoped_session, client: FlaskClient, method: str
) -> None:
    assert getattr(client, method)("/messages/stop/nonsense").status_code == 404
