"""Invented people who look for work: wishes, travel, weeks and skills that hang together."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.candidates.rules import CandidateState, Programme, ReadinessCheck
from app.core import clock
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.demonstration.accounts import PERSONAS, WORKER
from app.demonstration.ground import Ground, Place
from app.demonstration.names import FIRST_NAMES, OWN_WORDS, last_names
from app.demonstration.organisations import People

_GRIDS = (
    ((Preset.DAY,), 45),
    ((Preset.DAY, Preset.EARLY), 25),
    ((Preset.DAY, Preset.EARLY, Preset.EVENING), 12),
    ((Preset.DAY, Preset.EARLY, Preset.EVENING, Preset.WEEKEND), 10),
    ((Preset.EARLY,), 3),
    ((Preset.EVENING, Preset.WEEKEND), 3),
    ((Preset.EVENING, Preset.NIGHT, Preset.WEEKEND), 2),
)
_FRENCH = ((0, 4), (1, 10), (2, 18), (3, 22), (4, 20), (5, 14), (6, 12))

_KEPT = 1_000
"""Numbers kept for those whose account is printed."""


@dataclass(slots=True)
class CandidateRows:
    """Rows to be inserted, table by table."""

    candidates: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=list)
    trades: list[dict[str, Any]] = field(default_factory=list)
    travels: list[dict[str, Any]] = field(default_factory=list)
    titles: list[dict[str, Any]] = field(default_factory=list)
    programmes: list[dict[str, Any]] = field(default_factory=list)
    readiness: list[dict[str, Any]] = field(default_factory=list)


def make_candidates(ground: Ground, people: People, count: int) -> CandidateRows:
    """``count`` people; the first looks for work, the second works: both have a printed account."""
    rows = CandidateRows()
    today = clock.today()
    _add_persona(ground, people, rows, today)
    _add_worker(ground, people, rows, today)
    while len(rows.candidates) < count:
        _add(ground, people, rows, today)
    return rows


def _phone(rank: int) -> str:
    """A number of the ranges kept for fiction (ARCEP)."""
    ranges = ("3363998", "3319900", "3326191", "3335301", "3346571", "3353649")
    return f"+{ranges[rank // 10_000]}{rank % 10_000:04d}"


def _add(ground: Ground, people: People, rows: CandidateRows, today: date) -> None:
    random, rank = ground.random, len(rows.candidates) + 2
    place = ground.place()
    identifier = ground.uuid()
    is_ready = random.random() < 0.62
    row = _base_row(ground, people, identifier, place, today, is_ready=is_ready)
    row["first_name"], row["last_name"] = random.choice(FIRST_NAMES), random.choice(last_names())
    if random.random() < 0.6:
        row["phone"] = _phone(rank + _KEPT)
    if random.random() < 0.3:
        row["email"] = f"personne{rank:05d}@demo.example"
    family = ground.family()
    row["skills"] = ground.some(ground.skills.get(family, []), 5)
    rows.candidates.append(row)
    _add_lines(ground, rows, row, family, today)
    _add_signs(ground, rows, row, today)


def _base_row(
    ground: Ground, people: People, identifier: UUID, place: Place, today: date, *, is_ready: bool
) -> dict[str, Any]:
    random = ground.random
    referent_organisation, referent = random.choice(people.referents[place.mds])
    facilitator = people.facilitators.get(place.territory)
    followed = facilitator is not None and random.random() < 0.6
    hours = random.choice(((None, None), (15, 24), (20, 30), (25, 35), (28, 35), (35, 39)))
    presets = random.choices([grid for grid, _ in _GRIDS], [weight for _, weight in _GRIDS])[0]
    since = today - timedelta(days=random.choice((3, 8, 12, 18, 21, 25, 28, 34, 41, 60, 95)))
    consented = is_ready or random.random() < 0.3
    return {
        "id": identifier, "state": CandidateState.ACTIVE, "first_name": "", "last_name": "",
        "birth_date": date(today.year - random.randint(18, 61), random.randint(1, 12), random.randint(1, 28)),
        "email": None, "phone": None, "address": "", "commune_insee": place.insee, "language": "fr",
        "referent_id": referent, "referent_organisation_id": referent_organisation,
        "facilitator_organisation_id": facilitator[0] if facilitator and followed else None,
        "french": random.choices([level for level, _ in _FRENCH], [weight for _, weight in _FRENCH])[0],
        "own_words": random.choice(OWN_WORDS) if random.random() < 0.5 else "",
        "skills": [], "licences": [], "refusals": ground.some(ground.conditions, 2) if random.random() < 0.4 else [],
        "available_from": today + timedelta(days=random.randint(-60, 45)) if random.random() < 0.85 else None,
        "grid": Grid.from_presets(presets) if random.random() < 0.9 else None,
        "hours_min": hours[0] and Decimal(hours[0]), "hours_max": hours[1] and Decimal(hours[1]),
        "consent_at": _instant(since) if consented else None, "ready_on": since if is_ready else None,
        "ready_by": referent if is_ready else None, "waiting_since": since,
        "created_at": _instant(since - timedelta(days=20)), "updated_at": _instant(since),
    }  # fmt: skip


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=clock.PARIS)


def _add_lines(ground: Ground, rows: CandidateRows, row: dict[str, Any], family: str, today: date) -> None:
    random, identifier = ground.random, row["id"]
    wanted: dict[str, None] = {}
    for _ in range(random.choice((1, 1, 2, 2, 3))):
        wanted[ground.trade(family if random.random() < 0.75 else None)[0]] = None
    rows.trades += [
        {"candidate_id": identifier, "trade_slug": slug, "rank": rank} for rank, slug in enumerate(wanted, 1)
    ]
    drives = random.random() < 0.38
    if drives:
        row["licences"] = ["b"] if "b" in ground.licences else ground.licences[:1]
    means = {"bus": random.choice((30, 45, 45, 60)), "foot": random.choice((20, 30, 45))}
    if drives:
        means["car"] = random.choice((20, 30, 30, 45, 60))
    if random.random() < 0.2:
        means["bike"] = random.choice((20, 30))
    rows.travels += [
        {"candidate_id": identifier, "means": name, "max_minutes": minutes, "max_km": None}
        for name, minutes in means.items()
    ]
    for slug in ground.some(ground.titles, 2) if random.random() < 0.35 else ():
        obtained = today - timedelta(days=random.randint(60, 2500))
        rows.titles.append(
            {"id": ground.uuid(), "candidate_id": identifier, "title_slug": slug, "obtained_on": obtained,
             "valid_until": None}
        )  # fmt: skip


def _add_signs(ground: Ground, rows: CandidateRows, row: dict[str, Any], today: date) -> None:
    """The account, the programmes and the readiness that go with a file."""
    identifier = row["id"]
    rows.users.append(
        {"id": ground.uuid(), "first_name": row["first_name"], "last_name": row["last_name"], "email": row["email"],
         "phone": row["phone"], "password_hash": None, "candidate_id": identifier}
    )  # fmt: skip
    since = today - timedelta(days=ground.random.randint(60, 900))
    programmes = [Programme.RSA] if ground.random.random() < 0.85 else []
    if row["facilitator_organisation_id"]:
        programmes.append(Programme.PLIE)
    rows.programmes += [
        {"id": ground.uuid(), "candidate_id": identifier, "programme": programme, "since": since, "until": None}
        for programme in programmes
    ]
    if row["ready_on"]:
        rows.readiness.append(
            {"id": ground.uuid(), "candidate_id": identifier, "on": row["ready_on"], "by": row["ready_by"],
             "ready": True, "checks": [check.value for check in ReadinessCheck], "note": ""}
        )  # fmt: skip


def _add_persona(ground: Ground, people: People, rows: CandidateRows, today: date) -> None:
    """Aïcha: cleaning in Massy, mornings, by bus; ready and consenting."""
    persona = next(persona for persona in PERSONAS if persona.role is Role.CANDIDATE)
    place = next(place for place in ground.places if place.insee == persona.commune)
    row = _base_row(ground, people, ground.uuid(), place, today, is_ready=True)
    facilitator = people.facilitators[place.territory][0]
    referent_organisation, referent = people.referents[place.mds][0]
    row.update(
        first_name=persona.first_name, last_name=persona.last_name, phone=persona.phone, birth_date=date(1988, 4, 12),
        facilitator_organisation_id=facilitator, referent_id=referent, ready_by=referent,
        referent_organisation_id=referent_organisation, french=2, refusals=[],
        own_words="J’ai fait le ménage dans des bureaux pendant deux ans.",
        grid=Grid.from_presets([Preset.DAY, Preset.EARLY]), available_from=today,
        hours_min=Decimal(20), hours_max=Decimal(35), waiting_since=today - timedelta(days=52),
        skills=["entretien-locaux", "entretien-logement", "produits-nettoyage"],
    )  # fmt: skip
    rows.candidates.append(row)
    for rank, slug in enumerate(("agent-entretien", "employe-menage"), 1):
        rows.trades.append({"candidate_id": row["id"], "trade_slug": slug, "rank": rank})
    for means, minutes in (("bus", 60), ("foot", 30)):
        rows.travels.append({"candidate_id": row["id"], "means": means, "max_minutes": minutes, "max_km": None})
    _add_signs(ground, rows, row, today)


def _add_worker(ground: Ground, people: People, rows: CandidateRows, today: date) -> None:
    """Moussa: at work in Massy since two months, so proposed to nobody."""
    place = next(place for place in ground.places if place.insee == WORKER.commune)
    row = _base_row(ground, people, ground.uuid(), place, today, is_ready=False)
    referent_organisation, referent = people.referents[place.mds][0]
    row.update(
        first_name=WORKER.first_name, last_name=WORKER.last_name, phone=WORKER.phone, birth_date=date(1994, 9, 3),
        facilitator_organisation_id=people.facilitators[place.territory][0], referent_id=referent,
        referent_organisation_id=referent_organisation, french=3, refusals=[],
        own_words="Je travaille dur et j’apprends vite.", consent_at=_instant(today - timedelta(days=150)),
    )  # fmt: skip
    rows.candidates.append(row)
    rows.trades.append({"candidate_id": row["id"], "trade_slug": "agent-entretien", "rank": 1})
    rows.travels.append({"candidate_id": row["id"], "means": "bus", "max_minutes": 60, "max_km": None})
    _add_signs(ground, rows, row, today)
    hired_on = today - timedelta(days=65)
    for on, ready in ((today - timedelta(days=120), True), (hired_on, False)):
        rows.readiness.append(
            {"id": ground.uuid(), "candidate_id": row["id"], "on": on, "by": referent, "ready": ready,
             "checks": [check.value for check in ReadinessCheck] if ready else [], "note": "" if ready else "Embauche"}
        )  # fmt: skip
