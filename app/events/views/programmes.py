"""Programmes: several events under one name. Their list and form; the public page, made to be printed too."""

from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.paging import page_number
from app.core.policy import professionals, public, requires, the_actor
from app.core.roles import Role
from app.events.forms.programmes import EditProgrammeForm, NewProgrammeForm, ProgrammeFields, programme_typed
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import AUDIENCES, KINDS
from app.events.labels.making import hours_words, left_words
from app.events.labels.states import EVENT_LOOKS, EVENT_STATES
from app.events.models import Programme
from app.events.queries import programmes as queries
from app.events.rules.states import EventState
from app.events.service import programmes as service
from app.events.views.blueprint import blueprint

MAKERS: Final = (Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT)
_WORDS: Final[dict[str, Any]] = {
    "kinds": KINDS,
    "audiences": AUDIENCES,
    "states": EVENT_STATES,
    "looks": EVENT_LOOKS,
    "hours": hours_words,
    "left": left_words,
}


@blueprint.get("/programmes")
@professionals
def programmes() -> ResponseReturnValue:
    """The latest first."""
    actor = the_actor()
    page = queries.programmes_listed(actor, page_number(request.args.get("page")))
    return render_template(
        "events/programmes.html",
        page=page,
        counts=queries.event_counts([one.id for one in page]),
        makes=actor.role in MAKERS,
    )


@blueprint.route("/programmes/nouveau", methods=["GET", "POST"])
@requires(*MAKERS)
def programme_new() -> ResponseReturnValue:
    """Write a new one."""
    form = NewProgrammeForm()
    if form.sent:
        try:
            made = service.create_programme(form.content(), by=the_actor(), row_id=form.row_id.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le programme est enregistré. Ajoutez-y des événements.", "success")
            return redirect(url_for(".programme", programme_id=made.id), 303)
    return _form(form)


@blueprint.route("/programmes/<uuid:programme_id>/modifier", methods=["GET", "POST"])
@requires(*MAKERS)
def programme_edit(programme_id: UUID) -> ResponseReturnValue:
    """Correct it; when somebody else did meanwhile, both versions are shown."""
    row = queries.the_programme_to_run(the_actor(), programme_id)
    form = EditProgrammeForm(data=programme_typed(row))
    if form.sent:
        try:
            service.save_programme(programme_id, form.content(), by=the_actor(), version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le programme est enregistré.", "success")
            return redirect(url_for(".programme", programme_id=programme_id), 303)
    return _form(form, row)


def _form(form: ProgrammeFields, row: Programme | None = None) -> ResponseReturnValue:
    return render_template("events/programme_edit.html", form=form, programme=row)


@blueprint.get("/programmes/<uuid:programme_id>")
@professionals
def programme(programme_id: UUID) -> ResponseReturnValue:
    """Its events day by day, drafts of the reader's own included; those outside its dates are said."""
    actor = the_actor()
    row = queries.the_programme(actor, programme_id)
    events = queries.events_of(programme_id, actor)
    days = queries.by_day(events)
    return render_template(
        "events/programme.html",
        programme=row,
        days=days,
        undated=[event for event in events if not event.slots],
        outside=[one.day for one in days if not row.starts_on <= one.day <= row.ends_on],
        runs=queries.may_run_programme(actor, row),
        **_WORDS,
    )


@blueprint.get("/agenda/programme/<slug>")
@public
def public_programme(slug: str) -> ResponseReturnValue:
    """For anybody, day by day."""
    return _public(slug, "events/public_programme.html")


@blueprint.get("/agenda/programme/<slug>/a-imprimer")
@public
def programme_sheet(slug: str) -> ResponseReturnValue:
    """The same on paper."""
    return _public(slug, "events/programme_sheet.html")


def _public(slug: str, template: str) -> ResponseReturnValue:
    row = queries.public_programme(slug)
    events = [event for event in queries.events_of(row.id, None) if event.state is not EventState.DRAFT]
    return render_template(
        template, programme=row, days=queries.by_day(events), count=len(events), now=clock.now(), **_WORDS
    )
