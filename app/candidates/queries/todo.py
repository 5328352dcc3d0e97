"""What waits for those who accompany people, grouped: never one line a person."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.candidates.models import Candidate
from app.candidates.queries.likeness import count_pairs
from app.candidates.queries.visible import candidates_visible_to
from app.core.db import db
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem

WAITING_DAYS: Final = 30


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """People without a proposal for a month, without consent, not ready; files that look alike. Two statements."""
    if actor.role not in ACCOMPANIMENT | {Role.DEPARTMENT}:
        return []
    items = _about_people(actor, today) if actor.role in ACCOMPANIMENT else []
    if actor.role is not Role.REFERENT and (pairs := count_pairs(actor)):
        items.append(
            TodoItem(
                kind="candidates.duplicates",
                title=plural(pairs, "doublon possible", "doublons possibles"),
                text="Deux fiches semblent être celles d’une même personne.",
                endpoint="candidates.duplicates",
                action="Comparer",
                icon="people",
            )
        )
    return items


def _about_people(actor: Actor, today: date) -> list[TodoItem]:
    visible = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id).subquery()
    ready = Candidate.ready_on.is_not(None)
    agreed = Candidate.consent_at.is_not(None)
    waiting, silent, unready = db.session.execute(
        select(
            func.count().filter(ready, agreed, Candidate.waiting_since <= today - timedelta(days=WAITING_DAYS)),
            func.count().filter(ready, ~agreed),
            func.count().filter(~ready, agreed),
        ).where(Candidate.id.in_(select(visible.c.id)))
    ).one()
    items = []
    if waiting:
        items.append(
            TodoItem(
                kind="candidates.waiting",
                title=plural(waiting, "personne prête attend", "personnes prêtes attendent"),
                text=f"Aucune proposition depuis {WAITING_DAYS}\u00a0jours.",
                endpoint="candidates.listing",
                arguments={"attend": str(WAITING_DAYS), "tri": "attend"},
                tag=f"{WAITING_DAYS}\u00a0jours et plus",
                tag_state="warn",
                icon="people",
                urgency=2,
            )
        )
    if silent:
        items.append(
            TodoItem(
                kind="candidates.consent",
                title=plural(silent, "personne prête sans accord", "personnes prêtes sans accord"),
                text="Sans leur accord, aucune entreprise ne les voit.",
                endpoint="candidates.listing",
                arguments={"pret": "sans-accord"},
                icon="check",
            )
        )
    if unready:
        items.append(
            TodoItem(
                kind="candidates.unready",
                title=plural(unready, "personne à dire prête", "personnes à dire prêtes"),
                text="Elles sont d’accord pour être montrées. Il reste à vérifier la liste.",
                endpoint="candidates.listing",
                arguments={"pret": "non", "accord": "oui"},
                icon="person",
            )
        )
    return items
