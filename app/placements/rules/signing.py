"""Who may say that a party has signed the convention, and when may that be recorded or taken back?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.core.roles import ACCOMPANIMENT, Role
from app.placements.rules.kinds import Party, SignatureMeans
from app.placements.rules.states import PlacementState

SIGNABLE: Final = frozenset(
    {PlacementState.PREPARED, PlacementState.DEPOSITED, PlacementState.VALIDATED, PlacementState.RUNNING}
)
"""A signature may be recorded some days late; it was made by the first day."""
UNSIGNABLE: Final = frozenset({PlacementState.PREPARED, PlacementState.DEPOSITED})
"""A signature may still be taken back."""


class SignatureRefusal(StrEnum):
    """Why a signature cannot be recorded or taken back so."""

    NOT_THEIR_PARTY = "placement_signature_of_another"
    NOT_IN_PERSON = "placement_signature_not_in_person"
    NO_SIGNER = "placement_signature_no_signer"
    IN_FUTURE = "placement_signature_in_future"
    AFTER_START = "placement_signature_after_start"
    ALREADY = "placement_signature_already"
    NOT_TODAY = "placement_signature_not_today"


SIGN_FIELDS: Final = {
    SignatureRefusal.NOT_THEIR_PARTY: "party",
    SignatureRefusal.ALREADY: "party",
    SignatureRefusal.NOT_IN_PERSON: "means",
    SignatureRefusal.NO_SIGNER: "signer_name",
    SignatureRefusal.IN_FUTURE: "signed_on",
    SignatureRefusal.AFTER_START: "signed_on",
    SignatureRefusal.NOT_TODAY: "signed_on",
}


@dataclass(frozen=True, slots=True)
class Signing:
    """What is recorded: which party, where, by whom, when."""

    party: Party
    means: SignatureMeans
    signer_name: str
    signed_on: date


def own_party(role: Role) -> Party | None:
    """The party for which a role signs itself."""
    if role is Role.CANDIDATE:
        return Party.PERSON
    if role is Role.EMPLOYER:
        return Party.HOST
    return Party.PRESCRIBER if role in ACCOMPANIMENT else None


def parties_for(role: Role) -> tuple[Party, ...]:
    """The parties whose signature a role may record: who accompanies collects them all."""
    if role in ACCOMPANIMENT:
        return tuple(Party)
    own = own_party(role)
    return (own,) if own else ()


def signing_refusals(signing: Signing, role: Role, starts_on: date, today: date) -> tuple[SignatureRefusal, ...]:
    """All reasons against a signature. An agreement on the portal is given by the party itself."""
    reasons = []
    if signing.party not in parties_for(role):
        reasons.append(SignatureRefusal.NOT_THEIR_PARTY)
    if signing.means is SignatureMeans.PORTAL and signing.party is not own_party(role):
        reasons.append(SignatureRefusal.NOT_IN_PERSON)
    if not signing.signer_name.strip():
        reasons.append(SignatureRefusal.NO_SIGNER)
    if signing.signed_on > today:
        reasons.append(SignatureRefusal.IN_FUTURE)
    if signing.means is SignatureMeans.PORTAL and signing.signed_on < today:
        reasons.append(SignatureRefusal.NOT_TODAY)
    if signing.signed_on > starts_on:
        reasons.append(SignatureRefusal.AFTER_START)
    return tuple(reasons)
