"""The convention of a stage: what lacks, the draft, the deposit, the validation, the way back."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.documents.convention_pdf import draft_of
from app.placements.forms.convention import DataForm, DepositForm, ValidationForm, as_typed
from app.placements.labels.convention import DRAFT
from app.placements.labels.states import LOOKS, STATES
from app.placements.queries.convention_part import part
from app.placements.queries.page import Page, page_of
from app.placements.rules.convention import has_convention
from app.placements.service import convention as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import home_of, trail_of, words_of
from app.placements.views.trails import name_on_trail
from app.reference.queries import trade_names

_FOLLOW = (Role.REFERENT, Role.FACILITATOR)
_READERS = (*_FOLLOW, Role.DEPARTMENT, Role.EMPLOYER)


def convention_page(placement_id: UUID, *, to_act: bool = False) -> Page:
    """A stage that has a convention; ``to_act``: on which the reader acts. Raises NotFound."""
    page = page_of(the_actor(), placement_id)
    if not has_convention(page.placement.state) or (to_act and not page.may_act):
        raise NotFound
    return page


def page_context(page: Page, **context: Any) -> dict[str, Any]:
    """What every page around the convention reads."""
    actor, placement = the_actor(), page.placement
    return {
        "placement": placement,
        "seen": page.seen,
        "may_act": page.may_act,
        "host": actor.role is Role.EMPLOYER,
        "plain": actor.role is Role.CANDIDATE,
        "accompanies": actor.role in _FOLLOW,
        "trail": trail_of(actor, placement, name_on_trail(actor, page)),
        "home": home_of(actor, placement.id),
        "convention_part": part(placement, actor, clock.today()),
        "states": STATES,
        "looks": LOOKS,
        **context,
    }


def back_to_convention(placement_id: UUID, words: str) -> ResponseReturnValue:
    """It is done: the page of the convention says so."""
    flash(words, "success")
    return redirect(url_for("placements.convention", placement_id=placement_id), 303)


@blueprint.get("/stages/<uuid:placement_id>/convention")
@requires(*_READERS)
def convention(placement_id: UUID) -> ResponseReturnValue:
    """What is said, what lacks, who signed, what to do now."""
    page = convention_page(placement_id)
    draft = draft_of(page.placement, page.seen, the_actor())
    return render_template("placements/convention.html", **page_context(page, draft=draft))


@blueprint.route("/stages/<uuid:placement_id>/convention/donnees", methods=["GET", "POST"])
@requires(*_FOLLOW, Role.EMPLOYER)
def convention_data(placement_id: UUID) -> ResponseReturnValue:
    """Say what lacks."""
    page = convention_page(placement_id, to_act=True)
    form = DataForm(data=as_typed(page.placement))
    form.offer(page.placement)
    if form.sent:
        try:
            service.fill(placement_id, form.said(), by=the_actor(), version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return back_to_convention(placement_id, "C’est enregistré.")
    return render_template("placements/convention_data.html", **page_context(page, form=form, trades=trade_names()))


@blueprint.post("/stages/<uuid:placement_id>/convention/accompagnement")
@requires(*_FOLLOW)
def prescribe(placement_id: UUID) -> ResponseReturnValue:
    """« Ma structure accompagne et signe »."""
    service.prescribe(placement_id, by=the_actor())
    return back_to_convention(placement_id, "Votre structure accompagne et signe.")


@blueprint.post("/stages/<uuid:placement_id>/convention/preparer")
@requires(*_FOLLOW)
def prepare(placement_id: UUID) -> ResponseReturnValue:
    """All is said; or all that lacks is, on the page of the convention."""
    page = convention_page(placement_id, to_act=True)
    try:
        service.prepare(
            placement_id, by=the_actor(), version=request.form.get("version", type=int), today=clock.today()
        )
    except Refused as refused:
        words = words_of(refused)
        problems = [words[reason] for reason in refused.reasons if reason in words]
        if not problems:
            raise
        page = convention_page(placement_id)
        draft = draft_of(page.placement, page.seen, the_actor())
        return render_template(
            "placements/convention.html", **page_context(page, draft=draft, problems=problems, has_errors=True)
        )
    return back_to_convention(placement_id, "La convention est prête. Les autres reçoivent un message pour signer.")


@blueprint.route("/stages/<uuid:placement_id>/convention/depot", methods=["GET", "POST"])
@requires(*_FOLLOW)
def deposit(placement_id: UUID) -> ResponseReturnValue:
    """Its reference on the State's service, and the day."""
    page = convention_page(placement_id, to_act=True)
    form = DepositForm(data={"version": page.placement.version, "deposited_on": clock.today()})
    if form.sent:
        try:
            service.deposit(placement_id, form.said(), by=the_actor(), version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return back_to_convention(placement_id, "Le dépôt est noté.")
    return render_template("placements/deposit.html", **page_context(page, form=form))


@blueprint.route("/stages/<uuid:placement_id>/convention/validation", methods=["GET", "POST"])
@requires(*_FOLLOW)
def validate(placement_id: UUID) -> ResponseReturnValue:
    """The State has said yes: on which day."""
    page = convention_page(placement_id, to_act=True)
    form = ValidationForm(data={"version": page.placement.version, "validated_on": clock.today()})
    if form.sent and form.validated_on.data is not None:
        try:
            service.validate(
                placement_id, form.validated_on.data, by=the_actor(), version=form.version.data, today=clock.today()
            )
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return back_to_convention(placement_id, "La validation est notée. Tout le monde est prévenu.")
    return render_template("placements/validate.html", **page_context(page, form=form))


@blueprint.route("/stages/<uuid:placement_id>/convention/corriger", methods=["GET", "POST"])
@requires(*_FOLLOW)
def correct(placement_id: UUID) -> ResponseReturnValue:
    """What is undone is said before."""
    page = convention_page(placement_id, to_act=True)
    form = ValidationForm(data={"version": page.placement.version})
    del form.validated_on
    if form.sent:
        service.correct(placement_id, by=the_actor(), version=form.version.data)
        return back_to_convention(placement_id, "La convention peut être corrigée.")
    return render_template("placements/correct.html", **page_context(page, form=form))


@blueprint.get("/stages/<uuid:placement_id>/convention/brouillon")
@requires(*_READERS, Role.CANDIDATE)
def convention_draft(placement_id: UUID) -> ResponseReturnValue:
    """The draft, to read and print."""
    return render_template("placements/convention_document.html", pdf=False, **_document(placement_id))


@blueprint.get("/stages/<uuid:placement_id>/convention.pdf")
@requires(*_READERS, Role.CANDIDATE)
def convention_pdf(placement_id: UUID) -> ResponseReturnValue:
    """The same as PDF; neither its name nor its title says who."""
    context = _document(placement_id)
    title = f"Brouillon de convention de stage n° {context['draft'].number}"
    return document_answer("placements/convention_document.html", title=title, name=title, **context)


def _document(placement_id: UUID) -> dict[str, Any]:
    page, actor = convention_page(placement_id), the_actor()
    drawn = draft_of(page.placement, page.seen, actor)
    own = actor.role is Role.CANDIDATE
    back = home_of(actor, placement_id) if own else url_for("placements.convention", placement_id=placement_id)
    return {**page_context(page), "draft": drawn, "draft_words": DRAFT, "back": back}
