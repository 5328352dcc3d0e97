"""« Attestation » of a contract: statements and attestations issued, drawn as PDF, annulled; and checked by anybody."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service as accounts
from app.accounts.rules.throttles import address_group
from app.accounts.views.browser import visitor
from app.clauses.forms.closing import RevokeForm, StatementForm, VerifyForm
from app.clauses.labels.closing import CLOSING_REFUSALS
from app.clauses.labels.kinds import LEGAL_BASES, MODES, NATURES, STATEMENT_KINDS
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.models import Lot, PublicContract, Statement
from app.clauses.queries import closing as queries
from app.clauses.queries.visible import the_contract
from app.clauses.rules.closing import VERIFY_PER_ADDRESS, read_code, shown_code
from app.clauses.rules.kinds import Mode, StatementKind
from app.clauses.rules.states import ContractState
from app.clauses.service import statements as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import Refused
from app.core.pdf.answers import document_answer, pdf_response
from app.core.policy import public, requires, the_actor
from app.core.roles import Actor, Role
from app.messages.service import link_to
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind

STEERS = (Role.FACILITATOR, Role.DEPARTMENT)
WHOLE = "marche"
_OVER = {ContractState.DELIVERED, ContractState.CLOSED}


@blueprint.route("/clauses/marches/<uuid:contract_id>/attestation", methods=["GET", "POST"])
@requires(*STEERS, Role.EMPLOYER)
def closing(contract_id: UUID) -> ResponseReturnValue:
    """Documents issued; those who steer issue more. A firm reads those of its own lots."""
    actor, today = the_actor(), clock.today()
    contract = the_contract(actor, contract_id)
    steers = actor.role in STEERS
    lots = queries.lots_of(actor, contract.id)
    form = _statement_form(actor, contract, lots) if steers else None
    if form is not None and form.sent:
        try:
            made = _issued(contract_id, form)
        except Refused as refused:
            form.refuse(refused, CLOSING_REFUSALS)
        else:
            flash(f"Le document est prêt. Son code est {shown_code(made.code)}.", "success")
            return redirect(url_for(".closing", contract_id=contract_id), 303)
    return render_template(
        "clauses/closing.html",
        contract=contract,
        **_head(contract, actor),
        rows=queries.statements_of(actor, contract.id),
        lots={lot.id: lot for lot in lots},
        kinds=STATEMENT_KINDS,
        shown_code=shown_code,
        form=form,
        steers=steers,
        waiting=queries.hours_waiting([lot.id for lot in lots], today),
        over=contract.state in _OVER,
    )


def _head(contract: PublicContract, actor: Actor) -> dict[str, Any]:
    return {
        "natures": NATURES,
        "state": (CONTRACT_STATES[contract.state], CONTRACT_LOOKS[contract.state]),
        "tabs_of": contract_tabs(contract.id, actor, "clauses.closing"),
    }


def _statement_form(actor: Actor, contract: PublicContract, lots: Sequence[Lot]) -> StatementForm:
    over = contract.state in _OVER
    form = StatementForm(
        data={
            "kind": StatementKind.ATTESTATION if over else StatementKind.STATEMENT,
            "as_of": clock.today(),
            "signatory_name": actor.name,
            "lot": WHOLE,
        }
    )
    form.lot.choices = [
        (WHOLE, "Tout le marché"),
        *((str(lot.id), f"Lot {lot.number}, {lot.title}") for lot in lots),
    ]
    return form


def _issued(contract_id: UUID, form: StatementForm) -> Statement:
    """Issued, then drawn once and kept: the same bytes for whoever asks later."""
    made = service.issue(
        form.row_id.data,
        contract_id,
        lot_id=None if form.lot.data == WHOLE else UUID(form.lot.data),
        kind=StatementKind(form.kind.data),
        as_of=form.as_of.data or clock.today(),
        signatory_name=form.signatory_name.data or "",
        signatory_title=form.signatory_title.data or "",
        by=the_actor(),
        today=clock.today(),
    )
    drawn = _drawn(made)
    if drawn.mimetype == "application/pdf":
        service.keep_document(made.id, drawn.get_data())
    return made


@blueprint.get("/clauses/bilans/<uuid:statement_id>.pdf")
@requires(*STEERS, Role.EMPLOYER)
def statement(statement_id: UUID) -> ResponseReturnValue:
    """The document as drawn when it was issued; drawn anew when it was annulled or could not be drawn then."""
    row = queries.the_statement(the_actor(), statement_id)
    if row.document is not None and row.revoked_at is None:
        return pdf_response(row.document, _file_name(row))
    return _drawn(row)


def _file_name(row: Statement) -> str:
    return f"{row.kind.value}-{row.figures['contract']['number']}-{row.code}"


def _drawn(row: Statement) -> Response:
    return document_answer(
        "clauses/statement.html",
        title=f"{STATEMENT_KINDS[row.kind]}, marché {row.figures['contract']['number']}",
        name=_file_name(row),
        made_on=clock.civil_day(row.issued_at),
        **_said(row),
    )


def _said(row: Statement) -> dict[str, Any]:
    """What the document and the page that checks it show; no person is named."""
    figures = queries.read_figures(row.figures)
    return {
        "row": row,
        "figures": figures,
        "kind": STATEMENT_KINDS[row.kind],
        "attests": row.kind is StatementKind.ATTESTATION,
        "code": shown_code(row.code),
        "verify_url": link_to("clauses.verify", code=row.code),
        "modes": [{**one, "label": MODES[Mode(one["key"])]} for one in figures["modes"]],
        "employments": [{**one, "label": EMPLOYMENTS[EmploymentKind(one["key"])]} for one in figures["kinds"]],
        "natures": {nature.value: words for nature, words in NATURES.items()},
        "bases": {base.value: words for base, words in LEGAL_BASES.items()},
        "lot": next((one for one in figures["lots"]), None) if row.lot_id else None,
        "issued_on": clock.civil_day(row.issued_at),
    }


@blueprint.route("/clauses/bilans/<uuid:statement_id>/annuler", methods=["GET", "POST"])
@requires(*STEERS)
def statement_revoke(statement_id: UUID) -> ResponseReturnValue:
    """Annul a document, with a reason."""
    row, form = queries.the_statement(the_actor(), statement_id), RevokeForm()
    if form.sent:
        try:
            service.revoke(statement_id, reason=form.reason.data or "", by=the_actor())
        except Refused as refused:
            form.refuse(refused, CLOSING_REFUSALS)
        else:
            flash("Le document est annulé. Son code le dit à qui le vérifie.", "success")
            return redirect(url_for(".closing", contract_id=row.contract_id), 303)
    return render_template("clauses/statement_revoke.html", form=form, **_said(row))


@blueprint.get("/attestations")
@public
def verify() -> ResponseReturnValue:
    """Is this document the portal's? Anybody who holds it may ask."""
    form = VerifyForm(request.args)
    typed = (form.code.data or "").strip()
    code, row = read_code(typed), None
    if typed:
        accounts.count(VERIFY_PER_ADDRESS, address_group(visitor().address))
        row = queries.statement_by_code(code) if code else None
    return render_template(
        "clauses/verify.html", form=form, asked=bool(typed), found=row is not None, **(_said(row) if row else {})
    )
