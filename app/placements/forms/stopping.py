"""What may be typed when a stage stops, and when something happens there?"""

from datetime import date

from app.applications.forms import HourField
from app.core.fields import DateField, LongTextField, RadioField, TextField, choices_of
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.core.roles import Role
from app.placements.labels.kinds import INCIDENTS, STOP_REASONS
from app.placements.rules.incidents import WORDS_MOST, Declared, Incident
from app.placements.rules.kinds import IncidentKind, StopReason
from app.placements.rules.stopping import WORDS_MOST as STOP_WORDS_MOST
from app.placements.rules.stopping import Stop, stop_reasons_for

_OWN_WORDS = {
    StopReason.PERSON: "Je veux arrêter",
    StopReason.AGREED: "L’entreprise et moi, nous sommes d’accord",
    StopReason.HIRED: "J’ai trouvé un travail",
    StopReason.TRAINING: "Je commence une formation",
}


class StopForm(EditsRow):
    """« Arrêter le stage »."""

    stopped_on = DateField("Dernier jour", required="Donnez le dernier jour.")
    reason = RadioField("Qui a décidé, ou pourquoi\u00a0?", required="Choisissez une réponse.")
    words = LongTextField("En quelques mots", max_length=STOP_WORDS_MOST, rows=3)

    def offer(self, role: Role) -> None:
        """The reasons of a role; before validation."""
        words = _OWN_WORDS if role is Role.CANDIDATE else STOP_REASONS
        self.reason.choices = [(one.value, words[one]) for one in stop_reasons_for(role)]

    def said(self) -> Stop:
        """What was typed, once its shape is right."""
        return Stop(self.stopped_on.data or date.min, StopReason(str(self.reason.data)), self.words.data or "")


class _Declared:
    """To whom it was declared."""

    declared_to = TextField("Déclaré à quel organisme", max_length=120, render_kw={"autocomplete": "off"})
    declared_on = DateField("Jour de la déclaration")

    def declared(self) -> Declared:
        """What was typed, once its shape is right."""
        return Declared(self.declared_to.data or "", self.declared_on.data)


class IncidentForm(_Declared, MakesRow):
    """« Noter un accident ou un autre fait »."""

    kind = RadioField(
        "Que s’est-il passé\u00a0?", choices=choices_of(IncidentKind, INCIDENTS), required="Choisissez une réponse."
    )
    day = DateField("Jour", required="Donnez le jour.")
    hour = HourField(
        "Heure",
        hint="Par exemple\u00a0: 10h30",
        max_length=20,
        render_kw={"class": "short", "maxlength": 20, "autocomplete": "off"},
    )
    words = LongTextField(
        "Où et comment",
        max_length=WORDS_MOST,
        rows=3,
        required="Dites où et comment, en quelques mots.",
        hint="Le lieu, le geste, le matériel. Aucun détail médical. 400\u00a0caractères au plus.",
    )

    def said(self) -> Incident:
        """What was typed, once its shape is right."""
        return Incident(
            kind=IncidentKind(str(self.kind.data)),
            day=self.day.data or date.max,
            hour=self.hour.hour,
            words=self.words.data or "",
            declared=self.declared() if "declared_to" in self else Declared(),
        )


class DeclareForm(_Declared, PortalForm):
    """« Noter la déclaration »."""
