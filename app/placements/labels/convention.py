"""What a convention lacks and where it is said, why a signature, a week, a stop or a fact is refused, in French."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.placements.rules.incidents import IncidentRefusal
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.signing import SignatureRefusal
from app.placements.rules.stopping import StopRefusal
from app.placements.rules.validating import FIELDS_OF, Missing
from app.placements.rules.weeks import WeekRefusal

_I = IncidentRefusal
REFUSAL_WORDS: Mapping[Enum, str] = {
    SignatureRefusal.NOT_THEIR_PARTY: "Vous notez la signature de votre partie seulement.",
    SignatureRefusal.NOT_IN_PERSON: "Un accord sur le portail est donné par la personne elle-même.",
    SignatureRefusal.NO_SIGNER: "Dites qui a signé.",
    SignatureRefusal.IN_FUTURE: "La signature est datée d’après aujourd’hui.",
    SignatureRefusal.AFTER_START: "La convention se signe le premier jour au plus tard.",
    SignatureRefusal.ALREADY: "Cette signature est déjà notée. Retirez-la d’abord pour la corriger.",
    SignatureRefusal.NOT_TODAY: "Un accord sur le portail est daté du jour où il est donné.",
    WeekRefusal.HOURS_WHILE_AWAY: "Donnez des heures seulement quand la personne était là.",
    StopRefusal.CAME_AFTER: "La personne est notée présente après ce jour.",
    StopRefusal.DID_COME: "La personne est notée présente un jour au moins.",
    StopRefusal.NOT_THEIR_REASON: "Choisissez une raison de la liste.",
    _I.OUTSIDE: "Ce jour n’est pas dans le stage.",
    _I.IN_FUTURE: "Ce jour n’est pas encore venu.",
    _I.NO_WORDS: "Dites ce qui s’est passé, sans détail médical.",
    _I.DECLARED_WHERE: "Dites à quel organisme la déclaration est faite.",
    _I.DECLARED_WHEN: "Donnez le jour de la déclaration.",
    _I.DECLARED_IN_FUTURE: "La déclaration est datée d’après aujourd’hui.",
    _I.DECLARED_BEFORE: "La déclaration est datée d’avant ce qui s’est passé.",
}
TO_SAY: Final[Mapping[Missing, str]] = {
    Missing.BIRTH_DATE: "Date de naissance, dans la fiche de la personne",
    Missing.HOST_SIRET: "SIRET de l’employeur",
    Missing.HOST_CONTACT: "Qui signe pour l’employeur",
    Missing.ADDRESS: "Adresse du lieu de stage",
    Missing.PURPOSE: "Objet du stage",
    Missing.TITLE: "Métier",
    Missing.TASKS: "Tâches",
    Missing.HOURS: "Heures par semaine",
    Missing.GRID: "Horaires de la semaine",
    Missing.TUTOR: "Nom du tuteur ou de la tutrice",
    Missing.TUTOR_CONTACT: "Téléphone ou adresse du tuteur ou de la tutrice",
    Missing.PRESCRIBER: "Structure qui accompagne et signe",
    Missing.WEEK: "Heures par semaine et horaires\u00a0: le même nombre des deux côtés",
}
ANCHORS: Final[Mapping[Missing, str]] = {
    **{what: names[0] for what, names in FIELDS_OF.items()},
    Missing.GRID: "grid-0",
    Missing.PURPOSE: "purpose-0",
    Missing.ADDRESS: "host_address",
    Missing.WEEK: "hours_week",
}
"""The field of « Compléter la convention » to which each leads."""
FORMAL_PURPOSES: Final[Mapping[PlacementPurpose, str]] = {
    PlacementPurpose.DISCOVER: "Découvrir un métier ou un secteur d’activité",
    PlacementPurpose.CONFIRM: "Confirmer un projet professionnel",
    PlacementPurpose.RECRUIT: "Initier une démarche de recrutement",
}
DRAFT: Final = "BROUILLON\u00a0: la convention officielle se fait sur le site de l’État"
