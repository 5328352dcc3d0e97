"""What does each section of a file say, in words for those who accompany the person?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.candidates.labels import FRENCH, LANGUAGES, MEANS, PROGRAMMES
from app.candidates.models import Candidate
from app.candidates.queries import FileLines
from app.candidates.rules import FrenchLevel, Section
from app.candidates.rules.sections import HeldTitle, ProgrammeStay, TravelLimit
from app.core.french import phone
from app.core.grid import grid_lines
from app.core.quantities import format_date_short, format_number

Facts = Sequence[tuple[str, str]]


def age(birth_date: date, today: date) -> int:
    """Whole years."""
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def number(value: Decimal) -> str:
    """35 or 17,5."""
    return format_number(value, 0 if value == value.to_integral_value() else 1)


def hours_words(least: Decimal | None, most: Decimal | None) -> str:
    """« 20 à 35 h », « 20 h au moins », « 35 h au plus »."""
    if least is not None and most is not None:
        return f"{number(least)}\u00a0h" if least == most else f"{number(least)} à {number(most)}\u00a0h"
    if least is not None:
        return f"{number(least)}\u00a0h au moins"
    return f"{number(most)}\u00a0h au plus" if most is not None else ""


def travel_words(travel: TravelLimit) -> str:
    """« En bus ou en train : 45 min, 20 km »."""
    limits = [
        f"{travel.max_minutes}\u00a0min" if travel.max_minutes else "",
        f"{number(travel.max_km)}\u00a0km" if travel.max_km else "",
    ]
    return f"{MEANS[travel.means]}\u00a0: {', '.join(limit for limit in limits if limit)}"


def title_words(title: HeldTitle, today: date) -> str:
    """« obtenu le 15/03/2025, valable jusqu'au 14/03/2027 », and « périmé » when it is over."""
    said = [f"obtenu le {format_date_short(title.obtained_on)}"] if title.obtained_on else []
    if title.valid_until:
        over = title.valid_until < today
        said.append(f"{'périmé depuis le' if over else 'valable jusqu’au'} {format_date_short(title.valid_until)}")
    return ", ".join(said)


def stay_words(stay: ProgrammeStay) -> str:
    """« depuis le 01/01/2026 », « du … au … »."""
    since = format_date_short(stay.since)
    return f"du {since} au {format_date_short(stay.until)}" if stay.until else f"depuis le {since}"


def section_facts(candidate: Candidate, lines: FileLines, today: date) -> dict[Section, Facts]:
    """(label, value) of each section, empty values included: the page says what lacks."""
    referent = candidate.referent.full_name if candidate.referent else ""
    place = candidate.referent_organisation.name if candidate.referent_organisation else ""
    return {
        Section.IDENTITY: _identity(candidate, lines, today),
        Section.ACCOMPANIMENT: [
            ("Référent", " – ".join(part for part in (referent, place) if part)),
            ("PLIE", lines.facilitator),
        ],
        Section.PROGRAMMES: [(PROGRAMMES[stay.programme], stay_words(stay)) for stay in lines.programmes],
        Section.FRENCH: [("Niveau", FRENCH[FrenchLevel(candidate.french)])],
        Section.JOBS: [
            ("Métiers", "\n".join(lines.trades)),
            ("Avec ses mots", f"«\u00a0{candidate.own_words}\u00a0»" if candidate.own_words else ""),
        ],
        Section.SKILLS: [("Sait faire", "\n".join(lines.skills))],
        Section.TITLES: [
            *((name, title_words(title, today) or "sans date") for title, name in lines.titles),
            ("Permis", "\n".join(lines.licences)),
        ],
        Section.TRAVEL: [("Trajet au plus", "\n".join(map(travel_words, lines.travels)))],
        Section.AVAILABILITY: _availability(candidate),
        Section.REFUSALS: [("Refuse", "\n".join(lines.refusals))],
    }


def _identity(candidate: Candidate, lines: FileLines, today: date) -> Facts:
    born = candidate.birth_date
    commune = candidate.commune.name if candidate.commune else ""
    return [
        ("Naissance", f"{format_date_short(born)} ({age(born, today)}\u00a0ans)" if born else ""),
        ("Téléphone", phone(candidate.phone)),
        ("E-mail", candidate.email or ""),
        ("Commune", f"{commune} ({lines.territory})" if commune and lines.territory else commune),
        ("Adresse", candidate.address),
        ("Langue préférée", LANGUAGES.get(candidate.language, candidate.language)),
    ]


def _availability(candidate: Candidate) -> Facts:
    start = candidate.available_from
    return [
        ("Disponible à partir du", format_date_short(start) if start else ""),
        ("Moments", "\n".join(grid_lines(candidate.grid)) if candidate.grid else ""),
        ("Heures par semaine", hours_words(candidate.hours_min, candidate.hours_max)),
    ]
