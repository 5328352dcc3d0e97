"""Put the shipped reference data into the database, as often as one likes."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, func, select, tuple_, update

from app.core.db import Base, db
from app.core.transaction import transaction
from app.reference import rules
from app.reference.models import (
    Commune,
    CommuneAssignment,
    Condition,
    Licence,
    Mds,
    RomeCode,
    Skill,
    Territory,
    Title,
    TitleRequirement,
    Trade,
    TradeFamily,
    TradeMove,
)
from app.reference.rules import TradeSource
from app.reference.service.upsert import Row, upsert

DATA: Final = Path(__file__).resolve().parents[1] / "data"
LOCK: Final = 0x5EFE
"""Advisory lock of whoever writes the reference tables as a whole."""


@transaction
def load_reference() -> dict[str, int]:
    """Bring the shipped rows in; running it again changes nothing, and an edited row is never written over.

    Answers how many rows were added or changed, by table.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    written: dict[str, int] = {}
    for model, rows, keep_edited in _tables():
        added, changed = upsert(model, rows, keep_edited=keep_edited)
        written[model.__tablename__] = added + changed
    written["reference_commune_assignment"] = _default_assignments()
    _drop_pairs_no_longer_shipped()
    _retire_trades_no_longer_shipped()
    db.session.expire_all()
    return written


def shipped(name: str) -> Iterator[dict[str, str]]:
    """The lines of a shipped file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _tables() -> Iterator[tuple[type[Base], list[dict[str, Any]], bool]]:
    """Every shipped table, those that others point at first: model, rows, and whether the département edits it."""
    yield Territory, [{"code": row["code"], "name": row["name"]} for row in shipped("territories")], True
    yield Mds, [_mds(row) for row in shipped("mds")], True
    yield Commune, [_commune(row) for row in shipped("communes")], True
    yield RomeCode, [dict(row) for row in shipped("rome_codes")], False
    yield TradeFamily, [{**row, "words": _list(row["words"])} for row in shipped("families")], False
    yield Trade, [_trade(row) for row in shipped("trades")], True
    yield TradeMove, [_move(row) for row in shipped("moves")], False
    yield Skill, [_skill(row) for row in shipped("skills")], False
    yield Title, [_title(row) for row in shipped("titles")], False
    yield TitleRequirement, list(_requirements()), False
    yield Licence, [_licence(rank, row) for rank, row in enumerate(shipped("licences"), 1)], False
    yield Condition, [{**row, "rank": rank} for rank, row in enumerate(shipped("conditions"), 1)], False


def _list(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _mds(row: Row) -> dict[str, Any]:
    first = rules.FIRST_DAY
    return {"code": row["code"], "name": row["name"], "territory_code": row["territory"], "opened_on": first}


def _commune(row: Row) -> dict[str, Any]:
    return {
        "insee": row["insee"],
        "name": row["name"],
        "name_key": rules.normalise(row["name"]),
        "postcodes": _list(row["postcodes"]),
        "population": int(row["population"]),
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "epci_siren": row["epci_siren"],
        "epci_name": row["epci_name"],
        "former_names": _list(row["former_names"]),
    }


def _trade(row: Row) -> dict[str, Any]:
    words = _list(row["words"])
    return {
        "slug": row["slug"],
        "rome_code": row["rome_code"],
        "name": row["name"],
        "feminine": row["feminine"],
        "words": words,
        "family_slug": row["family"],
        "source": TradeSource.PORTAL,
        "retired": False,
        "search_text": rules.search_text(row["name"], row["feminine"], words),
    }


def _move(row: Row) -> dict[str, Any]:
    return {"from_slug": row["from"], "to_slug": row["to"], "points": int(row["points"])}


def _skill(row: Row) -> dict[str, Any]:
    return {"slug": row["slug"], "name": row["name"], "family_slugs": _list(row["families"])}


def _title(row: Row) -> dict[str, Any]:
    months = row["validity_months"]
    return {"slug": row["slug"], "name": row["name"], "validity_months": int(months) if months else None}


def _licence(rank: int, row: Row) -> dict[str, Any]:
    return {"slug": row["slug"], "name": row["name"], "implies": _list(row["implies"]), "rank": rank}


def _requirements() -> Iterator[dict[str, Any]]:
    for row in shipped("titles"):
        for trade in _list(row["required_by_law"]):
            yield {"trade_slug": trade, "title_slug": row["slug"]}


def _default_assignments() -> int:
    """The shipped territory and MDS, for the communes that have none yet."""
    known = set(db.session.scalars(select(CommuneAssignment.commune_insee).distinct()))
    missing = [
        CommuneAssignment(
            commune_insee=row["insee"],
            territory_code=row["territory"],
            mds_code=row["mds"],
            valid_from=rules.FIRST_DAY,
        )
        for row in shipped("communes")
        if row["insee"] not in known
    ]
    db.session.add_all(missing)
    db.session.flush()
    return len(missing)


def _drop_pairs_no_longer_shipped() -> None:
    moves = [(row["from"], row["to"]) for row in shipped("moves")]
    db.session.execute(delete(TradeMove).where(tuple_(TradeMove.from_slug, TradeMove.to_slug).not_in(moves)))
    asked = [(row["trade_slug"], row["title_slug"]) for row in _requirements()]
    pair = tuple_(TitleRequirement.trade_slug, TitleRequirement.title_slug)
    db.session.execute(delete(TitleRequirement).where(pair.not_in(asked)))


def _retire_trades_no_longer_shipped() -> None:
    """Files and offers may point at them: they stay, and are no longer suggested."""
    slugs = [row["slug"] for row in shipped("trades")]
    gone = (Trade.source == TradeSource.PORTAL) & Trade.slug.not_in(slugs) & ~Trade.retired
    db.session.execute(update(Trade).where(gone).values(retired=True))
