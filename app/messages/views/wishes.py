"""« Mes messages »: what somebody wants to receive, and the link of a message that says no in one click."""

from flask import flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.core.policy import public, signed_in, the_actor
from app.messages.forms import WishesForm
from app.messages.labels import CATEGORY_HINTS, CATEGORY_WORDS
from app.messages.queries.wishes import wishes_of
from app.messages.service import stopping
from app.messages.views.blueprint import blueprint


@blueprint.route("/mon-compte/messages", methods=["GET", "POST"])
@signed_in
def wishes() -> ResponseReturnValue:
    """Each category: at once, once a day, never."""
    actor = the_actor()
    form = WishesForm.for_role(actor.role, wishes_of(actor.user_id) if actor.user_id else {})
    if form.sent:
        stopping.set_wishes(form.answers, by=actor)
        flash("Vos choix sont enregistrés.", "success")
        return redirect(url_for(".wishes"), 303)
    return render_template("messages/wishes.html", form=form, hints=CATEGORY_HINTS)


@blueprint.get("/messages/stop/<token>")
@public
def stop(token: str) -> ResponseReturnValue:
    """A page with a button: a mail program that opens links for its reader stops nothing."""
    asked = stopping.read_stop(token)
    return render_template("messages/stop.html", words=CATEGORY_WORDS[asked.category], token=token)


@blueprint.post("/messages/stop/<token>")
@public
def stop_now(token: str) -> ResponseReturnValue:
    """The button, or the mail program itself (RFC 8058): no session and no CSRF token, the link is signed."""
    asked = stopping.stop(token)
    return render_template("messages/stopped.html", words=CATEGORY_WORDS[asked.category], has_account=asked.has_account)


@blueprint.record_once
def _without_csrf(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(f"{stop_now.__module__}.{stop_now.__name__}")
