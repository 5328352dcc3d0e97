"""« Bilan » of an event at three and six months: what the portal counted and how, and what the organiser adds."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.events.forms.reviews import ReviewForm
from app.events.labels import REFUSAL_WORDS
from app.events.labels.afterwards import CAME, SOURCES
from app.events.labels.kinds import MONTHS
from app.events.models import EventReview
from app.events.queries import reviews as queries
from app.events.queries.visible import the_event_to_run
from app.events.rules.figures import alone
from app.events.rules.kinds import ReviewMonth
from app.events.rules.reviews import Came, counted, review_day
from app.events.service import reviews as service
from app.events.views.blueprint import blueprint

_MONTHS: Final = {3: ReviewMonth.MONTH_3, 6: ReviewMonth.MONTH_6}


@blueprint.route("/evenements/<uuid:event_id>/bilan/<int:month>", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
def review(event_id: UUID, month: int) -> ResponseReturnValue:
    """For those who run the event; both months are shown, one is completed."""
    actor = the_actor()
    which = _MONTHS.get(month)
    event = the_event_to_run(actor, event_id)
    if which is None:
        raise NotFound
    known = queries.reviews_of(event_id).get(which)
    form = ReviewForm(data=_said(known))
    if form.sent:
        try:
            service.say(event_id, which, **_typed(form), by=actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            event = the_event_to_run(actor, event_id)
        else:
            flash("Le bilan est complété.", "success")
            return redirect(url_for(".review", event_id=event_id, month=month), 303)
    return render_template("events/review.html", event=event, form=form, month=month, **_shown(event_id, which))


def _said(known: EventReview | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {
        "hires": known.other_hires,
        "placements": known.other_placements,
        "partnerships": known.other_partnerships,
        "words": known.words,
    }


def _typed(form: Any) -> dict[str, Any]:
    numbers = {name: form[name].data or 0 for name in ("hires", "placements", "partnerships")}
    return {**numbers, "words": form.words.data or ""}


def _shown(event_id: UUID, which: ReviewMonth) -> dict[str, Any]:
    """Both months, and every trace of this one; a person is named to who may open their file.

    An employer who opened its doors reads no trace of anybody, and no number of a few people.
    """
    outside = the_actor().role is Role.EMPLOYER
    last = queries.last_day_of(event_id)
    day = review_day(last, which) if last else None
    traces = queries.traces_of(event_id, min(day, clock.today())) if day else []
    names = queries.names_of(the_actor(), {one.trace.person for one in traces if one.trace.person is not None})
    reviews = queries.reviews_of(event_id)
    return {
        "which": which,
        "day": day,
        "now": counted(one.trace for one in traces),
        "reviews": reviews,
        "this": reviews.get(which),
        "months": MONTHS,
        "groups": [(CAME[what], [one for one in traces if one.trace.what is what]) for what in Came if not outside],
        "cell": alone if outside else int,
        "sources": SOURCES,
        "names": names,
        "numbers": {key: value for value, key in _MONTHS.items()},
    }
