"""« Calibrage »: the four methods side by side, the paragraph for the contract, the lever; then kept and applied."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.calibration import METHODS, ApplyForm, CalibrationFilters, CalibrationForm, starting_values
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.calibration import LEVER_ADVICE, LEVER_REASONS, NOT_RETAINED, ROUNDING
from app.clauses.labels.kinds import OBJECTIVE_METHODS
from app.clauses.models import Calibration
from app.clauses.queries import calibration as queries
from app.clauses.queries.terms import template_choices
from app.clauses.rules.calibration import NotRetained
from app.clauses.rules.kinds import Lever, ObjectiveMethod
from app.clauses.rules.lever import LeverReason
from app.clauses.service import calibration as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.forms import pressed
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.quantities import format_hours
from app.core.roles import Role
from app.reference import queries as reference

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One method of the comparison; ``steps`` empty: it was not filled in."""

    label: str
    steps: tuple[str, ...] = ()
    exact: str = ""
    rounding: str = ""
    hours: str = ""
    why_not: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """The lever, and what speaks for it."""

    count: int
    people: int
    title: str
    reasons: tuple[str, ...]


@blueprint.route("/clauses/calibrage", methods=["GET", "POST"])
@requires(*STEERS)
def calibrate() -> ResponseReturnValue:
    """Figures, then results on the same page; « Garder » keeps them."""
    actor = the_actor()
    form = CalibrationForm(data=_started())
    form.look_up(
        (reference.find_trade, reference.suggest_trades),
        (reference.find_commune, reference.suggest_communes),
        template_choices(),
    )
    found = service.study(form.asked) if form.sent else None
    if found and pressed("garder"):
        made = service.keep(form.asked, row_id=form.row_id.data, by=actor)
        flash("Le calibrage est gardé.", "success")
        return redirect(url_for(".calibration", calibration_id=made.id), 303)
    said = service.results_of(found) if found else {}
    return render_template(
        "clauses/calibrate.html",
        form=form,
        found=found,
        lines=list(_lines(said, found.method)) if found else [],
        advice=_advice(said),
        recent=queries.recent(actor),
        trades=reference.trade_names(),
        communes=reference.commune_names(),
        methods=OBJECTIVE_METHODS,
    )


def _started() -> dict[str, Any] | None:
    """The figures of a calibration that somebody takes up again."""
    try:
        known = UUID(request.args.get("depuis", ""))
    except ValueError:
        return None
    row = queries.the_calibration(the_actor(), known)
    return starting_values(service.asked_of(row), queries.names_of(row))


def _lines(said: dict[str, Any], chosen: ObjectiveMethod | None) -> Iterator[Line]:
    for method in METHODS:
        one = said["computed"].get(method.value)
        if one is None:
            yield Line(OBJECTIVE_METHODS[method])
            continue
        why = NOT_RETAINED[NotRetained(one["why_not"])] if one["why_not"] else ""
        hours = format_hours(Decimal(one["hours"])) if one["retained"] else ""
        exact = format_hours(Decimal(one["exact"]))
        steps = tuple(one["steps"])
        yield Line(OBJECTIVE_METHODS[method], steps, exact, ROUNDING[method], hours, why, method is chosen)


def _advice(said: dict[str, Any]) -> Advice | None:
    if "lever" not in said:
        return None
    lever, near = said["lever"], said["near"]
    reasons = tuple(LEVER_REASONS[LeverReason(one)] for one in lever["reasons"])
    return Advice(near["count"], near["people"], LEVER_ADVICE[Lever(lever["lever"])], reasons)


@blueprint.get("/clauses/calibrages")
@requires(*STEERS)
def calibrations() -> ResponseReturnValue:
    """Those that were kept."""
    actor, filters = the_actor(), CalibrationFilters(request.args)
    sort = request.args.get("tri", "-date")
    query = queries.calibrations_listed(actor, words=(filters.mots.data or "")[:80], sort=sort)
    if kind := request.args.get("export"):
        return export(kind, "calibrages", ["Besoin", "Méthode", "Heures", "Gardé le"], queries.export_rows(query))
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "clauses/calibrations.html",
        page=page,
        filters_form=filters,
        sort=sort,
        authors=queries.authors_of(page.items),
        methods=OBJECTIVE_METHODS,
    )


@blueprint.get("/clauses/calibrage/<uuid:calibration_id>")
@requires(*STEERS)
def calibration(calibration_id: UUID) -> ResponseReturnValue:
    """One that was kept: as it was said then, with the lots to which it may be applied."""
    row = queries.the_calibration(the_actor(), calibration_id)
    return _kept_page(row, ApplyForm(formdata=None, data={"valid_from": clock.today()}))


def _kept_page(row: Calibration, form: ApplyForm) -> ResponseReturnValue:
    actor, words = the_actor(), request.args.get("marche", "")[:80]
    lots = queries.lots_to_choose(actor, words)
    return render_template(
        "clauses/calibration.html",
        row=row,
        lines=list(_lines(row.results, row.method)),
        advice=_advice(row.results),
        author=queries.authors_of([row]).get(row.made_by) if row.made_by else None,
        names=queries.names_of(row),
        lot=queries.lot_of(actor, row),
        lots=lots,
        words=words,
        form=form,
    )


@blueprint.post("/clauses/calibrage/<uuid:calibration_id>/lot")
@requires(*STEERS)
def calibration_apply(calibration_id: UUID) -> ResponseReturnValue:
    """The lot chosen owes these hours from a day."""
    actor = the_actor()
    row, form = queries.the_calibration(actor, calibration_id), ApplyForm()
    lots = queries.lots_to_choose(actor, request.args.get("marche", "")[:80])
    form.lot.choices = [(str(lot.id), lot.title) for lot in lots]
    if not form.sent or form.valid_from.data is None:
        return _kept_page(row, form)
    try:
        service.apply_to_lot(calibration_id, form.lot_id, valid_from=form.valid_from.data, by=actor)
    except Refused as refused:
        form.refuse(refused, REFUSAL_WORDS)
        return _kept_page(row, form)
    flash("L’objectif du lot est enregistré.", "success")
    return redirect(url_for(".calibration", calibration_id=calibration_id), 303)
