"""The firms of a lot: add, correct, share the objective, take away."""

from typing import Any
from uuid import UUID

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from app.clauses.forms.lots import (
    EditHolderForm,
    HolderFields,
    NewHolderForm,
    shares_form,
    written_holder,
)
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.models import Holder, Lot
from app.clauses.queries.contract_lots import lot_whole
from app.clauses.queries.visible import the_holder
from app.clauses.rules.kinds import HolderRole
from app.clauses.service import holders as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.contracts import STEERS
from app.clauses.views.lots import back_to
from app.core import clock
from app.core.errors import Refused
from app.core.forms import ActForm
from app.core.policy import requires, the_actor


def _present(lot: Lot) -> list[Holder]:
    return [one for one in lot.holders if one.until is None and one.role is not HolderRole.SUBCONTRACTOR]


def _prepare(form: HolderFields, lot: Lot, own: UUID | None = None) -> None:
    typed: Any = form
    others = [one for one in lot.holders if one.role is not HolderRole.SUBCONTRACTOR and one.id != own]
    typed.principal.choices = [("", "Personne"), *((str(one.id), one.name) for one in others)]


def _page(form: HolderFields, lot: Lot, holder: Holder | None = None) -> ResponseReturnValue:
    return render_template("clauses/holder_form.html", form=form, lot=lot, holder=holder)


@blueprint.route("/clauses/lots/<uuid:lot_id>/titulaires/nouveau", methods=["GET", "POST"])
@requires(*STEERS)
def holder_new(lot_id: UUID) -> ResponseReturnValue:
    """Add a firm to a lot."""
    lot = lot_whole(the_actor(), lot_id)
    first = not _present(lot)
    form = NewHolderForm(data={"role": HolderRole.SOLE, "share": 100} if first else {})
    _prepare(form, lot)
    if form.sent:
        try:
            values, row_id = form.content(), form.row_id.data
            holder = service.add_holder(lot_id, values, by=the_actor(), today=clock.today(), row_id=row_id)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            linked = " Elle a un compte\u00a0: elle voit le lot." if holder.organisation_id else ""
            flash(f"L’entreprise est ajoutée.{linked}", "success")
            return back_to(lot.contract_id)
    return _page(form, lot)


@blueprint.route("/clauses/titulaires/<uuid:holder_id>/modifier", methods=["GET", "POST"])
@requires(*STEERS)
def holder_edit(holder_id: UUID) -> ResponseReturnValue:
    """Correct a firm of a lot, or give it an end."""
    holder = the_holder(the_actor(), holder_id)
    lot = lot_whole(the_actor(), holder.lot_id)
    form = EditHolderForm(data=written_holder(holder))
    _prepare(form, lot, holder.id)
    if form.sent:
        try:
            service.save_holder(holder_id, form.content(), by=the_actor(), version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("L’entreprise est enregistrée.", "success")
            return back_to(lot.contract_id)
    return _page(form, lot, holder)


@blueprint.route("/clauses/lots/<uuid:lot_id>/parts", methods=["GET", "POST"])
@requires(*STEERS)
def lot_shares(lot_id: UUID) -> ResponseReturnValue:
    """Share the objective anew between all who hold the lot."""
    lot = lot_whole(the_actor(), lot_id)
    present = _present(lot)
    form: Any = shares_form(present)
    if form.sent:
        try:
            service.set_shares(lot_id, {one.id: form[f"part_{one.id.hex}"].data for one in present}, by=the_actor())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Les parts sont enregistrées.", "success")
            return back_to(lot.contract_id)
    title = "Partager l’objectif"
    return render_template("clauses/lot_act.html", form=form, lot=lot, title=title, button="Enregistrer les parts")


@blueprint.route("/clauses/titulaires/<uuid:holder_id>/retirer", methods=["GET", "POST"])
@requires(*STEERS)
def holder_remove(holder_id: UUID) -> ResponseReturnValue:
    """Ask before a firm on which nothing hangs is taken away."""
    holder = the_holder(the_actor(), holder_id)
    form = ActForm()
    if form.sent:
        back_id = service.remove_holder(holder_id, by=the_actor())
        flash("L’entreprise est retirée du lot.", "success")
        return back_to(back_id)
    effects = ["L’entreprise n’est plus sur ce lot, comme si elle n’y avait jamais été."]
    return render_template(
        "clauses/confirm_removal.html", form=form, title="Retirer l’entreprise", name=holder.name,
        contract=holder.lot.contract, effects=effects, keep="Garder l’entreprise",
    )  # fmt: skip
