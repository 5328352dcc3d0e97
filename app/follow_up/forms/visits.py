"""What may be typed of a visit or of an exchange: few fields, for a thumb."""

from datetime import date
from typing import Any

from app.core.fields import DateField, LongTextField, RadioField, SelectField, YesNoField, choices_of
from app.core.forms import EditsRow, MakesRow
from app.follow_up.forms.dates import DatesField
from app.follow_up.labels.kinds import MODES, PLANS, SIDES
from app.follow_up.labels.visits import OUTCOMES
from app.follow_up.rules.kinds import JobPlan, MeetingMode, VoiceSide
from app.follow_up.rules.reports import Answers, Report
from app.follow_up.rules.states import VisitAction

SIDE_CHOICES = [(VoiceSide.PERSON.value, SIDES[VoiceSide.PERSON]), (VoiceSide.TUTOR.value, SIDES[VoiceSide.TUTOR])]


def told(field: YesNoField) -> bool | None:
    """Yes, no, or nothing said."""
    return None if field.data is None else field.yes


class VisitReportForm(EditsRow):
    """What happened, then words. Only the outcome and the day must be given."""

    action = RadioField(
        "Vous êtes-vous parlé\u00a0?",
        choices=[(action.value, words) for action, words in OUTCOMES.items()],
        required="Dites si vous vous êtes parlé.",
    )
    met_on = DateField("Quel jour\u00a0?", required="Indiquez le jour.")
    again_on = DateField(
        "Réessayer le",
        hint="Le prochain jour travaillé est proposé. La personne et le tuteur seront prévenus. "
        "Videz la case pour ne rien prévoir.",
    )
    mode = RadioField("Comment\u00a0?", choices=choices_of(MeetingMode, MODES))
    fits_offer = YesNoField("Le poste est-il comme annoncé\u00a0?")
    tutor_words = LongTextField("Ses mots", rows=3)
    absences = YesNoField("Y a-t-il eu des absences\u00a0?")
    days = DatesField("Quels jours\u00a0?", hint="Par exemple\u00a0: 24/10, 31/10. Le motif n’est pas demandé.")
    work_well_done = YesNoField("Le travail est-il bien fait\u00a0?")
    see_again = YesNoField("Faut-il se revoir bientôt\u00a0?")
    person_words = LongTextField("Ses mots", rows=3)
    notes = LongTextField("Ce que vous retenez", rows=3)
    next_words = LongTextField("À faire, à reparler la prochaine fois", rows=2)
    plan = SelectField("Et après ce contrat\u00a0?", choices=choices_of(JobPlan, PLANS), blank="Pas encore décidé")
    plan_words = LongTextField("Précisions", rows=2)

    def said(self) -> Report:
        """What was typed, once its shape is right."""
        days = self.days.data or ()
        return Report(
            action=VisitAction(str(self.action.data)),
            met_on=self.met_on.data or date.min,
            mode=MeetingMode(self.mode.data or MeetingMode.PLACE),
            fits_offer=told(self.fits_offer),
            notes=self.notes.data or "",
            next_words=self.next_words.data or "",
            tutor=Answers(
                absences=True if days else told(self.absences),
                work_well_done=told(self.work_well_done),
                see_again=told(self.see_again),
                words=self.tutor_words.data or "",
            ),
            person_words=self.person_words.data or "",
            absences=days,
            again_on=self.again_on.data,
            plan=JobPlan(self.plan.data) if "plan" in self and self.plan.data else None,
            plan_words=(self.plan_words.data or "") if "plan_words" in self else "",
        )


class ExchangeForm(MakesRow):
    """« Noter un échange »."""

    side = RadioField("Avec qui\u00a0?", choices=SIDE_CHOICES, required="Dites avec qui.")
    mode = RadioField("Comment\u00a0?", choices=choices_of(MeetingMode, MODES), required="Dites comment.")
    answered = YesNoField("A-t-on répondu\u00a0?", required="Dites si l’on vous a répondu.")
    on = DateField("Quel jour\u00a0?", required="Indiquez le jour.")
    words = LongTextField("Ce qui s’est dit", rows=4)


class AbsenceForm(MakesRow):
    """Days of absence, on behalf of whoever told them."""

    side = RadioField("Qui vous l’a dit\u00a0?", choices=SIDE_CHOICES, required="Dites qui vous l’a dit.")
    days = DatesField(
        "Quels jours\u00a0?",
        hint="Par exemple\u00a0: 24/10, 31/10. Six dates au plus.",
        required="Indiquez au moins un jour.",
    )


def report_data(**values: Any) -> dict[str, Any]:
    """Values for the form, with « oui » and « non » for what is true or false."""
    return {name: _field_value(value) for name, value in values.items()}


def _field_value(value: Any) -> Any:
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else value
