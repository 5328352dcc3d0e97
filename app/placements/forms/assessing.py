"""What may be typed at the end of a stage: what host and person say of it, and what follows?"""

from datetime import date
from typing import Any

from app.core.fields import DateField, DecimalField, LongTextField, RadioField, SelectField, YesNoField, choices_of
from app.core.forms import EditsRow, MakesRow, VersionField
from app.offers.labels import EMPLOYMENTS
from app.offers.rules import EmploymentKind
from app.placements.labels.kinds import ANSWERS, ANSWERS_FOR_PERSON, COMPLETIONS, NEXTS, QUESTIONS
from app.placements.rules.assessing import QUESTIONS as ASKED
from app.placements.rules.assessing import WORDS_MOST, HostSays, Question
from app.placements.rules.following import Follows
from app.placements.rules.kinds import Answer, AssessmentSide, Completion, NextKind
from app.placements.service.assessing import Said

_HOURS_MOST = 240


def _asked(question: Question, words: Any = ANSWERS, required: str | None = None) -> RadioField:
    return RadioField(QUESTIONS[question], choices=choices_of(Answer, words), required=required)


class _Answers(EditsRow):
    side: AssessmentSide

    def answers(self) -> dict[Question, Answer]:
        """What was answered."""
        said = {question: self._fields[question.value].data for question in ASKED[self.side]}
        return {question: Answer(value) for question, value in said.items() if value}


class HostForm(_Answers):
    """« Bilan » of the host."""

    side = AssessmentSide.HOST
    completion = RadioField(
        "Le stage a-t-il été fait en entier\u00a0?",
        choices=choices_of(Completion, COMPLETIONS),
        required="Dites si le stage a été fait en entier.",
    )
    last_day = DateField("Dernier jour fait", hint="Si le stage est fait en partie. Par exemple\u00a0: 16/11/2026")
    missed_hours = DecimalField(
        "Heures manquées", maximum=_HOURS_MOST, unit="h", hint="Si le stage est fait en partie. D’après les présences."
    )
    tasks_done = _asked(Question.TASKS_DONE)
    punctual = _asked(Question.PUNCTUAL)
    team = _asked(Question.TEAM)
    learns = _asked(Question.LEARNS)
    take_again = _asked(Question.TAKE_AGAIN)
    words = LongTextField("En quelques mots", max_length=WORDS_MOST, rows=4)
    hired = YesNoField("Embauchez-vous la personne\u00a0?", required="Dites si vous embauchez la personne.")
    employment_kind = SelectField(
        "Contrat de travail", choices=choices_of(EmploymentKind, EMPLOYMENTS), blank="Choisir"
    )
    hired_on = DateField("Premier jour de l’emploi")

    def said(self) -> Said:
        """What was typed, once its shape is right."""
        return Said(
            HostSays(
                completion=Completion(str(self.completion.data)),
                last_day=self.last_day.data,
                missed_hours=self.missed_hours.data,
                hired=self.hired.yes,
                hired_on=self.hired_on.data,
            ),
            EmploymentKind(self.employment_kind.data) if self.employment_kind.data else None,
            self.answers(),
            self.words.data or "",
        )


class PersonForm(_Answers):
    """« Mon bilan » of the person, in plain words."""

    side = AssessmentSide.PERSON
    liked = _asked(Question.LIKED, ANSWERS_FOR_PERSON, "Dites si le stage vous a plu.")
    learned = _asked(Question.LEARNED, ANSWERS_FOR_PERSON)
    welcomed = _asked(Question.WELCOMED, ANSWERS_FOR_PERSON)
    wants_job = _asked(Question.WANTS_JOB, ANSWERS_FOR_PERSON)
    words = LongTextField("Voulez-vous ajouter quelque chose\u00a0?", max_length=WORDS_MOST, rows=4)

    def said(self) -> Said:
        """What was typed, once its shape is right."""
        return Said(answers=self.answers(), words=self.words.data or "")


class NextForm(MakesRow):
    """« La suite »."""

    version = VersionField()
    kind = RadioField(
        "Que se passe-t-il après\u00a0?", choices=choices_of(NextKind, NEXTS), required="Choisissez une réponse."
    )
    on = DateField(
        "Depuis quand", required="Donnez le jour.", hint="Le premier jour, ou aujourd’hui si rien n’est fixé."
    )
    words = LongTextField("En quelques mots", max_length=WORDS_MOST, rows=3)

    def said(self) -> Follows:
        """What was typed, once its shape is right."""
        return Follows(NextKind(str(self.kind.data)), self.on.data or date.min, self.words.data or "")
