"""What is typed about needs for people: the filters of the list, a structure's answer, the act that closes one."""

from typing import Any
from uuid import UUID

from wtforms import Form

from app.clauses.queries.staffing import DEFAULT_SORT, Asked
from app.clauses.rules.staffing_requests import MOST_POSTS, WORDS_MOST
from app.core.fields import DateField, IntegerField, LongTextField, SelectField
from app.core.forms import EditsRow, PortalForm


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class StaffingFilters(Form):
    """Of « Besoins de personnes »; nonsense filters nothing."""

    territoire = SelectField("Territoire")
    metier = SelectField("Métier")
    urgence = SelectField("Urgence", choices=[("2-semaines", "À pourvoir sous 2\u00a0semaines")], blank="Tous")

    def __init__(self, formdata: Any, *, territories: list[tuple[str, str]], trades: list[tuple[str, str]]) -> None:
        super().__init__(formdata)
        self.territoire.choices = [("", "Tous"), *territories]
        self.metier.choices = [("", "Tous"), *trades]
        self.lot_id = _id_in(formdata.get("lot", ""))

    def asked(self, sort: str | None) -> Asked:
        """What the address asks."""
        territories, trades = ({key for key, _ in field.choices if key} for field in (self.territoire, self.metier))
        return Asked(
            territory=self.territoire.data if self.territoire.data in territories else None,
            trade=self.metier.data if self.metier.data in trades else None,
            soon=self.urgence.data == "2-semaines",
            lot_id=self.lot_id,
            sort=sort or DEFAULT_SORT,
        )

    @property
    def narrowed(self) -> bool:
        return self.lot_id is not None or any(field.data for field in self)


class AnswerForm(PortalForm):
    """« Proposer des personnes »."""

    posts = IntegerField(
        "Nombre de personnes", required="Écrivez un nombre de personnes.", minimum=1, maximum=MOST_POSTS
    )
    available_from = DateField("Disponibles à partir du", required="Écrivez une date.")
    words = LongTextField(
        "Quelques mots",
        hint="L’équipe, les horaires possibles, la personne à appeler. Ni nom, ni situation personnelle.",
        max_length=WORDS_MOST,
        rows=3,
    )


class CloseForm(EditsRow):
    """The two acts that close a request."""
