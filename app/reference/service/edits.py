"""What the département corrects: the territory and MDS of a commune from a date on, names, everyday words."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.audit.service import note
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.hooks import Hook
from app.core.roles import Actor
from app.core.transaction import transaction
from app.reference import rules
from app.reference.models import Commune, CommuneAssignment, Mds, Territory, Trade
from app.reference.rules import Assigned, MdsTerms, ReferenceRefusal

commune_reassigned: Hook[[str]] = Hook("commune_reassigned")
"""A commune, by its INSEE code, changes territory or MDS, today or later."""

_FIELDS: Mapping[Enum, str] = {
    ReferenceRefusal.UNKNOWN_MDS: "mds",
    ReferenceRefusal.MDS_CLOSED: "mds",
    ReferenceRefusal.MDS_NOT_OPEN: "mds",
    ReferenceRefusal.UNKNOWN_TERRITORY: "territory",
    ReferenceRefusal.IN_THE_PAST: "valid_from",
    ReferenceRefusal.BEFORE_LAST_ASSIGNMENT: "valid_from",
    ReferenceRefusal.NO_WORDS: "words",
    ReferenceRefusal.TOO_MANY_WORDS: "words",
    ReferenceRefusal.WORD_TOO_LONG: "words",
    ReferenceRefusal.MDS_STILL_SERVES: "closed_on",
    ReferenceRefusal.CLOSED_BEFORE_OPENED: "closed_on",
}
R = TypeVar("R", Territory, Mds, Commune, Trade)


def _locked(model: type[R], key: str) -> R:
    row = db.session.get(model, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _refuse(reasons: Sequence[ReferenceRefusal]) -> None:
    if reasons:
        raise Refused(reasons, _FIELDS)


def _expect(row: R, version: int, theirs: dict[str, Any]) -> None:
    if row.version != version:
        raise StaleVersion({**theirs, "version": row.version})


def _edited(row: R) -> None:
    """The département's word is the last: loading the shipped data again leaves the row alone."""
    row.edited_at = now()
    flag_modified(row, "edited_at")
    db.session.flush()


# --- communes -----------------------------------------------------------------------------------------------


@transaction
def assign_commune(
    insee: str, *, by: Actor, version: int, mds_code: str, valid_from: date, today: date
) -> CommuneAssignment:
    """Give a commune an MDS, and the territory of that MDS, from a day on; until the eve nothing changes."""
    commune = _locked(Commune, insee)
    history = _history(insee)
    last = history[-1] if history else None
    if last is not None and (last.mds_code, last.valid_from) == (mds_code, valid_from):
        return last  # sent twice
    _expect(commune, version, _said(last))
    mds = db.session.get(Mds, mds_code)
    terms = MdsTerms(mds.opened_on, mds.closed_on) if mds else None
    wanted = Assigned(mds.territory_code if mds else "", mds_code, valid_from)
    _refuse(rules.assignment_refusals([_as_rule(one) for one in history], wanted, today=today, mds=terms))
    assignment = _written(insee, last, wanted, by)
    _edited(commune)
    note(
        by,
        "reference.commune_assigned",
        "commune",
        None,
        insee=insee,
        territory=wanted.territory_code,
        mds=mds_code,
        valid_from=valid_from.isoformat(),
        before=[last.territory_code, last.mds_code] if last else None,
    )
    commune_reassigned(insee)
    return assignment


def _history(insee: str) -> list[CommuneAssignment]:
    query = select(CommuneAssignment).where(CommuneAssignment.commune_insee == insee)
    return list(db.session.scalars(query.order_by(CommuneAssignment.valid_from)))


def _as_rule(row: CommuneAssignment) -> Assigned:
    return Assigned(row.territory_code, row.mds_code, row.valid_from, row.valid_until)


def _said(last: CommuneAssignment | None) -> dict[str, Any]:
    return {"mds": last.mds_code, "valid_from": last.valid_from} if last else {}


def _written(insee: str, last: CommuneAssignment | None, wanted: Assigned, by: Actor) -> CommuneAssignment:
    if last is not None and last.valid_from == wanted.valid_from:
        db.session.delete(last)
        db.session.flush()
    elif last is not None:
        last.valid_until = wanted.valid_from
        db.session.flush()  # the end of the one before the start of the other: no overlap at any moment
    assignment = CommuneAssignment(
        commune_insee=insee,
        territory_code=wanted.territory_code,
        mds_code=wanted.mds_code,
        valid_from=wanted.valid_from,
        decided_by=by.name,
        decided_at=now(),
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment


@transaction
def cancel_planned_assignment(insee: str, *, by: Actor, version: int, today: date) -> None:
    """Give up the change that has not begun yet; the assignment before it goes on."""
    commune = _locked(Commune, insee)
    history = _history(insee)
    if len(history) < 2 or history[-1].valid_from <= today:
        raise Refused(ReferenceRefusal.NOT_PLANNED)
    before, planned = history[-2:]
    _expect(commune, version, _said(planned))
    db.session.delete(planned)
    db.session.flush()
    before.valid_until = None
    _edited(commune)
    note(
        by,
        "reference.commune_plan_cancelled",
        "commune",
        None,
        insee=insee,
        territory=planned.territory_code,
        mds=planned.mds_code,
        valid_from=planned.valid_from.isoformat(),
    )
    commune_reassigned(insee)


# --- territories and MDS ------------------------------------------------------------------------------------


@transaction
def rename_territory(code: str, *, by: Actor, version: int, name: str) -> Territory:
    """Correct the name of a territory."""
    territory = _locked(Territory, code)
    _expect(territory, version, {"name": territory.name})
    before, territory.name = territory.name, name
    _edited(territory)
    note(by, "reference.territory_renamed", "territory", None, code=code, before=before, name=name)
    return territory


@transaction
def add_mds(row_id: UUID, *, by: Actor, name: str, territory_code: str, opened_on: date) -> Mds:
    """Open an MDS. ``row_id`` becomes its code: sent twice, it is made once."""
    code = f"mds-{row_id.hex[:12]}"
    known = db.session.get(Mds, code)
    if known is not None:
        return known
    if db.session.get(Territory, territory_code) is None:
        _refuse([ReferenceRefusal.UNKNOWN_TERRITORY])
    mds = Mds(code=code, name=name, territory_code=territory_code, opened_on=opened_on, edited_at=now())
    db.session.add(mds)
    note(by, "reference.mds_opened", "mds", None, code=code, name=name, territory=territory_code)
    db.session.flush()
    return mds


@transaction
def rename_mds(code: str, *, by: Actor, version: int, name: str) -> Mds:
    """Correct the name of an MDS."""
    mds = _locked(Mds, code)
    _expect(mds, version, {"name": mds.name})
    before, mds.name = mds.name, name
    _edited(mds)
    note(by, "reference.mds_renamed", "mds", None, code=code, before=before, name=name)
    return mds


@transaction
def close_mds(code: str, *, by: Actor, version: int, closed_on: date) -> Mds:
    """Close an MDS: ``closed_on`` is the first day on which it serves nobody. Its communes have moved before."""
    mds = _locked(Mds, code)
    _expect(mds, version, {"closed_on": mds.closed_on})
    served = db.session.scalars(select(CommuneAssignment).where(CommuneAssignment.mds_code == code))
    _refuse(rules.closing_refusals(mds.opened_on, closed_on, [_as_rule(one) for one in served]))
    mds.closed_on = closed_on
    _edited(mds)
    note(by, "reference.mds_closed", "mds", None, code=code, closed_on=closed_on.isoformat())
    return mds


# --- trades -------------------------------------------------------------------------------------------------


@transaction
def change_words(slug: str, *, by: Actor, version: int, words: Sequence[str]) -> Trade:
    """Set the everyday words by which a trade is found."""
    trade = _locked(Trade, slug)
    if trade.words == list(words):
        return trade
    _expect(trade, version, {"words": "\n".join(trade.words)})
    _refuse(rules.word_refusals(words))
    before, trade.words = trade.words, list(words)
    _edited(trade)
    note(by, "reference.trade_words_changed", "trade", None, slug=slug, before=before, words=list(words))
    return trade
