"""« Accepter », « Refuser »: the answer of the host, or what it said on the phone to those who accompany."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.french import phone
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.answering import AcceptForm, DeclineForm
from app.placements.queries.page import Page, page_of
from app.placements.service import answering as service
from app.placements.views.blueprint import blueprint
from app.placements.views.page import acts_of
from app.placements.views.shared import home_of, trail_of, words_of


@blueprint.route("/stages/<uuid:placement_id>/accepter", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR)
def accept(placement_id: UUID) -> ResponseReturnValue:
    """Yes, and what is known of the welcome."""
    actor, page = the_actor(), _asked(placement_id)
    found = page.placement
    form = AcceptForm(
        data={
            "version": found.version,
            "contact_name": found.host_contact_name or (actor.name if actor.role is Role.EMPLOYER else ""),
            "tutor_name": found.tutor_name,
            "tutor_phone": phone(found.tutor_phone),
            "tasks": found.tasks,
        }
    )
    if form.sent:
        try:
            service.accept(placement_id, form.welcome(), by=actor, version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Le stage est accepté.", placement_id)
    return _page("placements/accept.html", page, form)


@blueprint.route("/stages/<uuid:placement_id>/refuser", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR)
def decline(placement_id: UUID) -> ResponseReturnValue:
    """No, with words that the person reads."""
    page = _asked(placement_id)
    form = DeclineForm(data={"version": page.placement.version})
    if form.sent:
        try:
            service.decline(placement_id, form.words.data or "", by=the_actor(), version=form.version.data)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Votre réponse est envoyée.", placement_id)
    return _page("placements/decline.html", page, form)


def _asked(placement_id: UUID) -> Page:
    page = page_of(the_actor(), placement_id)
    if not page.may_act:
        raise NotFound
    return page


def _done(words: str, placement_id: UUID) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(home_of(the_actor(), placement_id), 303)


def _page(template: str, page: Page, form: Any) -> ResponseReturnValue:
    return render_template(
        template,
        placement=page.placement,
        seen=page.seen,
        form=form,
        answers="answer" in acts_of(the_actor(), page),
        host=the_actor().role is Role.EMPLOYER,
        trail=trail_of(the_actor(), page.placement, page.seen.name),
        here=home_of(the_actor(), page.placement.id),
    )
