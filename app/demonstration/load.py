"""Fill an empty database with the demonstration département; a database that has people is left as it is."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any, cast

from argon2 import PasswordHasher
from sqlalchemy import Table, func, insert, select

from app.accounts.models import Membership, User
from app.applications.models import Application, ApplicationTransition
from app.candidates.models import (
    Candidate,
    CandidateProgramme,
    CandidateTitle,
    CandidateTravel,
    ReadinessEntry,
    WantedTrade,
)
from app.core.db import Base, db
from app.core.transaction import transaction
from app.demonstration.accounts import PASSWORD
from app.demonstration.candidates import CandidateRows, make_candidates
from app.demonstration.clauses import make_clauses
from app.demonstration.datings import tell_datings
from app.demonstration.events import tell_events
from app.demonstration.follow_up_story import tell_follow_ups
from app.demonstration.ground import read_ground
from app.demonstration.offers import make_offers
from app.demonstration.organisations import People, make_people
from app.demonstration.stages import tell_stages
from app.demonstration.story import make_story
from app.offers.models import Offer
from app.organisations.models import Organisation

SIZES = {"small": (420, 140, 60), "departement": (25_512, 5_000, 1_200)}
SEED = 91
CHUNK = 1_000


class Bar:
    """A progress bar on one line of the terminal, or one line a step elsewhere."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def step(self, count: int, label: str) -> None:
        """``count`` more rows are in."""
        self.done += count
        share = min(1.0, self.done / self.total)
        if sys.stdout.isatty():
            full = int(share * 30)
            print(f"\r  [{'█' * full}{'·' * (30 - full)}] {share:4.0%}  {label:<28}", end="", flush=True)

    def end(self) -> None:
        """Leave the line."""
        print(flush=True)


def load(size: str) -> bool:
    """Make the demonstration of a size; False when the database already has people."""
    if db.session.scalar(select(func.count()).select_from(User)):
        return False
    candidates, offers, employers = SIZES[size]
    print(f"Données de démonstration : {candidates} personnes, {offers} offres, {employers} employeurs…", flush=True)
    _fill(candidates, offers, employers)
    return True


@transaction
def _fill(candidate_count: int, offer_count: int, employer_count: int) -> None:
    ground = read_ground(SEED)
    people = make_people(ground, employer_count, PasswordHasher().hash(PASSWORD))
    rows = make_candidates(ground, people, candidate_count)
    offers = make_offers(ground, people, offer_count)
    bar = Bar(_count(people, rows) + len(offers))
    _insert_people(people, bar)
    _insert_candidates(rows, bar)
    _insert(Offer, offers, bar, "offres")
    db.session.flush()
    story = make_story(ground, people, rows, offers)
    _insert(Application, story.applications, bar, "candidatures")
    _insert(ApplicationTransition, story.transitions, bar, "étapes")
    make_clauses(ground, people, rows)
    tell_follow_ups(ground, people, rows)
    stage = tell_events(ground, people, rows)
    tell_datings(stage)
    tell_stages(stage)
    bar.end()


def _count(people: People, rows: CandidateRows) -> int:
    tables: Iterable[Sequence[Any]] = (
        people.organisations, people.users, people.memberships, rows.candidates, rows.users, rows.trades,
        rows.travels, rows.titles, rows.programmes, rows.readiness,
    )  # fmt: skip
    return sum(len(table) for table in tables)


def _insert(model: type[Base], rows: list[dict[str, Any]], bar: Bar, label: str) -> None:
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        db.session.connection().execute(insert(cast(Table, model.__table__)), part)
        bar.step(len(part), label)


def _insert_people(people: People, bar: Bar) -> None:
    _insert(Organisation, people.organisations, bar, "organisations")
    _insert(User, people.users, bar, "comptes")
    _insert(Membership, people.memberships, bar, "membres")


def _insert_candidates(rows: CandidateRows, bar: Bar) -> None:
    _insert(Candidate, rows.candidates, bar, "personnes")
    _insert(User, rows.users, bar, "accès des personnes")
    _insert(WantedTrade, rows.trades, bar, "métiers voulus")
    _insert(CandidateTravel, rows.travels, bar, "trajets")
    _insert(CandidateTitle, rows.titles, bar, "diplômes")
    _insert(CandidateProgramme, rows.programmes, bar, "dispositifs")
    _insert(ReadinessEntry, rows.readiness, bar, "préparations")
