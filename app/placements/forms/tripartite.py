"""What may be typed of a meeting of three: dates, where, yes or no to each, words?"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from wtforms import Form

from app.applications.forms import HourField
from app.core import clock
from app.core.clock import PARIS
from app.core.fields import DateField, LongTextField, RadioField, SelectField, TextField, YesNoField, choices_of
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.core.french import date_words
from app.follow_up.labels.kinds import MODES
from app.follow_up.rules.kinds import MeetingMode
from app.placements.labels.tripartite import date_of
from app.placements.models import Placement, TripartiteDate, TripartiteMeeting
from app.placements.queries.tripartite import STATES, Asked, answer_to, sort_key
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.tripartite import WORDS_MOST
from app.placements.service.tripartite import Proposal

ROWS: Final = 5
FIRST_ROWS: Final = 2
"""Two dates at least: with one, nobody has a choice."""
MINUTES: Final = [
    ("30", "30\u00a0minutes"),
    ("45", "45\u00a0minutes"),
    ("60", "1\u00a0heure"),
    ("90", "1\u00a0h\u00a030"),
]
PERIODS: Final = [("semaine", "7\u00a0jours à venir"), ("a-venir", "À venir"), ("passes", "Passés")]
STATE_CHOICES: Final = [
    ("", "À venir"), ("a-fixer", "Date à trouver"), ("fixes", "Date fixée"), ("tenus", "A eu lieu"),
    ("annules", "Annulés"), ("tous", "Tous"),
]  # fmt: skip
NAMES: Final = ("etat", "quand", "structure")


def _day(rank: int) -> DateField:
    required = "Donnez deux dates au moins." if rank <= FIRST_ROWS else None
    return DateField(f"Date\u00a0{rank}", required=required, hint="")


def _hour(rank: int) -> HourField:
    render = {"class": "short", "maxlength": 20, "autocomplete": "off"}
    return HourField(f"Heure de la date\u00a0{rank}", max_length=20, render_kw=render)


class _Dates(PortalForm):
    """Five rows of day and hour, of Paris."""

    day_1, hour_1 = _day(1), _hour(1)
    day_2, hour_2 = _day(2), _hour(2)
    day_3, hour_3 = _day(3), _hour(3)
    day_4, hour_4 = _day(4), _hour(4)
    day_5, hour_5 = _day(5), _hour(5)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The pairs of fields."""
        return [(self._fields[f"day_{rank}"], self._fields[f"hour_{rank}"]) for rank in range(1, ROWS + 1)]

    def instants(self) -> list[datetime]:
        """What was typed, once its shape is right."""
        return [at for day, hour in self.rows if (at := _instant(day, hour)) is not None]

    def validate(self, extra_validators: Any = None) -> bool:
        """A day has its hour; each date is to come, and is there once."""
        right: bool = super().validate(extra_validators)
        seen: set[datetime] = set()
        for day, hour in self.rows:
            if day.errors or hour.errors:
                continue
            problem = _problem(day, hour, seen)
            if problem is not None:
                field, words = problem
                field.errors = [*field.errors, words]
                right = False
        return right


def _instant(day: Any, hour: Any) -> datetime | None:
    if day.data is None or hour.hour is None:
        return None
    return datetime.combine(day.data, hour.hour, PARIS).astimezone(UTC)


def _problem(day: Any, hour: Any, seen: set[datetime]) -> tuple[Any, str] | None:
    if day.data is None:
        return (day, "Donnez le jour de cette heure.") if hour.data else None
    at = _instant(day, hour)
    if at is None:
        return hour, "Donnez l’heure. Exemple\u00a0: 9h30"
    if at <= clock.now():
        return day, "Cette date est passée."
    if at in seen:
        return day, "Cette date est proposée deux fois."
    seen.add(at)
    return None


class ProposeForm(_Dates, MakesRow):
    """« Proposer un entretien à trois »."""

    placement = SelectField("Pour quel stage\u00a0?", blank="Aucun stage\u00a0: une autre structure")
    structure_name = TextField(
        "Structure",
        max_length=120,
        hint="Si ce n’est pas pour un stage. Avec le nom exact ou le SIRET, une structure du portail répond elle-même.",
        render_kw={"list": "structures", "autocomplete": "off"},
    )
    structure_contact = TextField("Qui vient pour la structure", max_length=120)
    about = TextField("De quoi parlez-vous\u00a0?", max_length=300, hint="Les trois lisent ces mots.")
    mode = RadioField("Comment\u00a0?", choices=choices_of(MeetingMode, MODES), required="Dites comment.")
    place = TextField("Lieu", max_length=300, hint="L’adresse, ou le lien de la visio.")
    minutes = SelectField("Durée", choices=MINUTES, required="Choisissez la durée.")

    def offer(self, placements: Iterable[Placement]) -> None:
        """The person's stages; before validation."""
        self.placement.choices = [
            *self.placement.choices,
            *((str(one.id), f"{one.host_name}, du {date_words(one.starts_on)}") for one in placements),
        ]

    def proposal(self) -> Proposal:
        """What was typed, once its shape is right."""
        return Proposal(
            instants=self.instants(),
            placement_id=UUID(self.placement.data) if self.placement.data else None,
            structure_name=self.structure_name.data or "",
            structure_contact=self.structure_contact.data or "",
            about=self.about.data or "",
            mode=MeetingMode(str(self.mode.data)),
            place=self.place.data or "",
            minutes=int(self.minutes.data or 45),
        )


class MoveForm(_Dates, EditsRow):
    """« Proposer d’autres dates »."""


class CancelForm(EditsRow):
    """« Annuler l’entretien »."""

    words = LongTextField("Pourquoi", max_length=WORDS_MOST, rows=3, required="Dites pourquoi, en quelques mots.")


class HoldForm(EditsRow):
    """« L’entretien a eu lieu »."""

    words = LongTextField(
        "Ce que vous avez décidé ensemble", max_length=WORDS_MOST, rows=5, required="Dites ce qui est décidé."
    )


class AnswersForm(PortalForm):
    """Yes or no to each date, for one party or several."""

    asked: tuple[tuple[TripartiteParty, TripartiteDate], ...] = ()

    def field_of(self, party: TripartiteParty, date_id: UUID) -> Any:
        """The field of one answer."""
        return self._fields[_name(party, date_id)]

    def said(self) -> dict[tuple[UUID, TripartiteParty], bool]:
        """What was answered; silence stays silence."""
        fields = {(put.id, party): self.field_of(party, put.id) for party, put in self.asked}
        return {key: field.yes for key, field in fields.items() if field.data}


def _name(party: TripartiteParty, date_id: UUID) -> str:
    return f"a_{party.value}_{date_id.hex}"


def answers_form(meeting: TripartiteMeeting, parties: Collection[TripartiteParty]) -> AnswersForm:
    """The form of the dates to come, for these parties."""
    now, today, known = clock.now(), clock.today(), answer_to(meeting)
    asked = tuple((party, put) for party in parties for put in meeting.dates if put.at > now)
    fields: dict[str, Any] = {"asked": asked}
    data = {}
    for party, put in asked:
        fields[_name(party, put.id)] = YesNoField(date_of(put.at, today).capitalize())
        said = known.get((put.id, party))
        data[_name(party, put.id)] = None if said is None else "oui" if said.yes else "non"
    made: AnswersForm = type("OneAnswersForm", (AnswersForm,), fields)(data=data)
    return made


class TripartiteFilters(Form):
    """Of « Entretiens à trois », in the address; nonsense filters nothing."""

    etat = SelectField("Situation", choices=STATE_CHOICES)
    quand = SelectField("Période", choices=PERIODS, blank="Toutes")
    structure = TextField("Structure", max_length=100)

    def __init__(self, sent: Any) -> None:
        super().__init__(sent)
        self.asked = Asked(
            state=self.etat.data if self.etat.data in STATES else "",
            period=self.quand.data if self.quand.data in dict(PERIODS) else "",
            structure=(self.structure.data or "")[:100],
            sort=sort_key(sent.get("tri")),
        )
