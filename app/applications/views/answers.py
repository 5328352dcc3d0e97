"""« Mes réponses »: the proposals that wait for the person, then everything else in plain words."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.applications import queries
from app.applications.labels import NEXT_FOR_PERSON, PERSON_STATES, STATE_LOOKS
from app.applications.queries.people import proposers_of
from app.applications.rules import OPEN_STATES, ApplicationState
from app.applications.views.blueprint import blueprint
from app.applications.views.shown import offer_words
from app.core.policy import requires, the_actor
from app.core.roles import Role


@blueprint.get("/mes-reponses")
@requires(Role.CANDIDATE)
def mine() -> ResponseReturnValue:
    """A person's own applications."""
    actor = the_actor()
    rows = queries.answers_of(actor)
    waiting = [one for one in rows if one.state is ApplicationState.PROPOSED]
    running = [one for one in rows if one.state in OPEN_STATES and one.state is not ApplicationState.PROPOSED]
    over = [one for one in rows if one.state not in OPEN_STATES]
    return render_template(
        "applications/mine.html",
        waiting=waiting,
        parts=[("En ce moment", running), ("Avant", over)],
        words={one.id: offer_words(one.offer) for one in rows},
        proposers=proposers_of(waiting),
        unread=queries.unread_counts([one.id for one in rows], actor),
        states=PERSON_STATES,
        looks=STATE_LOOKS,
        next_words=NEXT_FOR_PERSON,
    )
