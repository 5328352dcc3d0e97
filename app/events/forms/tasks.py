"""What may be typed about a task: its end, another day, somebody else, why it is dropped; and the list's filters."""

from typing import Any, Final
from uuid import UUID

from wtforms import Form

from app.core.fields import DateField, IntegerField, LongTextField, RadioField, SelectField, TextField, choices_of
from app.core.forms import EditsRow
from app.core.roles import Actor, Role
from app.events.labels.kinds import RESULTS, TASKS
from app.events.labels.states import TASK_STATES
from app.events.queries.tasks import SORTS, Asked
from app.events.rules.kinds import TaskKind, TaskResult
from app.events.rules.states import TaskState

Choice = tuple[str, str]
WHOSE: Final[tuple[Choice, ...]] = (
    ("moi", "Les miennes"),
    ("organisation", "Mon organisation"),
    ("evenements", "Mes événements"),
    ("toutes", "Toutes"),
)
WHEN: Final[tuple[Choice, ...]] = (("retard", "En retard"), ("semaine", "Cette semaine"))


class FinishForm(EditsRow):
    """« C’est fait »."""

    result = RadioField(
        "Qu’est-ce que cela a donné ?",
        choices=choices_of(TaskResult, RESULTS),
        required="Dites ce que cela a donné.",
    )
    count = IntegerField(
        "Pour combien de personnes ?", maximum=200, hint="Pour une embauche ou un stage.", unit="personnes"
    )
    words = LongTextField("Quelques mots", max_length=1000, rows=3, hint="Lus par l’organisateur et par votre équipe.")


class MoveTaskForm(EditsRow):
    """Another day."""

    due_on = DateField("Nouvelle date", required="Écrivez la nouvelle date.")
    reason = TextField("Pourquoi", required="Dites pourquoi en quelques mots.")


class HandTaskForm(EditsRow):
    """Somebody else of the organisation."""

    owner_id = SelectField("Qui s’en occupe", blank="Personne encore")


class DropTaskForm(EditsRow):
    """It will not be done."""

    reason = TextField("Pourquoi", required="Dites pourquoi en quelques mots.")


class TaskFilters(Form):
    """Of « Actions », in the address; nonsense filters nothing."""

    qui = SelectField("Actions")
    quand = SelectField("Échéance", choices=WHEN, blank="Toutes")
    etat = SelectField("État", choices=[*choices_of(TaskState, TASK_STATES), ("toutes", "Toutes")])
    type = SelectField("Type", choices=choices_of(TaskKind, TASKS), blank="Tous")
    evenement = SelectField("Événement")

    def __init__(self, sent: Any, actor: Actor, events: list[Choice]) -> None:
        super().__init__(sent)
        offered = [one for one in WHOSE if actor.role is not Role.EMPLOYER or one[0] != "evenements"]
        self.qui.choices = offered
        if self.qui.data not in {value for value, _ in offered}:
            self.qui.data = "toutes"
        if self.etat.data not in {*TaskState, "toutes"}:
            self.etat.data = TaskState.OPEN.value
        self.evenement.choices = [("", "Tous"), *((key, title[:28]) for key, title in events)]
        self.sort = sent.get("tri", "date") if sent.get("tri", "date") in SORTS else "date"

    def asked(self) -> Asked:
        """What the list is asked."""
        event = self._known("evenement")
        return Asked(
            whose=self.qui.data,
            state=self.etat.data,
            when=self._known("quand"),
            event=UUID(event) if event else None,
            kind=self._known("type"),
            sort=self.sort,
        )

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""
