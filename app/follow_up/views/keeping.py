"""Nothing typed is lost: neither when the sign-in has ended, nor when the network drops (see static/keep.js)."""

from typing import Any, Final, TypeVar
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Unauthorized

from app.accounts.views.browser import visitor
from app.core.forms import PortalForm
from app.core.policy import current_actor
from app.core.rendering import error_page
from app.core.roles import Actor
from app.follow_up.service import drafts
from app.follow_up.views.blueprint import blueprint

F = TypeVar("F", bound=PortalForm)
KEPT_FORMS: Final = frozenset(
    f"follow_up.{view}" for view in ("report", "exchange", "say", "employer_answer", "absence", "employer_absence")
)
"""Endpoints of the forms whose words come back after the sign-in."""
_SILENT = frozenset({"csrf_token"})
_BACK = "Vos mots sont là\u00a0: relisez, puis envoyez."


@blueprint.errorhandler(Unauthorized)
def _signed_out(error: Unauthorized) -> ResponseReturnValue:
    """The sign-in had ended: what was typed waits, and comes back after it."""
    return _kept() or error_page(401)


@blueprint.errorhandler(CSRFError)
def _old_page(error: CSRFError) -> ResponseReturnValue:
    """The page was of another sign-in: nothing is recorded, and the page comes back with what was typed."""
    return _kept() or error_page(400)


def _kept() -> ResponseReturnValue | None:
    if request.method != "POST" or request.endpoint not in KEPT_FORMS:
        return None
    answers = {name: texts for name, texts in request.form.lists() if name not in _SILENT}
    draft_id = drafts.keep(request.path, answers, visitor())
    if draft_id is None:
        return None
    page = f"{request.path}?brouillon={draft_id}"
    if current_actor() is None:
        return redirect(url_for("accounts.sign_in", suite=page), 303)
    flash(_BACK, "warning")
    return redirect(page, 303)


def draft_id() -> UUID | None:
    """Which draft the address names; nonsense is none."""
    return request.args.get("brouillon", type=UUID)


def typed_before() -> MultiDict[str, str] | None:
    """What waits for this page, for the form to show: call it once the reader was let in."""
    if request.method != "GET":
        return None
    answers = drafts.answers_of(draft_id(), request.path)
    return MultiDict((name, text) for name, texts in answers.items() for text in texts) if answers else None


def filled(form: type[F], **first: Any) -> F:
    """A form as it was sent, or with what waits for this page, or as it is at first."""
    typed = typed_before()
    return form(data=first) if typed is None else form(typed)


def keep_key(actor: Actor) -> str:
    """Under which name this browser keeps the words of this page: those of one reader and one page."""
    return f"{actor.user_id} {request.path}"


def accepted(actor: Actor) -> None:
    """The server has the words: the next page tells the browser to forget them."""
    flash(keep_key(actor), "kept")
    if (waiting := draft_id()) is not None:
        drafts.drop(waiting)
