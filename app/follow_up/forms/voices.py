"""What tutor, firm and person may type: three questions, days, some words."""

from collections.abc import Mapping

from wtforms.validators import ValidationError

from app.core.fields import DateField, LongTextField, RadioField, YesNoField, choices_of
from app.core.forms import MakesRow, PortalForm
from app.core.french import phone
from app.follow_up.forms.dates import DatesField
from app.follow_up.forms.visits import told
from app.follow_up.labels.visits import MOODS
from app.follow_up.rules.moods import Mood
from app.follow_up.rules.reports import Answers
from app.messages.labels import CHANNEL_WORDS
from app.messages.rules import Channel

_DAYS = "Par exemple\u00a0: 24/10, 31/10. Six dates au plus. La raison n’est pas demandée."


class QuestionsForm(PortalForm):
    """The three questions."""

    absences = YesNoField("Y a-t-il eu des absences\u00a0?", required="Répondez oui ou non.")
    days = DatesField("Si oui, quels jours\u00a0?", hint=_DAYS)
    work_well_done = YesNoField("Le travail est-il bien fait\u00a0?", required="Répondez oui ou non.")
    see_again = YesNoField("Faut-il vous rappeler bientôt\u00a0?", required="Répondez oui ou non.")
    words = LongTextField("Quelque chose à ajouter\u00a0?", rows=4, max_length=2000)

    def validate_days(self, field: DatesField) -> None:
        """Days of absence, and « no » to absences: one of them is a slip."""
        if field.data and self.absences.data == "non":
            raise ValidationError(
                "Vous avez répondu «\u00a0non\u00a0» aux absences. Changez la réponse, ou videz cette case."
            )

    def answers(self) -> Answers:
        """What was answered, once its shape is right."""
        return Answers(told(self.absences), told(self.work_well_done), told(self.see_again), self.words.data or "")


class EmployerQuestionsForm(QuestionsForm, MakesRow):
    """The same, by somebody who is signed in."""


class EmployerAbsenceForm(MakesRow):
    """Days not worked, said by the firm."""

    days = DatesField("Quels jours\u00a0?", hint=_DAYS, required="Indiquez au moins un jour.")


class MyAbsenceForm(MakesRow):
    """One day, and nothing else is asked. ``job`` only when the person has two."""

    job = RadioField("Quel travail\u00a0?", required="Choisissez le travail.")
    day = DateField("Quel jour\u00a0?", required="Écrivez le jour.")


class SayForm(MakesRow):
    """« Dire comment ça va »."""

    job = RadioField("Quel travail\u00a0?", required="Choisissez le travail.")
    mood = RadioField(
        "Comment ça va au travail\u00a0?", choices=choices_of(Mood, MOODS), required="Choisissez une réponse."
    )
    words = LongTextField("Vous voulez en dire plus\u00a0?", rows=4, max_length=2000)


class AskTutorForm(MakesRow):
    """By which way the link leaves."""

    channel = RadioField("Envoyer par", required="Choisissez e-mail ou SMS.")

    def offer(self, ways: Mapping[Channel, str]) -> None:
        """Only the ways for which there is an address."""
        shown = {way: phone(address) if way is Channel.SMS else address for way, address in ways.items()}
        self.channel.choices = [(way.value, f"{CHANNEL_WORDS[way]}\u00a0: {address}") for way, address in shown.items()]
