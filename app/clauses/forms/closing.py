"""What is typed to close: a late proof, a decision on a penalty, a statement, why it is annulled, a code, a period."""

from wtforms.validators import StopValidation

from app.clauses.labels.kinds import STATEMENT_KINDS
from app.clauses.rules.kinds import StatementKind
from app.core.fields import DateField, LongTextField, SelectField, TextField, choices_of
from app.core.forms import ActForm, EditsRow, MakesRow, PortalForm


class LateForm(ActForm):
    """Proofs late after a formal notice."""

    lot = SelectField("Lot", required="Choisissez le lot.")
    notice_due_on = DateField(
        "Dernier jour donné par la mise en demeure",
        hint="Les jours de retard comptent à partir du lendemain.",
        required="Écrivez une date, par exemple 05/11/2026.",
    )
    received_on = DateField("Justificatifs reçus le", hint="Laissez vide s’ils ne sont pas encore arrivés.")


class NotifyForm(EditsRow):
    """The buyer notified the penalty."""

    notified_on = DateField("Notifiée le", required="Écrivez une date, par exemple 05/11/2026.")


class WaiveForm(EditsRow):
    """The buyer waives the penalty."""

    reason = LongTextField("Pourquoi la pénalité est levée", required="Dites pourquoi la pénalité est levée.")


class StatementForm(MakesRow):
    """A statement or an attestation to issue."""

    kind = SelectField("Document", choices=choices_of(StatementKind, STATEMENT_KINDS), required="Choisissez.")
    lot = SelectField("Pour", required="Choisissez.")
    as_of = DateField("Heures arrêtées au", required="Écrivez une date, par exemple 05/11/2026.")
    signatory_name = TextField("Signé par", required="Écrivez le nom de la personne qui signe.")
    signatory_title = TextField("Fonction", hint="Par exemple : facilitatrice des clauses sociales.")


class RevokeForm(ActForm):
    """Why a document is annulled."""

    reason = LongTextField("Pourquoi ce document est annulé", required="Dites pourquoi ce document est annulé.")


class VerifyForm(PortalForm):
    """A code to check, in the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    code = TextField("Code du document", hint="12 lettres et chiffres, en bas du document. Par exemple 7KQ2-M9XD-4RTA.")


class PeriodForm(PortalForm):
    """From when to when, in the address."""

    class Meta(PortalForm.Meta):
        csrf = False

    du = DateField("Du", required="Écrivez une date, par exemple 01/01/2026.")
    au = DateField("Au", required="Écrivez une date, par exemple 31/12/2026.")

    def validate_au(self, field: DateField) -> None:
        """A period goes forward."""
        if self.du.data and field.data and field.data < self.du.data:
            raise StopValidation("La fin est avant le début.")
