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
from app.core.transaction import refuse_on, transaction
from app.matches.labels import NO_LONGER_SUITS
from app.matches.models import MatchWeights
from app.matches.queries import Line, SetAside, first_free_day, judged, weights_of
from app.matches.rules import PARTS, WeightsRefusal, weights_refusals
from matching.criteria import Means

_FIELDS = {
    WeightsRefusal.NOT_A_HUNDRED: "trade",
    WeightsRefusal.RELATED_ABOVE_SAME: "same_rome",
    WeightsRefusal.FAMILY_ABOVE_ROME: "family",
    WeightsRefusal.ALREADY_DATED: "valid_from",
    WeightsRefusal.PAST: "valid_from",
}
refuse_on("uq_match_weights_valid_from", WeightsRefusal.ALREADY_DATED)


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


def starting_values(row: MatchWeights | None, today: date) -> dict[str, Any]:
    """What a new form says: the figures that hold, from the first free day on."""
    weights = weights_of(row)
    speeds = {f"{means.value}_km_h": Decimal(str(speed.km_per_hour)) for means, speed in weights.speeds.items()}
    return {
        "valid_from": first_free_day(today),
        **{name: getattr(weights, name) for name in (*PARTS, "same_rome", "family")},
        **speeds,
        "bus_wait_min": Decimal(str(weights.speeds[Means.BUS].wait_minutes)),
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


def said(outcomes: Sequence[Outcome | SetAside]) -> Iterator[tuple[str, str]]:
    """(sentence, kind of flash) of each kind of outcome, those who were proposed first."""
    for result in ProposalResult:
        names = [outcome.name for outcome in outcomes if outcome.result is result]
        if names:
            kind = "success" if result is ProposalResult.PROPOSED else "warning"
            yield RESULTS[result].format(names=", ".join(names)), kind
    for outcome in outcomes:
        if isinstance(outcome, SetAside) and outcome.result is None:
            yield NO_LONGER_SUITS.format(name=outcome.name, why=outcome.why), "warning"
