"""Who signs in during a journey: the people of the demonstration."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from app.core.roles import Role
from app.demonstration.accounts import PASSWORD, PERSONAS, Persona


def sign_in(page: Page, role: Role) -> None:
    """The first persona of a role, by e-mail and password."""
    _enter(page, next(persona for persona in PERSONAS if persona.role is role))


def sign_in_as(page: Page, first_name: str) -> None:
    """A persona by first name: « Claire » has the same role as « Marc »."""
    _enter(page, next(persona for persona in PERSONAS if persona.first_name == first_name))


def _enter(page: Page, persona: Persona) -> None:
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(persona.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def sign_in_as_aicha(page: Page) -> None:
    """The person of the demonstration, by phone and the code of the outbox."""
    page.goto("/connexion")
    page.get_by_label("Votre téléphone ou votre e-mail").fill("06 39 98 00 01")
    page.get_by_role("button", name="Recevoir mon code").click()
    page.get_by_role("textbox", name="Votre code").fill(_sent(page, r"\b\d{3}\s?\d{3}\b"))
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Offres pour vous")


def code_sent_to(page: Page, phone: str) -> str:
    """The code of a registration, as the message to this phone says it."""
    return _sent(page, r"(?<=Votre code\s:\s)\w{4}-\w{4}", f"?a={quote(phone)}")


def _sent(page: Page, pattern: str, whose: str = "") -> str:
    """What the newest messages of the outbox hold."""
    outbox = page.context.new_page()
    outbox.goto(f"/boite-d-envoi{whose}")
    found = re.search(pattern, outbox.get_by_role("main").inner_text())
    assert found is not None
    outbox.close()
    return found[0]


def sign_out(page: Page) -> None:
    """Leave."""
    page.get_by_role("button", name=re.compile("Se déconnecter|Quitter")).first.click()
