"""How do rows look in general? The session, the base of every table, and the column types that all domains share."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, LargeBinary, MetaData, Numeric, Text, types
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

from app.core import clock
from app.core.grid import Grid

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Hours = Annotated[Decimal, mapped_column(Numeric(9, 2))]
Money = Annotated[Decimal, mapped_column(Numeric(12, 2))]


class GridType(types.TypeDecorator[Grid]):
    """A weekly grid, 42 bytes little-endian; NULL reads as the empty grid."""

    impl = LargeBinary(42)
    cache_ok = True

    def process_bind_param(self, value: Grid | None, dialect: Dialect) -> bytes | None:
        return value.to_bytes() if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Grid:
        return Grid.from_bytes(value)


class Base(DeclarativeBase):
    """Every table. Strings are TEXT: lengths are a form's affair, and a CHECK where the law has one."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={str: Text(), Grid: GridType(), datetime: DateTime(timezone=True)},
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"join_transaction_mode": "create_savepoint", "expire_on_commit": False},
)


class Identified:
    """A row whose public id is a UUID."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Stamped:
    """A row that knows when it was made and last changed."""

    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    updated_at: Mapped[Instant] = mapped_column(default=clock.now, onupdate=clock.now)


class Versioned:
    """A row that two people may edit at once: the form carries ``version``, a stale one is a 409."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}


def enum_column(kind: type[StrEnum], *, name: str, **options: Any) -> Any:
    """Text with a CHECK list of the enum's values; ``name`` names the constraint."""
    return mapped_column(enum_type(kind, name=name), **options)


def enum_type(kind: type[StrEnum], *, name: str) -> Enum:
    """The column type of an enum: text, and a CHECK list named ``ck_<table>_<name>``."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def one_of(values: Iterable[StrEnum]) -> str:
    """``'a', 'b'`` for a CHECK written by hand."""
    return ", ".join(f"'{value.value}'" for value in values)
