"""A speed-dating from the form to the partnership, as its people live it; a session whose seat is given on."""

import re
from collections.abc import Callable
from datetime import time, timedelta

from playwright.sync_api import Browser, Page, expect

from app.core import clock
from app.core.working_days import next_working_day
from tests.journeys import dating
from tests.journeys.dating import (
    FIRM,
    FIRMS,
    GUEST,
    PHONE,
    STRUCTURE,
    STRUCTURES,
    Event,
    follow,
    main,
    open_tab,
    press,
    reads,
)
from tests.journeys.people import code_sent_to, sign_in_as, sign_in_as_aicha

WALK_IN = "Transports Rivière"
VISIT = f"Organiser une visite avec {FIRM}"


def _a_speed_dating(page: Page, seats: int) -> Event:
    """In a week; its title is of this run alone."""
    day = next_working_day(clock.today() + timedelta(days=7))
    title = f"Dix minutes pour se connaître {clock.now():%H%M%S%f}"
    return dating.create(
        page, "Speed-dating", title, day, {f"^Places pour : {side}": seats for side in (STRUCTURES, FIRMS)}
    )


def _a_side_fills(samia: Page, event: Event) -> tuple[list[str], str]:
    """Two structures, and a firm that waits until another gives its seat back: the structures, and that firm."""
    known = [FIRM, STRUCTURE]
    for side in (STRUCTURES, STRUCTURES, FIRMS, FIRMS):
        known.append(dating.add_from_the_list(samia, event, side, known))
    first, second, gone, late = known[2:]
    reads(samia, "c’est complet, en tête de la liste d’attente")
    expect(dating.standing_of(samia, event, late)).to_contain_text("Liste d’attente")
    dating.cancel_for(samia, event, gone)
    expect(dating.standing_of(samia, event, late)).to_contain_text("Place réservée")
    return [first, second], late


def _the_plan(samia: Page, event: Event, avoided: str) -> None:
    """Three rounds of three tables without the pair that is avoided; a sheet for each."""
    dating.plan(samia, event, rounds=3, tables=3)
    reads(samia, "2 participants ont donné des souhaits")
    reads(samia, "est fait : 8 rencontres")
    figures = main(samia).locator(".figures li")
    expect(figures.filter(has_text="souhaits suivis")).to_contain_text("2 sur 2")
    expect(figures.filter(has_text="souhaits suivis")).to_contain_text("1 choix réciproque")
    expect(figures.filter(has_text="par le calcul")).to_contain_text(re.compile(r"maximum\s(possible|prouvé)"))
    follow(samia, "Fiches à imprimer")
    sheet = samia.locator("section").filter(has=samia.get_by_role("heading", name=STRUCTURE))
    for name in (FIRM, GUEST):
        expect(sheet).to_contain_text(name)
    expect(sheet).not_to_contain_text(avoided)


def _the_big_screen(samia: Page, event: Event) -> None:
    """The time goes on through a reload, and stands still when it is stopped."""
    open_tab(samia, event, "Le jour J")
    follow(samia, "Grand écran")
    reads(samia, "Tour 1 sur 3")
    first = dating.seconds_on(samia)
    samia.reload()
    assert 0 < dating.seconds_on(samia) <= first < 10 * 60
    open_tab(samia, event, "Le jour J")
    press(samia, "Mettre en pause")
    reads(samia, "Temps arrêté")
    follow(samia, "Grand écran")
    reads(samia, "Le temps est arrêté")
    stopped = dating.seconds_on(samia)
    samia.reload()
    assert dating.seconds_on(samia) == stopped
    open_tab(samia, event, "Le jour J")
    press(samia, "Reprendre")
    reads(samia, "Mettre en pause")


def _the_day(samia: Page, event: Event, travel: Callable[..., None], code: str, here: list[str], absent: str) -> None:
    """Arrivals by code and by list, an absence, a walk-in; while round 1 runs, round 2 is planned again."""
    dating.arrive_by_code(samia, event, code)
    dating.arrive_by_list(samia, event, here)
    open_tab(samia, event, "Le jour J")
    press(samia, "Absent", about=absent)
    reads(samia, "absence notée")
    dating.walk_in(samia, event, WALK_IN)
    travel(event.day, time(9))
    open_tab(samia, event, "Le jour J")
    press(samia, "Commencer le tour 1")
    reads(samia, "Tour 1 sur 3")
    travel(event.day, time(9, 4))
    _the_big_screen(samia, event)
    follow(samia, "Refaire le plan à partir du tour 2")
    reads(samia, f"sans celles et ceux qui sont absents : {absent}")
    samia.get_by_label(re.compile("^Pourquoi")).fill("Une entreprise absente, une autre arrivée")
    press(samia, "Refaire le plan")
    reads(samia, "Le plan est refait à partir du tour 2")
    samia.goto(f"{event.address}/plan?vue=participants")
    expect(main(samia).get_by_role("row").filter(has_text=WALK_IN).get_by_role("cell").first).to_have_text("2")


def _outcomes(claire: Page, marc: Page, guest: Page, event: Event, code: str) -> None:
    """One tap each, on their phones; without account by the code."""
    for page in (claire, marc):
        dating.my_booking(page, event)
        follow(page, "Mes rencontres")
    dating.say(claire, "Une visite", FIRM)
    dating.say(marc, "Une visite", STRUCTURE)
    reads(marc, "Vous êtes d’accord : faire une visite.")
    dating.say(claire, "On se reparle", GUEST)
    guest.goto("/mon-inscription")
    guest.get_by_label("Votre code").fill(code)
    press(guest, "Voir mon inscription")
    follow(guest, "Mes rencontres")
    dating.say(guest, "On se reparle", STRUCTURE)


def _what_follows(samia: Page, claire: Page, event: Event) -> None:
    """The agreements become things to do, with somebody and a date; one ends in a partnership."""
    open_tab(samia, event, "Suites")
    press(samia, "Créer les suites")
    reads(samia, "Créé : 2 actions.")
    pair = main(samia).get_by_role("row").filter(has_text=VISIT)
    expect(pair).to_contain_text(re.compile(r"Claire Dumas, Les Jardins de Dourdan, pour le .*\d"))
    claire.goto("/actions")
    follow(claire, VISIT)
    claire.get_by_label("Un partenariat").check()
    press(claire, "C’est fait")
    reads(claire, "C’est noté.")
    expect(main(claire).get_by_role("heading", name="Faite")).to_be_visible()


def test_from_the_form_to_the_partnership(browser: Browser, served: str, travel: Callable[..., None]) -> None:
    with dating.browsers(browser, served, java_script=True) as one:
        samia, claire, marc, guest = one(), one(PHONE), one(PHONE), one(PHONE)
        sign_in_as(samia, "Samia")
        event = _a_speed_dating(samia, 3)
        code = dating.register_the_guest(guest, event)
        for page, name in ((claire, "Claire"), (marc, "Marc")):
            sign_in_as(page, name)
            dating.register(page, event)
        structures, late = _a_side_fills(samia, event)
        dating.wish(claire, event, meet=[FIRM, GUEST], avoid=[late])
        dating.wish(marc, event, meet=[STRUCTURE], avoid=[])
        _the_plan(samia, event, late)

        travel(event.day, time(8, 45))
        for page, name in ((samia, "Samia"), (claire, "Claire"), (marc, "Marc")):
            sign_in_as(page, name)
        _the_day(samia, event, travel, code, [STRUCTURE, FIRM, *structures], late)
        travel(event.day, time(10))
        _outcomes(claire, marc, guest, event, code)
        _what_follows(samia, claire, event)

        travel(event.day, time(11, 45))
        before = dating.figures(samia)
        travel(event.day, time(12, 30))
        samia.goto(event.address)
        press(samia, "Déclarer terminé")
        reads(samia, "L’événement est terminé")
        after = dating.figures(samia)
        gained = {
            label: after[label] - before.get(label, 0) for label in ("événements tenus", "rencontres", "partenariats")
        }
        assert gained == {"événements tenus": 1, "rencontres": 2, "partenariats": 1}


def test_without_javascript_from_the_form_to_what_both_said(
    browser: Browser, served: str, travel: Callable[..., None]
) -> None:
    with dating.browsers(browser, served, java_script=False) as one:
        samia, claire, marc = one(), one(PHONE), one(PHONE)
        sign_in_as(samia, "Samia")
        event = _a_speed_dating(samia, 2)
        for page, name in ((claire, "Claire"), (marc, "Marc")):
            sign_in_as(page, name)
            dating.register(page, event)
        dating.wish(claire, event, meet=[FIRM], avoid=[])
        dating.plan(samia, event, rounds=1, tables=1)
        reads(samia, "est fait : 1 rencontre")

        travel(event.day, time(8, 45))
        for page, name in ((samia, "Samia"), (claire, "Claire")):
            sign_in_as(page, name)
        dating.arrive_by_list(samia, event, [STRUCTURE, FIRM])
        open_tab(samia, event, "Le jour J")
        press(samia, "Commencer le tour 1")
        reads(samia, "Tour 1 sur 1")
        follow(samia, "Grand écran")
        reads(samia, "Tour 1 sur 1")
        dating.my_booking(claire, event)
        follow(claire, "Mes rencontres")
        reads(claire, "Maintenant : table 1")
        dating.say(claire, "Un stage", FIRM)
        open_tab(samia, event, "Le jour J")
        follow(samia, "Saisir les réponses du papier")
        samia.get_by_label(f"Réponse de {FIRM} sur {STRUCTURE}").select_option(label="Un stage")
        press(samia, "Enregistrer")
        reads(samia, "Tour 1 : 1 réponse enregistrée.")
        open_tab(samia, event, "Suites")
        reads(samia, "Ils sont d’accord (1)")


def _visitor(page: Page, event: Event, first_name: str, phone: str) -> str:
    """Somebody without a file registers; the code that they receive."""
    dating.find_in_the_agenda(page, event)
    page.get_by_label("Prénom", exact=True).fill(first_name)
    page.get_by_label("Nom", exact=True).fill("Morel")
    page.get_by_label(re.compile("^Téléphone")).fill(phone)
    press(page, "M’inscrire")
    reads(page, "Vous allez recevoir un message")
    return code_sent_to(page, phone)


def _my_appointments(page: Page) -> None:
    page.get_by_role("link", name="Mes rendez-vous", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes rendez-vous collectifs")


def _presences(thomas: Page, event: Event) -> None:
    """One came and signs on the screen; the other did not."""
    open_tab(thomas, event, "Inscriptions")
    follow(thomas, "Présences")
    nadia, lina = (main(thomas).get_by_role("row").filter(has_text=name) for name in ("Nadia Morel", "Lina Morel"))
    press(thomas, "Présence", about="Nadia Morel")
    expect(nadia).to_contain_text("Présence notée")
    press(thomas, "Absence", about="Lina Morel")
    expect(lina).to_contain_text("Absence notée")
    main(thomas).get_by_role("link", name=re.compile(r"^Signer\s: Nadia Morel$")).click()
    reads(thomas, "Bonjour Nadia Morel")
    expect(main(thomas)).not_to_contain_text("Lina")
    thomas.get_by_label(re.compile("nom", re.I)).fill("Nadia Morel")
    press(thomas, "Je signe")
    expect(nadia).to_contain_text("Sur l’écran")


def test_a_session_where_a_seat_is_given_on(browser: Browser, served: str, travel: Callable[..., None]) -> None:
    with dating.browsers(browser, served, java_script=False) as one:
        thomas, aicha, visitor = one(), one(PHONE), one(PHONE)
        sign_in_as(thomas, "Thomas")
        day = next_working_day(clock.today() + timedelta(days=3))
        title = f"Connaître les métiers du soin {clock.now():%H%M%S%f}"
        event = dating.create(thomas, "Réunion d’information", title, day, {"^Nombre de places": 2}, ("14h", "16h"))

        sign_in_as_aicha(aicha)
        dating.find_in_the_agenda(aicha, event)
        press(aicha, "M’inscrire")
        reads(aicha, "Votre place est réservée")
        _my_appointments(aicha)
        reads(aicha, title)
        _visitor(visitor, event, "Nadia", "06 39 98 77 02")
        code = _visitor(visitor, event, "Lina", "06 39 98 77 03")
        visitor.goto(f"/mon-inscription/{code}")
        reads(visitor, "Vous êtes en tête de la liste d’attente")

        _my_appointments(aicha)
        main(aicha).get_by_role("link", name=re.compile(rf"^Voir mon code\s: {title}$")).click()
        follow(aicha, "Je ne peux plus venir")
        press(aicha, "Je ne viens plus")
        reads(aicha, "La place sert à la personne suivante")
        visitor.reload()
        reads(visitor, "Votre place est réservée")

        travel(day, time(14, 5))
        sign_in_as(thomas, "Thomas")
        _presences(thomas, event)
