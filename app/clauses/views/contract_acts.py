"""Moving a contract on, giving it up, recording an avenant."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.contracts import ActOnContract, AmendmentForm, CancelForm, amendment_form
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.contracts import DONE
from app.clauses.models import Lot
from app.clauses.queries.contract_lots import latest_version, lots_whole
from app.clauses.queries.visible import the_contract
from app.clauses.rules.contracts import AmendmentValues
from app.clauses.rules.states import PUBLIC_CONTRACT, ContractAction
from app.clauses.service import contracts as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)


def _lots_page(contract_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("clauses.contract_lots", contract_id=contract_id), 303)


@blueprint.post("/clauses/marches/<uuid:contract_id>/etat")
@requires(*STEERS)
def contract_move(contract_id: UUID) -> ResponseReturnValue:
    """Start, deliver, close or reopen: the button says which."""
    form, verb = ActOnContract(), request.form.get("action", "")
    if verb not in set(ContractAction) or verb == ContractAction.CANCEL:
        raise NotFound
    if form.sent:
        action = ContractAction(verb)
        version = form.version.data
        service.move_contract(contract_id, action, by=the_actor(), today=clock.today(), version=version)
        flash(DONE[action], "success")
    return _lots_page(contract_id)


@blueprint.route("/clauses/marches/<uuid:contract_id>/abandonner", methods=["GET", "POST"])
@requires(*STEERS)
def contract_cancel(contract_id: UUID) -> ResponseReturnValue:
    """Ask before a contract is given up."""
    contract = the_contract(the_actor(), contract_id)
    PUBLIC_CONTRACT.target(ContractAction.CANCEL, contract.state, the_actor().role)
    form = CancelForm(data={"version": contract.version})
    if form.sent:
        service.move_contract(
            contract_id,
            ContractAction.CANCEL,
            by=the_actor(),
            today=clock.today(),
            version=form.version.data,
            reason=form.reason.data or "",
        )
        flash(DONE[ContractAction.CANCEL], "success")
        return _lots_page(contract_id)
    return render_template("clauses/contract_cancel.html", contract=contract, form=form)


def _labelled(lot: Lot) -> tuple[UUID, str, Any]:
    latest = latest_version(lot)
    return lot.id, f"Objectif du lot {lot.number}, {lot.title}", latest.hours if latest else None


def _said(form: AmendmentForm, lots: list[Lot]) -> AmendmentValues:
    typed: Any = form
    hours = {lot.id: typed[f"lot_{lot.id.hex}"].data for lot in lots}
    return AmendmentValues(
        valid_from=typed.valid_from.data,
        label=typed.label.data,
        hours={lot_id: value for lot_id, value in hours.items() if value is not None},
        amount=typed.amount.data,
        delivered_on=typed.delivered_on.data,
    )


@blueprint.route("/clauses/marches/<uuid:contract_id>/avenants/nouveau", methods=["GET", "POST"])
@requires(*STEERS)
def amendment_new(contract_id: UUID) -> ResponseReturnValue:
    """Record an avenant: what changes, and from which day."""
    contract, lots = the_contract(the_actor(), contract_id), list(lots_whole(contract_id))
    form = amendment_form([_labelled(lot) for lot in lots], data={"version": contract.version})
    if form.sent:
        try:
            made = service.record_amendment(
                contract_id,
                _said(form, lots),
                by=the_actor(),
                today=clock.today(),
                row_id=form.row_id.data,
                version=form.version.data,
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"L’avenant n°\u00a0{made.number} est enregistré.", "success")
            return _lots_page(contract_id)
    names = [f"lot_{lot.id.hex}" for lot in lots]
    return render_template("clauses/amendment_new.html", contract=contract, form=form, lot_names=names)
