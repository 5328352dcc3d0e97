"""The sheets of meetings: one's own, all of them to print, and the offline pack of the day."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.pdf.answers import document_answer
from app.core.policy import requires, signed_in, the_actor
from app.core.roles import Role
from app.events.documents.plan_pdf import BOXES, Drawn, Pack, drawn, in_files, packs_of, whole
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import side_words
from app.events.models import Event
from app.events.queries.day import shown_name
from app.events.queries.plan import PlanPage, plan_page
from app.events.queries.sheets import Sheet, own_sheet, sheets_of
from app.events.rules.kinds import Side
from app.events.rules.setup import PlanRefusal
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS
from app.events.views.plan import the_dating
from app.messages.rules.short_codes import shown_code

SIDES = {"tables": Side.SEATED, "mouvement": Side.MOVING}


def _own(booking_id: UUID, lay: Callable[[Sheet], Drawn]) -> dict[str, Any]:
    found = own_sheet(the_actor(), booking_id)
    return {
        "found": found,
        "event": found.event,
        "slot": found.slot,
        "sheet": lay(found.sheet),
        "back": _back(found.event, booking_id, runs=found.runs),
        "day": None if found.runs else url_for(".my_meetings", booking_id=booking_id),
        **_words(found.event),
    }


def _back(event: Event, booking_id: UUID, *, runs: bool) -> str:
    if runs:
        return url_for(".plan", event_id=event.id)
    return url_for(".wishes", booking_id=booking_id)


def _words(event: Event) -> dict[str, Any]:
    return {
        "boxes": BOXES,
        "side_words": lambda side: side_words(event.kind, side),
        "shown_code": shown_code,
        "shown_name": shown_name,
        "plain": the_actor().role is Role.CANDIDATE,
    }


@blueprint.get("/inscriptions/<uuid:booking_id>/fiche")
@signed_in
def sheet(booking_id: UUID) -> ResponseReturnValue:
    """One's own sheet, to read on a phone and to print."""
    return render_template("events/sheet.html", pdf=False, **_own(booking_id, whole))


@blueprint.get("/inscriptions/<uuid:booking_id>/fiche.pdf")
@signed_in
def sheet_pdf(booking_id: UUID) -> ResponseReturnValue:
    """The same on one page. The name of the file names nobody."""
    return document_answer("events/sheet.html", title="Fiche de rencontres", name="fiche", **_own(booking_id, drawn))


def _all(event_id: UUID) -> tuple[Event, PlanPage | None]:
    event = the_dating(event_id)
    page = plan_page(event, event.slots[0]) if event.slots else None
    return event, page if page is not None and page.made is not None else None


def _no_plan(event_id: UUID) -> ResponseReturnValue:
    flash(REFUSAL_WORDS[PlanRefusal.NO_PLAN], "warning")
    return redirect(url_for(".plan", event_id=event_id))


@blueprint.get("/evenements/<uuid:event_id>/plan/fiches")
@requires(*ORGANISERS)
def sheets(event_id: UUID) -> ResponseReturnValue:
    """All sheets, one page each, to print from the browser."""
    event, page = _all(event_id)
    if page is None:
        return _no_plan(event_id)
    files = _files(page)
    return render_template(
        "events/sheets.html",
        pdf=False,
        sheets=[drawn(one) for file in files for one in file],
        files=len(files),
        **_common(event, page),
    )


@blueprint.get("/evenements/<uuid:event_id>/plan/fiches.pdf")
@requires(*ORGANISERS)
def sheets_pdf(event_id: UUID) -> ResponseReturnValue:
    """The same as PDF, in several files for a large event."""
    event, page = _all(event_id)
    if page is None:
        return _no_plan(event_id)
    files = _files(page)
    number = _part(len(files))
    title = f"Fiches – {event.title}"
    return document_answer(
        "events/sheets.html",
        title=title,
        name=_numbered(title, number, len(files)),
        sheets=[drawn(one) for one in files[number - 1]] if files else [],
        files=len(files),
        **_common(event, page),
    )


def _files(page: PlanPage) -> list[tuple[Sheet, ...]]:
    side = SIDES.get(request.args.get("cote", ""))
    return in_files(sheets_of(page, side), lambda one: len(one.lines))


def _part(parts: int) -> int:
    """The part that the address names; nonsense is the first."""
    return min(max(1, request.args.get("partie", 1, type=int)), max(1, parts))


def _numbered(title: str, number: int, parts: int) -> str:
    return f"{title} {number} sur {parts}" if parts > 1 else title


@blueprint.get("/evenements/<uuid:event_id>/plan.pdf")
@requires(*ORGANISERS)
def plan_pdf(event_id: UUID) -> ResponseReturnValue:
    """The offline pack: rounds on paper, all sheets, blank lines for those who come without a booking."""
    event, page = _all(event_id)
    if page is None or page.made is None:
        return _no_plan(event_id)
    parts: list[Pack] = packs_of(page.made, sheets_of(page))
    number = _part(len(parts))
    title = f"Dossier du jour – {event.title}"
    name = _numbered(title, number, len(parts))
    return document_answer(
        "events/plan_pdf.html",
        title=title,
        name=name,
        pack=parts[number - 1],
        parts=len(parts),
        **_common(event, page),
    )


def _common(event: Event, page: PlanPage) -> dict[str, Any]:
    return {
        "event": event,
        "slot": page.cast.slot,
        "made": page.made,
        "back": url_for(".plan", event_id=event.id),
        **_words(event),
    }
