"""« Accueillir en stage »: the page of the employer who takes somebody for a stage."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask.typing import ResponseReturnValue

from app.applications import service
from app.applications.forms import TakeForm
from app.applications.rules import TASKS_MOST, ApplicationAction
from app.applications.views.blueprint import blueprint
from app.applications.views.deciding import asked, done, page
from app.core import clock
from app.core.errors import Refused
from app.core.months import last_day_of_a_month
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers.labels import REFUSALS as OFFER_WORDS
from app.offers.models import Offer

_A = ApplicationAction


@blueprint.route("/candidatures/<uuid:application_id>/stage", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def take(application_id: UUID) -> ResponseReturnValue:
    """« Accueillir en stage »: the dates, the hours and the tutor that the convention will say."""
    actor, row = the_actor(), asked(application_id, _A.TAKE)
    form = TakeForm(data={"version": row.version, **_wished(row.offer)})
    if form.sent:
        try:
            service.take(application_id, form.terms(), by=actor, version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, {**OFFER_WORDS, **current_app.extensions["refusal_words"]})
        else:
            return done(application_id, _A.TAKE)
    return page("applications/take.html", row, form)


def _wished(offer: Offer) -> dict[str, Any]:
    """What the offer says, as long as it still can be."""
    start = max(offer.start_on, clock.today())
    last = last_day_of_a_month(start)
    return {
        "start_on": start,
        "end_on": min(last, offer.end_on) if offer.end_on and offer.end_on >= start else last,
        "hours_week": offer.hours_week,
        "tutor_name": offer.tutor_name,
        "tasks": offer.description[:TASKS_MOST],
    }
