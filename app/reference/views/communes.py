"""The communes and the territory and MDS of each one, with dates."""

from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import the_actor
from app.core.quantities import format_date_short
from app.reference import queries, service
from app.reference.forms import AssignmentForm, CancelForm, CommuneFilters
from app.reference.labels import REFUSAL_WORDS
from app.reference.models import Commune, CommuneAssignment
from app.reference.rules import FIRST_DAY
from app.reference.views.blueprint import EVERYTHING, blueprint, editors, sort_asked

HEADER = ("INSEE", "Commune", "Codes postaux", "Population", "Intercommunalité", "Territoire", "MDS")


@blueprint.get("/communes")
@editors
def communes() -> ResponseReturnValue:
    """The 194 communes, filtered and sorted."""
    day = clock.today()
    form = CommuneFilters(request.args, meta={"csrf": False})
    form.territoire.choices = [("", "Tous"), *queries.territory_choices()]
    form.mds.choices = [("", "Toutes"), *queries.mds_choices(day)]
    query = queries.communes_listed(
        day,
        words=form.mots.data or "",
        territory=form.territoire.data,
        mds=form.mds.data,
        sort=sort_asked(),
    )
    if kind := request.args.get("export"):
        rows = queries.places_of(paginate(query, 1, EVERYTHING).items, day)
        return export(kind, f"communes-{day.isoformat()}", HEADER, map(_exported, rows))
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "reference/communes.html",
        filters_form=form,
        page=page,
        places=queries.places_of(page.items, day),
        sort=sort_asked(),
    )


def _exported(place: queries.Place) -> tuple[Any, ...]:
    commune = place.commune
    return (
        commune.insee,
        commune.name,
        " ".join(commune.postcodes),
        commune.population,
        commune.epci_name,
        place.territory.name if place.territory else "",
        place.mds.name if place.mds else "",
    )


@blueprint.route("/communes/<insee>", methods=["GET", "POST"])
@editors
def commune(insee: str) -> ResponseReturnValue:
    """One commune: its facts, its assignments with dates, and the form to change from a date on."""
    day = clock.today()
    row = _commune(insee)
    form = AssignmentForm(version=row.version)
    form.mds.choices = [("", "Choisir"), *_mds_with_territory()]
    if form.sent and form.valid_from.data:
        try:
            made = service.assign_commune(
                insee,
                by=the_actor(),
                version=form.version.data,
                mds_code=form.mds.data,
                valid_from=form.valid_from.data,
                today=day,
            )
            when = "dès aujourd’hui" if made.valid_from <= day else f"à partir du {format_date_short(made.valid_from)}"
            flash(f"C’est noté\u00a0: {row.name} dépend de la {made.mds.name} {when}.", "success")
            return redirect(url_for("reference.commune", insee=insee), 303)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
    return _commune_page(row, form)


def _commune(insee: str) -> Commune:
    row = db.session.get(Commune, insee)
    if row is None:
        raise NotFound
    return row


def _mds_with_territory() -> list[tuple[str, str]]:
    day = clock.today()
    lines = queries.territory_lines(day)
    return [
        (line.mds.code, f"{line.mds.name} ({territory.territory.name})")
        for territory in lines
        for line in territory.mds
        if line.mds.closed_on is None or line.mds.closed_on > day
    ]


def last_day(one: CommuneAssignment) -> date | None:
    """The last day included, as screens show it."""
    return one.valid_until - timedelta(days=1) if one.valid_until else None


def _commune_page(row: Commune, form: AssignmentForm) -> ResponseReturnValue:
    day = clock.today()
    history = queries.history_of(row.insee)
    planned = next((one for one in history if one.valid_from > day), None)
    return render_template(
        "reference/commune.html",
        commune=row,
        history=history,
        present=next((one for one in history if one.valid_from <= day), None),
        planned=planned,
        form=form,
        cancel_form=CancelForm(formdata=None, version=row.version),
        first_day=FIRST_DAY,
        last_day=last_day,
    )


@blueprint.post("/communes/<insee>/annuler")
@editors
def cancel_plan(insee: str) -> ResponseReturnValue:
    """Give up a change that has not begun."""
    form = CancelForm()
    if form.sent:
        service.cancel_planned_assignment(insee, by=the_actor(), version=form.version.data, today=clock.today())
        flash("Le changement prévu est annulé.", "success")
    return redirect(url_for("reference.commune", insee=insee), 303)
