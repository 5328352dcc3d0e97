"""What may be asked of the run log, and of the scheduler."""

from wtforms import Form

from app.core.fields import DateField, SelectField, choices_of
from app.core.forms import MakesRow
from app.jobs.labels import OUTCOMES
from app.jobs.rules import RunOutcome

NEVER = "never"


class RunFilters(Form):
    """Of the runs of one job, in the address; nonsense filters nothing."""

    resultat = SelectField("Résultat", choices=choices_of(RunOutcome, OUTCOMES), blank="Tous")

    @property
    def outcome(self) -> RunOutcome | None:
        """The outcome asked for."""
        return RunOutcome(self.resultat.data) if self.resultat.data in set(RunOutcome) else None


class JobFilters(Form):
    """Of the list of jobs: by the outcome of the last run."""

    resultat = SelectField(
        "Dernier passage", choices=[*choices_of(RunOutcome, OUTCOMES), (NEVER, "Jamais")], blank="Tous"
    )

    def keeps(self, outcome: RunOutcome | None) -> bool:
        """Is a job whose last run went so shown?"""
        asked = self.resultat.data
        if asked in set(RunOutcome):
            return outcome is not None and outcome.value == asked
        return asked != NEVER or outcome is None


class RunForm(MakesRow):
    """« Lancer maintenant »."""

    day = DateField(
        "Jour",
        required="Écrivez le jour que le traitement doit prendre pour aujourd’hui.",
        hint="Le traitement fait comme si on était ce jour-là.",
    )
