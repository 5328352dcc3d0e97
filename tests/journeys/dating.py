"""A speed-dating, step by step: what its organiser, those who come and a visitor do, each in their own browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

from app.core.quantities import format_date_short
from tests.journeys.people import code_sent_to

PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 900}
FIRM, STRUCTURE = "Étampes Propreté", "Les Jardins de Dourdan"
GUEST, GUEST_PHONE = "Menuiserie Bellanger", "06 39 98 77 01"
FIRMS, STRUCTURES = "Entreprises", "Structures d’insertion"
TIMEOUT = 60_000
"""In thousandths of a second; the machine may do other things meanwhile."""


@contextmanager
def browsers(browser: Browser, served: str, *, java_script: bool) -> Iterator[Callable[..., Page]]:
    """``open(viewport)``: the page of a browser of its own, for one more of those who play."""
    contexts = []

    def one(viewport: dict[str, int] = SCREEN) -> Page:
        context = browser.new_context(
            base_url=served,
            java_script_enabled=java_script,
            locale="fr-FR",
            viewport={"width": viewport["width"], "height": viewport["height"]},
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return context.new_page()

    try:
        yield one
    finally:
        for context in contexts:
            context.close()


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a story, and its address among the pages of its organiser."""

    title: str
    day: date
    address: str


def main(page: Page) -> Locator:
    """What the page is about."""
    return page.get_by_role("main")


def reads(page: Page, text: str) -> None:
    """The page says so, now or in a moment; any space stands for any other."""
    expect(main(page)).to_contain_text(text)


def press(page: Page, name: str, *, about: str = "") -> None:
    """A button by its words; ``about`` what its row is about."""
    wanted = re.compile(rf"^{re.escape(name)}\s:\s{re.escape(about)}$") if about else name
    main(page).get_by_role("button", name=wanted, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """A link of the page by its words."""
    main(page).get_by_role("link", name=name, exact=True).first.click()


def open_tab(page: Page, event: Event, name: str) -> None:
    """One of the parts of the organiser's pages."""
    page.goto(event.address)
    page.get_by_role("navigation", name="Parties de l’événement").get_by_role("link", name=name).click()


# --- before the day ---------------------------------------------------------------------------------------


Hours = tuple[str, str]
MORNING: Hours = ("9h", "12h")


def create(page: Page, kind: str, title: str, day: date, seats: dict[str, int], hours: Hours = MORNING) -> Event:
    """From the list of events to a published event; ``seats`` by the first words of their fields."""
    page.goto("/evenements")
    page.get_by_role("link", name="Nouvel événement").click()
    page.get_by_role("link", name=re.compile(rf"^Choisir\s: {kind}")).click()
    page.get_by_label("Titre", exact=True).fill(title)
    page.get_by_label("Ce qui se passera").fill("Nous nous rencontrons, dix minutes à chaque table.")
    page.get_by_label("Jour", exact=True).fill(format_date_short(day))
    page.get_by_label("Début", exact=True).fill(hours[0])
    page.get_by_label("Fin", exact=True).fill(hours[1])
    for label, count in seats.items():
        page.get_by_label(re.compile(label.replace(" ", r"\s"))).fill(str(count))
    press(page, "Publier")
    reads(page, "Les inscriptions sont ouvertes")
    return Event(title, day, page.url.split("?")[0])


def find_in_the_agenda(page: Page, event: Event) -> None:
    """Anybody, from the agenda to the page of the event, and to its form."""
    page.goto("/agenda")
    page.get_by_role("link", name=event.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(event.title)
    follow(page, "S’inscrire")


def register_the_guest(page: Page, event: Event) -> str:
    """A firm without account; the code that it receives."""
    find_in_the_agenda(page, event)
    page.get_by_label("Nom de l’organisation").fill(GUEST)
    page.get_by_label("Votre nom").fill("Paul Bellanger")
    page.get_by_label(re.compile("^Téléphone")).fill(GUEST_PHONE)
    press(page, "Inscrire")
    reads(page, "Votre place est réservée")
    return code_sent_to(page, GUEST_PHONE)


def register(page: Page, event: Event) -> None:
    """An organisation with an account, by its member."""
    find_in_the_agenda(page, event)
    press(page, "Inscrire")
    reads(page, "Votre place est réservée")


def add_from_the_list(page: Page, event: Event, side: str, known: list[str]) -> str:
    """The organiser looks up one more organisation for a side, and registers it; its name."""
    open_tab(page, event, "Inscriptions")
    follow(page, "Ajouter")
    page.get_by_label("Nom, organisation, SIRET ou numéro de dossier").fill("a")
    page.get_by_label("Côté", exact=True).select_option(label=side)
    press(page, "Chercher")
    rows = page.get_by_role("table", name=re.compile("organisation")).get_by_role("row").filter(has_text=side)
    expect(rows.first).to_be_visible()
    names = [row.get_by_role("rowheader").inner_text() for row in rows.all()]
    name = next(one for one in names if one not in known)
    press(page, "Inscrire", about=name)
    reads(page, f"{name} :")
    return name


def cancel_for(page: Page, event: Event, name: str) -> None:
    """They called: the organiser gives their seat back."""
    open_tab(page, event, "Inscriptions")
    follow(page, name)
    follow(page, "Annuler l’inscription")
    press(page, "Annuler l’inscription")
    reads(page, "L’inscription est annulée")


def standing_of(page: Page, event: Event, name: str) -> Locator:
    """The line of somebody in the organiser's list."""
    open_tab(page, event, "Inscriptions")
    return main(page).get_by_role("row").filter(has_text=name)


def my_booking(page: Page, event: Event) -> None:
    """A professional finds what their organisation is registered for."""
    page.goto("/mes-evenements")
    follow(page, event.title)


def wish(page: Page, event: Event, *, meet: list[str], avoid: list[str]) -> None:
    """Whom one wishes to meet, and whom not."""
    my_booking(page, event)
    follow(page, "Dire qui je veux rencontrer")
    for choice, names in (("À rencontrer", meet), ("À éviter", avoid)):
        for name in names:
            page.get_by_role("radiogroup", name=name).get_by_label(choice).check()
    press(page, "Enregistrer mes choix")
    reads(page, f"C’est noté : {len(meet) + len(avoid)} choix")


def plan(page: Page, event: Event, rounds: int, tables: int) -> None:
    """The rounds are set, and the plan is made."""
    open_tab(page, event, "Souhaits et plan")
    follow(page, "Régler les tours")
    page.get_by_label(re.compile("^Nombre de tours")).fill(str(rounds))
    page.get_by_label(re.compile("^Tables dans la salle")).fill(str(tables))
    press(page, "Enregistrer")
    press(page, "Faire le plan")
    reads(page, "Le plan n° 1 est fait")


# --- the day itself, and what follows ---------------------------------------------------------------------


def arrive_by_code(page: Page, event: Event, code: str) -> None:
    """Somebody shows a code; it is typed as people type."""
    open_tab(page, event, "Le jour J")
    follow(page, "Arrivées")
    page.get_by_label("Code du badge ou du papier").fill(code.lower().replace("-", " "))
    press(page, "Noter l’arrivée")
    reads(page, "arrivée notée à")


def arrive_by_list(page: Page, event: Event, names: list[str]) -> None:
    """One tap a name."""
    open_tab(page, event, "Le jour J")
    follow(page, "Arrivées")
    for name in names:
        press(page, "Noter l’arrivée", about=name)
        reads(page, f"{name} : arrivée notée")


def walk_in(page: Page, event: Event, name: str) -> None:
    """A firm that did not register, when no seat is left."""
    open_tab(page, event, "Le jour J")
    follow(page, "Ajouter quelqu’un qui arrive sans inscription")
    page.get_by_role("group", name="De quel côté").get_by_label(FIRMS).check()
    page.get_by_label("Une organisation").check()
    page.get_by_label("Nom", exact=True).fill(name)
    page.get_by_label("Ajouter une place si c’est complet").check()
    press(page, "Noter l’arrivée")
    reads(page, f"{name} : arrivée notée")


def seconds_on(page: Page) -> int:
    """How many are left on the big screen."""
    minutes, seconds = (page.locator("[data-timer]").text_content() or "").split(":")
    return int(minutes) * 60 + int(seconds)


def say(page: Page, outcome: str, about: str) -> None:
    """One tap on the page of one's meetings."""
    press(page, outcome, about=about)
    reads(page, f"C’est noté : {outcome.lower()}")


def figures(page: Page) -> dict[str, int]:
    """The large numbers of the figures of events, by what they count."""
    page.goto("/evenements/chiffres")
    lines = [one.inner_text().split("\n") for one in main(page).locator(".figures li").all()]
    return {label: int(re.sub(r"\D", "", number) or 0) for number, label, *_ in lines}
