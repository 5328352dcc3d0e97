"""« Mes heures » and the grid of a month: what a firm sees, types and sends."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.reports import (
    OVER_CHOICES,
    BeginForm,
    GridForm,
    MyHoursFilters,
    as_cell,
    id_of,
    shortened,
    typed_cells,
)
from app.clauses.labels.hours import period_words
from app.clauses.labels.reports import REFUSAL_WORDS, period_title
from app.clauses.labels.states import REPORT_LOOKS, REPORT_STATES
from app.clauses.models import HourReport
from app.clauses.queries.hour_facts import facts_for
from app.clauses.queries.hour_grid import Grid, GridMaker, Typed, cell_label, shown_months
from app.clauses.queries.mine import due_words, lot_meter, past_reports
from app.clauses.queries.reports import holder_rows, may_fill, my_holders, owed_by, soonest, the_report
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import CellKey, Fault
from app.clauses.rules.states import ReportState
from app.clauses.service import reports as service
from app.clauses.service.lines import Faulty, check_lines
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import PAGE_SIZE, Page, page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role

MY_HEADER: Final = ("Période", "Marché", "Lot", "État", "Heures", "À envoyer avant le")
_WORDS: Final = {
    "states": REPORT_STATES, "looks": REPORT_LOOKS, "period_words": period_words, "period_title": period_title,
    "due_words": due_words, "over_choices": OVER_CHOICES, "cell_label": cell_label,
}  # fmt: skip


@blueprint.get("/mes-heures")
@requires(Role.EMPLOYER)
def my_hours() -> ResponseReturnValue:
    """What is to send now, late first; then what was sent."""
    actor, today = the_actor(), clock.today()
    held = holder_rows(my_holders(actor))
    owed = owed_by(held, today, whole=True)
    filters = MyHoursFilters(request.args)
    filters.lot.choices = [
        ("", "Tous"),
        *((str(one.holder_id), shortened(f"Lot {one.lot_number}, {one.contract_title}")) for one in held),
    ]
    sort = request.args.get("tri", "")
    past = past_reports(owed, id_of(filters.lot.data), filters.etat.data, sort)
    if kind := request.args.get("export"):
        rows = (
            (period_words(one.period), one.held.contract_title, one.held.lot_number,
             REPORT_STATES[one.state] if one.state else "", one.hours, one.due)
            for one in past
        )  # fmt: skip
        return export(kind, f"mes-heures-{today:%Y-%m-%d}", MY_HEADER, rows)
    return render_template(
        "clauses/my_hours.html",
        todo=soonest(owed),
        current=[one for one in owed if one.state is None and not one.over],
        page=past_page(past),
        filters=filters,
        narrowed=bool(filters.lot.data or filters.etat.data),
        sort=sort,
        held=held,
        begin=BeginForm(),
        **_WORDS,
    )


def past_page(rows: list[Any]) -> Any:
    """Twenty at a time."""
    number = min(page_number(request.args.get("page")), max(1, -(-len(rows) // PAGE_SIZE)))
    first = (number - 1) * PAGE_SIZE
    return Page(rows[first : first + PAGE_SIZE], number, PAGE_SIZE, len(rows))


@blueprint.post("/mes-heures/commencer")
@requires(Role.EMPLOYER, Role.FACILITATOR)
def report_begin() -> ResponseReturnValue:
    """Open the report of a period, filled in from the last one; or say that nobody worked."""
    actor, today = the_actor(), clock.today()
    holder_id, month = id_of(request.form.get("titulaire")), _month(request.form.get("mois", ""))
    if holder_id is None or month is None:
        return redirect(url_for(".my_hours"), 303)
    report = service.begin(holder_id, month, actor, today)
    if request.form.get("action") == "nobody":
        service.nothing_to_report(report.id, actor, today)
        flash("C’est noté\u00a0: personne ce mois-ci. Votre déclaration est envoyée.", "success")
        return redirect(_list_of(actor, report), 303)
    return redirect(url_for(".report", report_id=report.id), 303)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _list_of(actor: Actor, report: HourReport) -> str:
    if actor.role is Role.EMPLOYER:
        return url_for(".my_hours")
    return url_for(".contract_hours", contract_id=report.lot.contract_id)


@blueprint.route("/mes-heures/<uuid:report_id>", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.FACILITATOR)
def report(report_id: UUID) -> ResponseReturnValue:
    """The grid: people × months; keep a draft, check and send, add somebody."""
    actor = the_actor()
    row = the_report(actor, report_id)
    if request.method == "GET":
        return _page(row, actor, added=request.args.getlist("ligne"))
    form = GridForm()
    if not form.sent:
        return _page(row, actor)
    action = request.form.get("action", "draft")
    typed = typed_cells()
    row, faults = _save(row, typed, action, form.version.data)
    wrong = any(one.problem for one in typed.values())
    if action == "submit" and not (wrong or faults):
        faults, said = _submit(row, typed)
        if not faults and not said:
            return redirect(_list_of(actor, row), 303)
        return _page(row, actor, typed, faults, said=said, checked=True)
    if action == "submit" or wrong:
        return _page(row, actor, typed, faults, checked=True)
    flash("Brouillon enregistré. Rien n’est envoyé avant votre accord.", "success")
    return redirect(url_for(".report", report_id=report_id, ligne=_added(action)), 303)


def _added(action: str) -> list[str]:
    """Rows without hours stay on the page while it is being filled in."""
    asked = [*request.form.getlist("ligne"), request.form.get("ajout", "") if action == "add" else ""]
    return sorted({one for one in asked if one})


def _save(
    row: HourReport, typed: Mapping[str, Typed], action: str, version: int
) -> tuple[HourReport, Mapping[CellKey, tuple[Fault, ...]]]:
    cells = [as_cell(one, confirmed=action == "submit") for one in typed.values() if one.problem is None]
    return service.save_cells(row.id, cells, the_actor(), clock.today(), version=version)


def _submit(row: HourReport, typed: Mapping[str, Typed]) -> tuple[Mapping[CellKey, tuple[Fault, ...]], str]:
    """What is wrong with the cells, or with the whole; neither: it is sent."""
    actor, today = the_actor(), clock.today()
    months = {one.key[1] for one in typed.values() if one.hours}
    also = service.returned_reports(row, months)
    try:
        service.declare(row.id, actor, today, also=also)
    except Faulty as faulty:
        return faulty.faults, ""
    except Refused as refused:
        return {}, REFUSAL_WORDS.get(refused.reasons[0], "Cela n’est plus possible. Relisez la page.")
    title = period_title(Period(row.first_month, row.months))
    flash(f"Heures {title} envoyées. Le facilitateur les valide ou vous les renvoie avec un motif.", "success")
    return {}, ""


def _page(
    row: HourReport,
    actor: Actor,
    typed: Mapping[str, Typed] | None = None,
    faults: Mapping[CellKey, tuple[Fault, ...]] | None = None,
    *,
    said: str = "",
    checked: bool = False,
    added: Collection[str] = (),
) -> ResponseReturnValue:
    fills = may_fill(actor, row.holder)
    added = added or _added("")
    grid = _grid(row, fills, typed or {}, faults, added)
    problems = list(grid.problems()) if checked else []
    return render_template(
        "clauses/report.html",
        report=row,
        grid=grid,
        period=Period(row.first_month, row.months),
        problems=problems,
        said=said,
        has_errors=bool(problems or said),
        form=GridForm(formdata=None, data={"version": row.version}),
        meter=lot_meter(row, grid.typed, clock.today()),
        added=added,
        nothing=fills and row.state is ReportState.DRAFT,
        back=_list_of(actor, row) if fills else url_for(".validation", report_id=row.id),
        import_url=url_for(".import_new") if "clauses.import_new" in current_app.view_functions else "",
        **_WORDS,
    )


def _grid(
    row: HourReport,
    fills: bool,
    typed: Mapping[str, Typed],
    faults: Mapping[CellKey, tuple[Fault, ...]] | None,
    added: Collection[str],
) -> Grid:
    """Judged as it opens: what somebody typed and saved is told at once."""
    today = clock.today()
    facts = facts_for(row.holder, row.lot.contract, shown_months(row))
    if faults is None:
        faults = check_lines(row, service.confirmed_cells(row, facts), today, facts) if fills else {}
    return GridMaker(row, facts, today, may_fill=fills, typed=typed, faults=faults, added=added).grid()
