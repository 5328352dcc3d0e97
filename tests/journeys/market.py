"""From an offer to a hire: the steps that several journeys share."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from app.core import clock
from app.core.quantities import format_date_short
from app.core.roles import Role
from tests.journeys.people import sign_in, sign_in_as_aicha, sign_out


def post_an_offer(page: Page, title: str) -> str:
    """Fill the essentials with everyday words; the answer is the offer's address."""
    page.goto("/mes-offres/nouvelle")
    page.get_by_label("Métier", exact=True).fill("femme de ménage")
    page.get_by_label(re.compile("^Titre de l’offre")).fill(title)
    page.get_by_label("Nombre de postes").fill("1")
    page.get_by_label("Commune de travail").fill("massy")
    page.get_by_label("Début", exact=True).fill(format_date_short(clock.today() + timedelta(days=14)))
    page.get_by_label("Contrat", exact=True).select_option("cdi")
    page.get_by_label("Heures par semaine").fill("28")
    page.get_by_label(re.compile("Tôt le matin")).check()
    page.get_by_label(re.compile("En journée")).check()
    page.get_by_label("Salaire brut, minimum").fill("12,40")
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_role("group", name="Quel métier").get_by_label("Agent d’entretien", exact=True).check()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page).to_have_url(re.compile(r"/mes-offres/[0-9a-f-]{36}"))
    again = page.get_by_role("button", name="Publier quand même")
    if again.count():
        again.click()
    expect(page.get_by_role("main").get_by_text("Publiée", exact=True)).to_be_visible()
    return page.url


def from_the_offer_to_the_hire(page: Page, start: date | None = None) -> str:
    """Aïcha is hired by the firm of the demonstration; the address of the offer. The firm is signed in at the end.

    ``start`` is the first day of work, that of the offer unless given.
    """
    title = f"Ménage de bureaux {clock.now():%H%M%S%f}"
    sign_in(page, Role.EMPLOYER)
    offer_url = post_an_offer(page, title)
    offer_id = re.search(r"[0-9a-f-]{36}", offer_url)
    assert offer_id is not None
    sign_out(page)

    sign_in(page, Role.FACILITATOR)
    page.goto(f"/offres/{offer_id[0]}/candidats")
    row = page.get_by_role("row", name=re.compile("Aïcha Ndiaye"))
    expect(row).to_contain_text("Même métier")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Relire et proposer").click()
    expect(page.get_by_role("main")).to_contain_text("Aïcha Ndiaye")
    page.get_by_role("button", name="Proposer l’offre").click()
    expect(page.get_by_role("main")).to_contain_text("L’offre est proposée à Aïcha Ndiaye")
    sign_out(page)

    sign_in_as_aicha(page)
    page.goto("/mes-reponses")
    card = page.get_by_role("article").filter(has_text=title)
    expect(card).not_to_contain_text("%")
    card.get_by_role("button", name=re.compile("Oui")).click()
    expect(page.get_by_role("main")).to_contain_text("Vous avez dit oui")
    sign_out(page)

    sign_in(page, Role.FACILITATOR)
    page.goto(f"/propositions?etat=agreed&offre={offer_id[0]}")
    page.get_by_role("row", name=re.compile("Aïcha")).get_by_role("checkbox").check()
    page.get_by_role("button", name=re.compile("Envoyer")).click()
    sign_out(page)

    sign_in(page, Role.EMPLOYER)
    page.goto(f"/candidatures?offre={offer_id[0]}")
    page.get_by_role("link", name=re.compile("Aïcha")).first.click()
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("RSA|PLIE|score", re.I))
    page.get_by_role("link", name=re.compile("Embaucher")).click()
    if start is not None:
        page.get_by_label(re.compile("^(Début|Premier jour|Commence)")).fill(format_date_short(start))
    page.get_by_role("button", name="Enregistrer l’embauche").click()
    expect(page.get_by_role("main")).to_contain_text("Embauchée")
    return offer_url
