"""« Offres pour cette personne » for those who accompany, « Offres pour moi » for the person."""

from typing import Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.applications import queries as applications
from app.applications.queries.people import proposers_of
from app.applications.rules import ApplicationState
from app.candidates import queries as candidates
from app.core import clock
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.matches import queries
from app.matches.forms import MatchFilters
from app.matches.views.blueprint import PROPOSES, READS, blueprint
from app.offers.labels import at, employment_words, pay_words
from app.offers.models import Offer

SHOWN_TO_PERSON: Final = 8
PROPOSALS_SHOWN: Final = 3


@blueprint.get("/candidats/<uuid:candidate_id>/offres")
@requires(*READS)
def for_candidate(candidate_id: UUID) -> ResponseReturnValue:
    """Offers for somebody, ready or not; only the ready are proposed."""
    actor, form = the_actor(), MatchFilters(request.args)
    candidate = candidates.the_candidate(actor, candidate_id)
    page = page_number(request.args.get("page"))
    return render_template(
        "matches/for_candidate.html",
        candidate=candidate,
        found=queries.openings(candidate, clock.today(), page=page, trade=form.trade_filter),
        form=form,
        can_propose=candidate.is_matchable and candidate.commune is not None and actor.role in PROPOSES,
        engaged=queries.engaged_offers(candidate, actor),
        pay_words=pay_words,
    )


@blueprint.get("/offres-pour-moi")
@requires(Role.CANDIDATE)
def for_me() -> ResponseReturnValue:
    """What waits for an answer first, then the offers that suit best: three sentences of reasons, never a number."""
    actor = the_actor()
    candidate = candidates.the_candidate(actor, actor.candidate_id)
    found = queries.openings(candidate, clock.today(), size=SHOWN_TO_PERSON)
    waiting = [one for one in applications.answers_of(actor) if one.state is ApplicationState.PROPOSED]
    return render_template(
        "matches/for_me.html",
        candidate=candidate,
        found=found,
        waiting=waiting[:PROPOSALS_SHOWN],
        more_waiting=len(waiting) > PROPOSALS_SHOWN,
        proposers=proposers_of(waiting[:PROPOSALS_SHOWN]),
        words=_words,
    )


def _words(offer: Offer) -> dict[str, str]:
    """The offer in a few facts, as the person's pages say them."""
    return {
        "where": at(offer.commune.name) if offer.commune else "",
        "employment": employment_words(offer),
        "pay": pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
    }
