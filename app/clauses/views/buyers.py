"""« Acheteurs »: who buys, how many contracts of each, and the form of one."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.contract_lists import BuyerFilters
from app.clauses.forms.contracts import EditBuyerForm, NewBuyerForm, written_buyer
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.kinds import BUYER_KINDS
from app.clauses.queries.buyers import buyers_listed, contract_counts, the_buyer
from app.clauses.service import buyers as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.contracts import EXPORT_MOST, STEERS
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor

HEADER: Final = ("Nom", "Nature", "SIRET", "Personne à joindre", "Adresse e-mail", "Marchés")


@blueprint.get("/clauses/acheteurs")
@requires(*STEERS)
def buyers() -> ResponseReturnValue:
    """All who buy."""
    filters, sort = BuyerFilters(request.args), request.args.get("tri", "nom")
    query = buyers_listed(the_actor(), words=filters.words, kind=filters.kind, sort=sort)
    if kind := request.args.get("export"):
        rows = db.session.scalars(query.limit(EXPORT_MOST)).all()
        counts = contract_counts(the_actor(), [row.id for row in rows])
        cells = [
            (row.name, BUYER_KINDS[row.kind], row.siret, row.contact_name, row.contact_email, counts.get(row.id, 0))
            for row in rows
        ]
        return export(kind, f"acheteurs-{clock.today():%Y-%m-%d}", HEADER, cells)
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "clauses/buyers.html",
        page=page,
        counts=contract_counts(the_actor(), [row.id for row in page]),
        filters=filters,
        narrowed=bool(filters.words or filters.kind),
        sort=sort,
        kinds=BUYER_KINDS,
    )


@blueprint.route("/clauses/acheteurs/nouveau", methods=["GET", "POST"])
@requires(*STEERS)
def buyer_new() -> ResponseReturnValue:
    """Write down a new buyer."""
    form = NewBuyerForm()
    if form.sent:
        try:
            service.create_buyer(form.row_id.data, form.content(), by=the_actor())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("L’acheteur est ajouté.", "success")
            return redirect(url_for("clauses.buyers"), 303)
    return render_template("clauses/buyer_form.html", form=form, buyer=None)


@blueprint.route("/clauses/acheteurs/<uuid:buyer_id>/modifier", methods=["GET", "POST"])
@requires(*STEERS)
def buyer_edit(buyer_id: UUID) -> ResponseReturnValue:
    """Correct a buyer."""
    buyer = the_buyer(the_actor(), buyer_id)
    form = EditBuyerForm(data=written_buyer(buyer))
    if form.sent:
        try:
            service.save_buyer(buyer_id, form.content(), by=the_actor(), version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("L’acheteur est enregistré.", "success")
            return redirect(url_for("clauses.buyers"), 303)
    return render_template("clauses/buyer_form.html", form=form, buyer=buyer)
