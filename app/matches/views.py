"""Pages of matching: people for an offer, offers for a person, offers for me, the weights of the score."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.applications import queries as applications
from app.applications import service as applications_service
from app.candidates import queries as candidates
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.grid import clock_words
from app.core.paging import PAGE_SIZE, page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.matches import queries, service
from app.matches.forms import MatchFilters, ProposalForm, WeightsForm
from app.matches.labels import REFUSAL_WORDS
from app.matches.rules import MatchOrder
from app.offers import queries as offers
from app.offers.labels import EMPLOYMENTS, STATE_LOOKS, STATES, pay_words
from app.offers.models import Offer

blueprint = Blueprint("matches", __name__)

EXPORT_LIMIT = 500
EXPORT_HEADER = ("Score", "Nom", "Commune", "Trajet", "Attend (jours)", "Pour", "À vérifier")


@blueprint.get("/offres/<uuid:offer_id>/candidats")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def for_offer(offer_id: UUID) -> ResponseReturnValue:
    """« Candidats pour cette offre »: score, reasons for and against, who is left out and why."""
    actor, today = the_actor(), clock.today()
    offer = offers.the_offer(actor, offer_id)
    form = MatchFilters(request.args)
    wanted = request.args.get("export")
    asked = _asked(form, everybody=wanted is not None)
    shortlist = queries.shortlist(offer, actor, asked, today)
    form.offer_communes(shortlist.communes)
    if wanted:
        return export(wanted, f"candidats-offre-{offer.number}", EXPORT_HEADER, _export_rows(shortlist))
    return render_template(
        "matches/for_offer.html",
        offer=offer,
        shortlist=shortlist,
        form=form,
        order=request.args.get("tri", "-score"),
        weights=shortlist.weights,
        can_propose=actor.role is not Role.DEPARTMENT,
        **_words(offer),
    )


def _asked(form: MatchFilters, *, everybody: bool) -> queries.Asked:
    sort = request.args.get("tri", "-score")
    key = sort.removeprefix("-")
    order = MatchOrder(key) if key in {member.value for member in MatchOrder} else MatchOrder.SCORE
    best_first = sort.startswith("-") if order is MatchOrder.SCORE else not sort.startswith("-")
    return queries.Asked(
        trade=form.trade_filter,
        commune=form.commune.data or "",
        waiting_days=form.waiting_days,
        order=order,
        backwards=not best_first,
        page=1 if everybody else page_number(request.args.get("page")),
        size=EXPORT_LIMIT if everybody else PAGE_SIZE,
    )


def _export_rows(shortlist: queries.Shortlist) -> Iterator[tuple[Any, ...]]:
    for row in shortlist.page:
        commune = row.candidate.commune.name if row.candidate.commune else ""
        yield (
            row.score, row.candidate.full_name, commune, row.travel, row.waiting_days,
            " ; ".join(row.in_favour), " ; ".join(row.to_check),
        )  # fmt: skip


def _words(offer: Offer) -> dict[str, Any]:
    """The French words of the head of the page."""
    first = next(iter(sorted(span.start for span in offer.grid.spans())), None) if offer.grid else None
    return {
        "state_word": STATES[offer.state],
        "state_kind": STATE_LOOKS[offer.state],
        "employment_word": EMPLOYMENTS[offer.employment_kind] if offer.employment_kind else "Contrat à préciser",
        "pay": pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
        "first_hour": clock_words(first) if first is not None else None,
    }


@blueprint.post("/offres/<uuid:offer_id>/candidats/relire")
@requires(Role.FACILITATOR, Role.REFERENT)
def review(offer_id: UUID) -> ResponseReturnValue:
    """What will be proposed, to whom, with the sentences that each person will read. Changes nothing."""
    return _review(offer_id, ProposalForm(formdata=None))


def _review(offer_id: UUID, form: ProposalForm) -> ResponseReturnValue:
    actor = the_actor()
    offer = offers.the_offer(actor, offer_id)
    rows = queries.chosen(offer, _chosen_ids(), actor, clock.today())
    if not rows:
        flash("Cochez au moins une personne.", "error")
        return redirect(url_for("matches.for_offer", offer_id=offer_id))
    return render_template("matches/review.html", offer=offer, rows=rows, form=form)


def _chosen_ids() -> list[UUID]:
    found = []
    for raw in request.form.getlist("personne")[:100]:
        try:
            found.append(UUID(raw))
        except ValueError:
            continue
    return found


@blueprint.post("/offres/<uuid:offer_id>/candidats/proposer")
@requires(Role.FACILITATOR, Role.REFERENT)
def propose(offer_id: UUID) -> ResponseReturnValue:
    """Propose the offer to the people reviewed; each outcome is said."""
    actor, today, form = the_actor(), clock.today(), ProposalForm()
    if not form.sent:
        return _review(offer_id, form)
    offer = offers.the_offer(actor, offer_id)
    rows = queries.chosen(offer, _chosen_ids(), actor, today)
    outcomes = applications_service.propose(
        offer.id,
        [service.proposed(row) for row in rows],
        note=form.note.data,
        by=actor,
        today=today,
    )
    for words, kind in service.said(outcomes):
        flash(words, kind)
    return redirect(url_for("matches.for_offer", offer_id=offer_id), 303)


@blueprint.get("/candidats/<uuid:candidate_id>/offres")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def for_candidate(candidate_id: UUID) -> ResponseReturnValue:
    """« Offres pour cette personne »."""
    actor = the_actor()
    candidate = candidates.the_candidate(actor, candidate_id)
    form = MatchFilters(request.args)
    found = queries.openings(
        candidate, clock.today(), page=page_number(request.args.get("page")), trade=form.trade_filter
    )
    return render_template(
        "matches/for_candidate.html",
        candidate=candidate,
        found=found,
        form=form,
        can_propose=actor.role is not Role.DEPARTMENT,
    )


@blueprint.get("/offres-pour-moi")
@requires(Role.CANDIDATE)
def for_me() -> ResponseReturnValue:
    """« Offres pour moi »: three sentences of reasons, never a number."""
    actor = the_actor()
    assert actor.candidate_id is not None
    candidate = candidates.the_candidate(actor, actor.candidate_id)
    return render_template(
        "matches/for_me.html",
        candidate=candidate,
        found=queries.openings(candidate, clock.today(), size=8),
        proposals=applications.proposals_waiting(candidate.id),
        pay_words=pay_words,
        contact=candidates.contact_of(candidate),
    )


@blueprint.route("/reglages/score", methods=["GET", "POST"])
@requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
def weights() -> ResponseReturnValue:
    """The weights of the score, and a new set from a day on."""
    today = clock.today()
    row = queries.weights_row(today)
    form = WeightsForm(data=None if row else service.default_values(today), obj=row)
    if form.sent:
        try:
            service.set_weights(form.values, by=the_actor(), today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le nouveau réglage est enregistré.", "success")
            return redirect(url_for("matches.weights"), 303)
    return render_template("matches/weights.html", form=form, history=queries.history(), current=row)
