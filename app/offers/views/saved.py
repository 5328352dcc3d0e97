"""« Mes recherches »: the searches somebody wants to hear of."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import Refused
from app.core.policy import signed_in, the_actor
from app.offers import queries, service
from app.offers.forms import SavedSearchAct, SaveSearchForm, search_from
from app.offers.labels import EMPLOYMENTS, KINDS, REFUSALS
from app.offers.queries import saved as kept
from app.offers.rules import EmploymentKind, OfferKind
from app.offers.rules.saved import kept_query, search_name
from app.offers.views.blueprint import blueprint


@blueprint.get("/mes-recherches")
@signed_in
def saved_searches() -> ResponseReturnValue:
    """What is kept, and whether new offers are told."""
    return render_template("offers/saved_searches.html", searches=kept.saved_of(the_actor()))


@blueprint.post("/mes-recherches")
@signed_in
def save_search() -> ResponseReturnValue:
    """« Me prévenir » of the list of offers: keep the search, then go back to it."""
    form = SaveSearchForm()
    query = kept_query(form.recherche.data or "")
    try:
        if form.validate():
            service.save_search(query, _name(query), by=the_actor())
            flash("C’est noté\u00a0: vous recevrez les nouvelles offres.", "success")
            return redirect(url_for("offers.saved_searches"))
    except Refused as refused:
        flash(REFUSALS[refused.reasons[0]], "warning")
    return redirect(f"{url_for('offers.public_list')}?{query}" if query else url_for("offers.public_list"))


@blueprint.post("/mes-recherches/<uuid:saved_id>")
@signed_in
def change_search(saved_id: UUID) -> ResponseReturnValue:
    """Stop, take up again, or forget."""
    form = SavedSearchAct()
    acts = {"arreter": service.stop_search, "reprendre": service.resume_search, "effacer": service.forget_search}
    if form.validate() and form.acte.data in acts:
        acts[form.acte.data](saved_id, by=the_actor())
        flash("C’est fait.", "success")
    return redirect(url_for("offers.saved_searches"))


def _name(query: str) -> str:
    wanted = search_from(query)
    known = {kind.value: EMPLOYMENTS[kind] for kind in EmploymentKind}
    kinds = {kind.value: KINDS[kind] for kind in OfferKind}
    jobs = queries.trade_names(list(wanted.trades)) if wanted.trades else {}
    families = queries.family_names() if wanted.families else {}
    more = [
        *(jobs.get(slug, "") for slug in wanted.trades),
        *(families.get(slug, "") for slug in wanted.families),
        *(known[kind] for kind in wanted.employments),
        *(kinds[kind] for kind in wanted.kinds),
        "sans permis" if wanted.without_licence else "",
    ]
    return search_name(wanted.words, wanted.place, wanted.radius, more)
