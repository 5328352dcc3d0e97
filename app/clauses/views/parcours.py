"""A person's hours across contracts: for those who accompany them, and for themselves in plain French."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.audit import service as audit
from app.clauses.forms.eligibility import as_id
from app.clauses.labels.hours import month_words
from app.clauses.labels.kinds import MODES
from app.clauses.labels.people import good_until_words, until_words
from app.clauses.queries.parcours import Parcours, checks_of, next_offers, open_contracts, parcours_of
from app.clauses.queries.people import STEERS
from app.clauses.rules.employments import horizon
from app.clauses.rules.figures import etp
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers.labels import EMPLOYMENTS


@blueprint.get("/candidats/<uuid:candidate_id>/heures")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
def person_hours(candidate_id: UUID) -> ResponseReturnValue:
    """One parcours, one total, and the next contract before this one ends."""
    actor, today = the_actor(), clock.today()
    if actor.role in STEERS and (contract_id := as_id(request.args.get("marche"))):
        return redirect(url_for(".check_new", contract_id=contract_id, personne=candidate_id))
    found = parcours_of(actor, candidate_id)
    audit.opened(actor, candidate_id)
    steers = actor.role in STEERS and found.whole
    ahead = horizon(found.posts, today)
    return render_template(
        "clauses/person_hours.html",
        ahead=ahead,
        near=next_offers(found.candidate) if found.whole and (ahead is None or ahead.alone(today)) else (),
        checks=checks_of(actor, candidate_id) if actor.role in STEERS else (),
        contracts=open_contracts(actor) if steers else (),
        steers=steers,
        good_until=good_until_words,
        etp=etp(found.validated),
        **_words(found),
    )


def _words(found: Parcours) -> dict[str, Any]:
    return {
        "parcours": found,
        "person": found.candidate,
        "modes": MODES,
        "kinds": EMPLOYMENTS,
        "until": until_words,
        "month": month_words,
        "today": clock.today(),
    }


@blueprint.get("/mes-heures-de-travail")
@requires(Role.CANDIDATE)
def my_clause_hours() -> ResponseReturnValue:
    """The person's own hours: by month, in all, and until when the contract runs."""
    actor, today = the_actor(), clock.today()
    assert actor.candidate_id is not None
    found = parcours_of(actor, actor.candidate_id)
    return render_template("clauses/my_clause_hours.html", ahead=horizon(found.posts, today), **_words(found))
