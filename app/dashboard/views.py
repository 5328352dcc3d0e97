"""The first page of each role, and the pages that everybody may read."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.policy import current_actor, public, signed_in, the_actor
from app.core.roles import Role
from app.dashboard import queries

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@public
def front() -> ResponseReturnValue:
    """The door: three sentences, two ways in."""
    if current_actor() is not None:
        return redirect(url_for("dashboard.home"))
    return render_template("dashboard/front.html", counts=queries.public_counts())


@blueprint.get("/accueil")
@signed_in
def home() -> ResponseReturnValue:
    """« À faire aujourd'hui » for professionals; a candidate goes straight to the offers for them."""
    actor = the_actor()
    if actor.role is Role.CANDIDATE:
        return redirect(url_for("matches.for_me"))
    today = clock.today()
    return render_template(
        "dashboard/home.html",
        todo=queries.to_do(actor, today),
        facts=queries.situation(actor, today),
        today=today,
    )


@blueprint.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    """The declaration of accessibility."""
    return render_template("dashboard/accessibility.html")


@blueprint.get("/donnees-personnelles")
@public
def privacy() -> ResponseReturnValue:
    """What the portal knows of people, why, and their rights."""
    return render_template("dashboard/privacy.html")


@blueprint.get("/mentions-legales")
@public
def legal() -> ResponseReturnValue:
    """Who publishes the portal."""
    return render_template("dashboard/legal.html")
