"""Invented contracts with a clause, in every state: buyers, lots, objectives with avenants, holders, terms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.clauses.rules.kinds import (
    ClauseKind,
    ContractSource,
    HolderRole,
    LegalBase,
    Nature,
    ObjectiveMethod,
    TrancheKind,
)
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import TEMPLATES, Terms
from app.core import clock
from app.core.quantities import add_months
from app.demonstration.clause_names import BUYERS, SUBJECTS, Subject
from app.demonstration.ground import Ground, Place
from app.demonstration.organisations import Employer, People, siret

CONTRACTS = 60
_S = ContractState
_STATES = (_S.PREPARED,) * 8 + (_S.RUNNING,) * 34 + (_S.DELIVERED,) * 6 + (_S.CLOSED,) * 9 + (_S.CANCELLED,) * 3
_MONTHLY = next(template.terms for template in TEMPLATES if template.slug == "monthly")


@dataclass(slots=True)
class ClauseRows:
    """Rows to be inserted, table by table, in this order."""

    buyers: list[dict[str, Any]] = field(default_factory=list)
    contracts: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    lots: list[dict[str, Any]] = field(default_factory=list)
    lot_versions: list[dict[str, Any]] = field(default_factory=list)
    tranches: list[dict[str, Any]] = field(default_factory=list)
    holders: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    employments: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    transitions: list[dict[str, Any]] = field(default_factory=list)
    sites: list["SiteRows"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SiteRows:
    """One lot with what the hours need to know of it; ``pace`` is the part of the objective that time has brought."""

    contract: dict[str, Any]
    lot: dict[str, Any]
    holder: dict[str, Any]
    employer: Employer
    terms: Terms
    pace: float
    objective: int | None = None
    validated: int | None = None


def make_contracts(ground: Ground, people: People) -> ClauseRows:
    """Sixty contracts; the first two are those of the drawings, on which the personas work."""
    rows, today = ClauseRows(), clock.today()
    for name, kind in BUYERS:
        number = siret(600_000 + len(rows.buyers))
        rows.buyers.append(
            _row(ground, name=name, kind=kind, siret=number, contact_name="", contact_email="", version=1)
        )
    _drawn_contract(ground, people, rows, today)
    _personas_site(ground, people, rows, today)
    for rank, state in enumerate(_STATES[: CONTRACTS - 2]):
        _contract(ground, people, rows, state, rank, today)
    return rows


def _row(ground: Ground, **values: Any) -> dict[str, Any]:
    return {"id": ground.uuid(), **values}


def _dates(ground: Ground, state: ContractState, today: date) -> tuple[date | None, date | None]:
    random = ground.random
    match state:
        case _S.PREPARED:
            return None, None
        case _S.RUNNING:
            begun = today - timedelta(days=random.randint(60, 420))
            return begun, today + timedelta(days=random.randint(35, 420))
        case _S.CANCELLED:
            return today - timedelta(days=random.randint(200, 500)), today + timedelta(days=100)
    ended = today - timedelta(days=random.randint(5, 60) if state is _S.DELIVERED else random.randint(90, 400))
    return ended - timedelta(days=random.randint(240, 480)), ended


def _contract(ground: Ground, people: People, rows: ClauseRows, state: ContractState, rank: int, today: date) -> None:
    random = ground.random
    place, subject = ground.place(), SUBJECTS[rank % len(SUBJECTS)]
    notified, delivered = _dates(ground, state, today)
    contract = _contract_row(ground, people, rows, subject, place, state, notified, delivered)
    if rank % 17 == 5 and notified is not None and state is _S.RUNNING:
        notified = max(date(2026, 9, 1), today - timedelta(days=60)) if today > date(2026, 9, 1) else notified
        contract.update(clause_kind=ClauseKind.NONE, legal_base=LegalBase.NONE, notified_on=notified)
        _version(ground, rows, contract, 0, notified)
        return
    if notified is not None:
        _version(ground, rows, contract, 0, notified)
    template = TEMPLATES[0] if subject.nature is Nature.WORKS and rank % 3 == 0 else TEMPLATES[1]
    _terms(ground, rows, contract, template.terms, notified or today)
    pool = [employer for employer in people.employers if employer.kind.value == "firm"]
    for number, (title, trade, family) in enumerate(subject.lots, 1):
        fitting = [one for one in pool if one.family == family] or pool
        employer = random.choice(fitting)
        lot = _lot(ground, rows, contract, number, title, trade)
        holder = _holder(ground, people, rows, lot, employer, with_account=rank % 6 != 3)
        if state is _S.CANCELLED:
            continue
        pace = random.choice((0.35, 0.6, 0.85, 0.95, 1.0, 1.05, 1.15))
        rows.sites.append(SiteRows(contract, lot, holder, employer, template.terms, pace))


def _contract_row(
    ground: Ground,
    people: People,
    rows: ClauseRows,
    subject: Subject,
    place: Place,
    state: ContractState,
    notified: date | None,
    delivered: date | None,
) -> dict[str, Any]:
    random = ground.random
    year = (notified or clock.today()).year
    organisation, facilitator = people.facilitators[place.territory]
    works = subject.nature is Nature.WORKS
    contract = _row(
        ground, buyer_id=random.choice(rows.buyers)["id"], number=f"{year}-{len(rows.contracts) + 201:04}",
        title=subject.title.format(place=place.name), nature=subject.nature, cpv=subject.cpv,
        framework=not works and random.random() < 0.3,
        amount=Decimal(subject.euros) * random.randint(80, 130) / 100, notified_on=notified, delivered_on=delivered,
        legal_base=LegalBase.EXECUTION, clause_kind=ClauseKind.EXECUTION_CLAUSE, obligation_reason="",
        commune_insee=place.insee, territory_code=place.territory, facilitator_organisation_id=organisation,
        facilitator_id=facilitator, state=state, source=ContractSource.TYPED, decp=None, version=1,
    )  # fmt: skip
    rows.contracts.append(contract)
    return contract


def _version(
    ground: Ground, rows: ClauseRows, contract: dict[str, Any], number: int, day: date, label: str = ""
) -> dict[str, Any]:
    row = _row(
        ground, contract_id=contract["id"], number=number, valid_from=day, known_from=day, label=label,
        amount=contract["amount"], delivered_on=contract["delivered_on"], recorded_at=instant(day),
    )  # fmt: skip
    rows.versions.append(row)
    return row


def _terms(ground: Ground, rows: ClauseRows, contract: dict[str, Any], terms: Terms, day: date) -> None:
    rows.terms.append(
        _row(ground, contract_id=contract["id"], valid_from=day, known_from=day, said=terms.to_json(), note="",
             recorded_at=instant(day))
    )  # fmt: skip


def _lot(
    ground: Ground, rows: ClauseRows, contract: dict[str, Any], number: int, title: str, trade: str
) -> dict[str, Any]:
    row = _row(
        ground, contract_id=contract["id"], number=number, title=title, trade_slug=trade, cpv="", amount=None,
        commune_insee=contract["commune_insee"], reserved=False, version=1,
    )  # fmt: skip
    rows.lots.append(row)
    return row


def _holder(
    ground: Ground,
    people: People,
    rows: ClauseRows,
    lot: dict[str, Any],
    employer: Employer,
    *,
    with_account: bool = True,
    **values: Any,
) -> dict[str, Any]:
    firm = next(row for row in people.organisations if row["id"] == employer.organisation_id)
    row = _row(
        ground, lot_id=lot["id"], role=HolderRole.SOLE, principal_id=None, name=firm["name"], siret=firm["siret"],
        organisation_id=firm["id"] if with_account else None, share=Decimal(100), since=None, until=None,
        contact_name="", contact_email="" if with_account else "chantier@demo.example",
        contact_phone=firm["phone"] or "", version=1,
    ) | values  # fmt: skip
    rows.holders.append(row)
    return row


def objectives_of(ground: Ground, rows: ClauseRows, site: SiteRows, hours: int) -> Iterator[dict[str, Any]]:
    """The versions of a lot's objective: one, or two when an avenant raised it by a fifth; a tranche now and then."""
    begun = site.contract["notified_on"] or clock.today()
    raised = ground.random.random() < 0.15 and site.contract["state"] is _S.RUNNING and site.objective is None
    first = round(hours / 1.2) if raised else hours
    yield _objective(ground, site, first, begun, None)
    if raised:
        day = begun + (clock.today() - begun) / 2
        avenant = _version(ground, rows, site.contract, 1, day, "Avenant n° 1") if not _amended(rows, site) else None
        yield _objective(ground, site, hours, day, avenant["id"] if avenant else None)
    elif ground.random.random() < 0.1 and site.objective is None:
        rows.tranches.append(
            _row(ground, lot_id=site.lot["id"], label="Tranche optionnelle 1", kind=TrancheKind.OPTIONAL,
                 hours=Decimal(round(hours / 5)), affirmed_on=None)
        )  # fmt: skip


def _amended(rows: ClauseRows, site: SiteRows) -> bool:
    return any(row["contract_id"] == site.contract["id"] and row["number"] == 1 for row in rows.versions)


def _objective(ground: Ground, site: SiteRows, hours: int, day: date, version: UUID | None) -> dict[str, Any]:
    return _row(
        ground, lot_id=site.lot["id"], contract_version_id=version, valid_from=day, known_from=day,
        hours=Decimal(hours), method=ObjectiveMethod.STATED, inputs={}, exact=None, recorded_at=instant(day),
    )  # fmt: skip


def _persona_employer(people: People, name: str) -> Employer:
    firm = next(row for row in people.organisations if row["name"] == name)
    return next(one for one in people.employers if one.organisation_id == firm["id"])


def _drawn_contract(ground: Ground, people: People, rows: ClauseRows, today: date) -> None:
    """Three lots of 400, 250 and 150 h of which 420, 100 and 150 are validated; the second is in danger."""
    notified, delivered = add_months(today, -8), today + timedelta(days=71)
    place = next(place for place in ground.places if place.insee == "91228")
    contract = _contract_row(ground, people, rows, SUBJECTS[0], place, ContractState.RUNNING, notified, delivered)
    organisation, facilitator = people.facilitators["nord-ouest"]
    contract.update(
        title="Collège Les Pyramides : rénovation", number=f"{notified.year}-0117", amount=Decimal(6_180_000),
        facilitator_organisation_id=organisation, facilitator_id=facilitator, buyer_id=rows.buyers[0]["id"],
    )  # fmt: skip
    _version(ground, rows, contract, 0, notified)
    _terms(ground, rows, contract, TEMPLATES[0].terms, notified)
    rows.terms[-1]["said"] = _MONTHLY.to_json() | {"penalty_per_hour": "200.00", "penalty_per_day": "75.00"}
    firms = {one.family: one for one in reversed(people.employers) if one.kind.value == "firm"}
    wanted = ((400, 420, "gros-oeuvre"), (250, 100, "second-oeuvre"), (150, 150, ""))
    for number, ((title, trade, _), (owed, done, family)) in enumerate(zip(SUBJECTS[0].lots, wanted, strict=True), 1):
        employer = firms.get(family) or _persona_employer(people, "Étampes Propreté")
        lot = _lot(ground, rows, contract, number, title, trade)
        holder = _holder(ground, people, rows, lot, employer)
        rows.sites.append(SiteRows(contract, lot, holder, employer, _MONTHLY, 1.0, owed, done))


def _personas_site(ground: Ground, people: People, rows: ClauseRows, today: date) -> None:
    """The cleaning of the MDS, held by the persona's firm: what she reports, and what the facilitator validates."""
    notified, delivered = add_months(today, -10), add_months(today, 14)
    place = next(place for place in ground.places if place.insee == "91377")
    contract = _contract_row(ground, people, rows, SUBJECTS[5], place, ContractState.RUNNING, notified, delivered)
    contract.update(title="Nettoyage des maisons des solidarités du nord", buyer_id=rows.buyers[2]["id"])
    _version(ground, rows, contract, 0, notified)
    _terms(ground, rows, contract, _MONTHLY, notified)
    lot = _lot(ground, rows, contract, 1, "Nettoyage des bureaux", "agent-entretien")
    holder = _holder(ground, people, rows, lot, _persona_employer(people, "Étampes Propreté"))
    rows.sites.append(
        SiteRows(contract, lot, holder, _persona_employer(people, "Étampes Propreté"), _MONTHLY, 0.9, 15_000, None)
    )


def instant(day: date) -> datetime:
    """Ten in the morning of that day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=clock.PARIS)
