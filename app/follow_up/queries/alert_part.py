"""What the page of a follow-up says of its alerts, to those who may see them; one statement."""

from datetime import date
from typing import Any

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.labels import alert_sentences
from app.follow_up.labels.states import ALERT_LOOKS, ALERT_STATES
from app.follow_up.models import Alert, FollowUp
from app.follow_up.queries.visible import alerts_visible_to
from app.follow_up.rules.states import AlertState


def part(follow_up: FollowUp, actor: Actor, today: date) -> dict[str, Any]:
    """For ``_alerts.html``: the alerts not closed, the oldest first. Nothing, not even a count, for anybody else."""
    found: list[Alert] = []
    if actor.role in ACCOMPANIMENT:
        query = alerts_visible_to(actor).where(
            Alert.follow_up_id == follow_up.id, Alert.state != AlertState.CLOSED
        )  # fmt: skip
        found = list(db.session.scalars(query.order_by(Alert.opened_on, Alert.id)))
    return {
        "alerts": [
            {
                "row": one,
                "title": alert_sentences.title(one.kind, one.facts),
                "sentence": alert_sentences.sentence(one.kind, one.facts, today),
                "state": ALERT_STATES[one.state],
                "look": ALERT_LOOKS[one.state],
            }
            for one in found
        ]
    }
