"""« Candidats pour cette offre »: score, reasons for and against, who is left out and why, who was already asked."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.applications import service as applications
from app.applications.labels import REASONS
from app.applications.labels import STATE_LOOKS as APPLICATION_LOOKS
from app.applications.labels import STATES as APPLICATION_STATES
from app.clauses.queries.offers import clause_of
from app.core import clock
from app.core.exports import export
from app.core.grid import clock_words
from app.core.paging import PAGE_SIZE, page_number
from app.core.policy import requires, the_actor
from app.matches import queries
from app.matches.forms import MatchFilters, order_of
from app.matches.labels import ORDERS, STANDINGS
from app.matches.rules import Standing, standing
from app.matches.views.blueprint import PROPOSES, READS, blueprint
from app.offers import queries as offers
from app.offers.labels import STATE_LOOKS, STATES, employment_words, pay_words
from app.offers.models import Offer

EXPORT_MOST: Final = 1_000
EXPORT_HEADER: Final = ("Score", "Nom", "Commune", "Trajet", "Attend (jours)", "Pour", "À vérifier")


@blueprint.get("/offres/<uuid:offer_id>/candidats")
@requires(*READS)
def for_offer(offer_id: UUID) -> ResponseReturnValue:
    """The list, or the whole of it as a file."""
    actor, today = the_actor(), clock.today()
    offer, form = offers.the_offer(actor, offer_id), MatchFilters(request.args)
    kind, now = request.args.get("export"), standing_of(offer, today)
    asked = _asked(form, everybody=kind is not None)
    shortlist = queries.shortlist(offer, actor, asked, today) if now.ranks else None
    if kind:
        return export(kind, f"candidats-offre-{offer.number}", EXPORT_HEADER, _cells(shortlist))
    form.offer_communes(shortlist.communes if shortlist else ())
    clause = shortlist.clause if shortlist else clause_of(offer_id)
    return render_template(
        "matches/for_offer.html",
        offer=offer,
        shortlist=shortlist,
        form=form,
        orders=ORDERS,
        sort=("-" if asked.downwards else "") + asked.order.value,
        engaged=queries.engaged_people(offer, actor),
        can_propose=now is Standing.OPEN and actor.role in PROPOSES,
        standing_words=STANDINGS[now],
        export_most=EXPORT_MOST,
        clause=clause,
        answer_days=applications.employer_days(offer) if clause else applications.usual_days(),
        **_words(offer),
    )


def standing_of(offer: Offer, today: date) -> Standing:
    """May people be proposed for it?"""
    return standing(offer.state, expires_on=offer.expires_on, posts_left=offer.posts_left, today=today)


def _asked(form: MatchFilters, *, everybody: bool) -> queries.Asked:
    order, downwards = order_of(request.args.get("tri"))
    return queries.Asked(
        trade=form.trade_filter,
        commune=form.commune.data or "",
        waiting_days=form.waiting_days,
        order=order,
        downwards=downwards,
        page=1 if everybody else page_number(request.args.get("page")),
        size=EXPORT_MOST if everybody else PAGE_SIZE,
    )


def _cells(shortlist: queries.Shortlist | None) -> Iterator[tuple[Any, ...]]:
    for row in shortlist.page if shortlist else ():
        commune = row.candidate.commune.name if row.candidate.commune else ""
        yield (
            row.score, row.candidate.full_name, commune, row.travel, row.waiting_days,
            " ; ".join(row.in_favour), " ; ".join(row.to_check),
        )  # fmt: skip


def _words(offer: Offer) -> dict[str, Any]:
    """The French words of the head of the page and of the applications."""
    first = min((span.start for span in offer.grid.spans()), default=None) if offer.grid else None
    return {
        "state_word": STATES[offer.state],
        "state_kind": STATE_LOOKS[offer.state],
        "employment_word": employment_words(offer) or "Contrat à préciser",
        "pay": pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
        "first_hour": clock_words(first) if first is not None else None,
        "application_words": APPLICATION_STATES,
        "application_looks": APPLICATION_LOOKS,
        "refusal_words": REASONS,
    }
