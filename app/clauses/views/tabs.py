"""Which tabs has the page of a contract for somebody?"""

from uuid import UUID

from flask import current_app, url_for

from app.core.policy import policy_of
from app.core.roles import Actor

_TABS = (
    ("clauses.contract", "Avancement"),
    ("clauses.people", "Personnes"),
    ("clauses.contract_hours", "Heures"),
    ("clauses.contract_lots", "Lots et titulaires"),
    ("clauses.terms", "Règles de la clause"),
    ("clauses.penalties", "Pénalités"),
    ("clauses.closing", "Attestation"),
)


def contract_tabs(contract_id: UUID, actor: Actor, current: str) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of the tabs that this person may open, as the macro ``tabs`` takes them."""
    shown = []
    for endpoint, label in _TABS:
        policy = policy_of(current_app, endpoint) if endpoint in current_app.view_functions else None
        if policy is not None and actor.role in policy.roles:
            shown.append((label, url_for(endpoint, contract_id=contract_id), endpoint == current))
    return shown
