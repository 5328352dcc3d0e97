"""Bring a sheet of people: model, reading, preview, acceptance, and the same lines with what is wrong in them."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.acts import ImportForm, OthersForm
from app.candidates.labels import COLUMNS, FAULTS, IMPORT_LOOKS, IMPORT_STATES, REFUSAL_WORDS
from app.candidates.models import CandidateImport, CandidateImportLine
from app.candidates.rules import Column, FaultKind, ImportLineState
from app.candidates.rules.columns import columns_of
from app.candidates.views.blueprint import FOLLOWS, blueprint
from app.core.errors import Refused
from app.core.exports import export
from app.core.french import plural
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.sheets import MAX_BYTES, SHEET_WORDS, column_letters, read_sheet

MODEL_LINES: Final = (
    ("Kaddour", "Nadia", "16/11/1990", "06 12 34 56 78", "", "", "Massy", "Agent d’entretien ; Aide à domicile",
     "J’ai déjà travaillé dans des bureaux.", "A2", "B", "30", "", "45", "", "16/11/2026", "journée ; matin tôt",
     "20", "35", "RSA", "01/03/2026", ""),
)  # fmt: skip


@blueprint.route("/candidats/imports", methods=["GET", "POST"])
@requires(*FOLLOWS)
def imports() -> ResponseReturnValue:
    """Send a sheet; find again those already sent."""
    actor, form = the_actor(), ImportForm()
    if form.sent:
        try:
            return redirect(url_for(".one_import", import_id=_read(form)), 303)
        except Refused as refused:
            form.refuse(refused, {**REFUSAL_WORDS, **SHEET_WORDS})
    page = paginate(queries.imports_visible_to(actor), page_number(request.args.get("page")))
    counts = queries.counts_of([one.id for one in page])
    return render_template("candidates/imports.html", form=form, imports=page, counts=counts, States=ImportLineState)


def _read(form: ImportForm) -> UUID:
    """Read the sheet in a child process and keep its lines. Raises Refused."""
    upload = form.sheet.data
    data = upload.stream.read(MAX_BYTES + 1)
    sheet = read_sheet(BytesIO(data), upload.filename or "")
    made = service.start_import(
        form.row_id.data,
        sheet,
        file_name=upload.filename or "tableau",
        sha256=sha256(data).hexdigest(),
        by=the_actor(),
    )
    return made.id


@blueprint.get("/candidats/imports/modele")
@requires(*FOLLOWS)
def import_model() -> ResponseReturnValue:
    """The sheet to fill in, with one line as an example."""
    return export(request.args.get("format", "xlsx"), "modele-candidats", list(COLUMNS.values()), MODEL_LINES)


@blueprint.get("/candidats/imports/<uuid:import_id>")
@requires(*FOLLOWS)
def one_import(import_id: UUID) -> ResponseReturnValue:
    """The preview: new, already known, faulty; every faulty cell is explained."""
    actor = the_actor()
    made = queries.the_import(actor, import_id)
    if kind := request.args.get("export"):
        return _with_errors(made, kind)
    state = _state(request.args.get("etat"))
    page = queries.lines_page(import_id, state, page_number(request.args.get("page")))
    names = queries.names_of([line.candidate_id for line in page], queries.candidates_visible_to(actor))
    return render_template(
        "candidates/one_import.html",
        made=made,
        lines=page,
        state=state,
        counts=queries.counts_of([import_id])[import_id],
        columns=[(column_letters(place), COLUMNS[one]) for one, place in columns_of(made.header).items()],
        people={line.number: _person(line) for line in page},
        understood=_understood(page.items),
        faults={line.number: list(_faults(line, made.header)) for line in page},
        names=names,
        form=OthersForm(formdata=None),
        state_words=IMPORT_STATES,
        state_looks=IMPORT_LOOKS,
        States=ImportLineState,
    )


def _state(word: str | None) -> ImportLineState | None:
    return ImportLineState(word) if word in set(ImportLineState) else None


def _person(line: CandidateImportLine) -> str:
    said = line.understood
    return f"{said.get('first_name', '')} {said.get('last_name', '')}".strip() or "Sans nom"


def _understood(lines: Sequence[CandidateImportLine]) -> dict[int, str]:
    """What the portal read of each good line: « Massy · Agent d'entretien »."""
    good = [line for line in lines if line.state is ImportLineState.NEW]
    trades = dict(queries.trades_named({slug for line in good for slug in line.understood["trades"]}))
    communes = queries.communes_named({line.understood["commune_insee"] for line in good})
    return {
        line.number: " · ".join(
            part
            for part in (
                communes.get(line.understood["commune_insee"], ""),
                *(trades.get(slug, slug) for slug in line.understood["trades"]),
            )
            if part
        )
        for line in good
    }


def _faults(line: CandidateImportLine, header: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Each fault: the cell as spreadsheets name it, the column, what was written, what is wrong, how to mend."""
    places = columns_of(header)
    for fault in line.faults:
        column = Column(fault["column"])
        what, mend = FAULTS[FaultKind(fault["kind"])]
        near = f" Peut-être\u00a0: {fault['near']}." if fault["near"] else ""
        yield {
            "cell": f"{column_letters(places[column])}{line.number}" if column in places else f"ligne {line.number}",
            "column": COLUMNS[column],
            "written": fault["written"],
            "what": what,
            "mend": f"{mend}{near}",
        }


@blueprint.post("/candidats/imports/<uuid:import_id>/ajouter")
@requires(*FOLLOWS)
def accept_import(import_id: UUID) -> ResponseReturnValue:
    """Add the new lines, and those said to be other people. Refusals come back to the preview."""
    form = OthersForm()
    if not form.sent:
        abort(400)
    others = form.others(request.form.getlist("autre"))
    added, left = service.accept_import(import_id, by=the_actor(), others=others)
    more = f" Il en reste {plural(left, 'ligne')}\u00a0: continuez." if left else ""
    flash(f"{plural(added, 'personne ajoutée', 'personnes ajoutées')}.{more}", "success")
    return redirect(url_for(".one_import", import_id=import_id), 303)


def _with_errors(made: CandidateImport, kind: str) -> ResponseReturnValue:
    """The lines that were not added, as they came, with a column that says why: to be mended and sent again."""
    lines = queries.lines_in(made.id, ImportLineState.FAULTY, ImportLineState.KNOWN)
    width = max([len(made.header), *(len(line.cells) for line in lines)])
    header = [*made.header, *[""] * (width - len(made.header)), "Erreurs"]
    rows = ([*line.cells, *[""] * (width - len(line.cells)), _why(line, made.header)] for line in lines)
    return export(kind, "import-a-corriger", header, rows)


def _why(line: CandidateImportLine, header: Sequence[str]) -> str:
    if line.state is ImportLineState.KNOWN:
        twin = f"même personne que la ligne {line.twin_line}" if line.twin_line else "déjà connue du portail"
        return f"Pas ajoutée\u00a0: {twin}."
    return " ".join(f"{fault['column']}\u00a0: {fault['what']} {fault['mend']}" for fault in _faults(line, header))
