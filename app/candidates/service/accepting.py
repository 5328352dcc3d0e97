"""The good lines of a sheet become files, a batch at a time; what somebody added meanwhile is not added again."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from app.accounts import service as accounts
from app.audit import service as audit
from app.candidates import queries
from app.candidates.models import Candidate, CandidateProgramme, CandidateTravel, WantedTrade
from app.candidates.rules import CandidateRefusal, ImportLineState, Programme
from app.candidates.rules.sections import Accompaniment
from app.candidates.service.changing import note
from app.candidates.service.files import default_accompaniment
from app.candidates.service.imports import person_of
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.grid import Grid, Preset
from app.core.roles import Actor
from app.core.transaction import transaction

A_BATCH: Final = 2_000
"""Lines accepted at once: the rest of a long sheet waits for the next press of the button."""


@transaction
def accept_import(import_id: UUID, *, by: Actor, others: Collection[int] = ()) -> tuple[int, int]:
    """Add the people of the new lines, a batch at a time: (added now, left to add).

    ``others`` are numbers of lines said to be already known and which are somebody else. Each line is compared
    again with the files of this instant. Raises NotFound, Refused when nothing is to be added.
    """
    made = queries.the_import(by, import_id, lock=True)
    told = (
        [line for line in queries.lines_in(import_id, ImportLineState.KNOWN) if line.number in others] if others else []
    )
    told = [line for line in told if not line.faults]
    new = queries.lines_in(import_id, ImportLineState.NEW, limit=max(0, A_BATCH - len(told)))
    batch = [*told, *new][:A_BATCH]
    if not batch:
        raise Refused(CandidateRefusal.NOTHING_TO_ADD)
    recognised = queries.recognised([person_of(line.understood) for line in batch])
    added: list[Candidate] = []
    for line in batch:
        already = recognised.same(person_of(line.understood))
        if already is not None and line.number not in others:
            line.state, line.candidate_id = ImportLineState.KNOWN, already
            continue
        candidate = _candidate(line.understood, by)
        line.state, line.candidate_id = ImportLineState.ADDED, candidate.id
        db.session.add(candidate)
        added.append(candidate)
    db.session.flush()
    accounts.open_candidate_accesses(
        [accounts.NewAccess(one.id, one.first_name, one.last_name, one.email, one.phone) for one in added]
    )
    for candidate in added:
        note(by, "candidate.imported", candidate, from_import=str(import_id))
    made.added += len(added)
    made.accepted_at = made.accepted_at or clock.now()
    audit.note(by, "import.accepted", "candidate_import", made.id, added=len(added))
    db.session.flush()
    return len(added), queries.counts_of([import_id])[import_id][ImportLineState.NEW]


def _candidate(said: Mapping[str, Any], by: Actor) -> Candidate:
    follows = default_accompaniment(by)
    if said["referent"]:
        user_id, organisation_id = map(UUID, said["referent"])
        follows = Accompaniment(
            referent_id=user_id,
            referent_organisation_id=organisation_id,
            facilitator_organisation_id=follows.facilitator_organisation_id,
        )
    moments = Grid.from_presets(Preset(moment) for moment in said["moments"])
    since = date.fromisoformat(said["programmes_since"])
    return Candidate(
        id=uuid4(),
        **{name: said[name] for name in ("first_name", "last_name", "phone", "email", "address", "commune_insee")},
        birth_date=_day(said["birth_date"]),
        referent_id=follows.referent_id,
        referent_organisation_id=follows.referent_organisation_id,
        facilitator_organisation_id=follows.facilitator_organisation_id,
        french=said["french"],
        own_words=said["own_words"],
        licences=said["licences"],
        available_from=_day(said["available_from"]),
        grid=moments or None,
        hours_min=_hours(said["hours_min"]),
        hours_max=_hours(said["hours_max"]),
        trades=[WantedTrade(trade_slug=slug, rank=rank) for rank, slug in enumerate(said["trades"], 1)],
        travels=[CandidateTravel(means=means, max_minutes=minutes) for means, minutes in said["travels"].items()],
        programmes=[CandidateProgramme(programme=Programme(name), since=since) for name in said["programmes"]],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _hours(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
