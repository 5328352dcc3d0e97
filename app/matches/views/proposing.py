"""Proposing an offer to the people ticked: a page to read again, then the act, and what came of it for each."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.applications import service as applications
from app.core import clock
from app.core.errors import Gone, Refused
from app.core.policy import requires, the_actor
from app.matches import queries, service
from app.matches.forms import ProposalForm
from app.matches.labels import STANDINGS
from app.matches.rules import Standing
from app.matches.views.blueprint import PROPOSES, blueprint
from app.matches.views.for_offer import standing_of
from app.offers import queries as offers

MOST_AT_ONCE = 100


@blueprint.post("/offres/<uuid:offer_id>/candidats/relire")
@requires(*PROPOSES)
def review(offer_id: UUID) -> ResponseReturnValue:
    """What will be proposed, to whom, with the sentences that each person will read. Changes nothing."""
    return _review(offer_id, ProposalForm(formdata=None))


def _review(offer_id: UUID, form: ProposalForm) -> ResponseReturnValue:
    actor, today, ids = the_actor(), clock.today(), _ticked()
    offer = offers.the_offer(actor, offer_id)
    if (now := standing_of(offer, today)) is not Standing.OPEN:
        return _back(offer_id, [(STANDINGS[now][0], "error")])
    if not ids:
        return _back(offer_id, [("Cochez au moins une personne.", "error")])
    choice = queries.choice(offer, ids, actor, today)
    if not choice.lines:
        return _back(offer_id, list(service.said(choice.aside)))
    return render_template(
        "matches/review.html",
        offer=offer,
        rows=choice.lines,
        aside=[words for words, _ in service.said(choice.aside)],
        form=form,
    )


@blueprint.post("/offres/<uuid:offer_id>/candidats/proposer")
@requires(*PROPOSES)
def propose(offer_id: UUID) -> ResponseReturnValue:
    """Propose the offer to the people reviewed; each outcome is said. A second sending finds them already asked."""
    actor, today, form = the_actor(), clock.today(), ProposalForm()
    if not form.sent:
        return _review(offer_id, form)
    offer = offers.the_offer(actor, offer_id)
    choice = queries.choice(offer, _ticked(), actor, today)
    try:
        outcomes = applications.propose(
            offer.id, [service.proposed(row) for row in choice.lines], note=form.note.data or "", by=actor, today=today
        )
    except (Gone, Refused):
        return _back(offer_id, [("Cette offre n’est plus ouverte. Rien n’est parti.", "error")])
    return _back(offer_id, list(service.said([*outcomes, *choice.aside])))


def _ticked() -> list[UUID]:
    """Each once, nonsense left out."""
    found: dict[UUID, None] = {}
    for raw in request.form.getlist("personne")[:MOST_AT_ONCE]:
        try:
            found[UUID(raw)] = None
        except ValueError:
            continue
    return list(found)


def _back(offer_id: UUID, said: list[tuple[str, str]]) -> ResponseReturnValue:
    for words, kind in said:
        flash(words, kind)
    return redirect(url_for(".for_offer", offer_id=offer_id), 303)
