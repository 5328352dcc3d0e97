"""A clause as its people live it: contract, lot, a person who counts, two months of hours, validation, attestation."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from app.core import clock
from app.core.quantities import MONTHS, add_months, format_date_short
from app.core.roles import Role
from app.demonstration.organisations import siret
from tests.journeys.people import sign_in, sign_out

FIRM = "Étampes Propreté"


def _main(page: Page) -> str:
    return page.get_by_role("main").inner_text().replace("\u00a0", " ")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").first.click()


def _a_running_contract(page: Page, title: str, notified: date, delivered: date) -> str:
    """One lot of 300 h held by the firm, started; the address of the contract."""
    page.goto("/clauses/marches/nouveau")
    page.get_by_label("Numéro du marché").fill(f"J-{clock.now():%H%M%S%f}")
    page.get_by_label("Objet").fill(title)
    page.get_by_label("Acheteur", exact=True).fill("Commune de Massy")
    page.get_by_label("Services").check()
    page.get_by_label("Montant hors taxes").fill("180 000")
    page.get_by_label("Date de notification").fill(format_date_short(notified))
    page.get_by_label("Date de livraison prévue").fill(format_date_short(delivered))
    _save(page)
    page.get_by_role("link", name="Ajouter un lot").first.click()
    page.get_by_label("Numéro du lot").fill("1")
    page.get_by_label("Intitulé").fill("Nettoyage")
    page.get_by_label(re.compile("^Métier")).fill("Agent d’entretien")
    page.locator("#hours").fill("300")
    _save(page)
    page.get_by_role("link", name="Ajouter un titulaire").first.click()
    page.get_by_label("Entreprise", exact=True).fill(FIRM)
    page.get_by_label("SIRET").fill(siret(1))
    page.get_by_label("Titulaire", exact=True).check()
    page.get_by_label(re.compile("^Part de l’objectif")).fill("100")
    _save(page)
    page.get_by_role("button", name="Démarrer le marché").click()
    expect(page.get_by_role("main")).to_contain_text("En cours")
    found = re.search(r"/clauses/marches/[0-9a-f-]{36}", page.url)
    assert found is not None
    return found[0]


def _hire_aicha(page: Page, contract: str, hired: date) -> None:
    """Her proof is seen, then her work on the lot is noted."""
    page.goto(f"{contract}/eligibilite")
    page.get_by_label("Nom ou numéro de dossier").fill("Ndiaye Aïcha")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Aïcha")).first.click()
    page.get_by_label(re.compile("RSA")).check()
    page.get_by_label("Date du justificatif").fill(format_date_short(hired - timedelta(days=20)))
    page.get_by_label("Embauche prévue le").fill(format_date_short(hired))
    page.get_by_role("button", name="Enregistrer ce que j’ai vu").click()
    expect(page.get_by_role("main")).to_contain_text("éligible jusqu’au")
    page.get_by_role("link", name="Noter son poste").first.click()
    page.get_by_label("Embauche directe").check()
    page.get_by_label("Contrat de travail").select_option("cdd")
    page.get_by_label("Embauche le").fill(format_date_short(hired))
    page.get_by_label("Heures par semaine").fill("35")
    _save(page)
    expect(page.get_by_role("main")).to_contain_text("Aïcha Ndiaye est en poste")


def _report_by_grid(page: Page, title: str, month: date) -> None:
    """« 7h30 » is a way to write hours; what is wrong is said beside its cell, then sent once right."""
    page.goto("/mes-heures")
    row = page.get_by_role("row").filter(has_text=title).filter(has_text=f"{MONTHS[month.month - 1]} {month.year}")
    row.filter(has_text=re.compile(MONTHS[month.month - 1], re.I)).get_by_role(
        "button", name=re.compile("Saisir")
    ).first.click()
    cell = page.get_by_role("textbox", name=re.compile("Aïcha Ndiaye")).first
    cell.fill("300")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_role("main")).to_contain_text("208")
    page.get_by_role("textbox", name=re.compile("Aïcha Ndiaye")).first.fill("120,50")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_role("main")).to_contain_text("Envoyées, à valider")


def _report_by_file(page: Page, month: date, file: Path) -> None:
    """As payroll gives it, with a line about somebody who is not there; then the draft is checked and sent."""
    file.write_text(
        f"Salarié;Mois;Nb heures\nNDIAYE Aïcha;{month:%m/%Y};110\nInconnu Personne;{month:%m/%Y};100\n", "utf-8"
    )
    page.goto("/mes-heures/importer")
    page.get_by_label("Fichier de paie").set_input_files(file)
    lot = page.get_by_label(re.compile("^Lot"))
    lot.select_option(label=next(one for one in lot.locator("option").all_inner_texts() if "J-" in one))
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("main")).to_contain_text("n’est pas sur vos lots")
    page.get_by_role("main").get_by_role("checkbox").first.check()
    page.get_by_role("button", name=re.compile("^Prendre")).click()
    page.get_by_role("main").get_by_role("link", name=re.compile(MONTHS[month.month - 1], re.I)).first.click()
    expect(page.get_by_role("textbox", name=re.compile("Aïcha Ndiaye")).first).to_have_value("110,00")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_role("main")).to_contain_text("Envoyées, à valider")


def _validate_all(page: Page, title: str, count: int) -> None:
    for _ in range(count):
        page.goto("/clauses/heures")
        page.get_by_role("row").filter(has_text=title).first.get_by_role("link").first.click()
        page.get_by_role("button", name="Tout valider").click()
        expect(page.get_by_role("main")).to_contain_text("Validées")


def test_from_the_contract_to_the_attestation(page: Page, tmp_path: Path) -> None:
    today = clock.today()
    last = add_months(today.replace(day=1), -1)
    first = add_months(last, -1)
    title = f"Nettoyage de la mairie {clock.now():%H%M%S%f}"

    sign_in(page, Role.FACILITATOR)
    contract = _a_running_contract(page, title, first, today - timedelta(days=1))
    _hire_aicha(page, contract, first + timedelta(days=2))
    sign_out(page)

    sign_in(page, Role.EMPLOYER)
    _report_by_grid(page, title, first)
    _report_by_file(page, last, tmp_path / "paie.csv")
    page.goto(f"{contract}/personnes")
    expect(page.get_by_role("main")).to_contain_text("Aïcha Ndiaye")
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("RSA|CAF|Catégorie"))
    sign_out(page)

    sign_in(page, Role.FACILITATOR)
    _validate_all(page, title, 2)
    page.goto(contract)
    assert "230,50 h" in _main(page)
    page.goto(f"{contract}/lots")
    page.get_by_role("button", name="Noter la livraison").click()
    page.goto(f"{contract}/attestation")
    page.get_by_label("Pour", exact=True).select_option(index=1)
    page.get_by_role("button", name="Faire le document").click()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", _main(page))
    assert code is not None
    sign_out(page)

    page.goto("/attestations")
    page.get_by_label("Code du document").fill(code[0].lower())
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("main")).to_contain_text("Ce document est authentique")
    assert "230,50 h sur 300 h dues" in _main(page)
