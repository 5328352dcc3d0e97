"""What may be typed about an alert: something done, or how it ended."""

from typing import Any, Final

from app.core.fields import LongTextField, RadioField
from app.core.forms import EditsRow
from app.follow_up.labels.kinds import ALERT_OUTCOMES
from app.follow_up.rules.kinds import AlertOutcome

_HINTS: Final = {
    AlertOutcome.WATCHED: "Écrivez plus bas ce qui est prévu.",
    AlertOutcome.BROKEN: "Vous allez sur la page de la rupture.",
}
_TO_CHOOSE: Final = (AlertOutcome.SOLVED, AlertOutcome.WATCHED, AlertOutcome.MISTAKEN, AlertOutcome.BROKEN)
_CHOICES: Final[Any] = [(one.value, ALERT_OUTCOMES[one], {"hint": _HINTS.get(one, "")}) for one in _TO_CHOOSE]


class SeenForm(EditsRow):
    """« J'ai vu »: a button."""


class DoneForm(EditsRow):
    """Something done, in words. Refused without words by the rules, so that both forms say it alike."""

    words = LongTextField("Qu’avez-vous fait\u00a0?", rows=3, required="Écrivez ce que vous avez fait ou prévu.")


class EndForm(EditsRow):
    """How it ended."""

    outcome = RadioField(
        "Comment se termine-t-elle\u00a0?", choices=_CHOICES, required="Dites comment l’alerte se termine."
    )
    words = LongTextField("Ce qu’il faut retenir, ou ce qui est prévu", rows=3)
