"""Invented organisations: PLIE, MDS, firms and SIAE, each with its people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stdnum import luhn

from app.core import clock
from app.core.roles import Role
from app.demonstration.accounts import PERSONAS, Persona
from app.demonstration.ground import Ground
from app.demonstration.names import FIRM_WORDS, FIRST_NAMES, last_names
from app.organisations.rules import OrganisationKind, OrganisationState, role_of

PLIES = {
    "nord-ouest": "PLIE Nord-Essonne",
    "nord-est": "PLIE Intercommunal Nord-Est",
    "grand-paris-sud": "PLIE Grand Paris Sud",
    "centre-essonne": "Cœur d’Essonne Emploi",
    "sud-essonne": "PLIE Sud-Essonne",
}
# In a hundred employers of the plan.
_KINDS = (
    (OrganisationKind.FIRM, 78), (OrganisationKind.SAP, 12), (OrganisationKind.ACI, 4), (OrganisationKind.EI, 3),
    (OrganisationKind.AI, 1), (OrganisationKind.ETTI, 1), (OrganisationKind.GEIQ, 1),
)  # fmt: skip
_SIAE_FAMILIES = ("proprete", "espaces-verts", "recyclage", "agriculture", "second-oeuvre", "textile", "restauration")


@dataclass(frozen=True, slots=True)
class Employer:
    """What an offer needs to know of its employer."""

    organisation_id: UUID
    user_id: UUID
    kind: OrganisationKind
    family: str
    commune: str


@dataclass(slots=True)
class People:
    """Rows to be inserted, and who is where."""

    organisations: list[dict[str, Any]]
    users: list[dict[str, Any]]
    memberships: list[dict[str, Any]]
    employers: list[Employer]
    facilitators: dict[str, tuple[UUID, UUID]]
    referents: dict[str, list[tuple[UUID, UUID]]]
    personas: dict[Persona, UUID]


def siret(number: int) -> str:
    """A SIRET that checks, from a SIREN of the invented range 9 2x xxx xxx."""
    base = f"92{number:06d}"
    siren = base + luhn.calc_check_digit(base)
    office = siren + "0001"
    return office + luhn.calc_check_digit(office)


def make_people(ground: Ground, employers: int, password_hash: str) -> People:
    """Every organisation of the demonstration and its members; the personas first."""
    people = People([], [], [], [], {}, {}, {})
    numbers = iter(range(1, 10**6))
    known: dict[str, UUID] = {}
    for persona in PERSONAS:
        if persona.role is not Role.CANDIDATE:
            _add_persona(people, ground, persona, password_hash, known, numbers)
    for code, name in PLIES.items():
        if code not in people.facilitators:
            organisation = _organisation(people, ground, name, OrganisationKind.PLIE, "", code, None)
            user = _member(people, ground, organisation, Role.FACILITATOR, code)
            people.facilitators[code] = (organisation, user)
    seats = {place.insee: place for place in ground.places}
    for mds in sorted({place.mds for place in ground.places}):
        seat = seats[mds]
        organisation = known.get(f"MDS de {seat.name}") or _organisation(
            people, ground, f"MDS de {seat.name}", OrganisationKind.MDS, mds, seat.territory, None
        )
        crew = people.referents.setdefault(mds, [])
        crew += [(organisation, _member(people, ground, organisation, Role.REFERENT, None)) for _ in range(2)]
    while len(people.employers) < employers:
        _add_employer(people, ground, next(numbers))
    return people


def _add_persona(
    people: People, ground: Ground, persona: Persona, password_hash: str, known: dict[str, UUID], numbers: Iterator[int]
) -> None:
    kind = persona.kind or OrganisationKind.FIRM
    number = siret(next(numbers)) if role_of(kind) is Role.EMPLOYER else None
    organisation = known.get(persona.organisation)
    if organisation is None:
        organisation = _organisation(
            people, ground, persona.organisation, kind, persona.commune, persona.territory, number
        )
        known[persona.organisation] = organisation
    user = ground.uuid()
    people.personas[persona] = user
    people.users.append(
        _user_row(user, persona.first_name, persona.last_name, persona.email, persona.phone or None, password_hash)
    )
    people.memberships.append(
        _membership_row(ground, user, organisation, persona.role, persona.territory, is_manager=True)
    )
    if persona.role is Role.EMPLOYER:
        family = {"Étampes Propreté": "proprete", "Les Jardins de Dourdan": "espaces-verts"}.get(
            persona.organisation, "aide-domicile"
        )
        people.employers.append(Employer(organisation, user, kind, family, persona.commune))
    elif persona.role is Role.FACILITATOR and persona.territory:
        people.facilitators[persona.territory] = (organisation, user)
    elif persona.role is Role.REFERENT:
        people.referents[persona.commune] = [(organisation, user)]


def _add_employer(people: People, ground: Ground, number: int) -> None:
    kind = ground.random.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    family = ground.family()
    if kind is OrganisationKind.SAP:
        family = "aide-domicile"
    elif kind is not OrganisationKind.FIRM:
        family = ground.random.choice(_SIAE_FAMILIES)
    place = ground.place()
    word = ground.random.choice(FIRM_WORDS[family])
    owner = ground.random.choice(last_names())
    name = ground.random.choice([f"{word} {owner}", f"{word} {place.name}", f"{owner} {word}"])
    organisation = _organisation(people, ground, name, kind, place.insee, place.territory, siret(number))
    user = _member(people, ground, organisation, Role.EMPLOYER, None, is_manager=True)
    people.employers.append(Employer(organisation, user, kind, family, place.insee))


def _organisation(
    people: People,
    ground: Ground,
    name: str,
    kind: OrganisationKind,
    commune: str,
    territory: str | None,
    number: str | None,
) -> UUID:
    identifier = ground.uuid()
    people.organisations.append(
        {
            "id": identifier, "name": name, "kind": kind, "state": OrganisationState.APPROVED, "siret": number,
            "commune_insee": commune or None, "territory_code": territory, "approved_at": clock.now(),
            "phone": f"+331990{len(people.organisations) % 90000 + 10000:05d}", "address": "", "website": "",
            "presentation": "", "refusal_text": "",
        }
    )  # fmt: skip
    return identifier


def _member(
    people: People, ground: Ground, organisation: UUID, role: Role, territory: str | None, *, is_manager: bool = False
) -> UUID:
    user = ground.uuid()
    first, last = ground.random.choice(FIRST_NAMES), ground.random.choice(last_names())
    address = f"membre{len(people.users):05d}@demo.example"
    people.users.append(_user_row(user, first, last, address, "+33199001234", None))
    people.memberships.append(_membership_row(ground, user, organisation, role, territory, is_manager=is_manager))
    return user


def _user_row(
    user: UUID, first: str, last: str, email: str | None, phone: str | None, password_hash: str | None
) -> dict[str, Any]:
    return {
        "id": user, "first_name": first, "last_name": last, "email": email or None, "phone": phone,
        "password_hash": password_hash, "candidate_id": None,
    }  # fmt: skip


def _membership_row(
    ground: Ground, user: UUID, organisation: UUID, role: Role, territory: str | None, *, is_manager: bool
) -> dict[str, Any]:
    return {
        "id": ground.uuid(), "user_id": user, "organisation_id": organisation, "role": role,
        "territory_code": territory, "is_manager": is_manager,
    }  # fmt: skip
