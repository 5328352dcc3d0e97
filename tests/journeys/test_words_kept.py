"""Nothing typed is lost: the network drops in the middle of a report, the sign-in ends, the phone is handed on."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select
from werkzeug.serving import make_server

from app.accounts import service as accounts
from app.core.db import db
from app.core.roles import Role
from app.core.settings import Settings
from app.factory import create_app
from app.follow_up.models import Visit, Voice
from app.follow_up.rules.kinds import VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState
from tests.conftest import VAR, copy_of
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

WORDS = "Très bon en semaine. Le samedi, pas de bus avant 7 heures."
NO_NETWORK = "Pas de réseau"
HERE = "Vos mots étaient gardés sur cet appareil"


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal that serves one followed person."""

    app: Flask
    url: str
    followed: Followed

    @property
    def visit_id(self) -> object:
        return self.followed.visits[VisitKind.MONTH_3].id

    @property
    def report(self) -> str:
        return f"/suivis/visites/{self.visit_id}/compte-rendu"


@pytest.fixture
def portal(server: str, template: str) -> Iterator[Portal]:
    with copy_of(server, template) as url:
        settings = Settings(var=VAR, secret_key="a key for journeys", database_url=url, demonstration=True)
        app = create_app(settings)
        with app.app_context():
            followed = a_follow_up()
            db.session.commit()
            http = make_server("127.0.0.1", 0, app, threaded=True)
            base = f"http://127.0.0.1:{http.server_port}"
            app.extensions["settings"] = replace(settings, base_url=base)
            thread = threading.Thread(target=http.serve_forever, daemon=True)
            thread.start()
            yield Portal(app, base, followed)
            http.shutdown()
            thread.join(5)
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def phone(browser: Browser, portal: Portal) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=portal.url, locale="fr-FR", viewport={"width": 360, "height": 740})
    context.set_default_timeout(60_000)
    yield context
    context.close()


def enter(context: BrowserContext, portal: Portal, who: Somebody) -> None:
    """This browser is now theirs, as after the sign-in page."""
    token = accounts.enter(who.user.id, who.membership.id if who.membership else None)
    signer = portal.app.session_interface.get_signing_serializer(portal.app)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": token, "_fresh": True})
    name = portal.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": value, "url": portal.url, "httpOnly": True}])


def leave(context: BrowserContext) -> None:
    """The sign-in of this browser has ended elsewhere: its cookie is gone, its memory is not."""
    context.clear_cookies()


def type_report(page: Page, portal: Portal) -> None:
    page.goto(portal.report)
    page.get_by_label("Oui, nous nous sommes parlé").check()
    page.locator("#tutor_words").fill(WORDS)
    page.locator("#fits_offer-0").check()


def words_of(portal: Portal) -> list[str]:
    """The tutor's words as the base has them."""
    db.session.rollback()
    query = select(Voice.words).where(Voice.side == VoiceSide.TUTOR)
    return list(db.session.scalars(query))


def test_a_report_typed_while_the_network_drops_is_sent_once_when_it_is_back(
    phone: BrowserContext, portal: Portal
) -> None:
    enter(phone, portal, portal.followed.referent)
    page = phone.new_page()
    type_report(page, portal)

    phone.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text(NO_NETWORK)).to_be_visible()
    expect(page.locator("#tutor_words")).to_have_value(WORDS)

    phone.set_offline(False)
    page.reload()
    expect(page.get_by_text(HERE)).to_be_visible()
    expect(page.locator("#tutor_words")).to_have_value(WORDS)
    expect(page.get_by_label("Oui, nous nous sommes parlé")).to_be_checked()
    assert words_of(portal) == []

    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le compte rendu est enregistré.")).to_be_visible()
    assert words_of(portal) == [WORDS]
    visit = db.session.get(Visit, portal.visit_id)
    assert visit is not None
    assert visit.state is VisitState.HELD
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('keep:'))") == []


def test_the_page_left_without_network_gives_the_words_back_when_it_is_opened_again(
    phone: BrowserContext, portal: Portal
) -> None:
    enter(phone, portal, portal.followed.referent)
    page = phone.new_page()
    type_report(page, portal)
    page.close()

    page = phone.new_page()
    page.goto(portal.report)

    expect(page.locator("#tutor_words")).to_have_value(WORDS)
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator("#tutor_words")).to_have_value("")
    page.reload()
    expect(page.locator("#tutor_words")).to_have_value("")


def test_words_kept_are_neither_shown_to_a_colleague_nor_left_after_the_sign_out(
    phone: BrowserContext, portal: Portal
) -> None:
    enter(phone, portal, portal.followed.referent)
    page = phone.new_page()
    type_report(page, portal)
    manager = somebody(Role.REFERENT, portal.followed.referent.organisation)
    db.session.commit()

    leave(phone)
    enter(phone, portal, manager)
    page.goto(portal.report)
    expect(page.get_by_role("heading", level=1)).to_have_text("Noter la visite")
    expect(page.locator("#tutor_words")).to_have_value("")
    assert WORDS not in page.evaluate("JSON.stringify(localStorage)")

    page.get_by_label("Oui, nous nous sommes parlé").check()
    page.locator("#tutor_words").fill("Autres mots")
    page.goto("/mon-compte")
    assert "Autres mots" in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("link", name="Menu", exact=True).click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()
    assert "Autres mots" not in page.evaluate("JSON.stringify(localStorage)")


def test_words_older_than_a_week_are_gone(phone: BrowserContext, portal: Portal) -> None:
    enter(phone, portal, portal.followed.referent)
    page = phone.new_page()
    type_report(page, portal)
    page.evaluate(
        """() => {
            for (const key of Object.keys(localStorage)) {
                const kept = JSON.parse(localStorage[key]);
                kept.at -= 8 * 864e5;
                localStorage[key] = JSON.stringify(kept);
            }
        }"""
    )

    page.goto(portal.report)

    expect(page.locator("#tutor_words")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_sign_in_that_ended_in_the_middle_gives_the_words_back(
    browser: Browser, portal: Portal, script: bool
) -> None:
    context = browser.new_context(base_url=portal.url, java_script_enabled=script)
    enter(context, portal, portal.followed.referent)
    page = context.new_page()
    type_report(page, portal)

    leave(context)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    assert words_of(portal) == []
    wanted = page.url
    enter(context, portal, portal.followed.referent)
    page.goto(wanted)  # the sign-in page leads on

    expect(page.locator("#tutor_words")).to_have_value(WORDS)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le compte rendu est enregistré.")).to_be_visible()
    assert words_of(portal) == [WORDS]
    assert db.session.scalar(select(func.count()).select_from(Visit).where(Visit.state == VisitState.HELD)) == 1
    context.close()
