"""The territories, their MDS, and what may be corrected in them."""

from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.policy import the_actor
from app.reference import queries, service
from app.reference.forms import CloseMdsForm, MdsForm, NewMdsForm, TerritoryForm
from app.reference.labels import REFUSAL_WORDS
from app.reference.models import Mds, Territory
from app.reference.views.blueprint import blueprint, editors

HEADER = ("Territoire", "MDS", "Communes", "Population", "Ouverture", "Fermeture")
R = TypeVar("R", Territory, Mds)


@blueprint.get("/territoires")
@editors
def territories() -> ResponseReturnValue:
    """Each territory with its MDS."""
    lines = queries.territory_lines(clock.today())
    if kind := request.args.get("export"):
        rows = (
            (line.territory.name, one.mds.name, one.communes, one.population, one.mds.opened_on, one.mds.closed_on)
            for line in lines
            for one in line.mds
        )
        return export(kind, f"territoires-{clock.today().isoformat()}", HEADER, rows)
    return render_template("reference/territories.html", lines=lines)


def _row(model: type[R], code: str) -> R:
    row = db.session.get(model, code)
    if row is None:
        raise NotFound
    return row


def _back() -> ResponseReturnValue:
    return redirect(url_for("reference.territories"), 303)


@blueprint.route("/territoires/<code>", methods=["GET", "POST"])
@editors
def territory(code: str) -> ResponseReturnValue:
    """Correct the name of a territory."""
    row = _row(Territory, code)
    form = TerritoryForm(obj=row)
    if form.sent:
        service.rename_territory(code, by=the_actor(), version=form.version.data, name=form.name.data or "")
        flash("Le nom du territoire est corrigé.", "success")
        return _back()
    return render_template("reference/territory.html", territory=row, form=form)


@blueprint.route("/mds/nouvelle", methods=["GET", "POST"])
@editors
def new_mds() -> ResponseReturnValue:
    """Open an MDS."""
    form = NewMdsForm()
    form.territory.choices = [("", "Choisir"), *queries.territory_choices()]
    if form.sent and form.opened_on.data:
        made = service.add_mds(
            form.row_id.data,
            by=the_actor(),
            name=form.name.data or "",
            territory_code=form.territory.data,
            opened_on=form.opened_on.data,
        )
        flash(f"{made.name} est ajoutée. Donnez-lui des communes.", "success")
        return _back()
    return render_template("reference/new_mds.html", form=form)


@blueprint.route("/mds/<code>", methods=["GET", "POST"])
@editors
def mds(code: str) -> ResponseReturnValue:
    """Correct the name of an MDS."""
    row = _row(Mds, code)
    form = MdsForm(obj=row)
    if form.sent:
        service.rename_mds(code, by=the_actor(), version=form.version.data, name=form.name.data or "")
        flash("Le nom de la MDS est corrigé.", "success")
        return _back()
    return render_template("reference/mds.html", mds=row, form=form)


@blueprint.route("/mds/<code>/fermer", methods=["GET", "POST"])
@editors
def close_mds(code: str) -> ResponseReturnValue:
    """Close an MDS from a day on."""
    row = _row(Mds, code)
    form = CloseMdsForm(obj=row)
    if form.sent and form.closed_on.data:
        try:
            service.close_mds(code, by=the_actor(), version=form.version.data, closed_on=form.closed_on.data)
            flash(f"La fermeture de la {row.name} est notée.", "success")
            return _back()
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
    return render_template("reference/close_mds.html", mds=row, form=form)
