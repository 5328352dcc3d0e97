"""What is typed to compute an objective: the figures of the four methods, and the ground."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from wtforms import Form

from app.clauses.labels.calibration import REFUSAL_WORDS
from app.clauses.labels.kinds import OBJECTIVE_METHODS
from app.clauses.rules.calibration import (
    FIELD_OF,
    BilledRate,
    CleaningTakeover,
    HoursShare,
    Inputs,
    LabourShare,
    calibration_refusals,
)
from app.clauses.rules.kinds import ObjectiveMethod
from app.clauses.service.calibration import Asked
from app.core.fields import DateField, DecimalField, IntegerField, ResolvedField, SelectField, TextField, TickField
from app.core.forms import MakesRow, PortalForm

_MOST: Final = Decimal("999999999999")
_M = ObjectiveMethod


@dataclass(frozen=True, slots=True)
class Method:
    """One method: input → field of the form. ``own`` are those without which it was not asked."""

    kind: type[Inputs]
    fields: Mapping[str, str]
    own: tuple[str, ...]


METHODS: Final[Mapping[ObjectiveMethod, Method]] = {
    _M.LABOUR_SHARE: Method(
        LabourShare,
        {
            "amount": "amount",
            "labour_percent": "share_labour",
            "insertion_percent": "share_insertion",
            "hourly_cost": "share_cost",
        },
        ("share_labour", "share_insertion"),
    ),
    _M.HOURS_SHARE: Method(
        HoursShare,
        {"labour_hours": "hours_labour", "insertion_percent": "hours_insertion"},
        ("hours_labour", "hours_insertion"),
    ),
    _M.BILLED_RATE: Method(
        BilledRate,
        {"billed": "billed", "threshold": "billed_threshold", "euros_per_hour": "billed_slice"},
        ("billed", "billed_threshold", "billed_slice"),
    ),
    _M.CLEANING_TAKEOVER: Method(
        CleaningTakeover,
        {
            "amount": "amount",
            "months": "months",
            "takeover_hours_month": "cleaning_takeover",
            "insertion_percent": "cleaning_insertion",
            "euros_per_hour": "cleaning_slice",
            "floor_hours": "cleaning_floor",
        },
        ("cleaning_takeover", "cleaning_insertion"),
    ),
}
_EUROS, _PERCENT = "En euros, hors taxes.", "En\u00a0%."


class _Wide(DecimalField):
    """Room for « 3 100 000 »."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.render_kw: dict[str, Any] = {"inputmode": "decimal", "class": "short-date", "maxlength": 20}


def _number(label: str, hint: str = "", **kwargs: Any) -> DecimalField:
    return _Wide(label, hint=hint, minimum=None, maximum=_MOST, **kwargs)


class CalibrationForm(MakesRow):
    """A method left empty is not computed."""

    title = TextField("Nom du besoin", hint="Par exemple\u00a0: nettoyage des collèges.", required="Écrivez un nom.")
    amount = _number("Montant du marché", _EUROS)
    months = IntegerField("Durée, en mois", minimum=1, maximum=600)
    trade = ResolvedField(
        "Métier",
        hint="Pour le conseil. Par exemple\u00a0: peintre, agent d’entretien.",
        resolve=lambda _: None,
        unknown="Nous ne connaissons pas ce métier.",
        render_kw={"list": "metiers", "autocomplete": "off"},
    )
    commune = ResolvedField(
        "Commune",
        hint="Pour le conseil. Où se fait le travail.",
        resolve=lambda _: None,
        unknown="Nous ne connaissons pas cette commune de l’Essonne.",
        render_kw={"list": "communes", "autocomplete": "off"},
    )
    in_lots = TickField("Le marché est en lots")
    share_labour = _number("Part de la main-d’œuvre", _PERCENT)
    share_insertion = _number("Part d’insertion", _PERCENT)
    share_cost = _number("Coût d’une heure de travail", _EUROS, default=Decimal(30))
    hours_labour = _number("Heures de travail du marché", "Toutes personnes.")
    hours_insertion = _number("Part d’insertion", _PERCENT)
    billed = _number("Montant facturé prévu", _EUROS)
    billed_threshold = _number("Au-delà de", "En euros, 0 s’il n’y a pas de seuil.")
    billed_slice = _number("Une heure par tranche de", _EUROS)
    cleaning_takeover = _number("Heures reprises par mois", "Celles du personnel à reprendre.")
    cleaning_insertion = _number("Part d’insertion", _PERCENT)
    cleaning_slice = _number("Euros pour une heure", _EUROS, default=Decimal(25))
    cleaning_floor = _number("Plancher d’heures", "En dessous, pas de clause.", default=Decimal(150))
    method = SelectField(
        "Méthode retenue",
        choices=[(one.value, OBJECTIVE_METHODS[one]) for one in METHODS],
        blank="La première qui donne des heures",
    )
    template = SelectField("Modèle de règles pour le paragraphe", blank="Les règles habituelles")

    def look_up(
        self,
        trades: tuple[Callable[[str], Any | None], Callable[[str], Sequence[Any]]],
        communes: tuple[Callable[[str], Any | None], Callable[[str], Sequence[Any]]],
        templates: Sequence[tuple[str, str]],
    ) -> None:
        """Say how a trade and a commune are found, and which templates there are; before validation."""
        self.trade.resolve, self.trade.suggest = trades
        self.commune.resolve, self.commune.suggest = communes
        self.template.choices = [*self.template.choices, *templates]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each method that was begun is whole, and can be computed; one at least was begun."""
        good: bool = super().validate(extra_validators)
        if not good:
            return False
        begun = [method for method in METHODS if self._is_begun(method)]
        if not begun:
            self.general_errors.append("Remplissez les chiffres d’une méthode au moins.")
        wrong = [method for method in begun if not self._is_whole(method) or not self._can_be_computed(method)]
        return bool(begun) and not wrong

    def _is_begun(self, method: ObjectiveMethod) -> bool:
        return any(self[name].data is not None for name in METHODS[method].own)

    def _is_whole(self, method: ObjectiveMethod) -> bool:
        missing = [name for name in METHODS[method].fields.values() if self[name].data is None]
        for name in missing:
            self._say(name, f"«\u00a0{OBJECTIVE_METHODS[method]}\u00a0» demande ce nombre.")
        return not missing

    def _can_be_computed(self, method: ObjectiveMethod) -> bool:
        reasons = calibration_refusals(self._inputs(method))
        for reason in reasons:
            name = METHODS[method].fields.get(FIELD_OF.get(reason, ""), "")
            self._say(name or METHODS[method].own[0], REFUSAL_WORDS[reason])
        return not reasons

    def _say(self, name: str, message: str) -> None:
        if message not in self[name].errors:
            self[name].errors = [*self[name].errors, message]

    def _inputs(self, method: ObjectiveMethod) -> Inputs:
        known = METHODS[method]
        return known.kind(**{name: Decimal(self[field].data) for name, field in known.fields.items()})

    @property
    def asked(self) -> Asked:
        """What was typed, once it is valid."""
        return Asked(
            title=self.title.data or "",
            inputs={method: self._inputs(method) for method in METHODS if self._is_begun(method)},
            method=ObjectiveMethod(self.method.data) if self.method.data else None,
            template=self.template.data or "",
            trade_slug=getattr(self.trade.found, "slug", None),
            commune_insee=getattr(self.commune.found, "insee", None),
            months=None if self.months.data is None else int(self.months.data),
            in_lots=bool(self.in_lots.data),
            amount=self.amount.data,
        )


def starting_values(asked: Asked, names: tuple[str, str]) -> dict[str, Any]:
    """The fields of a calibration that was kept; ``names`` of its trade and commune."""
    found: dict[str, Any] = {}
    for method, inputs in asked.inputs.items():
        found |= {field: getattr(inputs, name) for name, field in METHODS[method].fields.items()}
    found |= {"amount": asked.amount, "months": asked.months, "in_lots": asked.in_lots}
    trade, commune = names
    return found | {
        "title": asked.title,
        "method": asked.method.value if asked.method else None,
        "template": asked.template,
        "trade": trade,
        "commune": commune,
    }


class CalibrationFilters(Form):
    """Of the calibrations kept."""

    mots = TextField("Nom du besoin", render_kw={"type": "search", "maxlength": 80})


class ApplyForm(PortalForm):
    """To which lot, from which day."""

    lot = SelectField("Lot", required="Choisissez un lot.")
    valid_from = DateField("À partir du", required="Écrivez la date de début.")

    @property
    def lot_id(self) -> UUID:
        """The lot chosen."""
        return UUID(self.lot.data)
