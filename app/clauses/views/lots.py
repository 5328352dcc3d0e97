"""« Lots et titulaires » of a contract: the page, the form of a lot, its tranches and billing."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.lots import (
    AffirmForm,
    BillingForm,
    EditLotForm,
    LotFields,
    NewLotForm,
    TrancheForm,
    written_lot,
)
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.contracts import OBLIGATION
from app.clauses.labels.kinds import CLAUSE_KINDS, HOLDER_ROLES, LEGAL_BASES, NATURES, OBJECTIVE_METHODS, TRANCHE_KINDS
from app.clauses.labels.states import CONTRACT_ACTIONS, CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.models import Lot, PublicContract
from app.clauses.queries.contract_lots import (
    contract_versions,
    latest_version,
    lot_whole,
    lots_whole,
    the_tranche,
)
from app.clauses.queries.standing import lots_standing
from app.clauses.queries.visible import the_contract
from app.clauses.rules.contracts import FINISHED
from app.clauses.rules.states import PUBLIC_CONTRACT, ContractState
from app.clauses.service import lots as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.contracts import STEERS, flagged
from app.clauses.views.lot_history import history_of, share_note
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.reference import queries as reference

PAGE: Final = "clauses.contract_lots"


def back_to(contract_id: UUID) -> ResponseReturnValue:
    """To the lots of the contract."""
    return redirect(url_for(PAGE, contract_id=contract_id), 303)


@blueprint.get("/clauses/marches/<uuid:contract_id>/lots")
@requires(*STEERS)
def contract_lots(contract_id: UUID) -> ResponseReturnValue:
    """Everything that the contract says of its lots, firms and versions."""
    actor, today = the_actor(), clock.today()
    contract, lots = the_contract(actor, contract_id), lots_whole(contract_id)
    versions = contract_versions(contract_id)
    return render_template(
        "clauses/contract_lots.html",
        contract=contract,
        lots=lots,
        standing=lots_standing([lot.id for lot in lots], today),
        latest={lot.id: latest_version(lot) for lot in lots},
        history={lot.id: history_of(lot, versions) for lot in lots},
        notes={lot.id: share_note(lot) for lot in lots},
        versions=versions,
        flag=flagged(contract),
        open=contract.state not in FINISHED,
        started=contract.state is not ContractState.PREPARED,
        acts=PUBLIC_CONTRACT.actions(contract.state, actor.role),
        state=(CONTRACT_STATES[contract.state], CONTRACT_LOOKS[contract.state]),
        tabs_of=contract_tabs(contract.id, actor, PAGE),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "natures": NATURES,
        "act_words": CONTRACT_ACTIONS,
        "methods": OBJECTIVE_METHODS,
        "roles": HOLDER_ROLES,
        "tranche_kinds": TRANCHE_KINDS,
        "clause_kinds": CLAUSE_KINDS,
        "legal_bases": LEGAL_BASES,
        "obligation": OBLIGATION,
    }


def _prepare(form: LotFields, *, started: bool) -> None:
    form.offer(
        find_trade=reference.find_trade,
        suggest_trades=reference.suggest_trades,
        find_commune=reference.find_commune,
        suggest_communes=reference.suggest_communes,
        started=started,
    )


def _page(form: LotFields, contract: PublicContract, lot: Lot | None = None) -> ResponseReturnValue:
    return render_template(
        "clauses/lot_form.html",
        form=form,
        contract=contract,
        lot=lot,
        communes=reference.commune_names(),
        trades=reference.trade_names(),
    )


@blueprint.route("/clauses/marches/<uuid:contract_id>/lots/nouveau", methods=["GET", "POST"])
@requires(*STEERS)
def lot_new(contract_id: UUID) -> ResponseReturnValue:
    """Add a lot with its objective."""
    contract = the_contract(the_actor(), contract_id)
    form = NewLotForm(data={"number": max((lot.number for lot in contract.lots), default=0) + 1})
    _prepare(form, started=False)
    if form.sent and form.complete():
        try:
            row_id = form.row_id.data
            service.add_lot(contract_id, form.content(), by=the_actor(), today=clock.today(), row_id=row_id)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le lot est ajouté. Dites maintenant qui le tient.", "success")
            return back_to(contract_id)
    return _page(form, contract)


@blueprint.route("/clauses/lots/<uuid:lot_id>/modifier", methods=["GET", "POST"])
@requires(*STEERS)
def lot_edit(lot_id: UUID) -> ResponseReturnValue:
    """Correct a lot; its objective too, until the contract starts."""
    lot = lot_whole(the_actor(), lot_id)
    contract = the_contract(the_actor(), lot.contract_id)
    form = EditLotForm(data=written_lot(lot, latest_version(lot)))
    _prepare(form, started=contract.state is not ContractState.PREPARED)
    if form.sent and form.complete():
        try:
            version = form.version.data
            service.save_lot(lot_id, form.content(), by=the_actor(), today=clock.today(), version=version)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le lot est enregistré.", "success")
            return back_to(contract.id)
    return _page(form, contract, lot)


@blueprint.route("/clauses/lots/<uuid:lot_id>/retirer", methods=["GET", "POST"])
@requires(*STEERS)
def lot_remove(lot_id: UUID) -> ResponseReturnValue:
    """Ask before a lot of a contract in preparation is taken away."""
    lot = lot_whole(the_actor(), lot_id)
    form = AffirmForm()
    del form.on
    if form.sent:
        back_id = service.remove_lot(lot_id, by=the_actor())
        flash("Le lot est retiré.", "success")
        return back_to(back_id)
    effects = ["Son objectif, ses tranches et ses titulaires sont effacés."]
    return render_template(
        "clauses/confirm_removal.html", form=form, title=f"Retirer le lot {lot.number}", name=lot.title,
        contract=lot.contract, effects=effects, keep="Garder le lot",
    )  # fmt: skip


def _small_form(form: Any, lot: Lot, title: str, button: str) -> ResponseReturnValue:
    return render_template("clauses/lot_act.html", form=form, lot=lot, title=title, button=button)


@blueprint.route("/clauses/lots/<uuid:lot_id>/tranches/nouvelle", methods=["GET", "POST"])
@requires(*STEERS)
def tranche_new(lot_id: UUID) -> ResponseReturnValue:
    """Add a tranche to a lot."""
    lot, form = lot_whole(the_actor(), lot_id), TrancheForm()
    if form.sent:
        try:
            values, row_id = form.content(), form.row_id.data
            service.add_tranche(lot_id, values, by=the_actor(), today=clock.today(), row_id=row_id)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("La tranche est ajoutée.", "success")
            return back_to(lot.contract_id)
    return _small_form(form, lot, "Ajouter une tranche", "Ajouter la tranche")


@blueprint.route("/clauses/tranches/<uuid:tranche_id>/affermir", methods=["GET", "POST"])
@requires(*STEERS)
def tranche_affirm(tranche_id: UUID) -> ResponseReturnValue:
    """An optional tranche counts from a day."""
    tranche, lot = the_tranche(the_actor(), tranche_id)
    form = AffirmForm(data={"on": clock.today()})
    if form.sent and form.on.data is not None:
        try:
            service.affirm_tranche(tranche_id, form.on.data, by=the_actor(), today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("La tranche est affermie. Ses heures comptent à partir de cette date.", "success")
            return back_to(lot.contract_id)
    return _small_form(form, lot, f"Affermir la tranche «\u00a0{tranche.label}\u00a0»", "Affermir la tranche")


@blueprint.route("/clauses/lots/<uuid:lot_id>/facturation", methods=["GET", "POST"])
@requires(*STEERS)
def billing_new(lot_id: UUID) -> ResponseReturnValue:
    """Note what had been billed in all up to a day."""
    lot, form = lot_whole(the_actor(), lot_id), BillingForm()
    if form.sent and form.on.data is not None and form.cumulative.data is not None:
        try:
            service.record_billing(
                lot_id, form.on.data, form.cumulative.data, by=the_actor(), today=clock.today(), row_id=form.row_id.data
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le montant facturé est noté.", "success")
            return back_to(lot.contract_id)
    return _small_form(form, lot, "Noter le montant facturé", "Enregistrer")
