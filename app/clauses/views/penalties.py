"""« Pénalités » of a contract: computed by the portal, decided by the buyer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.closing import LateForm, NotifyForm, WaiveForm
from app.clauses.labels.closing import CLOSING_REFUSALS
from app.clauses.labels.kinds import NATURES, PENALTY_KINDS
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES, PENALTY_LOOKS, PENALTY_STATES
from app.clauses.models import Lot, PublicContract
from app.clauses.queries import closing as queries
from app.clauses.queries.standing import lots_standing, terms_of
from app.clauses.queries.visible import the_contract
from app.clauses.rules.states import PENALTY, PenaltyAction, PenaltyState
from app.clauses.service import penalties as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import Refused
from app.core.forms import ActForm
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role

STEERS = (Role.FACILITATOR, Role.DEPARTMENT)


@blueprint.get("/clauses/marches/<uuid:contract_id>/penalites")
@requires(*STEERS)
def penalties(contract_id: UUID) -> ResponseReturnValue:
    """What each lot misses, what was computed, and what the buyer decided."""
    actor = the_actor()
    contract = the_contract(actor, contract_id)
    return _page(actor, contract, _late_form(queries.lots_of(actor, contract.id)))


def _late_form(lots: Sequence[Lot]) -> LateForm:
    form = LateForm()
    form.lot.choices = [(str(lot.id), f"Lot {lot.number}, {lot.title}") for lot in lots]
    return form


def _page(actor: Actor, contract: PublicContract, form: LateForm, general: Sequence[str] = ()) -> str:
    today = clock.today()
    lots = queries.lots_of(actor, contract.id)
    return render_template(
        "clauses/penalties.html",
        **_words(actor, contract),
        lots=lots,
        stands=lots_standing([lot.id for lot in lots], today),
        terms=terms_of(contract.id, min(today, contract.delivered_on or today)),
        over=contract.delivered_on is not None and contract.delivered_on < today,
        form=form,
        general=general,
        **_computed(actor, contract),
    )


def _computed(actor: Actor, contract: PublicContract) -> dict[str, Any]:
    rows = queries.penalties_of(contract.id)
    due = [row for row in rows if row.state is not PenaltyState.WAIVED]
    return {
        "rows": rows,
        "total": sum((row.amount for row in due), 0),
        "states_of": PENALTY_STATES,
        "looks_of": PENALTY_LOOKS,
        "kinds": PENALTY_KINDS,
        "acts": {row.id: [one.value for one in PENALTY.actions(row.state, actor.role)] for row in rows},
    }


def _words(actor: Actor, contract: PublicContract) -> dict[str, Any]:
    return {
        "contract": contract,
        "natures": NATURES,
        "state": (CONTRACT_STATES[contract.state], CONTRACT_LOOKS[contract.state]),
        "tabs_of": contract_tabs(contract.id, actor, "clauses.penalties"),
    }


@blueprint.post("/clauses/marches/<uuid:contract_id>/penalites/calculer")
@requires(*STEERS)
def penalties_compute(contract_id: UUID) -> ResponseReturnValue:
    """Missing hours × the price, lot by lot."""
    actor = the_actor()
    if not ActForm().sent:
        abort(400)
    try:
        made = service.compute_missing(contract_id, by=actor, today=clock.today())
    except Refused as refused:
        contract = the_contract(actor, contract_id)
        words = [CLOSING_REFUSALS.get(reason, "") for reason in refused.reasons]
        return _page(actor, contract, _late_form(queries.lots_of(actor, contract_id)), words)
    flash("La pénalité est calculée." if len(made) == 1 else f"{len(made)} pénalités sont calculées.", "success")
    return redirect(url_for(".penalties", contract_id=contract_id), 303)


@blueprint.post("/clauses/marches/<uuid:contract_id>/penalites/retard")
@requires(*STEERS)
def penalties_late(contract_id: UUID) -> ResponseReturnValue:
    """Days late after a formal notice."""
    actor = the_actor()
    contract = the_contract(actor, contract_id)
    form = _late_form(queries.lots_of(actor, contract_id))
    if form.sent:
        try:
            service.compute_late(
                UUID(form.lot.data),
                notice_due_on=form.notice_due_on.data or clock.today(),
                received_on=form.received_on.data,
                by=actor,
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused, CLOSING_REFUSALS)
        else:
            flash("La pénalité est calculée.", "success")
            return redirect(url_for(".penalties", contract_id=contract_id), 303)
    return _page(actor, contract, form)


@blueprint.route("/clauses/penalites/<uuid:penalty_id>/notifier", methods=["GET", "POST"])
@requires(*STEERS)
def penalty_notify(penalty_id: UUID) -> ResponseReturnValue:
    """The buyer notified it."""
    penalty = queries.the_penalty(the_actor(), penalty_id)
    form = NotifyForm(data={"version": penalty.version, "notified_on": clock.today()})
    return _decided(penalty_id, PenaltyAction.NOTIFY, form, lambda: {"notified_on": form.notified_on.data})


@blueprint.route("/clauses/penalites/<uuid:penalty_id>/lever", methods=["GET", "POST"])
@requires(*STEERS)
def penalty_waive(penalty_id: UUID) -> ResponseReturnValue:
    """The buyer waives it, and says why."""
    penalty = queries.the_penalty(the_actor(), penalty_id)
    form = WaiveForm(data={"version": penalty.version})
    return _decided(penalty_id, PenaltyAction.WAIVE, form, lambda: {"reason": form.reason.data or ""})


def _decided(penalty_id: UUID, action: PenaltyAction, form: Any, said: Any) -> ResponseReturnValue:
    actor = the_actor()
    penalty = queries.the_penalty(actor, penalty_id)
    contract_id = penalty.lot.contract_id
    if form.sent:
        try:
            service.decide(penalty_id, action, version=form.version.data, by=actor, today=clock.today(), **said())
        except Refused as refused:
            form.refuse(refused, CLOSING_REFUSALS)
        else:
            done = "notée comme notifiée" if action is PenaltyAction.NOTIFY else "levée"
            flash(f"La pénalité est {done}.", "success")
            return redirect(url_for(".penalties", contract_id=contract_id), 303)
    return render_template(
        "clauses/penalty_decision.html",
        penalty=penalty,
        contract=penalty.lot.contract,
        form=form,
        waives=action is PenaltyAction.WAIVE,
        kinds=PENALTY_KINDS,
    )
