"""« Lettres à imprimer »: those that an organisation writes, as PDF, and the ones that it has posted."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import db
from app.core.exports import export
from app.core.forms import ActForm
from app.core.french import plural
from app.core.paging import page_number, paginate
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.messages import queries
from app.messages.labels import LETTER_PILE_WORDS
from app.messages.models import Message
from app.messages.rules import LetterPile
from app.messages.service import letters as service
from app.messages.views.blueprint import blueprint

PRINTERS: Final = (Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
HEADER: Final = ("Destinataire", "Adresse", "Objet", "Écrite le", "Code", "Postée le", "Postée par")
EXPORT_MOST: Final = 5000
PAGE_SIZE: Final = 50


@blueprint.get("/lettres")
@requires(*PRINTERS)
def letters() -> ResponseReturnValue:
    """The pile to print first; what was posted, by whom and when."""
    actor, today = the_actor(), clock.today()
    asked = request.args.get("etat", "")
    pile = LetterPile(asked) if asked in set(LetterPile) else LetterPile.TO_PRINT
    sort = request.args.get("tri", "date" if pile is LetterPile.TO_PRINT else "-date")
    query = queries.listed_letters(actor, pile, sort)
    if kind := request.args.get("export"):
        rows = db.session.scalars(query.limit(EXPORT_MOST))
        return export(kind, f"lettres-{today:%Y-%m-%d}", HEADER, _cells(rows.all()))
    return render_template(
        "messages/letters.html",
        page=paginate(query, page_number(request.args.get("page")), PAGE_SIZE),
        waiting=queries.count_to_print(actor),
        at_once=queries.AT_ONCE,
        pile=pile,
        piles=LETTER_PILE_WORDS,
        sort=sort,
    )


def _cells(rows: Sequence[Message]) -> Iterator[Sequence[Any]]:
    for row in rows:
        lines = row.to_address.split("\n")
        code = service.sheet_of(row).code
        yield lines[0], ", ".join(lines[1:]), row.subject, row.created_at, code, row.sent_at, row.posted_name


@blueprint.get("/lettres/a-imprimer.pdf")
@requires(*PRINTERS)
def letters_waiting() -> ResponseReturnValue:
    """All that wait, one sheet after the other, in one file."""
    rows = queries.letters_to_print(the_actor())
    if not rows:
        flash("Aucune lettre n’attend.", "message")
        return redirect(url_for(".letters"))
    return _printed(rows, "Lettres à imprimer", "lettres-a-imprimer")


@blueprint.get("/lettres/<uuid:letter_id>.pdf")
@requires(*PRINTERS)
def letter(letter_id: UUID) -> ResponseReturnValue:
    """One letter. Neither its title nor its file names anybody."""
    row = queries.the_letter(the_actor(), letter_id)
    return _printed([row], row.subject, f"lettre-{clock.civil_day(row.created_at):%Y-%m-%d}")


def _printed(rows: Sequence[Message], title: str, name: str) -> Response:
    return document_answer(
        "messages/letters_pdf.html",
        title=title,
        name=name,
        inline=True,
        headline=title,
        sheets=[service.sheet_of(row) for row in rows],
        back=url_for(".letters"),
    )


@blueprint.post("/lettres/postees")
@requires(*PRINTERS)
def post_letters() -> ResponseReturnValue:
    """The ticked letters are in the post."""
    if ActForm().sent:
        ticked = [found for raw in request.form.getlist("lettre")[:PAGE_SIZE] if (found := _as_id(raw))]
        count = service.post_letters(ticked, by=the_actor())
        flash(f"{plural(count, 'lettre postée')}." if count else "Ces lettres étaient déjà postées.", "success")
    return redirect(url_for(".letters"), 303)


def _as_id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
