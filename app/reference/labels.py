"""The French words of the reference tables."""

from collections.abc import Mapping
from enum import Enum

from app.reference.rules import Closeness, ReferenceRefusal, TradeSource

REFUSAL_WORDS: Mapping[Enum, str] = {
    ReferenceRefusal.UNKNOWN_MDS: "Choisissez une MDS de la liste.",
    ReferenceRefusal.UNKNOWN_TERRITORY: "Choisissez un territoire de la liste.",
    ReferenceRefusal.MDS_CLOSED: "Cette MDS est fermée à cette date.",
    ReferenceRefusal.MDS_NOT_OPEN: "Cette MDS n’est pas encore ouverte à cette date.",
    ReferenceRefusal.NOTHING_CHANGES: "La commune a déjà ce territoire et cette MDS.",
    ReferenceRefusal.IN_THE_PAST: "Choisissez aujourd’hui ou une date à venir\u00a0: le passé ne change pas.",
    ReferenceRefusal.NOT_PLANNED: "Ce changement n’est plus à venir\u00a0: il ne peut plus être annulé.",
    ReferenceRefusal.BEFORE_LAST_ASSIGNMENT: (
        "Un changement est déjà prévu après cette date. Annulez-le d’abord, ou choisissez une date plus tardive."
    ),
    ReferenceRefusal.NO_WORDS: "Gardez au moins un mot\u00a0: sans lui, personne ne trouve ce métier.",
    ReferenceRefusal.TOO_MANY_WORDS: "Gardez 30\u00a0mots au plus.",
    ReferenceRefusal.WORD_TOO_LONG: "Un mot ou une expression compte 60\u00a0caractères au plus.",
    ReferenceRefusal.MDS_STILL_SERVES: (
        "Des communes dépendent encore de cette MDS à cette date. Donnez-leur d’abord une autre MDS."
    ),
    ReferenceRefusal.CLOSED_BEFORE_OPENED: "La fermeture vient après l’ouverture.",
}

SOURCES = {TradeSource.PORTAL: "Portail", TradeSource.ROME: "ROME"}

CLOSENESS = {
    Closeness.EXACT: "Le mot exact",
    Closeness.PREFIX: "Le début",
    Closeness.WORDS: "Les mots",
    Closeness.CONTAINS: "Une partie",
    Closeness.ALIKE: "Ressemblant",
}
