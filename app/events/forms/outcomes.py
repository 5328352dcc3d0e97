"""One tap of a participant, or the sheets of a round typed by the organiser."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.core.fields import LongTextField
from app.core.forms import PortalForm
from app.events.rules.kinds import Outcome
from app.events.service.outcomes import Typed


class TapForm(PortalForm):
    """The button that was pressed is its answer."""


class WordsForm(PortalForm):
    """Some words beside an outcome, for the organiser."""

    words = LongTextField("Un mot pour l’organisateur", rows=3, max_length=1000)


class RoundForm(PortalForm):
    """A table of two answers a line; read as it was sent, for lines differ with the round."""


def outcome_of(text: str | None) -> Outcome | None:
    """The outcome of a value sent; None for nothing and for nonsense."""
    return Outcome(text) if text in set(Outcome) else None


def typed_lines(sent: Mapping[str, str], meetings: Iterable[UUID]) -> list[Typed]:
    """What was typed of each meeting of the round, with what the page showed (« was- »)."""
    return [
        Typed(
            meeting_id=one,
            seated=outcome_of(sent.get(f"seated-{one}")),
            moving=outcome_of(sent.get(f"moving-{one}")),
            seated_was=outcome_of(sent.get(f"was-seated-{one}")),
            moving_was=outcome_of(sent.get(f"was-moving-{one}")),
            missed=f"missed-{one}" in sent,
            missed_was=f"was-missed-{one}" in sent,
        )
        for one in meetings
        if f"seated-{one}" in sent
    ]
