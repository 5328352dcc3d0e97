"""« Cette offre sert une clause »: link an offer to a lot, or take the link away."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.offers import ClauseOfferForm
from app.clauses.labels.offers import REFUSAL_WORDS
from app.clauses.queries import offers as queries
from app.clauses.queries.standing import terms_of
from app.clauses.service import offers as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers import queries as offers


@blueprint.route("/mes-offres/<uuid:offer_id>/clause", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.FACILITATOR, Role.DEPARTMENT)
def offer_clause(offer_id: UUID) -> ResponseReturnValue:
    """The lot that the offer serves, and the choice of another or of none."""
    actor = the_actor()
    offer, known = offers.the_offer(actor, offer_id), queries.clause_of(offer_id)
    form = ClauseOfferForm(data={"holder": str(known.holder_id) if known else ""})
    form.holder.choices = [
        ("", "Choisir"),
        *(
            (str(one.id), f"{one.lot.contract.title}, lot {one.lot.number} « {one.lot.title} » : {one.name}")
            for one in queries.holders_to_link(actor, offer)
        ),
    ]
    removes = "retirer" in request.form
    if (form.is_submitted() and removes) or form.sent:
        try:
            _changed(offer_id, form, removes=removes)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return redirect(url_for(".offer_clause", offer_id=offer_id), 303)
    days = terms_of(known.lot.contract_id, clock.today()).answer_days if known else 0
    return render_template("clauses/offer_clause.html", offer=offer, known=known, form=form, days=days)


def _changed(offer_id: UUID, form: ClauseOfferForm, *, removes: bool) -> None:
    actor = the_actor()
    if removes:
        service.unlink_offer(offer_id, by=actor)
        flash("Cette offre ne sert plus de clause.", "success")
        return
    service.link_offer(offer_id, _as_id(form.holder.data), by=actor)
    flash("L’offre sert la clause. Seules les personnes éligibles à la date de début sont proposées.", "success")


def _as_id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)
