"""How does a page get its look? Jinja's filters and globals, icons, hashed assets, and what layouts read."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, render_template, request, url_for
from jinja2 import StrictUndefined, Undefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from app.core import french, quantities
from app.core.clock import today as clock_today
from app.core.form_display import error_links, field_attributes, field_kind
from app.core.grid import Grid, grid_lines

STATIC: Final = Path(__file__).resolve().parents[1] / "static"
YEAR: Final = 31_536_000
LINKS: Final[Mapping[str, str]] = {
    "home": "/",
    "sign_in": "/connexion",
    "sign_out": "/deconnexion",
    "switch": "/organisation",
    "account": "/mon-compte",
    "accessibility": "/accessibilite",
    "privacy": "/donnees-personnelles",
    "legal": "/mentions-legales",
}
PageContext = Callable[[], Mapping[str, Any]]
_FLASH_KINDS: Final[Mapping[str, str]] = {
    "message": "ok", "success": "ok", "error": "bad", "danger": "bad", "warning": "warn",
}  # fmt: skip


def init(app: Flask, page_context: PageContext | None = None) -> None:
    """Give the application its filters, globals and context. ``page_context`` says who reads, and their menu."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.undefined = StrictUndefined if app.testing else Undefined
    env.add_extension(FrenchSpaces)
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS)
    help_phone = getattr(app.extensions.get("settings"), "help_phone", "01 99 00 91 00")
    env.globals["help_phone"] = help_phone

    @app.context_processor
    def defaults() -> dict[str, Any]:
        values: dict[str, Any] = {
            "actor": None, "navigation": (), "memberships": (), "contact": None, "links": LINKS, "today": clock_today(),
        }  # fmt: skip
        values.update(page_context() if page_context else {})
        values["links"] = {**LINKS, **values["links"]}
        return values

    app.after_request(_keep_assets)


def error_page(status: int, **context: Any) -> tuple[str, int]:
    """The page of an error. 500 and 503 run no context processor: they must come out without a database."""
    template = f"errors/{status}.html"
    if status >= 500:
        return current_app.jinja_env.get_template(template).render(**context), status
    return render_template(template, **context), status


class FrenchSpaces(Extension):
    """Non-breaking spaces in the text of every template, put once when it is compiled: write « Oui ? » plainly."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Text between tags, attributes included, and strings in expressions."""
        for token in stream:
            if token.type in {"data", "string"}:
                yield Token(token.lineno, token.type, french.spaced(token.value))
            else:
                yield token


# --- assets -----------------------------------------------------------------------------------------------


@cache
def _digest(path: Path, modified: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def _version(name: str) -> str:
    path = STATIC / name
    return _digest(path, path.stat().st_mtime_ns)


def asset_url(name: str) -> str:
    """The address of a file of app/static, which changes with its content."""
    return url_for("static", filename=name, v=_version(name))


def _keep_assets(response: Response) -> Response:
    """A browser keeps an asset for a year when the address names the content that was served."""
    if request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {}).get("filename", "")
        if request.args.get("v") == _version(name):
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


# --- icons ------------------------------------------------------------------------------------------------


@cache
def symbols() -> Mapping[str, Markup]:
    """The drawings of app/static/icons.svg, by name without « i- »."""
    source = (STATIC / "icons.svg").read_text("utf-8")
    found = re.findall(r'(<symbol id="i-([\w-]+)".*?</symbol>)', source)
    return {name: Markup(drawing) for drawing, name in found}  # noqa: S704 - our own file


def icon(name: str) -> Markup:
    """An icon, always beside a word; its drawing is printed once, at the end of the page, by icon_sprite()."""
    if name not in symbols():
        raise KeyError(f"no icon « {name} » in app/static/icons.svg")
    g.setdefault("icons", {})[name] = None
    return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)


def icon_names() -> list[str]:
    """Every icon there is."""
    return sorted(symbols())


def icon_sprite() -> Markup:
    """The drawings used by this page."""
    names = g.pop("icons", None)
    if not names:
        return Markup("")
    return Markup("<svg hidden>{}</svg>").format(Markup("").join(symbols()[name] for name in names))


# --- addresses --------------------------------------------------------------------------------------------


def url_with(**changes: Any) -> str:
    """The address of this page with some of its parameters changed; None removes one, and the page number goes."""
    parameters = {key: request.args.getlist(key) for key in request.args if key != "page"}
    parameters.update({key: [] if value is None else _listed(value) for key, value in changes.items()})
    query = urlencode([(key, value) for key, values in parameters.items() for value in values])
    return f"{request.path}?{query}" if query else request.path


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def page_numbers(number: int, pages: int) -> Iterator[int | None]:
    """Which numbers a pager shows: both ends, and the neighbours; None is a gap."""
    shown = sorted({1, pages, *range(max(1, number - 1), min(pages, number + 1) + 1)})
    before = 0
    for page in shown:
        if page - before == 2:
            yield page - 1
        elif page - before > 2:
            yield None
        yield page
        before = page


# --- filters ----------------------------------------------------------------------------------------------


def _short(moment: date | datetime) -> str:
    return quantities.format_date_short(french.as_day(moment))


def _exact(say: Callable[..., str]) -> Callable[..., str]:
    """Templates also hold ints and floats: formatters get the decimal that they read as."""

    def said(value: Any, *args: Any, **kwargs: Any) -> str:
        return say(Decimal(str(value)), *args, **kwargs)

    return said


def week_rows(grid: Grid) -> list[list[tuple[int, int]]]:
    """For the drawing of a week: for each day, its stretches as (first half-hour, how many)."""
    rows: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for span in grid.spans():
        rows[span.day].append((span.start, span.end - span.start))
    return rows


def flash_kind(category: str) -> str:
    """The kind of alert of a flash's category."""
    return _FLASH_KINDS.get(category, category)


def ring_kind(score: float) -> str:
    """The colour of a score: good from 70, to be checked below."""
    return "ok" if score >= 70 else "warn"


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "date_fr": french.date_words,
    "day_fr": french.day_words,
    "date_short": _short,
    "datetime_fr": french.instant_words,
    "time_fr": french.clock_time,
    "weekday_fr": french.weekday,
    "ago": french.ago,
    "hours_fr": _exact(quantities.format_hours),
    "euros_fr": _exact(quantities.format_euros),
    "number_fr": _exact(quantities.format_number),
    "percent_fr": _exact(quantities.format_percent),
    "plural": french.plural,
    "nbsp": french.nbsp,
    "initials": french.initials,
    "phone_fr": french.phone,
    "tel": french.phone_link,
    "siret_fr": french.siret,
    "week_lines": grid_lines,
    "flash_kind": flash_kind,
    "ring_kind": ring_kind,
}
GLOBALS: Final[Mapping[str, Callable[..., Any]]] = {
    "asset_url": asset_url,
    "icon": icon,
    "icon_sprite": icon_sprite,
    "icon_names": icon_names,
    "url_with": url_with,
    "page_numbers": page_numbers,
    "field_kind": field_kind,
    "field_attributes": field_attributes,
    "error_links": error_links,
    "week_rows": week_rows,
    "plural": french.plural,
}
