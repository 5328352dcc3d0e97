"""« Avancement » of a contract, and the page of one lot: which hours are owed, done and left, and what would help."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.progress import AsOfForm
from app.clauses.labels.contracts import BAR_LOOKS, STANDING_LOOKS, STANDINGS
from app.clauses.labels.drawing import Drawing, draw
from app.clauses.labels.kinds import HOLDER_ROLES, LEGAL_BASES, NATURES
from app.clauses.labels.progress import AlertWords, alert_words, happened, people_words, reporting_words
from app.clauses.labels.reports import period_title
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES, REPORT_LOOKS, REPORT_STATES
from app.clauses.models import HourReport
from app.clauses.queries.progress import LotSheet, Sheet, sheet_of
from app.clauses.queries.visible import the_contract, the_lot
from app.clauses.rules.curve import Curve
from app.clauses.rules.periods import Period
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.exports import export
from app.core.policy import requires, the_actor
from app.core.quantities import format_date_short, round_half_up
from app.core.roles import Actor, Role

READERS: Final = (Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)
LOT_HEADER: Final = (
    "Lot", "Intitulé", "Titulaires", "Objectif", "Déclarées", "Validées", "À valider", "Reste", "Avancement (%)",
    "État", "Personnes", "Prévision", "À la date du",
)  # fmt: skip
CURVE_HEADER: Final = ("Jour", "Objectif", "Déclarées", "Validées", "Prévision")


@blueprint.get("/clauses/marches/<uuid:contract_id>")
@requires(*READERS)
def contract(contract_id: UUID) -> ResponseReturnValue:
    """The contract as of a day; an employer reads its own lots, its own part."""
    actor, today = the_actor(), clock.today()
    form = AsOfForm(request.args)
    sheet = sheet_of(actor, the_contract(actor, contract_id), form.day(today))
    if kind := request.args.get("export"):
        return _exported(sheet, kind)
    return render_template("clauses/contract.html", **_shown(sheet, actor, form))


@blueprint.get("/clauses/lots/<uuid:lot_id>")
@requires(*READERS)
def lot(lot_id: UUID) -> ResponseReturnValue:
    """One lot: who is at work, month by month and firm by firm."""
    actor, today = the_actor(), clock.today()
    form = AsOfForm(request.args)
    contract_id = the_lot(actor, lot_id).contract_id
    sheet = sheet_of(actor, the_contract(actor, contract_id), form.day(today), lot_id)
    if kind := request.args.get("export"):
        return _exported(sheet, kind)
    return render_template("clauses/lot.html", one=sheet.lots[0], months=_months(sheet), **_shown(sheet, actor, form))


def _shown(sheet: Sheet, actor: Actor, form: AsOfForm) -> dict[str, Any]:
    """What both pages say."""
    return {
        "sheet": sheet,
        "contract": sheet.contract,
        "form": form,
        "past": sheet.as_of < clock.today(),
        "alerts": _alerts(sheet),
        "drawing": _drawing(sheet),
        "history": happened(sheet),
        "holders": {one.id: one for lot in sheet.lots for one in lot.holders},
        "state": (CONTRACT_STATES[sheet.state], CONTRACT_LOOKS[sheet.state]),
        "tabs_of": contract_tabs(sheet.contract.id, actor, "clauses.contract"),
        "steers": actor.role is not Role.EMPLOYER,
        "natures": NATURES,
        "bases": LEGAL_BASES,
        "roles": HOLDER_ROLES,
        "standings": STANDINGS,
        "standing_looks": STANDING_LOOKS,
        "bars": BAR_LOOKS,
        "report_states": REPORT_STATES,
        "report_looks": REPORT_LOOKS,
        "period_of": lambda report: period_title(Period(report.first_month, report.months)),
        "people_words": people_words,
        "whole": lambda hours: round_half_up(hours, 0),
        "reporting": reporting_words(sheet.terms),
        "report_url": lambda report: _report_url(report, actor),
        "candidates_url": _candidates_url,
    }


def _alerts(sheet: Sheet) -> list[tuple[LotSheet, AlertWords]]:
    """Of the lots in danger, the soonest first."""
    found = []
    for one in sorted(sheet.lots, key=lambda one: one.progress.alert.last_start if one.progress.alert else date.max):
        name = f"Lot\u00a0{one.lot.number} «\u00a0{one.lot.title}\u00a0»"
        said = alert_words(name, one.progress, sheet.contract.nature, one.in_post, sheet.as_of)
        if said:
            found.append((one, said))
    return found


def _drawing(sheet: Sheet) -> Drawing | None:
    curve, starts_on = sheet.curve, sheet.contract.notified_on
    if curve is None or starts_on is None or sheet.delivered_on is None or not sheet.lots:
        return None
    alerts = [one.progress.alert.last_start for one in sheet.lots if one.progress.alert]
    return draw(
        curve,
        title=f"Heures cumulées du {'lot' if len(sheet.lots) == 1 else 'marché'}",
        starts_on=starts_on,
        ends_on=sheet.delivered_on,
        today=sheet.as_of,
        day_words="aujourd’hui" if sheet.as_of == clock.today() else format_date_short(sheet.as_of),
        alert_on=min(alerts, default=None),
    )


def _candidates_url(one: LotSheet) -> str | None:
    """Where people for the lot are found: the candidates of its offer, else the needs of the lots."""
    if one.offer_id is not None:
        return url_for("matches.for_offer", offer_id=one.offer_id)
    known = "clauses.staffing" in current_app.view_functions
    return url_for("clauses.staffing", lot=one.lot.id) if known else None


def _report_url(report: HourReport, actor: Actor) -> str | None:
    endpoint = "clauses.report" if actor.role is Role.EMPLOYER else "clauses.validation"
    known = endpoint in current_app.view_functions
    return url_for(endpoint, report_id=report.id) if known else None


def _months(sheet: Sheet) -> list[tuple[date, dict[UUID, tuple[Decimal, Decimal]]]]:
    """Hours by month worked and firm, the last month first."""
    found: dict[date, dict[UUID, tuple[Decimal, Decimal]]] = {}
    for row in sheet.days:
        declared, validated = found.setdefault(row.month, {}).get(row.holder_id, (Decimal(0), Decimal(0)))
        found[row.month][row.holder_id] = (declared + row.declared, validated + row.validated)
    return sorted(found.items(), reverse=True)


def _exported(sheet: Sheet, kind: str) -> ResponseReturnValue:
    curve = sheet.curve
    if request.args.get("quoi") == "courbe" and curve is not None:
        return export(kind, f"courbe-{sheet.as_of:%Y-%m-%d}", CURVE_HEADER, _points(curve))
    return export(kind, f"avancement-{sheet.as_of:%Y-%m-%d}", LOT_HEADER, _cells(sheet))


def _points(curve: Curve) -> Iterator[Sequence[Any]]:
    for point in curve.points:
        yield point.day, point.objective, point.declared, point.validated, point.forecast


def _cells(sheet: Sheet) -> Iterator[Sequence[Any]]:
    for one in sheet.lots:
        now = one.progress
        yield (
            one.lot.number, one.lot.title, ", ".join(holder.name for holder in one.holders), now.objective,
            now.declared, now.validated, now.to_validate, now.left, round(now.percent * 100, 2),
            STANDINGS[now.standing], one.people, now.forecast, sheet.as_of,
        )  # fmt: skip
