"""What may be typed on the day: a code, somebody who did not register, from which round the plan is made again."""

from wtforms import HiddenField

from app.core.fields import IntegerField, PhoneField, RadioField, SiretField, TextField, TickField
from app.core.forms import MakesRow, PortalForm, VersionField
from app.events.labels.kinds import side_words
from app.events.rules.clock import ClockAct
from app.events.rules.kinds import ClockPhase, EventKind, Side


class ClockForm(PortalForm):
    """A button of the clock, with what its page showed."""

    act = HiddenField()
    phase = HiddenField()
    round = VersionField()
    version = VersionField()

    @property
    def asked(self) -> ClockAct | None:
        """The act of the button; None for nonsense."""
        return ClockAct(self.act.data) if self.act.data in set(ClockAct) else None

    @property
    def phase_seen(self) -> ClockPhase | None:
        """The phase that the page showed; None for nonsense."""
        return ClockPhase(self.phase.data) if self.phase.data in set(ClockPhase) else None


class CodeForm(PortalForm):
    """The code of a badge or of an invitation on paper."""

    code = TextField(
        "Code du badge ou du papier",
        hint="Huit signes, par exemple\u00a0: ACDE-FGHJ",
        required="Tapez le code.",
        max_length=40,
    )


class WalkInForm(MakesRow):
    """Somebody at the door without a booking."""

    side = RadioField("De quel côté\u00a0?", required="Choisissez un côté.")
    kind = RadioField(
        "Qui arrive\u00a0?",
        choices=[("organisation", "Une organisation"), ("person", "Une personne")],
        required="Choisissez une réponse.",
    )
    name = TextField(
        "Nom", hint="Le nom de l’organisation, ou le prénom et le nom de la personne", required="Écrivez le nom."
    )
    contact_name = TextField("Qui la représente\u00a0?", hint="Pour une organisation")
    siret = SiretField("SIRET", hint="S’il est connu\u00a0: l’organisation est alors reconnue")
    contact_phone = PhoneField("Téléphone")
    more_seats = TickField("Ajouter une place si c’est complet")

    def offer(self, kind: EventKind, sides: tuple[Side, ...]) -> None:
        """The sides of the event; a single one is not asked."""
        self.side.choices = [(side.value, side_words(kind, side)) for side in sides]
        if len(sides) == 1 and self.side.data is None:
            self.side.data = sides[0].value


class ReplanForm(PortalForm):
    """From which round; ``version`` is the number of the plan on the page."""

    version = VersionField()
    from_round = IntegerField("À partir du tour", minimum=1, maximum=60, required="Écrivez un numéro de tour.")
    why = TextField("Pourquoi\u00a0?", hint="Par exemple\u00a0: deux entreprises absentes")
