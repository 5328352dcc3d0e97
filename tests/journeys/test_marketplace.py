"""The marketplace as its people live it: an offer is posted, ranked, proposed, answered, sent, and ends in a hire."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.market import from_the_offer_to_the_hire


def test_from_the_offer_to_the_hire(page: Page) -> None:
    offer_url = from_the_offer_to_the_hire(page)

    page.goto(offer_url)
    expect(page.get_by_text("Pourvue").first).to_be_visible()


def test_a_visitor_finds_cleaning_jobs_near_etampes_by_typing_as_they_speak(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Quel travail, et où ?").fill("menage etampe")
    page.get_by_role("button", name="Voir les offres").click()
    expect(page.get_by_role("main")).to_contain_text("Autour d’Étampes")
    expect(
        page.get_by_role("main").get_by_role("link", name=re.compile("entretien|ménage", re.I)).first
    ).to_be_visible()
