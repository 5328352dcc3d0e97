"""How is a session bound to a browser? By a token in the signed cookie, which Flask-Login brings back."""

from typing import cast

from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, LoginManager
from sqlalchemy.exc import OperationalError

from app.accounts import service
from app.accounts.queries import SignedIn
from app.accounts.rules import local_path
from app.accounts.rules.throttles import Visitor

blueprint = Blueprint("accounts", __name__)


def init_login(app: Flask) -> None:
    """Let Flask-Login know people by their token. Registering the blueprint does it; once is enough."""
    if hasattr(app, "login_manager"):
        return
    manager = LoginManager(app)
    manager.session_protection = None  # a phone changes address often; the token is enough and can be revoked

    @manager.user_loader
    def load(token: str) -> SignedIn | None:
        try:
            return service.signed_in_by(token)
        except OperationalError:
            g._login_user = AnonymousUserMixin()  # ask once: the page that says so needs no person
            raise


blueprint.record_once(lambda state: init_login(cast(Flask, state.app)))


def visitor() -> Visitor:
    """The browser of this request."""
    return Visitor(request.remote_addr, request.user_agent.string)


def remember(token: str, *, lasting: bool = False) -> None:
    """Give this browser a token, and nothing of what its cookie held before. ``lasting`` survives its closing."""
    g.pop("_login_user", None)
    session.clear()
    session.permanent = lasting
    session["_user_id"] = token
    session["_fresh"] = True


def await_code(handle: str, contact: str) -> None:
    """This browser asked for a code, sent to ``contact``: it alone may type it."""
    session["code_handle"], session["code_contact"] = handle, contact


def forget() -> None:
    """Nobody is signed in here any more."""
    session.clear()
    g.pop("_login_user", None)


def onwards(asked: str | None) -> ResponseReturnValue:
    """To the page that was wanted before the sign-in, when it is ours; else home."""
    return redirect(local_path(asked) or url_for("dashboard.home"), 303)
