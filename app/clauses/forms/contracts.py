"""The forms of a contract, of its avenants, of its buyer, and of its acts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from app.clauses.labels.kinds import BUYER_KINDS, CLAUSE_KINDS, LEGAL_BASES, NATURES
from app.clauses.models import Buyer, PublicContract
from app.clauses.rules.contracts import BuyerValues, ContractValues
from app.clauses.rules.kinds import BuyerKind, ClauseKind, LegalBase, Nature
from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    LongTextField,
    RadioField,
    SelectField,
    SiretField,
    TextField,
    TickField,
    choices_of,
)
from app.core.forms import EditsRow, MakesRow
from app.offers.forms.posting import NamedField

AMOUNT_MOST: Final = 9_999_999_999


class EurosField(DecimalField):
    """An amount in euros, wide enough for millions."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, maximum=AMOUNT_MOST, unit="€", **kwargs)
        self.render_kw: dict[str, Any] = {"inputmode": "decimal", "class": "short-date", "maxlength": 20}


def commune_field(label: str = "Commune") -> NamedField:
    """A commune by its name or postcode."""
    return NamedField(
        label,
        key="insee",
        render_kw={"list": "communes", "autocomplete": "off"},
        hint="Un nom ou un code postal de l’Essonne.",
        several="Plusieurs communes répondent. Choisissez la bonne.",
        unknown="Nous ne connaissons pas cette commune de l’Essonne. Vérifiez le nom ou le code postal.",
    )


class ContractFields:
    """What is typed of a contract."""

    number = TextField("Numéro du marché", required="Écrivez le numéro du marché.", hint="Celui de l’acheteur.")
    title = TextField("Objet", required="Écrivez l’objet du marché.", hint="Par exemple\u00a0: rénovation du collège.")
    buyer = TextField(
        "Acheteur",
        required="Écrivez le nom de l’acheteur.",
        hint="Choisissez dans la liste, ou écrivez un nouveau nom.",
        render_kw={"list": "acheteurs", "autocomplete": "off"},
    )
    buyer_kind = SelectField("Nature de l’acheteur", choices=choices_of(BuyerKind, BUYER_KINDS), blank="Déjà connu")
    buyer_siret = SiretField("SIRET de l’acheteur")
    nature = RadioField("Nature des prestations", choices=choices_of(Nature, NATURES), required="Choisissez la nature.")
    cpv = TextField("Code CPV", hint="8\u00a0chiffres, et le neuvième si vous l’avez. Exemple\u00a0: 45214220-8")
    framework = TickField("C’est un accord-cadre", hint="Les heures suivent alors les bons de commande.")
    commune = commune_field("Commune d’exécution")
    amount = EurosField("Montant hors taxes", hint="En euros.")
    notified_on = DateField("Date de notification")
    delivered_on = DateField("Date de livraison prévue", hint="Le dernier jour du marché. Exemple\u00a0: 16/11/2027")
    clause_kind = SelectField(
        "Sorte de clause",
        choices=choices_of(ClauseKind, CLAUSE_KINDS),
        required="Choisissez la sorte de clause.",
        default=ClauseKind.EXECUTION_CLAUSE.value,
    )
    legal_base = SelectField(
        "Base juridique",
        choices=choices_of(LegalBase, LEGAL_BASES),
        required="Choisissez la base.",
        default=LegalBase.EXECUTION.value,
    )
    obligation_reason = LongTextField(
        "Motif, s’il n’y a pas de clause",
        hint="Depuis le 22 août 2026, au-dessus des seuils européens, la loi demande une clause ou un motif.",
        max_length=1000,
        rows=3,
    )
    plie = SelectField("PLIE en charge", blank="Aucun pour l’instant")

    def offer(
        self,
        *,
        find_commune: Callable[[str], Any | None],
        suggest_communes: Callable[[str], Sequence[Any]],
        plies: Sequence[tuple[str, str]] | None,
        started: bool,
    ) -> None:
        """How communes are looked up; ``plies`` None: the PLIE is not asked. Started: amount and dates stay."""
        form: Any = self
        form.commune.resolve, form.commune.suggest = find_commune, suggest_communes
        if plies is None:
            del form.plie
        else:
            form.plie.choices = [("", "Aucun pour l’instant"), *plies]
        if started:
            del form.amount, form.notified_on, form.delivered_on

    def buyer_words(self) -> BuyerValues | None:
        """The new buyer that is typed; None without its nature."""
        form: Any = self
        if not form.buyer_kind.data:
            return None
        return BuyerValues(form.buyer.data, BuyerKind(form.buyer_kind.data), form.buyer_siret.data or None)

    def content(self, buyer: UUID | BuyerValues, contract: PublicContract | None = None) -> ContractValues:
        """What was typed; what the form does not ask is as it stands."""
        form: Any = self
        said: dict[str, Any] = {
            name: form[name].data if name in form else getattr(contract, name, None)
            for name in ("amount", "notified_on", "delivered_on")
        }
        if "plie" in form:
            said["facilitator_organisation_id"] = UUID(form.plie.data) if form.plie.data else None
        clause = ClauseKind(form.clause_kind.data)
        return ContractValues(
            buyer=buyer,
            number=form.number.data,
            title=form.title.data,
            nature=Nature(form.nature.data),
            cpv=form.cpv.data or "",
            framework=form.framework.data,
            legal_base=LegalBase.NONE if clause is ClauseKind.NONE else LegalBase(form.legal_base.data),
            clause_kind=clause,
            obligation_reason=form.obligation_reason.data or "",
            commune_insee=form.commune.chosen,
            **said,
        )


class NewContractForm(ContractFields, MakesRow):
    """A contract that does not exist yet."""


class EditContractForm(ContractFields, EditsRow):
    """A contract that does."""


def written(contract: PublicContract) -> Mapping[str, Any]:
    """The data of the form for a contract as it is."""
    names = (
        "number", "title", "nature", "cpv", "framework", "amount", "notified_on", "delivered_on", "clause_kind",
        "legal_base", "obligation_reason", "version",
    )  # fmt: skip
    return {
        **{name: getattr(contract, name) for name in names},
        "buyer": contract.buyer.name,
        "commune": contract.commune.name if contract.commune else "",
        "plie": str(contract.facilitator_organisation_id or ""),
    }


class ActOnContract(EditsRow):
    """A button of a contract: the version that the person saw."""


class CancelForm(EditsRow):
    """Giving a contract up."""

    reason = TextField("Pourquoi", required="Dites pourquoi le marché est abandonné.", max_length=300)


class AmendmentForm(MakesRow, EditsRow):
    """An avenant; the page adds a field of hours for each lot (``lot_fields``)."""

    valid_from = DateField("Date d’effet", required="Écrivez la date d’effet de l’avenant.")
    label = TextField("Ce que fait l’avenant", required="Dites en quelques mots ce que fait l’avenant.")
    amount = EurosField("Nouveau montant hors taxes", hint="Vide s’il ne change pas.")
    delivered_on = DateField("Nouvelle date de livraison", hint="Vide si elle ne change pas.")


def amendment_form(lots: Sequence[tuple[UUID, str, Any]], **options: Any) -> AmendmentForm:
    """The form with an objective to write for each lot: (id, label, hours now)."""
    fields = {
        f"lot_{lot_id.hex}": DecimalField(label, maximum=9_999_999, unit="h", default=hours)
        for lot_id, label, hours in lots
    }
    return type("AmendmentForm", (AmendmentForm,), fields)(**options)  # type: ignore[no-any-return]


class BuyerFields:
    """What is typed of a buyer."""

    name = TextField("Nom", required="Écrivez le nom de l’acheteur.")
    kind = SelectField(
        "Nature", choices=choices_of(BuyerKind, BUYER_KINDS), blank="Choisir", required="Choisissez la nature."
    )
    siret = SiretField("SIRET", hint="14\u00a0chiffres. Il relie les imports à cet acheteur.")
    contact_name = TextField("Personne à joindre")
    contact_email = EmailField("Adresse e-mail")

    def content(self) -> BuyerValues:
        """What was typed."""
        form: Any = self
        kind = BuyerKind(form.kind.data)
        contact = form.contact_name.data or "", form.contact_email.data or ""
        return BuyerValues(form.name.data, kind, form.siret.data or None, *contact)


class NewBuyerForm(BuyerFields, MakesRow):
    """A buyer that is not known yet."""


class EditBuyerForm(BuyerFields, EditsRow):
    """A buyer that is."""


def written_buyer(buyer: Buyer) -> Mapping[str, Any]:
    """The data of the form for a buyer as it is."""
    return {
        name: getattr(buyer, name) for name in ("name", "kind", "siret", "contact_name", "contact_email", "version")
    }
