"""The form of an offer: the essentials first, the rest in a details section of the same page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from wtforms.validators import StopValidation

from app.core.fields import (
    DateField,
    DecimalField,
    IntegerField,
    LongTextField,
    ManyField,
    RadioField,
    ResolvedField,
    SelectField,
    TextField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow
from app.core.grid_field import GridField
from app.offers.labels import EMPLOYMENTS, FRENCH, KINDS, PERIODS, REFUSALS
from app.offers.models import Offer
from app.offers.rules import (
    DERIVED,
    LEGAL_WEEK,
    POSTS_MOST,
    Content,
    EmploymentKind,
    OfferKind,
    OfferRefusal,
    PayPeriod,
)

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form may offer: lists of the reference tables, and how typed words are looked up."""

    find_trade: Callable[[str], Any | None]
    suggest_trades: Callable[[str], Sequence[Any]]
    find_commune: Callable[[str], Any | None]
    suggest_communes: Callable[[str], Sequence[Any]]
    skills: Sequence[Choice] = ()
    titles: Sequence[Choice] = ()
    licences: Sequence[Choice] = ()
    conditions: Sequence[Choice] = ()
    employments: Collection[EmploymentKind] = frozenset(EmploymentKind)
    siae: bool = False


class NamedField(ResolvedField):
    """Words that name a row. Words that several rows answer give a list to choose from, sent as ``NAME-choice``."""

    def __init__(self, label: str = "", *, key: str, several: str, **kwargs: Any) -> None:
        super().__init__(label, resolve=lambda _: None, **kwargs)
        self.key, self.several = key, several
        self.choice = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Keep which suggestion was ticked."""
        super().process(formdata, data, extra_filters)
        self.choice = str(formdata.get(f"{self.name}-choice", "")) if formdata else ""

    def check(self) -> None:
        """One row, or the ticked one among those that the words may mean."""
        TextField.check(self)
        self.found = self.resolve(self.data or "")
        if self.found is None:
            self.suggestions = self.suggest(self.data or "")
            self.found = next((row for row in self.suggestions if getattr(row, self.key) == self.choice), None)
        if self.found is None:
            raise StopValidation(self.several if self.suggestions else self.unknown)
        self.suggestions = ()
        self.data = self.found.name

    @property
    def options(self) -> list[tuple[str, str]]:
        """(value, name) of what the words may mean."""
        return [(getattr(row, self.key), row.name) for row in self.suggestions]

    @property
    def chosen(self) -> str | None:
        """The key of the row, if any."""
        return getattr(self.found, self.key) if self.found is not None else None


class WeekHoursField(DecimalField):
    """Hours a week; above the legal maximum, the message says that it is the law."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """A number, then the law."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data > LEGAL_WEEK:
            raise ValueError(REFUSALS[OfferRefusal.HOURS_ABOVE_LEGAL])


_POSTS = [choice for choice in choices_of(OfferKind, KINDS) if choice[0] != OfferKind.PLACEMENT]


class OfferFields:
    """Nothing is compulsory here: a draft may be half written, publishing asks the rest."""

    placement = False

    job = NamedField(
        "Métier",
        key="slug",
        render_kw={"list": "metiers", "autocomplete": "off"},
        hint="Avec les mots de tous les jours. Par exemple\u00a0: ménage, maçon, plonge.",
        several="Plusieurs métiers répondent à ces mots. Choisissez le plus proche.",
        unknown="Nous ne connaissons pas ce métier. Essayez un mot plus courant.",
    )
    title = TextField(
        "Titre de l’offre",
        hint="Laissez vide pour le titre que nous proposons\u00a0: le nom du métier, suivi de (H/F).",
        max_length=120,
    )
    kind = RadioField("Type de poste", choices=_POSTS, default=OfferKind.SIAE_POST.value)
    commune = NamedField(
        "Commune de travail",
        key="insee",
        render_kw={"list": "communes", "autocomplete": "off"},
        hint="Un nom ou un code postal de l’Essonne.",
        several="Plusieurs communes répondent. Choisissez la bonne.",
        unknown="Nous ne connaissons pas cette commune de l’Essonne. Vérifiez le nom ou le code postal.",
    )
    employment_kind = SelectField("Contrat", choices=choices_of(EmploymentKind, EMPLOYMENTS), blank="Choisir")
    start_on = DateField("Début")
    hours_week = WeekHoursField("Heures par semaine", hint="48\u00a0h au plus.", minimum=1, maximum=168, unit="h")
    grid = GridField("Horaires", hint="Nuit, soir et week-end s’affichent d’eux-mêmes d’après ces horaires.")
    pay_min = DecimalField("Salaire brut, minimum", hint="En euros.", maximum=300_000, unit="€")
    pay_max = DecimalField("Salaire brut, maximum", hint="Laissez vide s’il n’y a qu’un montant.", maximum=300_000)
    pay_period = SelectField("Ce salaire est", choices=choices_of(PayPeriod, PERIODS), default=PayPeriod.HOUR.value)
    posts = IntegerField(
        "Nombre de postes", required="Dites combien de postes.", minimum=1, maximum=POSTS_MOST, default=1
    )

    description = LongTextField("Description", hint="Ce que la personne fera, avec qui, où, et ce qu’elle apprendra.")
    end_on = DateField("Fin", hint="Vide pour un CDI. Par exemple\u00a0: 16/05/2027")
    required_skills = ManyField("Il faut déjà savoir", hint="Le moins possible\u00a0: cela écarte des personnes.")
    wished_skills = ManyField("C’est un plus", hint="Ce qui peut s’apprendre sur place.")
    wished_titles = ManyField("Titres et certificats souhaités", hint="Ceux que la loi exige s’ajoutent d’eux-mêmes.")
    required_licences = ManyField("Permis indispensables", hint="Seulement si la personne conduit pendant le travail.")
    conditions = ManyField("Conditions de travail", hint="Les dire évite de mauvaises surprises.")
    french = SelectField("Français demandé", choices=[(str(level), words) for level, words in FRENCH.items()])
    french_reason = TextField(
        "Pourquoi ce niveau", hint="Par exemple\u00a0: lire des consignes de sécurité.", max_length=300
    )
    transport_access = TextField("Comment venir", hint="Par exemple\u00a0: bus 91-06, arrêt à 200 m.", max_length=300)
    tutor_name = TextField("Tuteur ou tutrice", hint="Son nom n’est pas public.", max_length=120)
    address = TextField("Adresse du travail", hint="Montrée aux personnes embauchées, jamais avant.", max_length=300)
    expires_on = DateField("Dernier jour pour postuler", hint="Vide\u00a0: 60\u00a0jours. Six mois au plus.")

    def offer(self, offered: Offered) -> None:
        """Fill the lists and say how words are looked up. Before validation."""
        form: Any = self
        form.job.resolve, form.job.suggest = offered.find_trade, offered.suggest_trades
        form.commune.resolve, form.commune.suggest = offered.find_commune, offered.suggest_communes
        form.required_licences.choices = list(offered.licences)
        form.conditions.choices = [choice for choice in offered.conditions if choice[0] not in DERIVED]
        if self.placement:
            return
        form.required_skills.choices = form.wished_skills.choices = list(offered.skills)
        form.wished_titles.choices = list(offered.titles)
        kinds = [(kind.value, words) for kind, words in EMPLOYMENTS.items() if kind in offered.employments]
        form.employment_kind.choices = [("", "Choisir"), *kinds]
        if not offered.siae:
            del form.kind

    def content(self) -> Content:
        """What was typed, as the rules read it; the title of the job when none was given."""
        form: Any = self
        said: dict[str, Any] = {name: form[name].data for name in _PLAIN if name in form}
        said.update({name: tuple(form[name].data or ()) for name in _LISTS if name in form})
        return Content(
            **said,
            **self._nature(),
            title=form.title.data or self._usual_title(form.job.found),
            trade_slug=form.job.chosen,
            commune_insee=form.commune.chosen,
            french=int(form.french.data or 0),
        )

    def _nature(self) -> dict[str, Any]:
        """Which kind of offer it is, and its employment."""
        form: Any = self
        kind = form._fields.get("kind")
        return {
            "kind": OfferKind(kind.data) if kind is not None and kind.data else OfferKind.JOB,
            "employment_kind": EmploymentKind(form.employment_kind.data) if form.employment_kind.data else None,
            "pay_period": PayPeriod(form.pay_period.data or PayPeriod.HOUR),
        }

    def _usual_title(self, trade: Any | None) -> str:
        return f"{trade.name} (H/F)" if trade else ""


_LISTS = ("required_skills", "wished_skills", "wished_titles", "required_licences", "conditions")
_PLAIN = (
    "description", "address", "start_on", "end_on", "hours_week", "grid", "pay_min", "pay_max", "posts",
    "french_reason", "transport_access", "tutor_name", "expires_on",
)  # fmt: skip


class NewOfferForm(OfferFields, MakesRow):
    """An offer that does not exist yet."""


class EditOfferForm(OfferFields, EditsRow):
    """An offer that does."""


def written(offer: Offer) -> Mapping[str, Any]:
    """The data of the form for an offer as it is."""
    content = offer.content
    data: dict[str, Any] = {part.name: getattr(content, part.name) for part in fields(Content)}
    data.update({name: list(data[name]) for name in _LISTS})
    data["job"] = offer.trade.name if offer.trade else ""
    data["commune"] = offer.commune.name if offer.commune else ""
    return {**data, "french": str(content.french), "version": offer.version}


class ActOnOffer(EditsRow):
    """A button on the page of an offer: the version that the person saw."""


class CopyForm(MakesRow):
    """« Dupliquer »: the id of the copy to come."""


class ClosingForm(EditsRow):
    """Closing, or declaring filled."""

    reason = TextField("Un mot pour votre historique", hint="Il reste dans votre organisation.", max_length=300)
