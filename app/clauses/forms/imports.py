"""What is sent of a file of hours: the file, its columns, who its names mean, and what to take."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import request
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from app.clauses.labels.hours import month_words
from app.clauses.labels.imports import IMPORT_STATES
from app.clauses.labels.sheet_hours import COLUMNS
from app.clauses.queries.imports import LINE_STATES
from app.clauses.rules.hour_import import Place
from app.clauses.rules.sheet_hours import Column
from app.clauses.rules.states import ImportState
from app.core.fields import SelectField, TickField, choices_of
from app.core.forms import ActForm, MakesRow, PortalForm
from app.core.quantities import add_months
from app.core.sheets import column_letters

MONTHS_BACK: Final = 24
MOST_NAMES: Final = 30


class SheetField(FileField):
    """The file; asked."""

    required_message = "Choisissez un fichier."
    asked = True

    def pre_validate(self, form: Any) -> None:
        """A file was chosen."""
        if not self.data or not getattr(self.data, "filename", ""):
            raise StopValidation(self.required_message)


class _Where(PortalForm):
    """The lot and the month of lines that do not say theirs."""

    def offer(self, places: Sequence[Place], today: date) -> None:
        """Before the form is read: the firm's own lots, the last months."""
        lots = [(str(one.holder_id), place_words(one)) for one in places]
        months = [add_months(today.replace(day=1), -rank) for rank in range(MONTHS_BACK)]
        form: Any = self
        form.lot.choices = [("", "Chaque ligne dit le sien"), *lots]
        form.month.choices = [
            ("", "Chaque ligne dit le sien"),
            *((one.isoformat(), month_words(one)) for one in months),
        ]

    @property
    def holder_id(self) -> UUID | None:
        """Once the form is right."""
        form: Any = self
        return UUID(form.lot.data) if form.lot.data else None

    @property
    def first_day(self) -> date | None:
        """Of the month, once the form is right."""
        form: Any = self
        return date.fromisoformat(form.month.data) if form.month.data else None


def place_words(place: Place) -> str:
    """« Lot 3 Peinture, Collège Les Pyramides (2026-0012) »."""
    return f"Lot {place.lot_number} {place.lot_title}, {place.contract_title} ({place.contract_number})"


class ImportForm(MakesRow, _Where):
    """Bring a file of hours."""

    sheet = SheetField(
        "Fichier de paie", description="XLSX, ODS ou CSV. 10\u00a0Mo et 20\u00a0000\u00a0lignes au plus."
    )
    lot = SelectField("Lot", hint="Seulement si aucune colonne ne le dit.")
    month = SelectField("Mois", hint="Seulement si aucune colonne ne le dit.")


class _Columns(_Where):
    """One choice for each thing that the portal reads."""

    lot = SelectField("Lot des lignes qui n’en disent pas")
    month = SelectField("Mois des lignes qui n’en disent pas")

    def offer_columns(self, header: Sequence[str], values: Sequence[Sequence[str]]) -> None:
        """Each column by its letter, its title and its first values."""
        choices = [("", "Aucune colonne")]
        for index, title in enumerate(header):
            shown = " ; ".join(values[index]) or "vide"
            choices.append((str(index), f"{column_letters(index)}. {title[:40] or 'Sans titre'} ({shown[:60]})"))
        for column in Column:
            self._fields[f"c_{column.value}"].choices = choices

    @property
    def mapping(self) -> dict[Column, int]:
        """What was chosen."""
        said = {column: self._fields[f"c_{column.value}"].data for column in Column}
        return {column: int(index) for column, index in said.items() if index not in (None, "")}


ColumnsForm: Any = type(
    "ColumnsForm", (_Columns,), {f"c_{column.value}": SelectField(COLUMNS[column]) for column in Column}
)


class TakeForm(ActForm):
    """« Prendre les lignes justes »."""

    partly = TickField("Prendre seulement les lignes justes, et laisser les autres à corriger")


def names_told(sent: Mapping[str, str] | None = None) -> Iterator[tuple[str, UUID | None]]:
    """Name by name: somebody, or nobody of these. One left unanswered is left."""
    values = request.form if sent is None else sent
    for rank in range(MOST_NAMES):
        name, person = values.get(f"nom-{rank}", "")[:200], values.get(f"personne-{rank}", "")
        if name and person == "personne":
            yield name, None
        elif name and person:
            try:
                yield name, UUID(person)
            except ValueError:
                continue


class ListFilters(PortalForm):
    """The files already brought."""

    class Meta(PortalForm.Meta):
        csrf = False

    etat = SelectField("État", choices=choices_of(ImportState, IMPORT_STATES), blank="Tous")

    @property
    def state(self) -> ImportState | None:
        """Nonsense is all."""
        return ImportState(self.etat.data) if self.etat.data in set(ImportState) else None


def state_of(raw: str | None) -> str | None:
    """The lines asked in the address; nonsense is all."""
    return raw if raw in LINE_STATES else None
