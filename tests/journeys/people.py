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


def sign_out(page: Page) -> None:
    """Leave."""
    page.get_by_role("button", name=re.compile("Se déconnecter|Quitter")).first.click()
