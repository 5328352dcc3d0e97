"""The French words of organisations: kinds, states, acts, refusals."""

from collections.abc import Mapping
from enum import Enum

from app.organisations.rules import (
    OrganisationAction,
    OrganisationKind,
    OrganisationRefusal,
    OrganisationState,
    RequestAction,
    RequestState,
)

KIND_WORDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.FIRM: "Entreprise, association ou collectivité qui recrute",
    OrganisationKind.EI: "Entreprise d’insertion (EI)",
    OrganisationKind.AI: "Association intermédiaire (AI)",
    OrganisationKind.ACI: "Atelier et chantier d’insertion (ACI)",
    OrganisationKind.ETTI: "Entreprise de travail temporaire d’insertion (ETTI)",
    OrganisationKind.EITI: "Entreprise d’insertion par le travail indépendant (EITI)",
    OrganisationKind.GEIQ: "Groupement d’employeurs (GEIQ)",
    OrganisationKind.SAP: "Organisme de services à la personne",
    OrganisationKind.PLIE: "PLIE",
    OrganisationKind.MDS: "Maison des solidarités (MDS)",
    OrganisationKind.CCAS: "CCAS",
    OrganisationKind.CAF: "CAF",
    OrganisationKind.MISSION_LOCALE: "Mission locale",
    OrganisationKind.DEPARTMENT: "Département",
}
KIND_SHORT: Mapping[OrganisationKind, str] = {
    **KIND_WORDS,
    OrganisationKind.FIRM: "Entreprise",
    OrganisationKind.EI: "EI",
    OrganisationKind.AI: "AI",
    OrganisationKind.ACI: "ACI",
    OrganisationKind.ETTI: "ETTI",
    OrganisationKind.EITI: "EITI",
    OrganisationKind.GEIQ: "GEIQ",
    OrganisationKind.SAP: "Services à la personne",
    OrganisationKind.MDS: "MDS",
}

STATE_WORDS: Mapping[OrganisationState, str] = {
    OrganisationState.PENDING: "À examiner",
    OrganisationState.APPROVED: "Active",
    OrganisationState.REFUSED: "Refusée",
    OrganisationState.CLOSED: "Fermée",
}
STATE_KINDS: Mapping[OrganisationState, str] = {
    OrganisationState.PENDING: "warn",
    OrganisationState.APPROVED: "ok",
    OrganisationState.REFUSED: "bad",
    OrganisationState.CLOSED: "",
}

ACTION_WORDS: Mapping[OrganisationAction, str] = {
    OrganisationAction.APPROVE: "Accepter l’inscription",
    OrganisationAction.REFUSE: "Refuser l’inscription",
    OrganisationAction.CLOSE: "Fermer l’organisation",
    OrganisationAction.REOPEN: "Rouvrir l’organisation",
    OrganisationAction.ASK_AGAIN: "Demander à nouveau",
}

REQUEST_STATE_WORDS: Mapping[RequestState, str] = {
    RequestState.PENDING: "En attente",
    RequestState.ACCEPTED: "Acceptée",
    RequestState.DECLINED: "Déclinée",
}
REQUEST_ACTION_WORDS: Mapping[RequestAction, str] = {
    RequestAction.ACCEPT: "Accepter",
    RequestAction.DECLINE: "Décliner",
}

REFUSAL_WORDS: Mapping[Enum, str] = {
    OrganisationRefusal.SIRET_TAKEN: "Une organisation a déjà ce SIRET.",
    OrganisationRefusal.KIND_WITH_FIRST_MEMBER: "Cette sorte d’organisation est inscrite par le Département.",
    OrganisationRefusal.KIND_CHANGES_ROLE: (
        "Ce changement donnerait un autre rôle aux membres. Inscrivez plutôt une nouvelle organisation."
    ),
    OrganisationRefusal.LAST_MANAGER: "C’est le dernier responsable. Nommez d’abord un autre responsable.",
    OrganisationRefusal.LAST_ADMINISTRATOR: "C’est le dernier administrateur. Nommez-en d’abord un autre.",
    OrganisationRefusal.NOT_A_COLLEAGUE: "Choisissez une personne de l’organisation.",
    OrganisationRefusal.ALREADY_MEMBER: "Cette personne est déjà membre de l’organisation.",
    OrganisationRefusal.INVITATION_OVER: "Cette invitation n’est plus valable. Demandez-en une autre.",
    OrganisationRefusal.INVITATION_FOR_ANOTHER: "Cette invitation est pour une autre adresse e-mail.",
    OrganisationRefusal.ACCOUNT_EXISTS: "Vous avez déjà un compte. Connectez-vous, puis rouvrez l’invitation.",
    OrganisationRefusal.ONLY_MANAGERS: "Seul un responsable peut faire cela.",
    OrganisationRefusal.DEPARTMENT_INVITES: "Les membres de cette organisation sont invités par le Département.",
    OrganisationRefusal.NOT_OPEN: "Cette organisation n’est pas active.",
    OrganisationRefusal.DEPARTMENT_STAYS: "L’organisation du Département ne se ferme pas.",
}
