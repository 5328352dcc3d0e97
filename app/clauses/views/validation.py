"""« Heures à valider », the page where a report is settled, corrections after the lock, and the hours of a contract."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.reports import CorrectionForm, SettleForm, ToValidateFilters, id_of, shortened
from app.clauses.labels.hours import month_words, period_words
from app.clauses.labels.kinds import HOUR_KINDS, MODES, NATURES
from app.clauses.labels.reports import REFUSAL_WORDS, period_title
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES, REPORT_LOOKS, REPORT_STATES
from app.clauses.models import HourLine, HourReport
from app.clauses.queries import validation as queries
from app.clauses.queries.mine import due_words
from app.clauses.queries.reports import holder_rows, in_lots, may_fill, owed_by, the_report
from app.clauses.queries.visible import holders_visible_to, the_contract
from app.clauses.rules.periods import Period
from app.clauses.rules.states import HOUR_REPORT, ContractState, ReportAction, ReportState
from app.clauses.service import validation as service
from app.clauses.service.lines import check_lines, report_facts
from app.clauses.service.reports import as_cell
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role

EXPORT_MOST: Final = 100_000
PERIODS_SHOWN: Final = 4
HEADER: Final = (
    "Entreprise", "Marché", "Acheteur", "Lot", "Période", "État", "Envoyée le", "À envoyer avant le", "Personnes",
    "Heures",
)  # fmt: skip
LINES_HEADER: Final = (
    "Mois", "Lot", "Titulaire", "Personne", "Employeur", "Mode", "Type d’heures", "Heures", "État", "Déclarée le",
    "Validée le", "Correction",
)  # fmt: skip
_WORDS: Final = {
    "states": REPORT_STATES, "looks": REPORT_LOOKS, "period_words": period_words, "period_title": period_title,
    "month_words": month_words, "kinds": HOUR_KINDS, "due_words": due_words,
}  # fmt: skip


@blueprint.get("/clauses/heures")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def to_validate() -> ResponseReturnValue:
    """What waits first; any state, lot or buyer when asked."""
    actor = the_actor()
    filters = ToValidateFilters(request.args)
    buyers, contracts = queries.choices(actor)
    filters.acheteur.choices = [("", "Tous"), *((value, shortened(name)) for value, name in buyers)]
    filters.marche.choices = [("", "Tous"), *contracts]
    asked = queries.Asked(
        states=filters.states,
        buyer_id=id_of(filters.acheteur.data),
        contract_id=id_of(filters.marche.data),
        lot=int(filters.lot.data) if (filters.lot.data or "").isdecimal() else None,
        late=filters.retard.data == "oui",
        sort=request.args.get("tri", ""),
    )
    if kind := request.args.get("export"):
        rows = queries.waiting(actor, asked, 1, EXPORT_MOST)
        return export(kind, f"heures-a-valider-{clock.today():%Y-%m-%d}", HEADER, _cells(rows.items))
    return render_template(
        "clauses/to_validate.html",
        page=queries.waiting(actor, asked, page_number(request.args.get("page"))),
        counts=queries.counts(actor),
        filters=filters,
        narrowed=bool({"etat", "acheteur", "marche", "lot", "retard"} & {k for k, v in request.args.items() if v}),
        sort=asked.sort,
        **_WORDS,
    )


def _cells(rows: Sequence[queries.Waiting]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.holder, row.contract, row.buyer, f"{row.lot_number} {row.lot_title}", row.period,
            REPORT_STATES[row.state], row.declared_on, row.due_on, row.people, row.hours,
        )  # fmt: skip


@blueprint.route("/clauses/heures/<uuid:report_id>", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def validation(report_id: UUID) -> ResponseReturnValue:
    """Both controls of each line; validate, send back, close."""
    actor = the_actor()
    report = the_report(actor, report_id)
    form = SettleForm(data={"version": report.version})
    if form.sent:
        try:
            _settle(report_id, actor, form, request.form.get("action", ""))
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return redirect(url_for(".validation", report_id=report_id), 303)
    return _page(the_report(actor, report_id), actor, form)


def _settle(report_id: UUID, actor: Actor, form: SettleForm, action: str) -> None:
    today, version = clock.today(), form.version.data
    if action == "all":
        service.validate(report_id, actor, today, version=version)
        flash("Tout est validé. Les heures comptent dès aujourd’hui.", "success")
    elif action == "some":
        service.validate(report_id, actor, today, line_ids=form.chosen, version=version)
        flash("Les lignes cochées sont validées.", "success")
    elif action == "return":
        service.return_(report_id, form.reasons(), actor, today, version=version)
        flash("Les lignes cochées sont renvoyées à l’entreprise, avec leur motif.", "success")
    elif action == "return_all":
        service.return_(report_id, form.motif.data or "", actor, today, version=version)
        flash("La déclaration est renvoyée à l’entreprise, avec le motif.", "success")
    elif action == "lock":
        service.lock(report_id, actor, today, version=version)
        flash("La période est close. Une correction reste possible, par une ligne datée.", "success")


def _page(report: HourReport, actor: Actor, form: SettleForm) -> ResponseReturnValue:
    lines, documents = queries.lines_to_judge(report), queries.documents_of(report.id)
    facts = report_facts(report)
    cells = [as_cell(line) for line in lines if line.corrects_id is None]
    faults = check_lines(report, cells, clock.today(), facts)
    mine = not service.may_settle(report, actor)
    return render_template(
        "clauses/validation.html",
        report=report,
        period=Period(report.first_month, report.months),
        lines=queries.judged(lines, facts, faults, documents),
        documents=documents,
        form=form,
        mine=mine,
        settles=actor.role is Role.FACILITATOR and not mine,
        may_lock=HOUR_REPORT.allows(ReportAction.LOCK, report.state, actor.role),
        waits=report.state is ReportState.DECLARED,
        chosen={str(one) for one in form.chosen} if form.in_error else set(),
        fills=may_fill(actor, report.holder),
        **_WORDS,
    )


@blueprint.route("/clauses/heures/lignes/<uuid:line_id>/corriger", methods=["GET", "POST"])
@requires(Role.FACILITATOR)
def hour_correct(line_id: UUID) -> ResponseReturnValue:
    """« Corriger après clôture »: the difference, and why."""
    actor = the_actor()
    line = queries.the_line(line_id)
    if line is None:
        raise NotFound
    report = the_report(actor, line.report_id)
    form = CorrectionForm()
    if form.sent:
        try:
            service.correct(
                line_id, form.difference, form.text.data or "", actor, clock.today(), row_id=form.row_id.data
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("La correction est notée, à la date d’aujourd’hui.", "success")
            return redirect(url_for(".validation", report_id=report.id), 303)
    return render_template("clauses/hour_correct.html", line=line, report=report, form=form, **_WORDS)


@blueprint.get("/clauses/marches/<uuid:contract_id>/heures")
@requires(Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)
def contract_hours(contract_id: UUID) -> ResponseReturnValue:
    """Holders × periods, with the state and the hours of each report."""
    actor, today = the_actor(), clock.today()
    contract = the_contract(actor, contract_id)
    if kind := request.args.get("export"):
        rows = queries.contract_lines(actor, contract_id, EXPORT_MOST)
        return export(kind, f"heures-{today:%Y-%m-%d}", LINES_HEADER, _lines(rows))
    lots = [lot.id for lot in contract.lots]
    scope = holders_visible_to(actor).where(queries.holder_in(lots))
    held = holder_rows(scope, [state for state in ContractState if state is not ContractState.PREPARED])
    owed = owed_by(held, today, whole=True)
    months = sorted({one.period for one in owed}, reverse=True)
    first = min(max(page_number(request.args.get("page")) - 1, 0) * PERIODS_SHOWN, max(len(months) - 1, 0))
    return render_template(
        "clauses/contract_hours.html",
        contract=contract,
        tabs=contract_tabs(contract.id, actor, "clauses.contract_hours"),
        natures=NATURES,
        contract_states=CONTRACT_STATES,
        contract_looks=CONTRACT_LOOKS,
        held=held,
        by_holder={holder: {one.period: one for one in rows} for holder, rows in in_lots(owed).items()},
        shown=sorted(months[first : first + PERIODS_SHOWN]),
        older=first + PERIODS_SHOWN < len(months),
        newer=first > 0,
        number=first // PERIODS_SHOWN + 1,
        **_WORDS,
    )


def _lines(rows: Sequence[queries.Exported]) -> Iterator[Sequence[Any]]:
    for row in rows:
        line: HourLine = row.line
        yield (
            line.month, row.lot, row.holder, row.person, row.employer, MODES[line.mode], HOUR_KINDS[line.kind],
            line.hours, REPORT_STATES[line.state], line.declared_on, line.validated_on, line.correction_text,
        )  # fmt: skip
