"""« Importer un tableur »: the file, its columns, the preview, what is taken, and the way back."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.imports import (
    ColumnsForm,
    ImportForm,
    ListFilters,
    TakeForm,
    names_told,
    state_of,
)
from app.clauses.labels.hours import month_words, period_words
from app.clauses.labels.imports import FILE_WORDS, IMPORT_LOOKS, IMPORT_STATES, LINE_LOOKS, LINE_STATES
from app.clauses.models import HourImport, HourImportLine
from app.clauses.queries import imports as queries
from app.clauses.rules.hour_import import UNDO_DAYS, may_be_undone, samples
from app.clauses.rules.periods import Period
from app.clauses.rules.states import ImportState
from app.clauses.service import import_taking as taking
from app.clauses.service import imports as service
from app.clauses.service.import_reading import layout_of
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.exports import XLSX, export
from app.core.french import plural
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.core.sheets import MAX_BYTES, Sheet, column_letters, read_sheet
from app.core.sheets.annotate import annotated

HEADER: Final = ("Nom", "Prénom", "Matricule", "Marché", "Lot", "Mois", "Heures", "Type d’heures", "Motif")
LIST_HEADER: Final = ("Fichier", "Envoyé", "État", "Lignes", "Justes", "À corriger", "Prises")
HEADER_ROWS: Final = 15
AT_ONCE: Final = 2_000
"""Rows that are read while the file is sent."""


@blueprint.route("/mes-heures/importer", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def import_new() -> ResponseReturnValue:
    """Send a file."""
    places, form = queries.places_of(the_actor()), ImportForm()
    form.offer(places, clock.today())
    if form.sent:
        try:
            return _started(form)
        except Refused as refused:
            fields = dict.fromkeys(refused.reasons, "sheet") | dict(refused.fields)
            form.refuse(Refused(refused.reasons, fields), FILE_WORDS)
    return render_template("clauses/import_new.html", form=form, places=places)


def _started(form: ImportForm) -> ResponseReturnValue:
    actor, upload = the_actor(), form.sheet.data
    data = upload.stream.read(MAX_BYTES + 1)
    upload.close()
    sheet = read_sheet(BytesIO(data), upload.filename or "")
    made, is_new = service.start_import(
        form.row_id.data, data, sheet, file_name=upload.filename or "tableau", by=actor,
        holder_id=form.holder_id, month=form.first_day,
    )  # fmt: skip
    if not is_new and made.state is not ImportState.READING:
        flash("Ce fichier a déjà été lu\u00a0: voici ce qu’il en est. Rien n’est ajouté deux fois.", "info")
    if len(sheet.rows) <= AT_ONCE:  # longer ones show how far they are
        service.continue_reading(made.id, actor, clock.today(), sheet=sheet)
    return redirect(url_for(".hour_import", import_id=made.id), 303)


@blueprint.get("/mes-heures/modele.xlsx")
@requires(Role.EMPLOYER)
def import_model() -> ResponseReturnValue:
    """A workbook to fill in: the people now at work on the firm's lots, for the month that has just ended."""
    today = clock.today()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    places = {place.holder_id: place for place in queries.places_of(the_actor())}
    rows = [
        (post.last_name, post.first_name, post.payroll, places[post.holder_id].contract_number,
         f"Lot {places[post.holder_id].lot_number}", f"{month:%m/%Y}", None, "travail", "")
        for post in queries.posts_of(places) if post.overlaps(month)
    ]  # fmt: skip
    return export("xlsx", "modele-heures", HEADER, rows)


@blueprint.get("/mes-heures/imports")
@requires(Role.EMPLOYER)
def imports() -> ResponseReturnValue:
    """The files already brought."""
    actor, filters, sort = the_actor(), ListFilters(request.args), request.args.get("tri", "-envoi")
    query = queries.sorted_imports(actor, filters.state, sort)
    if kind := request.args.get("export"):
        page = paginate(query, 1, 10_000)
        counts = queries.counts_of([one.id for one in page])
        rows = ((one.file_name, one.created_at, IMPORT_STATES[one.state], one.total, counts[one.id]["good"],
                 counts[one.id]["faulty"], one.added) for one in page)  # fmt: skip
        return export(kind, "imports-heures", LIST_HEADER, rows)
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "clauses/imports.html", page=page, counts=queries.counts_of([one.id for one in page]), filters=filters,
        sort=sort, states=IMPORT_STATES, looks=IMPORT_LOOKS,
    )  # fmt: skip


@blueprint.get("/mes-heures/imports/<uuid:import_id>")
@requires(Role.EMPLOYER)
def hour_import(import_id: UUID) -> ResponseReturnValue:
    """The preview; while the file is being read, its progress: the page goes on by itself."""
    actor = the_actor()
    made = queries.the_import(actor, import_id)
    if made.state is ImportState.READING and not made.columns.get("ready"):
        return redirect(url_for(".import_columns", import_id=import_id), 303)
    if made.state is ImportState.READING and request.args.get("suite"):
        made = service.continue_reading(import_id, actor, clock.today())
        if made.state is not ImportState.READING:
            return redirect(url_for(".hour_import", import_id=import_id), 303)
    if made.state is ImportState.READING:
        return render_template("clauses/import_reading.html", made=made, form=TakeForm(formdata=None))
    return _preview(made, TakeForm(formdata=None))


def _preview(made: HourImport, form: TakeForm) -> ResponseReturnValue:
    state = state_of(request.args.get("etat"))
    page = queries.lines_page(made.id, state, page_number(request.args.get("page")))
    names = queries.names_to_tell(made.id) if made.state is not ImportState.UNDONE else []
    places = {place.holder_id: place for place in queries.places_of(the_actor())}
    posts = {post.employment_id: post for post in queries.posts_of(places)}
    reports = queries.reports_with(made.id)
    return render_template(
        "clauses/hour_import.html",
        made=made,
        form=form,
        page=page,
        state=state,
        counts=queries.counts_of([made.id])[made.id],
        faults={line.number: [_fault(made, line, one) for one in line.faults] for line in page},
        names=[(key, name, _people(people, posts)) for key, name, people in names],
        posts=posts,
        places=places,
        reports=[(one[0], period_words(Period(one[1], one[2])), one[3], one[4], one[5]) for one in reports],
        undoable=_undoable(made),
        undo_days=UNDO_DAYS,
        month_words=month_words,
        states=IMPORT_STATES,
        looks=IMPORT_LOOKS,
        line_states=LINE_STATES,
        line_looks=LINE_LOOKS,
    )


def _undoable(made: HourImport) -> bool:
    if made.accepted_at is None or made.state is ImportState.UNDONE:
        return False
    return may_be_undone(clock.civil_day(made.accepted_at), clock.today())


def _people(ids: Sequence[UUID], posts: Mapping[UUID, Any]) -> list[tuple[str, str]]:
    names = {post.person: f"{post.last_name} {post.first_name}".strip() for post in posts.values()}
    return [(str(one), names[one]) for one in ids if one in names]


def _fault(made: HourImport, line: HourImportLine, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cell as spreadsheets name it, its title, what was written, what is wrong."""
    index = said["c"]
    title = made.header[index] if 0 <= index < len(made.header) else ""
    return {
        "cell": f"{column_letters(index)}{line.row}" if index >= 0 else f"ligne {line.row}",
        "column": " ".join(title.split())[:60],
        "written": said["written"],
        "says": said["says"],
        "note": said["note"],
    }


@blueprint.route("/mes-heures/imports/<uuid:import_id>/colonnes", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def import_columns(import_id: UUID) -> ResponseReturnValue:
    """Which column holds what; told once, remembered for the next file of this make."""
    actor = the_actor()
    made = queries.the_import(actor, import_id, content=True)
    sheet = read_sheet(BytesIO(made.content), made.file_name)
    form = ColumnsForm(data=_asked(made))
    form.offer(queries.places_of(actor), clock.today())
    form.offer_columns(made.header, samples(sheet.rows, made.header_row, len(made.header)))
    if form.sent:
        try:
            return _told(made, form, sheet)
        except Refused as refused:
            form.refuse(refused, FILE_WORDS)
    heads = [(row.number, " · ".join(filter(None, row.cells))[:80]) for row in sheet.rows[:HEADER_ROWS]]
    return render_template(
        "clauses/import_columns.html", made=made, form=form, heads=heads, ready=made.columns.get("ready"),
        months=[month_words(day) for day in layout_of(made).months.values()],
    )  # fmt: skip


def _asked(made: HourImport) -> dict[str, Any]:
    """What is chosen when the page opens."""
    mapping = {f"c_{name}": str(index) for name, index in made.columns.get("mapping", {}).items()}
    month = made.month.isoformat() if made.month else None
    return {**mapping, "lot": str(made.holder_id) if made.holder_id else None, "month": month}


def _told(made: HourImport, form: Any, sheet: Sheet) -> ResponseReturnValue:
    actor = the_actor()
    asked = request.form.get("titres", "")
    row = next((row for row in sheet.rows[:HEADER_ROWS] if str(row.number) == asked), None)
    if row is not None and row.number != made.header_row:
        service.choose_header(made.id, row, actor)
        return redirect(url_for(".import_columns", import_id=made.id), 303)
    service.choose_columns(made.id, form.mapping, actor, holder_id=form.holder_id, month=form.first_day)
    service.continue_reading(made.id, actor, clock.today(), sheet=sheet)
    return redirect(url_for(".hour_import", import_id=made.id), 303)


@blueprint.post("/mes-heures/imports/<uuid:import_id>/<any(continuer,relire,noms,prendre,annuler):act>")
@requires(Role.EMPLOYER)
def import_act(import_id: UUID, act: str) -> ResponseReturnValue:
    """Read on, read again, tell the names, take, take back."""
    form, actor, today = TakeForm(), the_actor(), clock.today()
    if not form.sent:
        abort(400)
    back = redirect(url_for(".hour_import", import_id=import_id), 303)
    try:
        if act == "prendre":
            made = taking.accept(import_id, actor, today, partly=bool(form.partly.data))
            flash(f"{plural(made.added, 'ligne prise', 'lignes prises')}. Vérifiez, puis envoyez.", "success")
        elif act == "annuler":
            taking.undo(import_id, actor, clock.now())
            flash("L’import est annulé\u00a0: vos déclarations sont comme avant.", "success")
        else:
            _read_again(import_id, act)
    except Refused as refused:
        form.refuse(refused, FILE_WORDS)
        return _preview(queries.the_import(actor, import_id), form)
    return back


def _read_again(import_id: UUID, act: str) -> None:
    actor = the_actor()
    if act == "noms":
        service.confirm_names(import_id, dict(names_told()), actor)
    elif act == "relire":
        service.reread(import_id, actor)
    service.continue_reading(import_id, actor, clock.today())


@blueprint.get("/mes-heures/imports/<uuid:import_id>/erreurs")
@requires(Role.EMPLOYER)
def import_errors(import_id: UUID) -> ResponseReturnValue:
    """The same file with a column « Erreurs »."""
    made = queries.the_import(the_actor(), import_id, content=True)
    notes: dict[int, str] = {}
    for line in queries.lines_in(import_id, "faulty", "same"):
        said = [_fault(made, line, one) for one in line.faults]
        words = " ".join(f"{one['cell']}\u00a0: {one['says']}" for one in said)
        notes[line.row] = f"{notes[line.row]} {words}" if line.row in notes else words
    try:
        answer = annotated(made.content, made.file_name, made.header_row, notes)
    except Refused as refused:
        flash(" ".join(FILE_WORDS[reason] for reason in refused.reasons), "warning")
        return redirect(url_for(".hour_import", import_id=import_id), 303)
    kind = XLSX if answer.suffix == ".xlsx" else "text/csv; charset=utf-8"
    response = Response(answer.content, mimetype=kind)
    name = f"{PurePath(made.file_name).stem}-erreurs{answer.suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
