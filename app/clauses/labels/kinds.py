"""The French words of contracts, clauses, people, hours and papers."""

from collections.abc import Mapping

from app.clauses.rules.kinds import (
    BuyerKind,
    ClauseKind,
    ContractSource,
    EntryStage,
    Frequency,
    HolderRole,
    HourKind,
    LegalBase,
    Lever,
    Mode,
    Nature,
    ObjectiveMethod,
    OverReason,
    PenaltyKind,
    StatementKind,
    TrancheKind,
)

BUYER_KINDS: Mapping[BuyerKind, str] = {
    BuyerKind.DEPARTMENT: "Département",
    BuyerKind.COMMUNE: "Commune",
    BuyerKind.INTERCOMMUNALITY: "Intercommunalité",
    BuyerKind.REGION: "Région",
    BuyerKind.STATE: "État",
    BuyerKind.LANDLORD: "Bailleur social",
    BuyerKind.HOSPITAL: "Hôpital",
    BuyerKind.PUBLIC_BODY: "Établissement public",
    BuyerKind.PRIVATE: "Maître d’ouvrage privé",
}
NATURES: Mapping[Nature, str] = {
    Nature.WORKS: "Travaux",
    Nature.SERVICES: "Services",
    Nature.SUPPLIES: "Fournitures",
}
LEGAL_BASES: Mapping[LegalBase, str] = {
    LegalBase.NEED: "L2111-1, besoin défini avec des objectifs sociaux",
    LegalBase.EXECUTION: "L2112-2, condition d’exécution",
    LegalBase.COMPULSORY: "L2112-2-1, obligation depuis le 22 août 2026",
    LegalBase.RESERVED_EA: "L2113-12, réservé aux EA et ESAT",
    LegalBase.RESERVED_SIAE: "L2113-13, réservé aux SIAE",
    LegalBase.RESERVED_PRISON: "L2113-13-1, travail en détention",
    LegalBase.RESERVED_ESS: "L2113-15, réservé aux entreprises de l’ESS",
    LegalBase.CRITERION: "R2152-7, critère social",
    LegalBase.NONE: "Aucune",
}
CLAUSE_KINDS: Mapping[ClauseKind, str] = {
    ClauseKind.EXECUTION_CLAUSE: "Clause d’exécution",
    ClauseKind.CRITERION: "Critère social",
    ClauseKind.CLAUSE_AND_CRITERION: "Clause et critère",
    ClauseKind.RESERVED_LOT: "Lot réservé",
    ClauseKind.INSERTION_SERVICE: "Marché d’insertion",
    ClauseKind.PRIVATE_VOLUNTARY: "Démarche volontaire (privé)",
    ClauseKind.NONE: "Sans clause",
}
CONTRACT_SOURCES: Mapping[ContractSource, str] = {
    ContractSource.TYPED: "Saisi à la main",
    ContractSource.DECP: "Données essentielles (DECP)",
}
OBJECTIVE_METHODS: Mapping[ObjectiveMethod, str] = {
    ObjectiveMethod.STATED: "Heures fixées par le marché",
    ObjectiveMethod.LABOUR_SHARE: "Part de la main-d’œuvre",
    ObjectiveMethod.HOURS_SHARE: "Part des heures de travail",
    ObjectiveMethod.BILLED_RATE: "Heures selon le montant facturé",
    ObjectiveMethod.CLEANING_TAKEOVER: "Nettoyage avec reprise du personnel",
}
LEVERS: Mapping[Lever, str] = {
    Lever.RESERVE: "Réserver le marché",
    Lever.LOT: "Réserver un lot",
    Lever.CLAUSE: "Mettre une clause",
    Lever.NONE: "Pas de clause",
}
TRANCHE_KINDS: Mapping[TrancheKind, str] = {
    TrancheKind.FIRM: "Tranche ferme",
    TrancheKind.OPTIONAL: "Tranche optionnelle",
}
HOLDER_ROLES: Mapping[HolderRole, str] = {
    HolderRole.SOLE: "Titulaire",
    HolderRole.MANDATARY: "Mandataire du groupement",
    HolderRole.CO_CONTRACTOR: "Cotraitant",
    HolderRole.SUBCONTRACTOR: "Sous-traitant",
}
MODES: Mapping[Mode, str] = {
    Mode.DIRECT: "Embauche directe",
    Mode.MADE_AVAILABLE: "Mise à disposition",
    Mode.SUBCONTRACT: "Sous-traitance à une structure d’insertion",
}
HOUR_KINDS: Mapping[HourKind, str] = {
    HourKind.WORK: "Travail",
    HourKind.TRAINING: "Formation",
    HourKind.TUTOR: "Tutorat",
    HourKind.PAID_ABSENCE: "Absence payée",
}
FREQUENCIES: Mapping[Frequency, str] = {
    Frequency.MONTHLY: "Chaque mois",
    Frequency.QUARTERLY: "Chaque trimestre",
    Frequency.HALF_YEARLY: "Chaque semestre",
}
OVER_REASONS: Mapping[OverReason, str] = {
    OverReason.OVERTIME: "Heures supplémentaires",
    OverReason.CATCH_UP: "Rattrapage d’un mois précédent",
    OverReason.OTHER: "Autre motif, à écrire",
}
PENALTY_KINDS: Mapping[PenaltyKind, str] = {
    PenaltyKind.MISSING_HOURS: "Heures non réalisées",
    PenaltyKind.LATE_PROOF: "Justificatifs en retard",
}
STATEMENT_KINDS: Mapping[StatementKind, str] = {
    StatementKind.STATEMENT: "Bilan intermédiaire",
    StatementKind.ATTESTATION: "Attestation de fin de clause",
}
ENTRY_STAGES: Mapping[EntryStage, str] = {
    EntryStage.DECLARED: "Déclarées",
    EntryStage.VALIDATED: "Validées",
}
