"""After the hire: the annex signed, a call, a tutor's answers, an alert, a break, and openings the same day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from app.core import clock
from app.core.quantities import format_date_short
from app.core.roles import Role
from app.follow_up.rules.calendar import next_working_day, plan
from app.follow_up.rules.kinds import VisitKind
from tests.journeys.market import from_the_offer_to_the_hire
from tests.journeys.people import sign_in, sign_in_as_aicha, sign_out

SECRET = "Ma chef crie, je pleure le soir."
"""What the person says to who follows them, and to nobody else."""


def _main(page: Page) -> str:
    return page.get_by_role("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def _open_follow_up(page: Page) -> str:
    """The referent opens Aïcha's follow-up from the list; its address."""
    page.goto("/suivis")
    page.get_by_role("link", name="Aïcha Ndiaye").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aïcha Ndiaye")
    return page.url


def _name_a_tutor(page: Page) -> None:
    page.goto("/salaries-suivis")
    page.get_by_role("link", name=re.compile("Modifier le tuteur de Aïcha|Modifier.*Aïcha")).first.click()
    page.get_by_label("Nom du tuteur ou de la tutrice").fill("Nadia Belkacem")
    page.locator("[name=tutor_email]").fill("nadia@demo.example")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("Nadia Belkacem")


def _sign_the_annex(page: Page, button: str) -> None:
    page.get_by_label("J’ai lu ce texte et je le signe.").check()
    page.get_by_role("button", name=button).click()


def _report_the_call(page: Page, address: str, day: date) -> None:
    page.goto(address)
    page.locator("a[href$='/compte-rendu']").first.click()
    page.get_by_label("Oui, nous nous sommes parlé").check()
    page.get_by_label("Quel jour ?").fill(format_date_short(day))
    page.locator("[name=person_words]").fill(SECRET)
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_role("main")).to_contain_text("Faite")


def _tutor_answers(page: Page, address: str, days: tuple[date, date]) -> None:
    """The referent sends the link; the tutor opens it without an account, answers once."""
    page.goto(f"{address}/lien-tuteur")
    page.get_by_label("E-mail").check()
    page.get_by_role("button", name="Envoyer les questions").click()
    outbox = page.context.browser.new_context(base_url=page.url.split("/suivis")[0]).new_page()  # type: ignore[union-attr]
    outbox.goto("/boite-d-envoi?a=nadia@demo.example")
    link = outbox.locator("a[href*='/tuteur/']").first.get_attribute("href")
    assert link is not None
    outbox.goto(link)
    outbox.get_by_role("group", name="Y a-t-il eu des absences").get_by_label("Oui").check()
    outbox.get_by_label("Si oui, quels jours ?").fill(", ".join(f"{day:%d/%m/%Y}" for day in days))
    outbox.get_by_role("group", name="Le travail est-il bien fait").get_by_label("Oui").check()
    outbox.get_by_role("group", name="Faut-il vous rappeler").get_by_label("Oui").check()
    outbox.get_by_label(re.compile("Quelque chose à ajouter")).fill("Je veux la garder.")
    outbox.get_by_role("button", name="Envoyer mes réponses").click()
    expect(outbox.get_by_role("main")).to_contain_text("Merci")
    outbox.goto(link)
    expect(outbox.get_by_role("heading", level=1)).to_contain_text("Vous avez déjà répondu")
    outbox.context.close()


def _break_the_job(page: Page, address: str, day: date) -> None:
    page.goto(f"{address}/rupture")
    page.get_by_label("Transport", exact=True).check()
    page.get_by_role("group", name=re.compile("décidé")).get_by_label("La personne", exact=True).check()
    page.get_by_label(re.compile("Dernier jour")).fill(format_date_short(day))
    page.locator("[name=tried]").fill("Un prêt de scooter, trop tard.")
    page.locator("[name=next_words]").fill("Chercher plus près de chez elle.")
    page.get_by_role("button", name=re.compile("rupture", re.I)).click()
    expect(page.get_by_role("main")).to_contain_text("La rupture est notée")


def _both_sign(page: Page, start: date, travel: Callable[[date], None]) -> str:
    """The day after the hire: the referent, then Aïcha. The address of the follow-up."""
    travel(start + timedelta(days=1))
    sign_in(page, Role.REFERENT)
    address = _open_follow_up(page)
    page.goto(f"{address}/annexe")
    _sign_the_annex(page, "Signer l’annexe")
    sign_out(page)
    sign_in_as_aicha(page)
    page.goto("/mon-travail")
    assert "Un papier à signer" in _main(page)
    page.get_by_role("link", name="Lire et signer").click()
    _sign_the_annex(page, "Signer")
    sign_out(page)
    return address


def _what_others_read(page: Page) -> None:
    """The firm reads neither her words nor the alert; she reads no word of the tutor, and has openings again."""
    sign_in(page, Role.EMPLOYER)
    page.goto("/salaries-suivis")
    assert SECRET not in page.content()
    assert "Deux absences" not in page.content()
    sign_out(page)
    sign_in_as_aicha(page)
    page.goto("/mon-travail")
    assert "Nous cherchons avec vous" in _main(page)
    assert "Je veux la garder" not in page.content()
    page.goto("/offres-pour-moi")
    expect(page.get_by_role("main").get_by_role("article").first).to_be_visible()


def test_from_the_hire_to_new_openings(page: Page, travel: Callable[[date], None]) -> None:
    start = next_working_day(clock.today() + timedelta(days=14))
    from_the_offer_to_the_hire(page, start)
    _name_a_tutor(page)
    sign_out(page)
    address = _both_sign(page, start, travel)

    call = plan(start)[VisitKind.FIRST_CALL]
    travel(call)
    sign_in(page, Role.REFERENT)
    _report_the_call(page, address, call)
    travel(call + timedelta(days=10))
    sign_in(page, Role.REFERENT)
    _tutor_answers(page, address, (call + timedelta(days=2), call + timedelta(days=8)))
    page.goto(address)
    assert "Deux absences en 10 jours" in _main(page)
    assert SECRET in _main(page)
    page.get_by_role("button", name=re.compile("J’ai vu")).first.click()
    _break_the_job(page, address, call + timedelta(days=9))
    assert "Offres pour Aïcha Ndiaye" in _main(page)
    openings = page.get_by_role("main").get_by_role("link", name=re.compile("Agent|Employé", re.I))
    expect(openings.first).to_be_visible()
    page.goto(address)
    assert "Emploi perdu" in _main(page)
    sign_out(page)

    _what_others_read(page)
