"""What does the portal know of the ground: communes, territories, MDS, and the trades of the field."""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Identity, Index, Text, event, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Instant, Versioned, enum_column
from app.reference import rules
from app.reference.rules import TradeSource


class Editable:
    """A shipped row; once the département has edited it, the shipped data never writes over it."""

    edited_at: Mapped[Instant | None] = mapped_column(default=None)


class Territory(Editable, Versioned, Base):
    """One of the territories of the département's action."""

    __tablename__ = "reference_territory"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Mds(Editable, Versioned, Base):
    """A maison des solidarités. Its code is the INSEE code of its seat for the shipped ones."""

    __tablename__ = "reference_mds"
    __table_args__ = (CheckConstraint("closed_on IS NULL OR closed_on > opened_on", name="closed_after_opened"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    territory_code: Mapped[str] = mapped_column(ForeignKey("reference_territory.code"), index=True)
    opened_on: Mapped[date] = mapped_column(default=rules.FIRST_DAY)
    closed_on: Mapped[date | None] = mapped_column(default=None)  # first day on which it serves nobody

    territory: Mapped[Territory] = relationship()


class Commune(Editable, Versioned, Base):
    """A commune, by its INSEE code. Its point is the centroid of its outline."""

    __tablename__ = "reference_commune"
    __table_args__ = (Index("ix_reference_commune_postcodes", "postcodes", postgresql_using="gin"),)

    insee: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)  # as normalised by the rules: « saint cheron »
    postcodes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    population: Mapped[int]
    lat: Mapped[float]
    lon: Mapped[float]
    epci_siren: Mapped[str]
    epci_name: Mapped[str]
    former_names: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # of communes since merged into it


class CommuneAssignment(Base):
    """The territory and MDS of a commune between two dates, the last one excluded. The past is never rewritten."""

    __tablename__ = "reference_commune_assignment"
    __table_args__ = (
        ExcludeConstraint(
            ("commune_insee", "="),
            (text("daterange(valid_from, valid_until)"), "&&"),
            using="gist",
            name="ex_reference_commune_assignment_no_overlap",
        ),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    commune_insee: Mapped[str] = mapped_column(ForeignKey("reference_commune.insee"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("reference_territory.code"), index=True)
    mds_code: Mapped[str] = mapped_column(ForeignKey("reference_mds.code"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)  # None: the shipped default
    decided_at: Mapped[Instant] = mapped_column(default=clock.now)

    commune: Mapped[Commune] = relationship()
    territory: Mapped[Territory] = relationship()
    mds: Mapped[Mds] = relationship()


class RomeCode(Base):
    """A job code of the official list. The importer brings them all; ours are shipped."""

    __tablename__ = "reference_rome_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_code: Mapped[str] = mapped_column(index=True)  # the older, wider code; itself when there is none


class TradeFamily(Base):
    """A family of trades, for facets and for the weakest score of the matching."""

    __tablename__ = "reference_trade_family"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Trade(Editable, Versioned, Base):
    """A job as people name it, with the words they type to find it."""

    __tablename__ = "reference_trade"
    __table_args__ = (
        Index(
            "ix_reference_trade_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    slug: Mapped[str] = mapped_column(primary_key=True)
    rome_code: Mapped[str] = mapped_column(ForeignKey("reference_rome_code.code"), index=True)
    name: Mapped[str]
    feminine: Mapped[str]
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))
    family_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade_family.slug"), index=True)
    source: Mapped[TradeSource] = enum_column(TradeSource, name="source", default=TradeSource.PORTAL)
    retired: Mapped[bool] = mapped_column(default=False)  # gone from the official list: kept, never suggested
    search_text: Mapped[str]

    family: Mapped[TradeFamily] = relationship()
    rome: Mapped[RomeCode] = relationship()


class TradeMove(Base):
    """Somebody who does the first trade soon does the second: 10 to 20 points of the matching."""

    __tablename__ = "reference_trade_move"
    __table_args__ = (
        CheckConstraint("points BETWEEN 10 AND 20", name="points"),
        CheckConstraint("from_slug <> to_slug", name="two_trades"),
    )

    from_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), primary_key=True)
    to_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), primary_key=True, index=True)
    points: Mapped[int]


class Skill(Base):
    """Something a person can do, chosen in a list; the families where it serves come first."""

    __tablename__ = "reference_skill"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    family_slugs: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Title(Base):
    """A diploma, a professional title, a certificate. ``validity_months`` None: for life."""

    __tablename__ = "reference_title"
    __table_args__ = (CheckConstraint("validity_months > 0", name="validity"),)

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    validity_months: Mapped[int | None] = mapped_column(default=None)


class TitleRequirement(Base):
    """The law lets nobody do this trade without this title."""

    __tablename__ = "reference_title_requirement"

    trade_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), primary_key=True)
    title_slug: Mapped[str] = mapped_column(ForeignKey("reference_title.slug"), primary_key=True, index=True)


class Licence(Base):
    """A driving licence."""

    __tablename__ = "reference_licence"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    implies: Mapped[list[str]] = mapped_column(ARRAY(Text))  # C allows what B allows
    rank: Mapped[int]


class Condition(Base):
    """A working condition: the offer says it, the person may refuse it."""

    __tablename__ = "reference_condition"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    refusal_name: Mapped[str]
    rank: Mapped[int]


class RomeImport(Base):
    """One run of the official importer, for the page that shows its state."""

    __tablename__ = "reference_rome_import"

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    imported_at: Mapped[Instant] = mapped_column(default=clock.now)
    imported_by: Mapped[str]
    codes: Mapped[int]
    names: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    retired: Mapped[int]


@event.listens_for(Commune, "before_insert")
@event.listens_for(Commune, "before_update")
def _key_of_a_commune(mapper: Any, connection: Any, commune: Commune) -> None:
    commune.name_key = rules.normalise(commune.name)


@event.listens_for(Trade, "before_insert")
@event.listens_for(Trade, "before_update")
def _text_of_a_trade(mapper: Any, connection: Any, trade: Trade) -> None:
    trade.search_text = rules.search_text(trade.name, trade.feminine, trade.words)
