"""A stage is changed, renewed, cancelled: by the person, the host, or those who accompany."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.answering import CancelForm
from app.placements.forms.asking import RenewForm
from app.placements.forms.editing import EditForm, as_typed
from app.placements.labels.limits import days_left_sentences
from app.placements.models import Placement
from app.placements.queries.limits import left_for
from app.placements.queries.page import Page, page_of
from app.placements.service import asking, cancelling, editing
from app.placements.views.blueprint import blueprint
from app.placements.views.page import acts_of
from app.placements.views.shared import home_of, trail_of, words_of
from app.placements.views.trails import name_on_trail
from app.reference.queries import commune_names, trade_names

_PARTIES = (Role.CANDIDATE, Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR)


@blueprint.route("/stages/<uuid:placement_id>/modifier", methods=["GET", "POST"])
@requires(*_PARTIES)
def edit(placement_id: UUID) -> ResponseReturnValue:
    """Other dates, hours, tasks, until the convention is prepared."""
    actor, page = the_actor(), _mine(placement_id)
    form = EditForm(data=as_typed(page.placement))
    if page.placement.host_organisation_id is not None:
        form.forget_host()
    if actor.role is Role.CANDIDATE:
        form.for_person()
    if form.sent:
        try:
            editing.edit(
                placement_id, form.terms(), form.more(), form.host(), by=actor, version=form.version.data,
                today=clock.today(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("C’est changé.", placement_id)
    return _page("placements/edit.html", page, form, trades=trade_names(), communes=commune_names())


@blueprint.route("/stages/<uuid:placement_id>/renouveler", methods=["GET", "POST"])
@requires(*_PARTIES)
def renew(placement_id: UUID) -> ResponseReturnValue:
    """The same stage goes on, once."""
    actor, page = the_actor(), _mine(placement_id)
    form = RenewForm()
    if form.sent:
        try:
            dates = (form.starts_on.data or date.min, form.ends_on.data or date.min)
            made = asking.renew(placement_id, *dates, by=actor, row_id=form.row_id.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Le renouvellement est demandé.", made.id)
    return _page("placements/renew.html", page, form, left=_left(page.placement, form))


@blueprint.route("/stages/<uuid:placement_id>/annuler", methods=["GET", "POST"])
@requires(*_PARTIES)
def cancel(placement_id: UUID) -> ResponseReturnValue:
    """It does not take place: why, in a word."""
    actor, page = the_actor(), _mine(placement_id)
    form = CancelForm(data={"version": page.placement.version})
    form.offer(actor.role)
    if form.sent:
        try:
            cancelling.cancel(placement_id, form.said, form.words.data or "", by=actor, version=form.version.data)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return _done("Le stage est annulé.", placement_id)
    return _page("placements/cancel.html", page, form)


def _mine(placement_id: UUID) -> Page:
    page = page_of(the_actor(), placement_id)
    if not page.may_act:
        raise NotFound
    return page


def _left(placement: Placement, form: Any) -> list[str]:
    """What is left from the first day that a renewal may have. A host reads no more than its own."""
    on = form.starts_on.data or max(clock.today(), placement.last_day + timedelta(days=1))
    role = the_actor().role
    if role is Role.EMPLOYER:
        return []
    host = placement.host_siret, placement.host_name, on, placement.host_organisation_id
    return days_left_sentences(left_for(placement.candidate_id, *host), own=role is Role.CANDIDATE)


def _done(words: str, placement_id: UUID) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(home_of(the_actor(), placement_id), 303)


def _page(template: str, page: Page, form: Any, **context: Any) -> ResponseReturnValue:
    actor = the_actor()
    return render_template(
        template,
        placement=page.placement,
        seen=page.seen,
        acts=acts_of(actor, page),
        form=form,
        plain=actor.role is Role.CANDIDATE,
        host=actor.role is Role.EMPLOYER,
        trail=trail_of(actor, page.placement, name_on_trail(actor, page)),
        here=home_of(actor, page.placement.id),
        **context,
    )
