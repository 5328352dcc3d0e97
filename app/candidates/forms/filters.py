"""The filters of the list of people, in the address, and the name searched, never in it."""

from typing import Any

from wtforms import Form

from app.candidates.labels import PROGRAMMES
from app.candidates.queries import Filters, sort_key
from app.candidates.rules import Programme
from app.core.fields import SelectField, TextField, TickField, choices_of
from app.core.forms import PortalForm

Choice = tuple[str, str]
READY = (("oui", "Prête, accord donné"), ("sans-accord", "Prête, sans accord"), ("non", "À préparer"))
WAITING = (("7", "7\u00a0jours"), ("15", "15\u00a0jours"), ("30", "30\u00a0jours"), ("60", "60\u00a0jours"))


def _short(name: str, most: int = 32) -> str:
    """A name that fits the bar of a phone."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


class CandidateFilters(Form):
    """Of « Candidats »; nonsense filters nothing."""

    territoire = SelectField("Territoire", blank="Tous")
    commune = SelectField("Commune", blank="Toutes")
    metier = SelectField("Métier", blank="Tous")
    pret = SelectField("Situation", choices=READY, blank="Toutes")
    attend = SelectField("Attend depuis", choices=WAITING, blank="Peu importe")
    dispositif = SelectField("Dispositif", choices=choices_of(Programme, PROGRAMMES), blank="Tous")
    referent = TickField("Je suis référent")

    def __init__(
        self, sent: Any, *, territories: list[Choice], communes: list[Choice], trades: list[Choice], is_referent: bool
    ) -> None:
        super().__init__(sent)
        self.territoire.choices = [("", "Tous"), *territories]
        self.commune.choices = [("", "Toutes"), *communes]
        self.metier.choices = [("", "Tous"), *((slug, _short(name)) for slug, name in trades)]
        self.sort = sort_key(sent.get("tri"))
        self.mine = is_referent and sent.get("referent") == "moi"
        self.consenting = sent.get("accord")
        if not is_referent:
            del self.referent

    def asked(self) -> Filters:
        """What the list is asked; a value that is not offered is nothing."""
        days = self._known("attend")
        return Filters(
            territory=self._known("territoire"),
            commune=self._known("commune"),
            trade=self._known("metier"),
            ready=self._known("pret"),
            mine=self.mine,
            waiting_days=int(days) if days else None,
            programme=self._known("dispositif"),
            consenting=self.consenting,
            sort=self.sort,
        )

    def _known(self, name: str) -> str | None:
        field: Any = self[name]
        offered = {str(value) for value, *_ in field.choices if value}
        return field.data if field.data in offered else None


class NameForm(PortalForm):
    """A name or a number of file, sent by POST so that it stands in no address and no log."""

    mots = TextField("Nom ou numéro de dossier", max_length=100, required="Écrivez un nom ou un numéro.")
