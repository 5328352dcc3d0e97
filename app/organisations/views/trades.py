"""« Métiers et personnes »: which jobs a SIAE can have done, and by how many people at once."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.forms import PortalForm
from app.core.policy import professionals, the_actor
from app.organisations import queries, rules, service
from app.organisations.forms import TradeForm
from app.organisations.views.blueprint import blueprint


@blueprint.route("/organisations/<uuid:organisation_id>/metiers", methods=["GET", "POST"])
@professionals
def trades(organisation_id: UUID) -> ResponseReturnValue:
    """The list, and one more."""
    actor, form = the_actor(), TradeForm()
    found = queries.the_organisation(actor, organisation_id)
    if not rules.may_say_trades(actor, found.id, found.kind):
        raise NotFound
    if form.sent:
        service.say_trade(found.id, form.trade_slug, int(form.people.data or 0), by=actor)
        flash("C’est noté.", "success")
        return redirect(url_for(".trades", organisation_id=found.id), 303)
    return render_template("organisations/trades.html", organisation=found, form=form, rows=queries.trades_of(found.id))


@blueprint.post("/organisations/<uuid:organisation_id>/metiers/<slug>/retirer")
@professionals
def drop_trade(organisation_id: UUID, slug: str) -> ResponseReturnValue:
    """Not this job any more."""
    if PortalForm().sent:
        service.drop_trade(organisation_id, slug, by=the_actor())
        flash("Ce métier est retiré.", "success")
    return redirect(url_for(".trades", organisation_id=organisation_id), 303)
