"""What may be chosen on a file's pages: referents, PLIE, trades and skills near the jobs wanted, titles by words."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.roles import Role
from app.organisations.models import Organisation
from app.organisations.rules import REFERENT_KINDS, OrganisationKind, OrganisationState
from app.reference import queries as reference
from app.reference.models import Commune, Skill, Trade, TradeFamily
from app.reference.rules import TradeSource, essence, rank

Choice = tuple[str, str]
SUGGESTED = 8


def referent_choices() -> list[Choice]:
    """« user:organisation » → « Nom, organisation »; an organisation alone stands for a referent not yet named."""
    people = db.session.execute(
        select(User.id, User.first_name, User.last_name, Organisation.id.label("place_id"), Organisation.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.role == Role.REFERENT, Membership.left_at.is_(None), User.disabled_at.is_(None))
        .order_by(Organisation.name, User.last_name, User.first_name, User.id)
    ).all()
    places = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind.in_(REFERENT_KINDS), Organisation.state == OrganisationState.APPROVED)
        .order_by(Organisation.name, Organisation.id)
    )
    named = [(f"{row.id}:{row.place_id}", f"{row.name}\u00a0: {row.first_name} {row.last_name}") for row in people]
    return sorted(
        [*named, *((f":{key}", f"{name}\u00a0: référent à nommer") for key, name in places)],
        key=lambda choice: choice[1],
    )


def plie_choices() -> list[Choice]:
    """The organisations of facilitators."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.PLIE, Organisation.state == OrganisationState.APPROVED)
        .order_by(Organisation.name, Organisation.id)
    )
    return [(str(key), name) for key, name in rows]


def referent_value(referent_id: UUID | None, organisation_id: UUID | None) -> str:
    """The choice that a file says now."""
    return f"{referent_id or ''}:{organisation_id}" if organisation_id else ""


def trades_named(slugs: Collection[str]) -> list[Choice]:
    """These trades with their names, in the order given."""
    if not slugs:
        return []
    rows = db.session.execute(select(Trade.slug, Trade.name).where(Trade.slug.in_(slugs)))
    names = {row.slug: row.name for row in rows}
    return [(slug, names[slug]) for slug in dict.fromkeys(slugs) if slug in names]


def trades_like(words: str) -> list[Choice]:
    """The trades that everyday words may mean; words of a whole family (« BTP ») mean its trades."""
    if not words.strip():
        return []
    found = [(trade.slug, trade.name) for trade in reference.suggest_trades(words, SUGGESTED)]
    return found or _trades_of_families(essence(words))


def _trades_of_families(typed: str) -> list[Choice]:
    rows = db.session.execute(select(TradeFamily.slug, TradeFamily.name, TradeFamily.words))
    families = [row.slug for row in rows if typed in {essence(phrase) for phrase in (row.name, *row.words)}]
    if not typed or not families:
        return []
    trades = (
        select(Trade.slug, Trade.name)
        .where(Trade.family_slug.in_(families), Trade.source == TradeSource.PORTAL, ~Trade.retired)
        .order_by(func.lower(Trade.name))
    )
    return [(slug, name) for slug, name in db.session.execute(trades)]


def trade_meant(words: str) -> str | None:
    """The one trade that a cell of a sheet names: by its name, else the best of those that have this very word."""
    named = reference.find_trade(words)
    if named is not None:
        return named.slug
    best = next(iter(reference.suggest_trades(words, 1)), None)
    return best.slug if best is not None and f"|{essence(words)}|" in best.search_text else None


def communes_named(codes: Collection[str | None]) -> dict[str, str]:
    """INSEE code → name."""
    rows = db.session.execute(select(Commune.insee, Commune.name).where(Commune.insee.in_([c for c in codes if c])))
    return {row.insee: row.name for row in rows}


def skills_around(trades: Collection[str]) -> tuple[list[Choice], list[Choice]]:
    """(skills of the families of these trades, the others)."""
    families: set[str] = set()
    if trades:
        families = set(db.session.scalars(select(Trade.family_slug).where(Trade.slug.in_(trades)).distinct()))
    near: list[Choice] = []
    other: list[Choice] = []
    rows = db.session.execute(select(Skill.slug, Skill.name, Skill.family_slugs).order_by(func.lower(Skill.name)))
    for slug, name, served in rows:
        (near if families & set(served) else other).append((slug, name))
    return near, other


def choices_like(choices: Sequence[Choice], words: str) -> list[Choice]:
    """The choices of a list whose name answers the words typed, the best first."""
    typed = essence(words)
    if not typed:
        return []
    ranked = [(found, choice) for choice in choices if (found := rank(typed, [essence(choice[1])])) is not None]
    return [choice for _, choice in sorted(ranked, key=lambda pair: (pair[0], pair[1][1]))[:SUGGESTED]]


def skills_like(words: str) -> list[Choice]:
    """The skills that a word may mean."""
    return choices_like(reference.skill_choices(), words)


def titles_like(words: str) -> list[Choice]:
    """The titles that a word may mean."""
    return choices_like(reference.title_choices(), words)
