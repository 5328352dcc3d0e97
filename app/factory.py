"""How is the portal put together? Settings in, a Flask application out, or a refusal to start."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify
from flask_wtf import CSRFProtect
from sqlalchemy import text

from app import cli, wiring
from app.core import failures, http, logs, policy, postgres, rendering
from app.core.db import db
from app.core.policy import current_actor, public
from app.core.settings import ROOT, Settings, from_environment

MEGABYTE = 1024 * 1024


def _configuration(settings: Settings, url: str) -> Mapping[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": settings.pool_size,
            "pool_pre_ping": True,
            "max_overflow": 5,
            "hide_parameters": True,  # a logged database error names no person
        },
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_NAME": "__Host-portail" if settings.secure_cookies else "portail",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
        "TRAP_HTTP_EXCEPTIONS": False,
    }


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Build the portal. ``overrides`` are Flask settings for tests. Raises RouteWithoutPolicy."""
    settings = settings or from_environment()
    url = (
        postgres.sqlalchemy_url(settings.database_url)
        if settings.database_url
        else postgres.own_url(settings.var, settings.database_name)
    )
    app = Flask("app", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app" / "static"))
    app.extensions["settings"] = settings
    app.config.from_mapping(_configuration(settings, url))
    app.config.update(overrides)
    app.testing = bool(app.config.get("TESTING"))
    http.init(app)
    logs.init(app)
    db.init_app(app)
    if not serves():
        _add_migrations(app)
    CSRFProtect(app)
    rendering.init(app, page_context=_page_context)
    wiring.connect(app)
    failures.init(app, wiring.words())
    _add_health(app)
    cli.init(app)
    policy.require_policies(app)
    return app


def serves() -> bool:
    """Is this a web process? gunicorn says so before it loads the application."""
    return "SERVER_SOFTWARE" in os.environ


def _add_migrations(app: Flask) -> None:
    """Alembic, for the commands and the tests: 11 MB that a web process does without."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(ROOT / "migrations"))


def _page_context() -> Mapping[str, Any]:
    actor = current_actor()
    return wiring.page_context(actor) if actor is not None else {"actor": None, "links": wiring.links()}


def _add_health(app: Flask) -> None:
    @app.get("/sante")
    @public
    def health() -> tuple[Response, int]:
        """Is the portal well? 200 when the database answers, else the 503 page."""
        version = db.session.scalar(text("SELECT current_setting('server_version_num')::int"))
        return jsonify(state="ok", database=version), 200
