"""The form of a programme."""

from typing import Any

from app.core.fields import DateField, LongTextField, TextField, TickField
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.events.rules.content import ProgrammeContent, slug_of


class ProgrammeFields(PortalForm):
    """A name, two days, an address."""

    title = TextField("Titre", required="Donnez un titre.", max_length=120)
    slug = TextField(
        "Adresse de la page",
        hint="Vide\u00a0: d’après le titre. Par exemple\u00a0: semaine-insertion-2026",
        max_length=80,
    )
    summary = LongTextField("Présentation", hint="Deux ou trois phrases simples.", rows=3, max_length=1000)
    starts_on = DateField("Premier jour", required="Choisissez le premier jour.")
    ends_on = DateField("Dernier jour", required="Choisissez le dernier jour.")
    is_published = TickField("Publier la page", hint="Tout le monde la lit. Seuls les événements publiés y sont.")

    def content(self) -> ProgrammeContent:
        """What was typed, once its shape is right."""
        assert self.starts_on.data is not None
        assert self.ends_on.data is not None
        title = self.title.data or ""
        return ProgrammeContent(
            title=title,
            slug=(self.slug.data or slug_of(title)).strip(),
            summary=self.summary.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            is_published=bool(self.is_published.data),
        )


class NewProgrammeForm(ProgrammeFields, MakesRow):
    """One that does not exist yet."""


class EditProgrammeForm(ProgrammeFields, EditsRow):
    """One that does."""


def programme_typed(programme: Any) -> dict[str, Any]:
    """The data of the form for a programme as it is."""
    names = ("title", "slug", "summary", "starts_on", "ends_on", "is_published", "version")
    return {name: getattr(programme, name) for name in names}
