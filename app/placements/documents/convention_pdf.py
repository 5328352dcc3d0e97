"""The draft of a convention: all that the State's form asks, to read together before typing it there.

Nothing of it says why the person is accompanied: no benefit, no birth date, no number, and for the host not even which
place accompanies. The birth date is typed on the State's service by who accompanies, from the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.french import date_words, phone, siret
from app.core.grid import grid_lines
from app.core.quantities import format_hours
from app.core.roles import Actor, Role
from app.placements.labels.convention import FORMAL_PURPOSES
from app.placements.models import Placement
from app.placements.queries.page import Seen
from app.placements.queries.presence import expected_of
from app.placements.rules.weeks import monday_of

UNSAID = "À compléter"
_ZERO = Decimal(0)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week of the schedule: its first and last day, half-days, hours."""

    first: date
    last: date
    halves: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of the draft, in the order of the form."""

    number: int
    parts: Sequence[tuple[str, Sequence[Pair]]]
    schedule: Sequence[str]
    weeks: Sequence[WeekLine]
    hours: Decimal


def draft_of(placement: Placement, seen: Seen, actor: Actor) -> Draft:
    """As this reader may know it. No statement: the page has loaded all."""
    weeks = weeks_of(placement)
    parts = [
        ("La personne accueillie", _person(seen)),
        ("L’employeur qui accueille", _host(placement)),
        ("Le tuteur ou la tutrice", _tutor(placement)),
        ("La structure qui accompagne", _prescriber(placement, actor)),
        ("L’objet du stage", _purpose(placement)),
        ("Le lieu et l’accueil", _welcome(placement)),
        ("Les dates", _dates(placement)),
    ]
    schedule = grid_lines(placement.grid) if placement.grid else []
    return Draft(placement.number, parts, schedule, weeks, sum((week.hours for week in weeks), _ZERO))


def weeks_of(placement: Placement) -> list[WeekLine]:
    """The schedule week by week, legal holidays left out."""
    found: dict[date, list[tuple[date, Decimal]]] = {}
    for half in expected_of(placement):
        found.setdefault(monday_of(half.day), []).append((half.day, half.hours))
    return [
        WeekLine(min(days)[0], max(days)[0], len(days), sum((hours for _, hours in days), _ZERO))
        for _, days in sorted(found.items())
    ]


def _or(text: str | None) -> str:
    return text or UNSAID


def _person(seen: Seen) -> list[Pair]:
    return [("Prénom et nom", seen.name), ("Commune", seen.commune), ("Téléphone", phone(seen.phone))]


def _host(placement: Placement) -> list[Pair]:
    return [
        ("Nom", placement.host_name),
        ("SIRET", siret(placement.host_siret) if placement.host_siret else UNSAID),
        ("Adresse", _or(placement.host_address)),
        ("Représenté par", _or(placement.host_contact_name)),
        ("Téléphone", phone(placement.host_contact_phone)),
        ("Adresse e-mail", placement.host_contact_email or ""),
    ]


def _tutor(placement: Placement) -> list[Pair]:
    return [
        ("Nom", _or(placement.tutor_name)),
        ("Métier", placement.tutor_job),
        ("Téléphone", phone(placement.tutor_phone)),
        ("Adresse e-mail", placement.tutor_email or ""),
    ]


def _prescriber(placement: Placement, actor: Actor) -> list[Pair]:
    """A host reads a name and a phone; which place it is would say why the person is accompanied."""
    user, place = placement.prescriber, placement.prescriber_organisation
    number = (user.phone if user else None) or (place.phone if place else None)
    structure = (place.name if place else UNSAID) if actor.role is not Role.EMPLOYER else ""
    return [
        ("Structure", structure),
        ("Représentée par", user.full_name if user else UNSAID),
        ("Téléphone", phone(number)),
    ]


def _purpose(placement: Placement) -> list[Pair]:
    return [
        ("Objet", FORMAL_PURPOSES[placement.purpose] if placement.purpose else UNSAID),
        ("Métier", _or(placement.title)),
        ("Tâches", _or(placement.tasks)),
        ("À apprendre ou à montrer", placement.skills),
    ]


def _welcome(placement: Placement) -> list[Pair]:
    town = placement.commune.name if placement.commune else ""
    address = placement.workplace_address or placement.host_address
    both = ", ".join(part for part in (address, town if town.lower() not in address.lower() else "") if part)
    return [
        ("Lieu du stage", _or(both)),
        ("Pour venir", placement.access),
        ("Tenue et équipement", placement.equipment),
        ("Accueil sur place", placement.tutor_name),
    ]


def _dates(placement: Placement) -> list[Pair]:
    return [
        ("Premier jour", date_words(placement.starts_on)),
        ("Dernier jour", date_words(placement.ends_on)),
        ("Heures par semaine", format_hours(placement.hours_week) if placement.hours_week else UNSAID),
        ("Jours fériés", "travaillés" if placement.works_holidays else "non travaillés"),
    ]
