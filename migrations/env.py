"""How Alembic reaches the portal's database and tables."""

from typing import Any

from alembic import context
from flask import current_app

import app.wiring
from app.core.db import GridType
from app.core.grid import BYTES

app.wiring.import_models()
config = context.config
database = current_app.extensions["migrate"].db


def include(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """The search engine makes and drops its own tables, named search_…; the outbox is ours."""
    return not (kind == "table" and reflected and other is None and (name or "").startswith("search_"))


def render(kind: str, item: Any, context: Any) -> str | bool:
    """A step stands alone: it names no class of the portal."""
    return f"sa.LargeBinary(length={BYTES})" if kind == "type" and isinstance(item, GridType) else False


def migrate() -> None:
    """Run the steps in one transaction each."""
    given = config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    with database.engine.connect() as connection:
        _run(connection)
        connection.commit()


def _run(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        include_object=include,
        render_item=render,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate()
