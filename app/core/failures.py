"""What does the person read when something is refused, missing, out of date, or broken?"""

from collections.abc import Mapping
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, flash, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app.core.comparison import compare
from app.core.db import db
from app.core.errors import Gone, NotFound, Refused, StaleVersion, Throttled
from app.core.forms import WORKFLOW_WORDS
from app.core.logs import log
from app.core.rendering import error_page

_PAGES = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 429, 500, 503})


def init(app: Flask, words: Mapping[Enum, str]) -> None:
    """Register a page for each failure. ``words`` are the French labels of the reasons of every domain."""
    said: dict[Enum, str] = dict(words)
    said.update(WORKFLOW_WORDS)
    app.extensions["refusal_words"] = said  # for a form whose act may be refused by a domain above its own

    @app.errorhandler(NotFound)
    def _not_found(error: NotFound) -> Any:
        return error_page(404)

    @app.errorhandler(Gone)
    def _gone(error: Gone) -> Any:
        return error_page(410)

    @app.errorhandler(StaleVersion)
    def _stale(error: StaleVersion) -> Any:
        page = compare(g.get("sent_form"), error.theirs, request.form)
        return error_page(409, **page.for_page(), back=_back())

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Any:
        for reason in error.reasons:
            flash(said.get(reason, str(reason.value)), "error")
        return redirect(_back(), 303)

    @app.errorhandler(Throttled)
    def _throttled(error: Throttled) -> Any:
        body, status = error_page(429, retry_after=error.retry_after)
        return body, status, {"Retry-After": str(error.retry_after)}

    @app.errorhandler(CSRFError)
    def _forged(error: CSRFError) -> Any:
        return error_page(400)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        return error_page(error.code) if error.code in _PAGES else error

    @app.errorhandler(OperationalError)
    def _no_database(error: OperationalError) -> Any:
        db.session.rollback()
        log().exception("database away")
        return error_page(503)

    @app.errorhandler(Exception)
    def _defect(error: Exception) -> Any:
        if app.testing:
            raise error
        db.session.rollback()
        log().exception("defect", error=type(error).__name__)
        return error_page(500, error_id=g.get("request_id", ""))


def _back() -> str:
    """The page the person came from, when it is ours; else the home page. A GET that is refused goes home."""
    referrer = urlsplit(request.referrer or "")
    if request.method == "POST" and referrer.netloc == request.host:
        return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return url_for("dashboard.home")
