"""Change the weights of the score, from a day on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.applications.labels import RESULTS
from app.applications.models import Application
from app.applications.rules import ProposalResult
from app.applications.service import Outcome, Proposed
from app.audit.service import note
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.matches.models import MatchWeights
from app.matches.queries import Line, judged
from app.matches.rules import PARTS, WeightsRefusal, weights_refusals
from matching.criteria import Means, Weights

_FIELDS = {
    WeightsRefusal.NOT_A_HUNDRED: "trade",
    WeightsRefusal.RELATED_ABOVE_SAME: "same_rome",
    WeightsRefusal.ALREADY_DATED: "valid_from",
    WeightsRefusal.PAST: "valid_from",
}


@transaction
def set_weights(values: Mapping[str, Any], *, by: Actor, today: date) -> MatchWeights:
    """A new dated row; older scores keep their own. ``values`` are the columns of MatchWeights. Raises Refused."""
    starts: date = values["valid_from"]
    taken = db.session.scalar(select(MatchWeights.id).where(MatchWeights.valid_from == starts)) is not None
    points = {name: value for name, value in values.items() if isinstance(value, int)}
    if reasons := weights_refusals(points, in_the_past=starts < today, taken=taken):
        raise Refused(reasons, _FIELDS)
    row = MatchWeights(**values, decided_by=by.name)
    db.session.add(row)
    db.session.flush()
    note(by, "match_weights.set", "match_weights", row.id, **_json(values))
    return row


def default_values(today: date) -> dict[str, Any]:
    """The starting figures, as the form shows them when nobody has changed them."""
    weights = Weights()
    speed = {means: Decimal(str(value.km_per_hour)) for means, value in weights.speeds.items()}
    return {
        "valid_from": today,
        **{name: getattr(weights, name) for name in (*PARTS, "same_rome", "family")},
        "car_km_h": speed[Means.CAR],
        "bus_km_h": speed[Means.BUS],
        "bus_wait_min": Decimal(str(weights.speeds[Means.BUS].wait_minutes)),
        "bike_km_h": speed[Means.BIKE],
        "foot_km_h": speed[Means.FOOT],
    }


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in values.items()}


def proposed(row: Line) -> Proposed:
    """What the applications keep of a line: the score and the sentences of the moment, one list a reader."""
    said = {
        "person": list(row.person),
        "facilitator": list(row.in_favour),
        "to_check": list(row.to_check),
        "employer": list(row.employer),
    }
    return Proposed(row.candidate.id, row.score, said)


def explain(application: Application) -> None:
    """A listener: somebody applies; the application keeps the score and the sentences of the moment."""
    row = judged(application.candidate, application.offer, clock.today())
    if row is not None:
        kept = proposed(row)
        application.score, application.reasons = kept.score, dict(kept.reasons)


def said(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """(sentence, kind of flash) of each kind of outcome, those who were proposed first."""
    for result in ProposalResult:
        names = [outcome.name for outcome in outcomes if outcome.result is result]
        if names:
            kind = "success" if result is ProposalResult.PROPOSED else "warning"
            yield RESULTS[result].format(names=", ".join(names)), kind
