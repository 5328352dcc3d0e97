"""Which contracts carry a clause, in which lots, held by whom, and what did they say on a day?"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.clauses.rules.kinds import (
    BuyerKind,
    ClauseKind,
    ContractSource,
    HolderRole,
    LegalBase,
    Nature,
    ObjectiveMethod,
    TrancheKind,
)
from app.clauses.rules.states import ContractState
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Money, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role
from app.organisations.models import Organisation
from app.reference.models import Commune, Trade


class Buyer(Identified, Stamped, Versioned, Base):
    """Who buys: a service of the département, a commune, a landlord…"""

    __tablename__ = "clause_buyers"
    __table_args__ = (
        CheckConstraint("siret IS NULL OR siret ~ '^[0-9]{14}$'", name="siret_digits"),
        Index("uq_clause_buyers_siret", "siret", unique=True, postgresql_where="siret IS NOT NULL"),
        Index("ix_clause_buyers_name", "name"),
    )

    name: Mapped[str]
    kind: Mapped[BuyerKind] = enum_column(BuyerKind, name="kind")
    siret: Mapped[str | None]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")


class BuyerLink(Identified, Base):
    """A secret address where a buyer reads the progress of its contracts without an account; only its hash is kept."""

    __tablename__ = "clause_buyer_links"

    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("clause_buyers.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[Instant] = mapped_column(default=clock.now)
    last_day: Mapped[date]
    revoked_at: Mapped[Instant | None]

    buyer: Mapped[Buyer] = relationship(lazy="raise_on_sql")


class PublicContract(Identified, Stamped, Versioned, Base):
    """A contract that carries a clause, or should. ``amount`` and ``delivered_on`` are those of its latest version.

    ``number`` is the buyer's own; with the buyer it is the key of a DECP import. ``territory_code`` and
    ``facilitator_organisation_id`` say who steers it.
    """

    __tablename__ = "public_contracts"
    __table_args__ = (
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        CheckConstraint("delivered_on IS NULL OR delivered_on >= notified_on", name="order"),
        CheckConstraint("state NOT IN ('running', 'delivered', 'closed') OR notified_on IS NOT NULL", name="notified"),
        Index("uq_public_contracts_number", "buyer_id", "number", unique=True),
        Index("ix_public_contracts_state", "state"),
        Index("ix_public_contracts_facilitator_organisation_id", "facilitator_organisation_id"),
        Index("ix_public_contracts_territory_code", "territory_code"),
    )

    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("clause_buyers.id"))
    number: Mapped[str]
    title: Mapped[str]
    nature: Mapped[Nature] = enum_column(Nature, name="nature")
    cpv: Mapped[str] = mapped_column(default="")
    framework: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[Money | None]
    notified_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    legal_base: Mapped[LegalBase] = enum_column(LegalBase, name="legal_base")
    clause_kind: Mapped[ClauseKind] = enum_column(ClauseKind, name="clause_kind")
    obligation_reason: Mapped[str] = mapped_column(default="")
    """Why there is no clause although the law of 2026 asks for one."""
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"))
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("reference_territory.code"))
    facilitator_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    facilitator_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[ContractState] = enum_column(ContractState, name="state", default=ContractState.PREPARED)
    source: Mapped[ContractSource] = enum_column(ContractSource, name="source", default=ContractSource.TYPED)
    decp: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What the official data said last, so that a new import shows what changed."""

    buyer: Mapped[Buyer] = relationship(lazy="raise_on_sql")
    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")
    facilitator: Mapped[User | None] = relationship(lazy="raise_on_sql")
    facilitator_organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    lots: Mapped[list["Lot"]] = relationship(back_populates="contract", order_by="Lot.number", lazy="raise_on_sql")
    versions: Mapped[list["ContractVersion"]] = relationship(order_by="ContractVersion.number", lazy="raise_on_sql")


class ContractVersion(Identified, Base):
    """What the contract said from a day: number 0 is the contract, the others are its avenants. Never changed.

    ``known_from`` is the day from which the portal could know it: valid_from for the first, never before the day it
    was recorded for an avenant, so that a report of the past still says what it said.
    """

    __tablename__ = "contract_versions"
    __table_args__ = (
        Index("uq_contract_versions_number", "contract_id", "number", unique=True),
        CheckConstraint("known_from >= valid_from", name="known_after_valid"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("public_contracts.id", ondelete="CASCADE"))
    number: Mapped[int]
    valid_from: Mapped[date]
    known_from: Mapped[date]
    label: Mapped[str] = mapped_column(default="")
    amount: Mapped[Money | None]
    delivered_on: Mapped[date | None]
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Lot(Identified, Stamped, Versioned, Base):
    """A lot: the objective lives here, in its versions."""

    __tablename__ = "clause_lots"
    __table_args__ = (
        Index("uq_clause_lots_number", "contract_id", "number", unique=True),
        CheckConstraint("number BETWEEN 0 AND 999", name="number"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("public_contracts.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    trade_slug: Mapped[str | None] = mapped_column(ForeignKey("reference_trade.slug"))
    cpv: Mapped[str] = mapped_column(default="")
    amount: Mapped[Money | None]
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"))
    reserved: Mapped[bool] = mapped_column(default=False)

    contract: Mapped[PublicContract] = relationship(back_populates="lots", lazy="raise_on_sql")
    trade: Mapped[Trade | None] = relationship(lazy="raise_on_sql")
    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")
    holders: Mapped[list["Holder"]] = relationship(
        back_populates="lot", order_by="Holder.created_at", lazy="raise_on_sql"
    )
    versions: Mapped[list["LotVersion"]] = relationship(order_by="LotVersion.known_from", lazy="raise_on_sql")
    tranches: Mapped[list["Tranche"]] = relationship(order_by="Tranche.label", lazy="raise_on_sql")
    billings: Mapped[list["Billing"]] = relationship(order_by="Billing.on", lazy="raise_on_sql")


class LotVersion(Identified, Base):
    """The objective of a lot from a day: method, inputs, exact result and hours kept. Never changed."""

    __tablename__ = "lot_versions"
    __table_args__ = (
        CheckConstraint("hours >= 0", name="hours"),
        CheckConstraint("known_from >= valid_from", name="known_after_valid"),
        Index("ix_lot_versions_lot_id", "lot_id", "known_from"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"))
    contract_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("contract_versions.id"))
    valid_from: Mapped[date]
    known_from: Mapped[date]
    hours: Mapped[Hours]
    method: Mapped[ObjectiveMethod] = enum_column(ObjectiveMethod, name="method")
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    exact: Mapped[Decimal | None] = mapped_column(Numeric(16, 6))
    """The result before rounding."""
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class LotObjective(Base):
    """The objective of a lot from a day to the next row: worked out from versions, tranches and billing at each change.

    Derived, so that lists of thousands of lots read one row a lot (service.objectives.refresh).
    """

    __tablename__ = "lot_objectives"

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"), primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    hours: Mapped[Hours]


class Tranche(Identified, Stamped, Base):
    """A tranche of a lot; an optional one counts from ``affirmed_on``."""

    __tablename__ = "clause_tranches"
    __table_args__ = (
        CheckConstraint("hours >= 0", name="hours"),
        CheckConstraint("kind = 'optional' OR affirmed_on IS NOT NULL", name="firm_is_affirmed"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    kind: Mapped[TrancheKind] = enum_column(TrancheKind, name="kind")
    hours: Mapped[Hours]
    affirmed_on: Mapped[date | None]


class Billing(Identified, Stamped, Base):
    """What had been billed on a lot up to a day, in euros without tax: objectives by billed amount move with it."""

    __tablename__ = "clause_billings"
    __table_args__ = (
        CheckConstraint("cumulative >= 0", name="cumulative"),
        Index("uq_clause_billings_day", "lot_id", "on", unique=True),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"))
    on: Mapped[date]
    cumulative: Mapped[Money]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Holder(Identified, Stamped, Versioned, Base):
    """A firm on a lot: alone, mandataire, co-contractor, or subcontractor of another holder (``principal_id``).

    ``share`` is the part of the objective in percent (subcontractors have none). ``organisation_id`` is set once the
    firm is in the portal: its members report the hours.
    """

    __tablename__ = "clause_holders"
    __table_args__ = (
        CheckConstraint("(role = 'subcontractor') = (principal_id IS NOT NULL)", name="subcontractor_has_principal"),
        CheckConstraint("role = 'subcontractor' OR share > 0", name="share_positive"),
        CheckConstraint("share <= 100", name="share_most"),
        CheckConstraint("siret IS NULL OR siret ~ '^[0-9]{14}$'", name="siret_digits"),
        CheckConstraint("until IS NULL OR until >= since", name="order"),
        Index(
            "uq_clause_holders_leader",
            "lot_id",
            unique=True,
            postgresql_where="role IN ('sole', 'mandatary') AND until IS NULL",
        ),
        Index("ix_clause_holders_organisation_id", "organisation_id"),
        Index("ix_clause_holders_lot_id", "lot_id"),
        Index("ix_clause_holders_siret", "siret"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"))
    role: Mapped[HolderRole] = enum_column(HolderRole, name="role")
    principal_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_holders.id"))
    name: Mapped[str]
    siret: Mapped[str | None]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    since: Mapped[date | None]
    until: Mapped[date | None]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="holders", lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")


class ClauseTransition(Identified, Base):
    """One change of state of a contract, an hour report, a penalty or a staffing request."""

    __tablename__ = "clause_transitions"
    __table_args__ = (Index("ix_clause_transitions_subject_id", "subject_id", "at"),)

    subject: Mapped[str]
    """The table's word: contract, report, penalty, staffing."""
    subject_id: Mapped[UUID]
    action: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    by_role: Mapped[Role] = mapped_column(enum_type(Role, name="by_role"))
    reason: Mapped[str] = mapped_column(default="")


class Calibration(Identified, Stamped, Base):
    """An objective computed by the four methods: inputs, results, rounding, the paragraph and the lever."""

    __tablename__ = "clause_calibrations"

    title: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_lots.id", ondelete="SET NULL"), index=True)
    trade_slug: Mapped[str | None] = mapped_column(ForeignKey("reference_trade.slug"))
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"))
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    results: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    method: Mapped[ObjectiveMethod | None] = enum_column(ObjectiveMethod, name="method")
    hours: Mapped[Hours | None]
    paragraph: Mapped[str] = mapped_column(default="")


class DecpImport(Identified, Stamped, Base):
    """A file of official data read, shown, then taken in part or whole."""

    __tablename__ = "decp_imports"

    by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    notes: Mapped[list[str]] = mapped_column(JSONB, default=list)
    accepted_at: Mapped[Instant | None]
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)


class DecpImportLine(Base):
    """One contract of a DECP file: what it says, what it changes, what is wrong with it."""

    __tablename__ = "decp_import_lines"
    __table_args__ = (CheckConstraint("state IN ('new', 'changed', 'same', 'error')", name="state"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("decp_imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    said: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    changes: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    faults: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    contract_id: Mapped[UUID | None] = mapped_column(ForeignKey("public_contracts.id", ondelete="SET NULL"))
