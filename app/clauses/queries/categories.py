"""Which categories of people are there, and which of them may be chosen for a contract?"""

from collections.abc import Mapping
from zlib import crc32

from sqlalchemy import select

from app.clauses.models import ClauseCategory
from app.clauses.rules.eligibility import Category
from app.clauses.rules.terms import Terms
from app.core.db import db


def fingerprint(category: ClauseCategory) -> int:
    """Stands for a version of the row: another number as soon as something else is written in it."""
    said = f"{category.proof}|{category.proof_max_months}|{category.active}"
    return crc32(said.encode()) % 1_000_000_000 or 1


def all_categories() -> list[ClauseCategory]:
    """Every one, in the département's order."""
    return list(db.session.scalars(select(ClauseCategory).order_by(ClauseCategory.rank, ClauseCategory.slug)))


def category_labels() -> Mapping[str, str]:
    """Slug to label, those out of use included."""
    return {one.slug: one.label for one in all_categories()}


def as_rule(category: ClauseCategory) -> Category:
    """The row as the rules read it."""
    return Category(category.slug, category.label, category.proof, category.proof_max_months, category.needs_text)


def categories_for(terms: Terms) -> list[ClauseCategory]:
    """Those in use that the terms of a contract count; terms that name none count all."""
    every = [one for one in all_categories() if one.active]
    return [one for one in every if not terms.categories or one.slug in terms.categories]
