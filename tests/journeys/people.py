"""Who signs in during a journey: the people of the demonstration."""

import re

from playwright.sync_api import Page, expect

from app.core.roles import Role
from app.demonstration.accounts import PASSWORD, PERSONAS


def sign_in(page: Page, role: Role) -> None:
    """The first persona of a role, by e-mail and password."""
    persona = next(persona for persona in PERSONAS if persona.role is role)
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
    outbox = page.context.new_page()
    outbox.goto("/boite-d-envoi")
    code = re.search(r"\b\d{3}\s?\d{3}\b", outbox.get_by_role("main").inner_text())
    assert code is not None
    outbox.close()
    page.get_by_role("textbox", name="Votre code").fill(code[0])
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Offres pour vous")


def sign_out(page: Page) -> None:
    """Leave."""
    page.get_by_role("button", name=re.compile("Se déconnecter|Quitter")).first.click()
