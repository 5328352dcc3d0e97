"""Under which names does the official format write each value, and with which words? The table that both ways use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.clauses.rules.decp import values
from app.clauses.rules.decp.contract import (
    DecpChange,
    DecpForm,
    DecpSubcontract,
    DecpSubcontractChange,
)

SOCIAL_CLAUSE: Final = "Clause sociale"
SOCIAL_CRITERION: Final = "Critère social"
RESERVED: Final = "Marché réservé"
NO_SOCIAL: Final = "Pas de considération sociale"


@dataclass(frozen=True, slots=True)
class Field:
    """A value: its path in the file, its name here, how it is read, whether the contract falls without it."""

    path: tuple[str, ...]
    name: str
    read: values.Reader
    needed: bool = False
    blocking: bool = False

    @property
    def written(self) -> str:
        """« acheteur.id »."""
        return ".".join(self.path)


def _field(path: str, name: str, read: values.Reader, *, needed: bool = False, blocking: bool = False) -> Field:
    return Field(tuple(path.split(".")), name, read, needed, blocking)


_COMMON: Final = (
    _field("id", "id", values.as_number_of_contract, needed=True, blocking=True),
    _field("nature", "nature", values.as_text),
    _field("objet", "subject", values.as_text, needed=True, blocking=True),
    _field("procedure", "procedure", values.as_text),
    _field("dureeMois", "months", values.as_months),
    _field("datePublicationDonnees", "published_on", values.as_day),
)
_PUBLIC_CONTRACT: Final = (
    *_COMMON,
    _field("acheteur.id", "buyer_siret", values.as_siret, needed=True, blocking=True),
    _field("acheteur.nom", "buyer_name", values.as_text),
    _field("codeCPV", "cpv", values.as_cpv, needed=True),
    _field("idAccordCadre", "framework_id", values.as_text),
    _field("marcheInnovant", "innovative", values.as_flag),
    _field("ccag", "general_terms", values.as_text),
    _field("offresRecues", "offers_received", values.as_count),
    _field("attributionAvance", "advance", values.as_flag),
    _field("tauxAvance", "advance_rate", values.as_share),
    _field("typeGroupementOperateurs", "grouping", values.as_text),
    _field("sousTraitanceDeclaree", "subcontracting", values.as_flag),
    _field("lieuExecution.code", "place_code", values.as_text),
    _field("lieuExecution.typeCode", "place_kind", values.as_text),
    _field("lieuExecution.nom", "place_name", values.as_text),
    _field("dateNotification", "notified_on", values.as_day, needed=True, blocking=True),
    _field("montant", "amount", values.as_money, needed=True),
    _field("formePrix", "price_form", values.as_text),
    _field("origineUE", "origin_eu", values.as_share),
    _field("origineFrance", "origin_france", values.as_share),
)
_CONCESSION: Final = (
    *_COMMON,
    _field("autoriteConcedante.id", "buyer_siret", values.as_siret, needed=True, blocking=True),
    _field("autoriteConcedante.nom", "buyer_name", values.as_text),
    _field("dateSignature", "notified_on", values.as_day, needed=True, blocking=True),
    _field("dateDebutExecution", "starts_on", values.as_day),
    _field("valeurGlobale", "amount", values.as_money, needed=True),
    _field("montantSubventionPublique", "subsidy", values.as_money),
)
FIELDS: Final[Mapping[DecpForm, tuple[Field, ...]]] = {
    DecpForm.PUBLIC_CONTRACT: _PUBLIC_CONTRACT,
    DecpForm.CONCESSION: _CONCESSION,
}


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of official words: « considerationsSociales » holds « considerationSociale »."""

    outer: str
    inner: str
    name: str
    words: tuple[str, ...]


SOCIAL: Final = WordList(
    "considerationsSociales",
    "considerationSociale",
    "social",
    (SOCIAL_CLAUSE, SOCIAL_CRITERION, RESERVED, NO_SOCIAL),
)
_ENVIRONMENTAL: Final = WordList(
    "considerationsEnvironnementales",
    "considerationEnvironnementale",
    "environmental",
    ("Clause environnementale", "Critère environnemental", "Pas de considération environnementale"),
)
_TECHNIQUES: Final = (
    "Accord-cadre",
    "Concours",
    "Système de qualification",
    "Système d'acquisition dynamique",
    "Catalogue électronique",
    "Enchère électronique",
    "Sans objet",
)
_EXECUTION: Final = ("Tranches", "Bons de commande", "Marchés subséquents", "Sans objet")
_PRICES: Final = ("Définitif ferme", "Définitif actualisable", "Définitif révisable", "Provisoire")
WORD_LISTS: Final[Mapping[DecpForm, tuple[WordList, ...]]] = {
    DecpForm.PUBLIC_CONTRACT: (
        WordList("techniques", "technique", "techniques", _TECHNIQUES),
        WordList("modalitesExecution", "modaliteExecution", "execution", _EXECUTION),
        WordList("typesPrix", "typePrix", "price_kinds", _PRICES),
        SOCIAL,
        _ENVIRONMENTAL,
    ),
    DecpForm.CONCESSION: (SOCIAL, _ENVIRONMENTAL),
}
FIRMS: Final[Mapping[DecpForm, tuple[str, str]]] = {
    DecpForm.PUBLIC_CONTRACT: ("titulaires", "titulaire"),
    DecpForm.CONCESSION: ("concessionnaires", "concessionnaire"),
}


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list of small records: « modifications » holds « modification »; ``holders`` where the names of firms stand."""

    outer: str
    inner: str
    name: str
    type: type[DecpChange] | type[DecpSubcontract] | type[DecpSubcontractChange]
    fields: tuple[Field, ...]
    holders: str = ""
    firm: str = ""


def _changes(form: DecpForm) -> RecordList:
    signed = form is DecpForm.CONCESSION
    fields = (
        _field("id", "id", values.as_count),
        _field("dateSignatureModification" if signed else "dateNotificationModification", "notified_on", values.as_day),
        _field("datePublicationDonneesModification", "published_on", values.as_day),
        _field("dureeMois", "months", values.as_months),
        _field("valeurGlobale" if signed else "montant", "amount", values.as_money),
        _field("objetModification", "subject", values.as_text),
    )
    return RecordList("modifications", "modification", "changes", DecpChange, fields, holders=FIRMS[form][0])


_ACTS: Final = (
    RecordList(
        "actesSousTraitance",
        "acteSousTraitance",
        "subcontracts",
        DecpSubcontract,
        (
            _field("id", "id", values.as_count),
            _field("dureeMois", "months", values.as_months),
            _field("dateNotification", "notified_on", values.as_day),
            _field("datePublicationDonnees", "published_on", values.as_day),
            _field("montant", "amount", values.as_money),
            _field("variationPrix", "price_variation", values.as_text),
        ),
        firm="sousTraitant",
    ),
    RecordList(
        "modificationsActesSousTraitance",
        "modificationActeSousTraitance",
        "subcontract_changes",
        DecpSubcontractChange,
        (
            _field("id", "id", values.as_count),
            _field("dureeMois", "months", values.as_months),
            _field("dateNotificationModificationSousTraitance", "notified_on", values.as_day),
            _field("datePublicationDonnees", "published_on", values.as_day),
            _field("montant", "amount", values.as_money),
        ),
    ),
)
RECORD_LISTS: Final[Mapping[DecpForm, tuple[RecordList, ...]]] = {
    DecpForm.PUBLIC_CONTRACT: (_changes(DecpForm.PUBLIC_CONTRACT), *_ACTS),
    DecpForm.CONCESSION: (_changes(DecpForm.CONCESSION),),
}
