"""The annex is signed: on a screen by person and referent, or on paper that the referent records. Each text is kept."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.follow_up.labels.kinds import ANNEX_SIDES, SIGNATURES
from app.follow_up.models import Annex, AnnexSignature, FollowUp
from app.follow_up.queries.annex import text_of
from app.follow_up.queries.visible import the_follow_up, the_one_to_act_on
from app.follow_up.rules.annex import AnnexRefusal, hash_of, paper_refusals, signature_refusals
from app.follow_up.rules.kinds import AnnexSide, SignatureMeans
from app.follow_up.service import journal

FIELDS: Final = {
    AnnexRefusal.NOT_READ: "read",
    AnnexRefusal.PAPER_IN_FUTURE: "signed_on",
    AnnexRefusal.PAPER_BEFORE_OPENING: "signed_on",
    AnnexRefusal.NO_SIGNER: "signer",
}


@transaction
def sign(follow_up_id: UUID, shown: bytes, *, ticked: bool, by: Actor, today: date) -> Annex:
    """Sign the text that was shown, as the person or as who follows them. Signed twice, it is one signature.

    ``shown`` is the hash of the text on the page. Raises NotFound, Refused.
    """
    side = AnnexSide.PERSON if by.role is Role.CANDIDATE else AnnexSide.REFERENT
    follow_up = _locked(follow_up_id, by)
    text = text_of(follow_up)
    if reasons := signature_refusals(follow_up.state, shown, hash_of(text), ticked=ticked):
        raise Refused(reasons, FIELDS)
    annex = _kept(follow_up, text, by, today)
    signer = follow_up.candidate.full_name if side is AnnexSide.PERSON else by.name
    _add(annex, side, signer, today, SignatureMeans.ELECTRONIC, by)
    return annex


@transaction
def record_paper(
    follow_up_id: UUID, shown: bytes, side: AnnexSide, *, signer: str, signed_on: date, by: Actor, today: date
) -> Annex:
    """A paper with the text shown was signed: who, on which day. Raises NotFound, Refused (all reasons)."""
    follow_up = the_one_to_act_on(by, follow_up_id)
    text = text_of(follow_up)
    reasons = (
        *signature_refusals(follow_up.state, shown, hash_of(text), ticked=True),
        *paper_refusals(signed_on, signer, follow_up.opened_on, today),
    )
    if reasons:
        raise Refused(reasons, FIELDS)
    annex = _kept(follow_up, text, by, today)
    _add(annex, side, signer.strip(), signed_on, SignatureMeans.PAPER, by)
    return annex


def _locked(follow_up_id: UUID, by: Actor) -> FollowUp:
    """The person locks their own follow-up; a professional one on which they may act."""
    if by.role is not Role.CANDIDATE:
        return the_one_to_act_on(by, follow_up_id)
    found = the_follow_up(by, follow_up_id)
    locked = db.session.scalar(select(FollowUp.id).where(FollowUp.id == found.id).with_for_update())
    if locked is None:
        raise NotFound
    return found


def _kept(follow_up: FollowUp, text: str, by: Actor, today: date) -> Annex:
    """The row of this text. Another text that was current is replaced, and stays with its signatures."""
    current = db.session.scalar(select(Annex).where(Annex.follow_up_id == follow_up.id, Annex.replaced_at.is_(None)))
    digest = hash_of(text)
    if current is not None and current.text_hash == digest:
        return current
    if current is not None:
        current.replaced_at = clock.now()
        db.session.flush()
    annex = Annex(follow_up_id=follow_up.id, text=text, text_hash=digest, made_on=today, made_by=by.user_id)
    db.session.add(annex)
    db.session.flush()
    return annex


def _add(annex: Annex, side: AnnexSide, signer: str, signed_on: date, means: SignatureMeans, by: Actor) -> None:
    query = select(AnnexSignature.id).where(AnnexSignature.annex_id == annex.id, AnnexSignature.side == side)
    if db.session.scalar(query) is not None:
        return
    paper = means is SignatureMeans.PAPER
    db.session.add(
        AnnexSignature(
            annex_id=annex.id,
            side=side,
            means=means,
            signer_name=signer,
            signed_on=signed_on,
            text_hash=annex.text_hash,
            user_id=None if paper else by.user_id,
            recorded_by=by.user_id if paper else None,
        )
    )
    words = f"{ANNEX_SIDES[side]}, {SIGNATURES[means].lower()}"
    journal.log(annex.follow_up_id, "annex", annex.id, "record_paper" if paper else "sign", by, words=words)
    db.session.flush()
