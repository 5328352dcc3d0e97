"""« Mon offre »: what it says, what happened to it, and the buttons that its state allows."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers import queries, service
from app.offers.forms import ActOnOffer, ClosingForm
from app.offers.labels import DONE, STATE_LOOKS, STATES, history_events
from app.offers.models import Offer
from app.offers.rules import DELAYS, EDITABLE, OFFER, OfferAction
from app.offers.views.blueprint import blueprint
from app.offers.views.shown import offer_facts

SOON_DAYS: Final = 5
READERS: Final = (Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.ADMINISTRATOR)
VERBS: Final[dict[str, tuple[OfferAction, Callable[..., Offer]]]] = {
    "publier": (OfferAction.PUBLISH, service.publish),
    "confirmer": (OfferAction.CONFIRM, service.confirm),
    "pause": (OfferAction.PAUSE, service.pause),
    "reprendre": (OfferAction.RESUME, service.resume),
    "rouvrir": (OfferAction.REOPEN, service.reopen),
}


def _frame(offer: Offer, tab: str) -> dict[str, Any]:
    """What both tabs share: the head, its buttons, the question about a stale offer."""
    actor = the_actor()
    return {
        "offer": offer,
        "tab": tab,
        "state_words": STATES[offer.state],
        "state_look": STATE_LOOKS[offer.state],
        "acts": OFFER.actions(offer.state, actor.role),
        "mine": actor.role is Role.EMPLOYER,
        "editable": actor.role is Role.EMPLOYER and offer.state in EDITABLE,
        "closes_on": DELAYS.closes_on(offer.stale_asked_on) if offer.stale_asked_on else None,
        "expires_soon": offer.expires_on is not None and (offer.expires_on - clock.today()).days <= SOON_DAYS,
        "copy_id": uuid4(),
    }


@blueprint.get("/mes-offres/<uuid:offer_id>")
@requires(*READERS)
def offer(offer_id: UUID) -> ResponseReturnValue:
    """The offer, for its employer and for those who accompany people."""
    row = queries.the_offer(the_actor(), offer_id)
    return render_template("offers/offer.html", **_frame(row, "offer"), **offer_facts(row, clock.today()))


@blueprint.get("/mes-offres/<uuid:offer_id>/historique")
@requires(*READERS)
def history(offer_id: UUID) -> ResponseReturnValue:
    """Who did what to the offer, the newest first."""
    row = queries.the_offer(the_actor(), offer_id)
    moves, writings = queries.history_of(row)
    return render_template("offers/history.html", **_frame(row, "history"), events=history_events(moves, writings))


@blueprint.post("/mes-offres/<uuid:offer_id>/etat/<verb>")
@requires(Role.EMPLOYER)
def act(offer_id: UUID, verb: str) -> ResponseReturnValue:
    """Publish, confirm, pause, resume or open again."""
    if verb not in VERBS:
        raise NotFound
    action, perform = VERBS[verb]
    form = ActOnOffer()
    if form.sent:
        perform(offer_id, by=the_actor(), version=form.version.data)
        flash(f"{DONE[action]}.", "success")
    return redirect(url_for("offers.offer", offer_id=offer_id), 303)


def _ending(offer_id: UUID, action: OfferAction, perform: Callable[..., Offer]) -> ResponseReturnValue:
    """Ask, with what will happen, before an offer stops taking people."""
    row = queries.the_offer(the_actor(), offer_id)
    form = ClosingForm(data={"version": row.version})
    if form.sent:
        perform(offer_id, by=the_actor(), version=form.version.data, reason=form.reason.data or "")
        flash(f"{DONE[action]}.", "success")
        return redirect(url_for("offers.offer", offer_id=offer_id), 303)
    OFFER.target(action, row.state, the_actor().role)
    effects: list[str] = []
    if row.published_at is not None:
        service.CLOSING_EFFECTS(row, effects)
    return render_template("offers/ending.html", offer=row, form=form, action=action.value, effects=effects)


@blueprint.route("/mes-offres/<uuid:offer_id>/fermer", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.ADMINISTRATOR)
def close(offer_id: UUID) -> ResponseReturnValue:
    """Close for good."""
    return _ending(offer_id, OfferAction.CLOSE, service.close)


@blueprint.route("/mes-offres/<uuid:offer_id>/pourvue", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def fill(offer_id: UUID) -> ResponseReturnValue:
    """Say that the post is taken, through the portal or elsewhere."""
    return _ending(offer_id, OfferAction.FILL, service.fill)
