"""What is typed to act on a file: readiness, mandate, consent, import, merge."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from app.candidates.labels import CHECKS, MERGED_FIELDS, SIDES
from app.candidates.rules import ReadinessCheck
from app.candidates.rules.merging import MergedField, Side
from app.core.fields import DateField, LongTextField, ManyField, RadioField, choices_of
from app.core.forms import EditsRow, MakesRow, PortalForm, VersionField


class ReadyForm(EditsRow):
    """« Prête à l'emploi »: the list of checks, and a word if useful."""

    checks = ManyField("J’ai vérifié", choices=choices_of(ReadinessCheck, CHECKS), required="Cochez chaque point.")
    explanation = LongTextField(
        "Note", hint="Lue par ceux qui accompagnent la personne, pas par elle.", max_length=500, rows=2
    )

    def done(self) -> set[ReadinessCheck]:
        """The checks ticked."""
        return {ReadinessCheck(value) for value in self.checks.data or ()}


class NotReadyForm(EditsRow):
    """Take it back."""

    explanation = LongTextField("Pourquoi", hint="Par exemple\u00a0: part en formation.", max_length=500, rows=2)


class ConsentForm(EditsRow):
    """A button that carries the version of the page that was read."""


class MandateForm(MakesRow):
    """« Pour le compte de »: from a day to another, and why."""

    starts_on = DateField("Premier jour", required="Écrivez le premier jour.")
    last_day = DateField("Dernier jour", hint="12\u00a0mois au plus.", required="Écrivez le dernier jour.")
    reason = LongTextField(
        "Pourquoi",
        hint="Par exemple\u00a0: n’a ni téléphone ni e-mail, vient à la permanence du mardi.",
        required="Écrivez pourquoi la personne vous donne ce mandat.",
        max_length=500,
        rows=3,
    )

    @property
    def ends_on(self) -> date:
        """The first day on which it is over; asked of a form whose shape is right."""
        assert self.last_day.data is not None
        return self.last_day.data + timedelta(days=1)


class SheetField(FileField):
    """A spreadsheet to send."""

    def pre_validate(self, form: Any) -> None:
        """A file must be chosen."""
        if not self.data or not getattr(self.data, "filename", ""):
            raise StopValidation("Choisissez un fichier.")


class ImportForm(MakesRow):
    """Bring a sheet of people."""

    sheet = SheetField("Fichier CSV, XLSX ou ODS", description="10\u00a0Mo et 20\u00a0000\u00a0lignes au plus.")


class OthersForm(PortalForm):
    """Lines said to be already known which are other people, ticked in the table of the preview."""

    def others(self, sent: Iterable[str]) -> set[int]:
        """The numbers of the ticked lines."""
        return {int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 9}


class _Merge:
    """One choice for each answer in which the two files differ."""

    def choices_made(self, asked: Iterable[MergedField]) -> dict[MergedField, Side]:
        """The side chosen for each answer that the page asked about."""
        form: Any = self
        return {field: Side(form[field.value].data) for field in asked if form[field.value].data in set(Side)}


MergeForm: Any = type(
    "MergeForm",
    (_Merge, PortalForm),
    {
        "kept_version": VersionField(),
        "merged_version": VersionField(),
        **{field.value: RadioField(words, choices=choices_of(Side, SIDES)) for field, words in MERGED_FIELDS.items()},
    },
)
