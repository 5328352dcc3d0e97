"""Who has signed the convention: said by the party itself, or by who accompanies."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.convention import SignForm
from app.placements.rules.kinds import Party
from app.placements.rules.signing import own_party, parties_for
from app.placements.service import signing as service
from app.placements.views.blueprint import blueprint
from app.placements.views.convention import convention_page, page_context
from app.placements.views.shared import home_of, words_of

_PARTIES = (Role.REFERENT, Role.FACILITATOR, Role.EMPLOYER, Role.CANDIDATE)


@blueprint.route("/stages/<uuid:placement_id>/signatures", methods=["GET", "POST"])
@requires(*_PARTIES)
def sign(placement_id: UUID) -> ResponseReturnValue:
    """Which party, where, who, when. A person reads the draft and agrees."""
    actor, today = the_actor(), clock.today()
    page = convention_page(placement_id, to_act=True)
    signed = {one.party for one in page.placement.signatures}
    form = SignForm(data={"signer_name": actor.name if actor.role is Role.EMPLOYER else "", "signed_on": today})
    form.offer(actor, signed)
    if form.sent:
        try:
            service.sign(placement_id, form.said(today), by=actor, today=today)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
            page = convention_page(placement_id, to_act=True)
        else:
            return _back(placement_id, "La signature est notée.")
    left = [party for party in parties_for(actor.role) if party not in signed]
    return render_template("placements/sign.html", **page_context(page, form=form, left=left))


@blueprint.post("/stages/<uuid:placement_id>/signatures/<party>/retirer")
@requires(*_PARTIES)
def take_back(placement_id: UUID, party: str) -> ResponseReturnValue:
    """It was a mistake; its trace stays."""
    if party not in {one.value for one in Party}:
        raise NotFound
    service.take_back(placement_id, Party(party), by=the_actor())
    return _back(placement_id, "La signature est retirée.")


def _back(placement_id: UUID, words: str) -> ResponseReturnValue:
    actor = the_actor()
    flash(words, "success")
    if own_party(actor.role) is Party.PERSON:
        return redirect(home_of(actor, placement_id), 303)
    return redirect(url_for("placements.convention", placement_id=placement_id), 303)
