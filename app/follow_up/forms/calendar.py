"""What may be typed of the day of a visit, of a colleague's cover and of the team's agenda."""

from collections.abc import Sequence
from typing import Any

from app.applications.forms import HourField
from app.core.fields import DateField, LongTextField, RadioField, SelectField, TextField, TickField, choices_of
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.follow_up.labels.calendar import AGREED, hour_words
from app.follow_up.labels.kinds import MODES, VISITS
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.moving import AgreedWith, Meeting

MINUTES = [(str(minutes), f"{minutes}\u00a0min") for minutes in (15, 30, 45, 60, 90, 120)]


class MeetingFields(PortalForm):
    """When and how people meet."""

    on = DateField("Jour", required="Choisissez le jour.")
    at = HourField(
        "Heure",
        hint="Par exemple\u00a0: 14h30. Vide\u00a0: dans la journée.",
        max_length=20,
        render_kw={"class": "short", "maxlength": 20, "autocomplete": "off"},
    )
    minutes = SelectField("Durée", choices=MINUTES, required="Choisissez la durée.")
    mode = RadioField("Comment\u00a0?", choices=choices_of(MeetingMode, MODES), required="Dites comment.")
    place = TextField("Où\u00a0?", hint="Vide\u00a0: dans l’entreprise. Pour la visio\u00a0: l’adresse de la salle.")
    with_tutor = TickField("Avec le tuteur ou la tutrice")

    def meeting(self) -> Meeting:
        """What was typed, once its shape is right."""
        assert self.on.data is not None
        return Meeting(
            on=self.on.data,
            at=self.at.hour,
            minutes=int(self.minutes.data or 30),
            mode=MeetingMode(str(self.mode.data)),
            place=self.place.data or "",
            with_tutor=bool(self.with_tutor.data),
        )

    def offer_minutes(self, minutes: int) -> None:
        """A length that the list lacks is one of its choices too."""
        if str(minutes) not in dict(MINUTES):
            self.minutes.choices = [*MINUTES, (str(minutes), f"{minutes}\u00a0min")]


def as_typed(meeting: Meeting, **values: Any) -> dict[str, Any]:
    """Values for the form."""
    return {
        "on": meeting.on,
        "at": hour_words(meeting.at) if meeting.at else "",
        "minutes": str(meeting.minutes),
        "mode": meeting.mode,
        "place": meeting.place,
        "with_tutor": meeting.with_tutor,
        **values,
    }


class MoveForm(MeetingFields, EditsRow):
    """Another day needs a reason and somebody who agreed; an hour alone does not."""

    reason = LongTextField("Pourquoi la date change", rows=2, max_length=500)
    agreed_with = RadioField("Convenu avec", choices=choices_of(AgreedWith, AGREED))


class AddForm(MeetingFields, MakesRow):
    """One more visit."""

    kind = SelectField("Quelle visite\u00a0?", required="Choisissez la visite.")

    def offer(self, kinds: tuple[VisitKind, ...]) -> None:
        """An extra one, or the steps that may be tried again."""
        self.kind.choices = [(kind.value, VISITS[kind]) for kind in (*kinds, VisitKind.EXTRA)]


class CallOffForm(EditsRow):
    """« Annuler la visite »."""

    reason = LongTextField("Pourquoi\u00a0?", required="Dites pourquoi.", rows=2, max_length=500)


class CoverForm(MakesRow):
    """« Je suis absent du … au … »; a manager says for whom."""

    absent = SelectField("Qui s’absente\u00a0?", required="Choisissez qui s’absente.")
    first_day = DateField("Premier jour d’absence", required="Choisissez le premier jour.")
    last_day = DateField("Dernier jour d’absence", required="Choisissez le dernier jour.")
    cover = SelectField(
        "Qui remplace\u00a0?",
        blank="Choisissez",
        required="Choisissez un collègue.",
        hint="Cette personne tient les suivis et reçoit les rappels pendant ces jours.",
    )

    def offer(self, colleagues: Sequence[tuple[str, str]], oneself: str, *, manager: bool) -> None:
        """Who may be away: oneself, or for a manager anybody of the team. Who may cover: the others."""
        self.cover.choices = [("", "Choisissez"), *(one for one in colleagues if manager or one[0] != oneself)]
        if manager:
            self.absent.choices = list(colleagues)
        else:
            del self.absent
