"""The filters of the list of follow-ups, in the address; nonsense filters nothing."""

from typing import Any, Final

from wtforms import Form

from app.core.fields import SelectField, TextField
from app.core.roles import Actor, Role
from app.follow_up.queries.listing import Asked, sort_key

Choice = tuple[str, str]
WHO: Final[tuple[Choice, ...]] = (
    ("moi", "Les miens"),
    ("equipe", "Mon équipe"),
    ("couverts", "Ceux que je remplace"),
    ("sans", "Que personne ne suit"),
    ("tous", "Tous"),
)
STATES: Final[tuple[Choice, ...]] = (
    ("", "En cours"),
    ("en-poste", "En poste"),
    ("perdu", "Emploi perdu"),
    ("clos", "Clos"),
    ("arrete", "Arrêtés"),
    ("tous", "Tous"),
)
WHEN: Final[tuple[Choice, ...]] = (
    ("retard", "En retard"),
    ("semaine", "Cette semaine"),
    ("a-clore", "Six mois passés, à clore"),
    ("a-signer", "Annexe à signer"),
)


def _short(name: str, most: int = 28) -> str:
    """A name that fits the bar of a phone."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


class FollowUpFilters(Form):
    """Of « Suivis »."""

    qui = SelectField("Suivis")
    etat = SelectField("Situation", choices=STATES)
    quand = SelectField("Prochaine étape", choices=WHEN, blank="Toutes")
    employeur = TextField("Employeur", max_length=100)
    territoire = SelectField("Territoire", blank="Tous")
    secteur = SelectField("Secteur", blank="Tous")

    def __init__(self, sent: Any, actor: Actor, territories: list[Choice], families: list[Choice]) -> None:
        super().__init__(sent)
        self.first = "moi" if actor.role is Role.REFERENT else "tous"
        offered = WHO if actor.role is not Role.DEPARTMENT else tuple(one for one in WHO if one[0] in {"sans", "tous"})
        self.qui.choices = list(offered)
        if self.qui.data not in {value for value, _ in offered}:
            self.qui.data = self.first
        self.territoire.choices = [("", "Tous"), *territories]
        self.secteur.choices = [("", "Tous"), *((slug, _short(name)) for slug, name in families)]
        self.sort = sort_key(sent.get("tri"))

    def asked(self) -> Asked:
        """What the list is asked."""
        return Asked(
            who=self.qui.data or self.first,
            state=self._known("etat"),
            when=self._known("quand"),
            employer=(self.employeur.data or "")[:100],
            territory=self._known("territoire"),
            family=self._known("secteur"),
            sort=self.sort,
        )

    def _known(self, name: str) -> str:
        field: Any = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices if value} else ""
