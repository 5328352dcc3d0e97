"""The annex « suivi dans l'emploi »: read and signed by who follows and by the person, recorded from paper, drawn."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.annex import PaperForm, SignForm
from app.follow_up.labels import REFUSAL_WORDS
from app.follow_up.labels.annex import STANDING_LOOKS, STANDINGS, TITLE
from app.follow_up.labels.kinds import ANNEX_SIDES, SIGNATURES
from app.follow_up.models import FollowUp
from app.follow_up.queries.annex import annexes_of, signatures_of, signed_last, text_of
from app.follow_up.queries.my_work import my_follow_ups
from app.follow_up.queries.visible import may_act, the_follow_up
from app.follow_up.rules.annex import blocks, hash_of, missing, short_hash, standing
from app.follow_up.rules.kinds import AnnexSide
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import annex as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.shared import page_of

OPEN = (FollowUpState.ACTIVE, FollowUpState.BROKEN)


def annex_context(found: FollowUp) -> dict[str, Any]:
    """The text in parts, its hash, who signed it and who has still to.

    That of today; of a follow-up that is over, the last that was signed; or an older one that the address asks for.
    """
    annexes, asked = annexes_of(found.id), request.args.get("texte", type=UUID)
    older = next((one for one in annexes if one.id == asked), None)
    kept = older or (annexes[0] if annexes and found.state not in OPEN else None)
    text = kept.text if kept else text_of(found)
    digest, signed = hash_of(text), signed_last(annexes)
    return {
        "blocks": list(blocks(text)),
        "digest": digest.hex(),
        "short_hash": short_hash,
        "hash_now": short_hash(digest),
        "standing": standing(signed, digest),
        "missing": missing(signed, digest),
        "signatures": signatures_of(annexes),
        "now": digest,
        "sides": ANNEX_SIDES,
        "means": SIGNATURES,
        "Side": AnnexSide,
        "annex_title": TITLE,
        "open": found.state in OPEN and older is None,
        "older": older,
        "texts": [one for one in annexes if one.text_hash != digest],
    }


@blueprint.route("/suivis/<uuid:follow_up_id>/annexe", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def annex(follow_up_id: UUID) -> ResponseReturnValue:
    """Read by those who accompany; signed by who follows, with a tick and a button."""
    actor = the_actor()
    found = the_follow_up(actor, follow_up_id)
    acts, said = may_act(actor, found), annex_context(found)
    form = SignForm(data={"shown": said["digest"]})
    if form.sent:
        try:
            service.sign(found.id, form.digest, ticked=bool(form.read.data), by=actor, today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            form.shown.data = said["digest"]
        else:
            flash("L’annexe est signée.", "success")
            return redirect(url_for(".annex", follow_up_id=follow_up_id), 303)
    return render_template(
        "follow_up/annex.html",
        **page_of(found, form=form, acts=acts, standings=STANDINGS, looks=STANDING_LOOKS, **said),
    )


@blueprint.route("/suivis/<uuid:follow_up_id>/annexe/papier", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def annex_paper(follow_up_id: UUID) -> ResponseReturnValue:
    """A paper was signed: by whom, on which day."""
    actor, today = the_actor(), clock.today()
    found = the_follow_up(actor, follow_up_id)
    if not may_act(actor, found):
        raise NotFound
    said = annex_context(found)
    first = AnnexSide.PERSON if AnnexSide.PERSON in said["missing"] else AnnexSide.REFERENT
    signer = found.candidate.full_name if first is AnnexSide.PERSON else actor.name
    form = PaperForm(data={"shown": said["digest"], "side": first, "signer": signer, "signed_on": today})
    if form.sent and form.signed_on.data is not None:
        try:
            service.record_paper(
                found.id, form.digest, AnnexSide(str(form.side.data)), signer=form.signer.data or "",
                signed_on=form.signed_on.data, by=actor, today=today,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("La signature sur papier est notée.", "success")
            return redirect(url_for(".annex", follow_up_id=follow_up_id), 303)
    return render_template("follow_up/annex_paper.html", **page_of(found, form=form, **said))


@blueprint.get("/suivis/<uuid:follow_up_id>/annexe.pdf")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def annex_pdf(follow_up_id: UUID) -> ResponseReturnValue:
    """The text of today with its signatures, to print, sign and keep."""
    found = the_follow_up(the_actor(), follow_up_id)
    return _drawn(found, url_for(".annex", follow_up_id=found.id))


def _drawn(found: FollowUp, back: str) -> ResponseReturnValue:
    return document_answer(
        "follow_up/annex_document.html",
        title=f"{TITLE}, {found.candidate.full_name}",
        name=f"annexe-suivi-{short_hash(hash_of(text_of(found)))}",
        **annex_context(found),
        follow_up=found,
        back=back,
        made_on=clock.today(),
    )


def _mine() -> FollowUp:
    """The follow-up whose annex the person reads: the one asked, else the newest that is open. Raises NotFound."""
    actor, asked = the_actor(), request.args.get("suivi", type=UUID)
    mine = my_follow_ups(actor)
    found = next((one for one in mine if (one.id == asked if asked else one.state in OPEN)), None)
    if found is None:
        raise NotFound
    return found


@blueprint.route("/mon-travail/annexe", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def my_annex() -> ResponseReturnValue:
    """The person reads what the follow-up is, in plain words then whole, and signs."""
    found = _mine()
    said = annex_context(found)
    form = SignForm(data={"shown": said["digest"]})
    if form.sent:
        try:
            service.sign(found.id, form.digest, ticked=bool(form.read.data), by=the_actor(), today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            form.shown.data = said["digest"]
        else:
            flash("Merci. Votre signature est gardée.", "success")
            return redirect(url_for(".my_work"), 303)
    return render_template("follow_up/my_annex.html", form=form, follow_up=found, **said)


@blueprint.get("/mon-travail/annexe.pdf")
@requires(Role.CANDIDATE)
def my_annex_pdf() -> ResponseReturnValue:
    """The person keeps a copy."""
    found = _mine()
    return _drawn(found, url_for(".my_annex", suivi=found.id))
