"""Which categories of people may count: the département's own list, seeded once, then changed by hand."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.audit import service as audit
from app.clauses.models import ClauseCategory
from app.clauses.queries.categories import fingerprint
from app.clauses.rules.eligibility import CATEGORIES
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction


@transaction
def load_categories() -> int:
    """Add the shipped categories that lack; one that is there, edited or not, stays. Answers how many were added."""
    rows = [
        {
            "slug": one.slug,
            "label": one.label,
            "proof": one.proof,
            "proof_max_months": one.proof_max_months,
            "needs_text": one.needs_text,
            "rank": rank,
            "active": True,
        }
        for rank, one in enumerate(CATEGORIES, 1)
    ]
    added = insert(ClauseCategory).on_conflict_do_nothing().returning(ClauseCategory.slug)
    return len(db.session.scalars(added, rows).all())


@transaction
def change_category(
    slug: str, *, proof: str, proof_max_months: int | None, active: bool, by: Actor, version: int
) -> ClauseCategory:
    """What proves it, how old the proof may be, whether it may still be chosen. Raises NotFound, StaleVersion.

    Checks already made keep the last day that they were given.
    """
    query = select(ClauseCategory).where(ClauseCategory.slug == slug).with_for_update()
    category = db.session.scalar(query.execution_options(populate_existing=True))
    if category is None:
        raise NotFound
    if fingerprint(category) != version:
        raise StaleVersion(
            {
                "proof": category.proof,
                "proof_max_months": category.proof_max_months,
                "active": category.active,
                "version": fingerprint(category),
            }
        )
    category.proof, category.proof_max_months, category.active = proof, proof_max_months, active
    audit.note(
        by, "clause.category.changed", "clause_category", None, slug=slug, months=proof_max_months, active=active
    )
    return category
