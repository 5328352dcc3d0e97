"""What does the page of a stage say of its convention: what lacks, who signed, what to do now?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app

from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.labels.convention import ANCHORS, TO_SAY
from app.placements.labels.kinds import PARTIES, SIGNATURES
from app.placements.models import Placement, PlacementSignature
from app.placements.queries.convention import lacks
from app.placements.rules.convention import has_convention, may_fill
from app.placements.rules.kinds import Party
from app.placements.rules.signing import SIGNABLE, UNSIGNABLE, own_party, parties_for
from app.placements.rules.states import EDITABLE, PLACEMENT, PlacementAction, PlacementState
from app.placements.rules.validating import Missing

_OF_ACCOMPANIMENT = frozenset({Missing.BIRTH_DATE, Missing.PRESCRIBER})
"""What a host neither says nor reads."""
_TO_SIGN = SIGNABLE - {PlacementState.RUNNING}
"""Then a signature is asked; later it is only noted."""
_ACTS = {
    "prepare": PlacementAction.PREPARE,
    "deposit": PlacementAction.DEPOSIT,
    "validate": PlacementAction.VALIDATE,
    "correct": PlacementAction.CORRECT,
}


def part(placement: Placement, actor: Actor, today: date) -> dict[str, Any] | None:
    """None before the host's yes and when it does not take place. No statement: the page has loaded all."""
    if not has_convention(placement.state):
        return None
    waits = placement.state is PlacementState.ACCEPTED
    missing = lacks(placement) if waits else ()
    hides = _OF_ACCOMPANIMENT if actor.role not in ACCOMPANIMENT else frozenset()
    signed = {one.party: one for one in placement.signatures}
    return {
        "lacks": [(what, TO_SAY[what], ANCHORS.get(what, "")) for what in missing if what not in hides],
        "others_lack": any(what in hides for what in missing),
        "complete": waits and not missing,
        "total": len(Missing) - len(hides),
        "signed": _signed(signed, actor),
        "unsigned": [party for party in Party if party not in signed],
        "mine_unsigned": placement.state in _TO_SIGN and own_party(actor.role) not in {None, *signed},
        "acts": acts_of(placement, actor),
        "days_before": (placement.starts_on - today).days,
        "site": official_site(),
        "means": SIGNATURES,
    }


def _signed(
    signed: Mapping[Party, PlacementSignature], actor: Actor
) -> Sequence[tuple[Party, str, PlacementSignature | None]]:
    """The three parties, each with its signature. A host reads « L’accompagnement »: not which place it is."""
    words = {**PARTIES, Party.PRESCRIBER: "L’accompagnement"} if actor.role is Role.EMPLOYER else PARTIES
    return [(party, words[party], signed.get(party)) for party in Party]


def acts_of(placement: Placement, actor: Actor) -> frozenset[str]:
    """What this role may do in this state, if the reader may act on this placement at all."""
    state, role = placement.state, actor.role
    possible = {name: PLACEMENT.allows(action, state, role) for name, action in _ACTS.items()}
    possible |= {
        "fill": may_fill(role, state),
        "prescribe": role in ACCOMPANIMENT and state in EDITABLE and placement.prescriber_organisation_id is None,
        "sign": state in SIGNABLE and bool(parties_for(role)),
        "take_back": state in UNSIGNABLE and bool(parties_for(role)),
    }
    return frozenset(name for name, yes in possible.items() if yes)


def official_site() -> str:
    """The address of the State's service: a setting."""
    address: str = current_app.extensions["settings"].placement_site
    return address
