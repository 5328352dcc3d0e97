"""The forms of a lot: what it owes and by which method, its firms, tranches and billing."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from app.clauses.forms.contracts import EurosField, commune_field
from app.clauses.labels.kinds import HOLDER_ROLES, OBJECTIVE_METHODS, TRANCHE_KINDS
from app.clauses.models import Holder, Lot, LotVersion
from app.clauses.rules.calibration import BilledRate, CleaningTakeover, HoursShare, Inputs, LabourShare
from app.clauses.rules.kinds import HolderRole, ObjectiveMethod, TrancheKind
from app.clauses.rules.lots import HolderValues, LotValues, ObjectiveValues, TrancheValues
from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    IntegerField,
    PhoneField,
    RadioField,
    SelectField,
    SiretField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow, PortalForm
from app.offers.forms.posting import NamedField

_M = ObjectiveMethod
NEEDED: Final[Mapping[ObjectiveMethod, Sequence[str]]] = {
    _M.STATED: ("hours",),
    _M.LABOUR_SHARE: ("amount", "labour_percent", "insertion_percent", "hourly_cost"),
    _M.HOURS_SHARE: ("insertion_percent", "labour_hours"),
    _M.BILLED_RATE: ("threshold", "euros_per_hour"),
    _M.CLEANING_TAKEOVER: ("amount", "months", "takeover_hours_month", "insertion_percent"),
}
_KINDS: Final[Mapping[ObjectiveMethod, Callable[..., Inputs]]] = {
    _M.LABOUR_SHARE: LabourShare,
    _M.HOURS_SHARE: HoursShare,
    _M.BILLED_RATE: lambda **said: BilledRate(billed=Decimal(0), **said),
    _M.CLEANING_TAKEOVER: CleaningTakeover,
}
OBJECTIVE_FIELDS: Final = (
    "method", "hours", "insertion_percent", "labour_percent", "hourly_cost", "labour_hours", "threshold",
    "euros_per_hour", "months", "takeover_hours_month",
)  # fmt: skip


class LotFields:
    """What is typed of a lot."""

    number = IntegerField("Numéro du lot", required="Écrivez le numéro du lot.", maximum=999)
    title = TextField("Intitulé", required="Écrivez l’intitulé du lot.", hint="Par exemple\u00a0: peinture.")
    job = NamedField(
        "Métier",
        key="slug",
        render_kw={"list": "metiers", "autocomplete": "off"},
        hint="Il sert à trouver des personnes. Par exemple\u00a0: peintre.",
        several="Plusieurs métiers répondent à ces mots. Choisissez le plus proche.",
        unknown="Nous ne connaissons pas ce métier. Essayez un mot plus courant.",
    )
    commune = commune_field("Commune, si ce n’est pas celle du marché")
    cpv = TextField("Code CPV, si ce n’est pas celui du marché")
    amount = EurosField("Montant du lot, hors taxes", hint="En euros.")
    reserved = TickField("Lot réservé", hint="À des SIAE, des EA ou des ESAT.")
    method = RadioField(
        "L’objectif est", choices=choices_of(ObjectiveMethod, OBJECTIVE_METHODS), default=_M.STATED.value
    )
    hours = DecimalField("Heures fixées", hint="Sans les tranches optionnelles.", maximum=9_999_999, unit="h")
    insertion_percent = DecimalField("Part d’insertion, en %", maximum=100, unit="%")
    labour_percent = DecimalField("Part de la main-d’œuvre, en %", maximum=100, unit="%")
    hourly_cost = DecimalField("Coût d’une heure, en euros", maximum=1000, unit="€")
    labour_hours = DecimalField("Heures de travail du lot", maximum=9_999_999, unit="h")
    threshold = EurosField("Montant facturé sans heure due", hint="0 s’il n’y en a pas.")
    euros_per_hour = DecimalField("Une heure pour, en euros facturés", hint="Exemple\u00a0: 2000", maximum=1_000_000)
    months = IntegerField("Durée en mois", maximum=240)
    takeover_hours_month = DecimalField("Heures du personnel repris, par mois", maximum=9_999_999, unit="h")

    def offer(
        self,
        *,
        find_trade: Callable[[str], Any | None],
        suggest_trades: Callable[[str], Sequence[Any]],
        find_commune: Callable[[str], Any | None],
        suggest_communes: Callable[[str], Sequence[Any]],
        started: bool,
    ) -> None:
        """How words are looked up. On a contract that has started, the objective of a known lot is not asked."""
        form: Any = self
        form.job.resolve, form.job.suggest = find_trade, suggest_trades
        form.commune.resolve, form.commune.suggest = find_commune, suggest_communes
        if started:
            for name in OBJECTIVE_FIELDS:
                del form[name]

    def complete(self) -> bool:
        """Are the figures of the chosen method all there? Says beside each which one lacks."""
        form: Any = self
        if "method" not in form:
            return True
        lacking = [name for name in NEEDED[ObjectiveMethod(form.method.data)] if form[name].data is None]
        for name in lacking:
            form[name].errors = [*form[name].errors, "Ce chiffre est nécessaire pour cette façon de compter."]
        return not lacking

    def content(self) -> LotValues:
        """What was typed, once ``complete``."""
        form: Any = self
        return LotValues(
            number=form.number.data,
            title=form.title.data,
            objective=_objective(form) if "method" in form else ObjectiveValues(),
            trade_slug=form.job.chosen,
            cpv=form.cpv.data or "",
            amount=form.amount.data,
            commune_insee=form.commune.chosen,
            reserved=form.reserved.data,
        )


def _objective(form: Any) -> ObjectiveValues:
    method = ObjectiveMethod(form.method.data)
    said = {name: form[name].data for name in NEEDED[method]}
    return ObjectiveValues(**said) if method is _M.STATED else ObjectiveValues(inputs=_KINDS[method](**said))


class NewLotForm(LotFields, MakesRow):
    """A lot that does not exist yet."""


class EditLotForm(LotFields, EditsRow):
    """A lot that does."""


def written_lot(lot: Lot, version: LotVersion | None) -> Mapping[str, Any]:
    """The data of the form for a lot as it is, with the inputs of its objective."""
    said: dict[str, Any] = {
        name: getattr(lot, name) for name in ("number", "title", "cpv", "amount", "reserved", "version")
    }
    said |= {"job": lot.trade.name if lot.trade else "", "commune": lot.commune.name if lot.commune else ""}
    if version is not None:
        said |= {"method": version.method.value, "hours": version.hours}
        said |= {name: value for name, value in version.inputs.items() if name in OBJECTIVE_FIELDS and name != "method"}
    return said


class HolderFields:
    """What is typed of a firm on a lot."""

    name = TextField("Entreprise", required="Écrivez le nom de l’entreprise.")
    siret = SiretField("SIRET", hint="Il la relie à son compte sur le portail, si elle en a un, ou quand elle l’aura.")
    role = RadioField("Rôle sur le lot", choices=choices_of(HolderRole, HOLDER_ROLES), required="Choisissez son rôle.")
    share = DecimalField("Part de l’objectif, en %", hint="Vide pour un sous-traitant.", maximum=100, unit="%")
    principal = SelectField("Sous-traitant de", blank="Personne")
    since = DateField("Depuis le", hint="Vide si c’est depuis le début du marché.")
    until = DateField("Jusqu’au", hint="Vide tant que l’entreprise est sur le lot.")
    contact_name = TextField("Personne à joindre")
    contact_email = EmailField("Adresse e-mail")
    contact_phone = PhoneField("Téléphone")

    def content(self) -> HolderValues:
        """What was typed."""
        form: Any = self
        return HolderValues(
            name=form.name.data,
            role=HolderRole(form.role.data),
            siret=form.siret.data or None,
            share=form.share.data,
            principal_id=UUID(form.principal.data) if form.principal.data else None,
            since=form.since.data,
            until=form.until.data,
            contact_name=form.contact_name.data or "",
            contact_email=form.contact_email.data or "",
            contact_phone=form.contact_phone.data or "",
        )


class NewHolderForm(HolderFields, MakesRow):
    """A firm that is not on the lot yet."""


class EditHolderForm(HolderFields, EditsRow):
    """A firm that is."""


def written_holder(holder: Holder) -> Mapping[str, Any]:
    """The data of the form for a firm on a lot as it is."""
    names = ("name", "siret", "role", "share", "since", "until", "contact_name", "contact_email", "contact_phone")
    principal = str(holder.principal_id or "")
    return {**{name: getattr(holder, name) for name in names}, "principal": principal, "version": holder.version}


def shares_form(holders: Sequence[Holder], **options: Any) -> PortalForm:
    """A part to write for each firm that holds the lot now."""
    fields = {
        f"part_{one.id.hex}": DecimalField(
            one.name, required="Écrivez une part.", maximum=100, unit="%", default=one.share
        )
        for one in holders
    }
    return type("SharesForm", (PortalForm,), fields)(**options)  # type: ignore[no-any-return]


class TrancheForm(MakesRow):
    """A tranche of a lot."""

    label = TextField(
        "Nom de la tranche", required="Nommez la tranche.", hint="Exemple\u00a0: tranche optionnelle\u00a01"
    )
    kind = RadioField("Sorte", choices=choices_of(TrancheKind, TRANCHE_KINDS), default=TrancheKind.OPTIONAL.value)
    hours = DecimalField(
        "Heures",
        required="Écrivez ses heures.",
        hint="Celles d’une tranche optionnelle s’ajoutent à l’objectif quand elle est affermie.",
        maximum=9_999_999,
        unit="h",
    )

    def content(self) -> TrancheValues:
        """What was typed."""
        form: Any = self
        return TrancheValues(form.label.data, TrancheKind(form.kind.data), form.hours.data)


class AffirmForm(PortalForm):
    """The day on which an optional tranche is affirmed."""

    on = DateField("Affermie le", required="Écrivez la date.")


class BillingForm(MakesRow):
    """What had been billed in all up to a day."""

    on = DateField("Arrêté au", required="Écrivez la date.")
    cumulative = EurosField(
        "Montant facturé en tout, hors taxes",
        required="Écrivez le montant cumulé.",
        hint="Depuis le début du marché, en euros.",
    )
