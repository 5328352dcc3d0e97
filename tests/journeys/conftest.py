"""A real browser on a portal that really serves: for journeys, one a story."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app.core import clock
from app.core.db import db
from app.core.settings import Settings
from tests.conftest import VAR, copy_of

CHROMIUM = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a machine without it skips the journeys, CI does not."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (apt install chromium, or set PORTAL_CHROMIUM)")
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield chromium
        chromium.close()


_serving: list[Flask] = []
"""The portal of the journey that runs now."""


@pytest.fixture
def morning(served: str) -> Callable[[Callable[[date], object]], None]:
    """``morning(job)``: what the scheduler would run today, on the portal that serves."""

    def run(job: Callable[[date], object]) -> None:
        with _serving[0].app_context():
            job(clock.today())

    return run


@pytest.fixture
def served(server: str, template: str) -> Iterator[str]:
    """The address of a portal with a fresh small demonstration, served by threads of this process."""
    from app.demonstration.load import load
    from app.factory import create_app
    from app.search.service import rebuild_missing

    with copy_of(server, template) as url:
        settings = Settings(var=VAR, secret_key="a key for journeys", database_url=url, demonstration=True)
        app = create_app(settings)
        with app.app_context():
            load("small")
            rebuild_missing()
        http = make_server("127.0.0.1", 0, app, threaded=True)
        app.extensions["settings"] = replace(settings, base_url=f"http://127.0.0.1:{http.server_port}")
        _serving[:] = [app]
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join(5)
        _close(app)


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def context(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """One person's browser, with and without JavaScript."""
    context = browser.new_context(
        base_url=served, java_script_enabled=request.param, locale="fr-FR", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that browser."""
    return context.new_page()


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``travel(day)``: from now on the portal believes that it is that day, at this hour; or at the one given."""
    real = clock.now
    offset = [timedelta(0)]
    monkeypatch.setattr(clock, "now", lambda: real() + offset[0])

    def to(day: date, at: time | None = None) -> None:
        if at is None:
            offset[0] = timedelta(days=(day - clock.civil_day(real())).days)
        else:
            offset[0] = datetime.combine(day, at, clock.PARIS) - real()

    return to
