"""Two files of one person become one: what each said is kept, and the merged file points to the kept one."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.accounts import service as accounts
from app.candidates import queries
from app.candidates.models import (
    Candidate,
    CandidateBarrier,
    CandidateImportLine,
    CandidateMerge,
    CandidateProgramme,
    Mandate,
    ReadinessEntry,
)
from app.candidates.rules import CandidateRefusal, CandidateState, Means
from app.candidates.rules.merging import (
    COLUMNS,
    MergedField,
    Side,
    joined,
    joined_programmes,
    joined_skills,
    joined_titles,
    joined_trades,
    joined_travels,
)
from app.candidates.rules.sections import HeldTitle, ProgrammeStay, TravelLimit
from app.candidates.service.changing import move_on, note
from app.candidates.service.sections import open_access
from app.candidates.service.wishes import write_titles, write_trades, write_travels
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.grid import Grid
from app.core.hooks import Hook
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

CANDIDATE_MERGED: Hook[[UUID, UUID, Actor]] = Hook("candidate merged")
"""(kept_id, merged_id, by): rows that point to the merged file move to the kept one."""


@transaction
def merge_candidates(
    kept_id: UUID,
    merged_id: UUID,
    choices: Mapping[MergedField, Side],
    *,
    by: Actor,
    versions: tuple[int, int] | None = None,
) -> Candidate:
    """Make one file of two. Sent twice, it is done once.

    Raises NotFound when the actor does not read both, StaleVersion when one changed since the preview, Refused.
    """
    if by.role not in {Role.FACILITATOR, Role.DEPARTMENT}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if kept_id == merged_id:
        raise Refused(CandidateRefusal.SAME_FILE)
    if queries.kept_instead_of(by, merged_id) == kept_id:
        return queries.the_candidate(by, kept_id)
    files = queries.the_candidates(by, {kept_id, merged_id}, *queries.LINES)
    if len(files) < 2:
        raise NotFound
    kept, merged = files[kept_id], files[merged_id]
    if versions is not None and versions != (kept.version, merged.version):
        raise StaleVersion
    db.session.add(
        CandidateMerge(
            kept_id=kept_id,
            merged_id=merged_id,
            by=by.user_id,
            before={"kept": _snapshot(kept), "merged": _snapshot(merged)},
        )
    )
    _choose(kept, merged, choices)
    _join_lines(kept, merged)
    _move_rows(kept_id, merged_id)
    merged.state, merged.merged_into_id = CandidateState.MERGED, kept_id
    accounts.close_candidate_access(merged_id)
    for one in (kept, merged):
        move_on(one)
    open_access(kept)
    note(by, "candidate.merged", kept, merged=str(merged_id))
    note(by, "candidate.merged", merged, kept=str(kept_id))
    CANDIDATE_MERGED(kept_id, merged_id, by)
    return kept


def _choose(kept: Candidate, merged: Candidate, choices: Mapping[MergedField, Side]) -> None:
    for field, side in choices.items():
        if side is Side.MERGED:
            for column in COLUMNS[field]:
                setattr(kept, column, getattr(merged, column))
    kept.waiting_since = min(kept.waiting_since, merged.waiting_since)


def _join_lines(kept: Candidate, merged: Candidate) -> None:
    kept.skills = joined_skills(kept.skills, merged.skills)
    kept.licences = joined(kept.licences, merged.licences)
    kept.refusals = joined(kept.refusals, merged.refusals)
    kept.answered = joined(kept.answered, merged.answered)
    write_trades(kept, joined_trades(*([line.trade_slug for line in one.trades] for one in (kept, merged))))
    write_travels(kept, joined_travels(*map(travels_of, (kept, merged))))
    write_titles(kept, joined_titles(*map(titles_of, (kept, merged))))
    stays = [[ProgrammeStay(row.programme, row.since, row.until) for row in one.programmes] for one in (kept, merged)]
    known = {(row.programme, row.since): row for row in kept.programmes}
    kept.programmes = [
        known.get((stay.programme, stay.since))
        or CandidateProgramme(programme=stay.programme, since=stay.since, until=stay.until)
        for stay in joined_programmes(*stays)
    ]


def travels_of(candidate: Candidate) -> list[TravelLimit]:
    """The travel lines of a file, as the rules read them."""
    return [TravelLimit(Means(line.means), line.max_minutes, line.max_km) for line in candidate.travels]


def titles_of(candidate: Candidate) -> list[HeldTitle]:
    """The titles of a file, as the rules read them."""
    return [HeldTitle(line.title_slug, line.obtained_on, line.valid_until) for line in candidate.titles]


def _move_rows(kept_id: UUID, merged_id: UUID) -> None:
    """Mandates, barriers, readiness and lines of imports now belong to the kept file."""
    for table in (Mandate, CandidateBarrier, ReadinessEntry, CandidateImportLine):
        db.session.execute(
            update(table).where(table.candidate_id == merged_id).values(candidate_id=kept_id),
            execution_options={"synchronize_session": False},
        )


def _snapshot(candidate: Candidate) -> dict[str, Any]:
    """Everything that a merge may overwrite, as JSON."""
    columns = {column for group in COLUMNS.values() for column in group}
    lists = ("skills", "licences", "refusals")
    return {
        **{name: _plain(getattr(candidate, name)) for name in sorted({*columns, *lists, "number", "waiting_since"})},
        "trades": [line.trade_slug for line in candidate.trades],
        "travels": [[line.means, line.max_minutes, _plain(line.max_km)] for line in candidate.travels],
        "titles": [[t.title_slug, _plain(t.obtained_on), _plain(t.valid_until)] for t in candidate.titles],
        "programmes": [[p.programme.value, _plain(p.since), _plain(p.until)] for p in candidate.programmes],
    }


def _plain(value: Any) -> Any:
    match value:
        case date() | datetime():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case Grid():
            return value.to_bytes().hex()
    return value
