"""What did the clause of a contract say, version after version, and from which templates may one start?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zlib import crc32

from sqlalchemy import func, select

from app.accounts.models import User
from app.clauses.models import ClauseTerms, TermsTemplate
from app.clauses.queries.categories import all_categories
from app.clauses.rules.terms import DEFAULTS, Terms, terms_on
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """One version, and who recorded it."""

    row: ClauseTerms
    terms: Terms
    author: str


def versions_of(contract_id: UUID) -> list[TermsVersion]:
    """Every version of a contract that the reader may see, the oldest first."""
    query = (
        select(ClauseTerms, User.first_name, User.last_name)
        .outerjoin(User, User.id == ClauseTerms.recorded_by)
        .where(ClauseTerms.contract_id == contract_id)
        .order_by(ClauseTerms.valid_from)
    )
    return [
        TermsVersion(row, Terms.from_json(row.said), f"{first} {last}" if first else "")
        for row, first, last in db.session.execute(query)
    ]


def in_force(versions: Sequence[TermsVersion], day: date) -> TermsVersion | None:
    """The version that holds on a day; None: the usual terms hold."""
    held = [one for one in versions if one.row.valid_from <= day]
    return held[-1] if held else None


def terms_now(versions: Sequence[TermsVersion], day: date) -> Terms:
    """What holds on a day, the usual terms before the first version."""
    rows = [(one.row.valid_from, one.row.known_from, one.terms) for one in versions]
    return terms_on(day, rows) or DEFAULTS


def edition(versions: Sequence[TermsVersion]) -> int:
    """Stands for a version of all the terms of a contract: another number once somebody has added one."""
    return len(versions) + 1


def category_facts() -> dict[str, tuple[str, str, int | None]]:
    """Slug → (label, proof, months of the proof), in the département's order, those out of use included."""
    return {one.slug: (one.label, one.proof, one.proof_max_months) for one in all_categories()}


def category_slugs(*, in_use: bool = True) -> list[str]:
    """Slugs of those that may be chosen."""
    return [one.slug for one in all_categories() if one.active or not in_use]


# --- templates --------------------------------------------------------------------------------------------


def all_templates() -> list[TermsTemplate]:
    """Those in use first, by name."""
    return list(db.session.scalars(select(TermsTemplate).order_by(TermsTemplate.active.desc(), TermsTemplate.name)))


def template_choices() -> list[tuple[str, str]]:
    """(slug, name) of those in use."""
    query = select(TermsTemplate.slug, TermsTemplate.name).where(TermsTemplate.active).order_by(TermsTemplate.name)
    return [(slug, name) for slug, name in db.session.execute(query)]


def the_template(slug: str) -> TermsTemplate:
    """One of them. Raises NotFound."""
    found = db.session.get(TermsTemplate, slug)
    if found is None:
        raise NotFound
    return found


def template_named(name: str) -> str | None:
    """The slug of the template that already bears this name, whatever its capitals."""
    query = select(TermsTemplate.slug).where(func.lower(TermsTemplate.name) == name.lower())
    return db.session.scalars(query).first()


def template_terms(slug: str | None) -> Terms:
    """What a template in use says; the usual terms when there is none of that name."""
    row = db.session.get(TermsTemplate, slug) if slug else None
    return Terms.from_json(row.said) if row is not None and row.active else DEFAULTS


def fingerprint(template: TermsTemplate) -> int:
    """Stands for a version of the row."""
    return crc32(f"{template.name}|{template.active}".encode()) % 1_000_000_000 or 1
