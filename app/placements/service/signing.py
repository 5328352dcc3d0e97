"""Who has signed the convention, where and when? One line a party; what is taken back leaves a trace."""

from datetime import date
from uuid import UUID

from app.core.db import db
from app.core.errors import Refused
from app.core.french import date_words
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction
from app.core.workflow import WorkflowRefusal
from app.placements.labels.kinds import PARTIES, SIGNATURES
from app.placements.models import Placement, PlacementSignature
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.kinds import Party, SignatureMeans
from app.placements.rules.signing import (
    SIGN_FIELDS,
    SIGNABLE,
    UNSIGNABLE,
    SignatureRefusal,
    Signing,
    parties_for,
    signing_refusals,
)
from app.placements.service.journal import log

refuse_on("uq_placement_signatures", SignatureRefusal.ALREADY)


@transaction
def sign(placement_id: UUID, signing: Signing, *, by: Actor, today: date) -> Placement:
    """Record that a party has signed. Sent twice, it is recorded once. Raises NotFound, Refused with all reasons."""
    placement = the_one_to_act_on(by, placement_id)
    known = _signature(placement, signing.party)
    if known is not None and (known.means, known.signed_on) == (signing.means, signing.signed_on):
        return placement
    if placement.state not in SIGNABLE:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    reasons = signing_refusals(signing, by.role, placement.starts_on, today)
    if known is not None:
        reasons = (*reasons, SignatureRefusal.ALREADY)
    if reasons:
        raise Refused(reasons, SIGN_FIELDS)
    here = signing.means is SignatureMeans.PORTAL
    signature = PlacementSignature(
        party=signing.party,
        means=signing.means,
        signer_name=" ".join(signing.signer_name.split()),
        signed_on=signing.signed_on,
        user_id=by.user_id if here else None,
        recorded_by=by.user_id,
    )
    placement.signatures.append(signature)
    db.session.flush()
    log(placement, "signature", signature.id, "sign", by, words=_words(signature))
    return placement


@transaction
def take_back(placement_id: UUID, party: Party, *, by: Actor) -> Placement:
    """A signature was recorded by mistake. Taken back twice, it is done once. Raises NotFound, Refused."""
    placement = the_one_to_act_on(by, placement_id)
    if party not in parties_for(by.role):
        raise Refused(SignatureRefusal.NOT_THEIR_PARTY)
    signature = _signature(placement, party)
    if signature is None:
        return placement
    if placement.state not in UNSIGNABLE:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    _remove(placement, signature, by)
    return placement


def take_all_back(placement: Placement, by: Actor) -> None:
    """The convention is corrected: all sign again. Joins the act of the caller."""
    for signature in list(placement.signatures):
        _remove(placement, signature, by)


def _remove(placement: Placement, signature: PlacementSignature, by: Actor) -> None:
    log(placement, "signature", signature.id, "take_back", by, words=_words(signature))
    placement.signatures.remove(signature)
    db.session.flush()


def _signature(placement: Placement, party: Party) -> PlacementSignature | None:
    return next((one for one in placement.signatures if one.party is party), None)


def _words(signature: PlacementSignature) -> str:
    """« La personne : signée sur papier, le 3 novembre 2026 »."""
    means = SIGNATURES[signature.means]
    return f"{PARTIES[signature.party]}\u00a0: {means[0].lower()}{means[1:]}, le {date_words(signature.signed_on)}"
