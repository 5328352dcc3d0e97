"""The secret link of a buyer: made and ended by those who steer, read by whoever holds it, without an account."""

from datetime import timedelta
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.views.browser import visitor
from app.clauses.forms.progress import LinkForm
from app.clauses.labels.contracts import BAR_LOOKS, STANDING_LOOKS, STANDINGS
from app.clauses.labels.kinds import NATURES
from app.clauses.labels.progress import few_words
from app.clauses.labels.sharing import REFUSAL_WORDS
from app.clauses.queries.department import Asked, contract_lines, people_of, standings_of, together
from app.clauses.queries.links import buyer_to_link, links_of
from app.clauses.rules.sharing import USUAL_DAYS, is_open
from app.clauses.service import links as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.policy import public, requires, the_actor
from app.core.roles import SYSTEM, Role


@blueprint.route("/clauses/acheteurs/<uuid:buyer_id>/suivi", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def buyer_link(buyer_id: UUID) -> ResponseReturnValue:
    """The links of a buyer, and a new one, whose address is shown this once."""
    actor, today = the_actor(), clock.today()
    buyer = buyer_to_link(actor, buyer_id)
    form, address, again = LinkForm(data={"last_day": today + timedelta(days=USUAL_DAYS)}), "", False
    if form.sent:
        try:
            token = service.make_link(buyer.id, form.until, by=actor, row_id=form.row_id.data, today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            again = token is None
            address = url_for("clauses.shared", token=token, _external=True) if token else ""
    made = [(link, is_open(link.last_day, link.revoked_at is not None, today)) for link in links_of(buyer.id)]
    return render_template("clauses/buyer_link.html", buyer=buyer, form=form, made=made, address=address, again=again)


@blueprint.post("/clauses/suivi/<uuid:link_id>/arreter")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def buyer_link_end(link_id: UUID) -> ResponseReturnValue:
    """Take a link back."""
    buyer_id = service.end_link(link_id, by=the_actor())
    flash("Ce lien ne peut plus être lu.", "success")
    return redirect(url_for("clauses.buyer_link", buyer_id=buyer_id), 303)


@blueprint.get("/clauses/suivi/<token>")
@public
def shared(token: str) -> ResponseReturnValue:
    """What the buyer reads: every contract of its own, hours only."""
    today = clock.today()
    link = service.read_link(token, visitor(), today)
    contracts = sorted(contract_lines(SYSTEM, Asked(today, today, buyer_id=link.buyer_id)), key=lambda one: one.title)
    ids = [one.id for one in contracts]
    answer = make_response(
        render_template(
            "clauses/shared.html",
            link=link,
            contracts=contracts,
            total=together(contracts),
            standings=standings_of(ids, today),
            people=people_of(ids, today),
            few_words=few_words,
            natures=NATURES,
            standing_words=STANDINGS,
            standing_looks=STANDING_LOOKS,
            bars=BAR_LOOKS,
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
