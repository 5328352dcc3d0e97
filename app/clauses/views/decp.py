"""« Importer des marchés (DECP) »: the file, the preview field by field, what is taken; and the export."""

from typing import Any, Final
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.decp import ALL, SOCIAL, AcceptForm, DecpForm, is_social, state_of
from app.clauses.labels.decp import DECP_FAULT_WORDS, OUTCOMES
from app.clauses.labels.decp_said import fault_words, field_name, firm_words
from app.clauses.models import DecpImport
from app.clauses.queries import decp as queries
from app.clauses.rules.decp import DecpContract, DecpOutcome, to_decp
from app.clauses.rules.decp.reading import MOST_BYTES
from app.clauses.service import decp as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.contracts import contract_url
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.french import plural
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)
LOOKS: Final = {
    DecpOutcome.NEW: "info",
    DecpOutcome.CHANGED: "warn",
    DecpOutcome.SAME: "",
    DecpOutcome.ERROR: "bad",
}


@blueprint.url_value_preprocessor
def _larger_files(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Of all pages this one takes files of 20 MB; said before anybody reads the request."""
    if endpoint == "clauses.decp_new":
        request.max_content_length = MOST_BYTES + 1024 * 1024


@blueprint.route("/clauses/decp", methods=["GET", "POST"])
@requires(*STEERS)
def decp_new() -> ResponseReturnValue:
    """Send a file; find again those already sent."""
    actor, form = the_actor(), DecpForm()
    if form.sent:
        try:
            made = _read(form)
        except Refused as refused:
            form.refuse(Refused(refused.reasons, dict.fromkeys(refused.reasons, "file")), DECP_FAULT_WORDS)
        else:
            return redirect(url_for(".decp", import_id=made.id), 303)
    page = paginate(queries.imports_visible_to(actor), page_number(request.args.get("page")))
    return render_template("clauses/decp_new.html", form=form, page=page)


def _read(form: DecpForm) -> DecpImport:
    upload = form.file.data
    data = upload.stream.read(MOST_BYTES + 1)
    upload.close()
    return service.start_import(form.row_id.data, data, file_name=upload.filename or "decp.json", by=the_actor())


@blueprint.get("/clauses/decp/<uuid:import_id>")
@requires(*STEERS)
def decp(import_id: UUID) -> ResponseReturnValue:
    """The preview: new, changed field by field, the same, in error and why."""
    made = queries.the_import(the_actor(), import_id)
    state, social = state_of(request.args.get("etat")), is_social(request.args.get("clause"))
    if kind := request.args.get("export"):
        return _exported(made, kind, state, social)
    page = queries.lines_page(import_id, page_number(request.args.get("page")), state=state, social=social)
    return render_template(
        "clauses/decp.html",
        made=made,
        page=page,
        said=queries.said_in(page.items),
        counts=queries.counts_of(import_id, social=social),
        state=state,
        social=social,
        outcomes=OUTCOMES,
        looks=LOOKS,
        States=DecpOutcome,
        fault_words=fault_words,
        field_name=field_name,
        firm_words=firm_words,
        clause=SOCIAL if social else ALL,
        all_word=ALL,
        contract_url=contract_url,
        form=AcceptForm(formdata=None),
    )


def _exported(made: DecpImport, kind: str, state: DecpOutcome | None, social: bool) -> Response:
    """The lines with what would change and what is wrong."""
    lines = queries.all_lines(made.id, state=state, social=social)
    said = queries.said_in(lines)
    header = [
        "Ligne",
        "État",
        "Numéro",
        "SIRET de l’acheteur",
        "Objet",
        "Notification",
        "Montant",
        "Changements",
        "Erreurs",
    ]
    rows = ([line.number, OUTCOMES[DecpOutcome(line.state)], line.reference, *_cells(said.get(line.number)),
             " ; ".join(f"{field_name(one['field'])} : {one['before']} → {one['after']}" for one in line.changes),
             " ; ".join(f"{one['field']} {fault_words(one)}".strip() for one in line.faults)]
            for line in lines)  # fmt: skip
    return export(kind, "decp-apercu", header, rows)


def _cells(contract: DecpContract | None) -> list[Any]:
    if contract is None:
        return ["", "", None, None]
    return [contract.buyer_siret, contract.subject, contract.notified_on, contract.amount]


@blueprint.post("/clauses/decp/<uuid:import_id>/prendre")
@requires(*STEERS)
def decp_accept(import_id: UUID) -> ResponseReturnValue:
    """Take the lines ticked, or all that the filter shows."""
    form = AcceptForm()
    if not form.sent:
        abort(400)
    social = is_social(request.form.get("clause"))
    numbers = None if request.form.get("prendre") == "tout" else form.numbers(request.form.getlist("ligne"))
    back = redirect(url_for(".decp", import_id=import_id, clause=SOCIAL if social else ALL), 303)
    if numbers == []:
        queries.the_import(the_actor(), import_id)
        flash("Cochez au moins un marché.", "warning")
        return back
    added, changed, left = service.accept(import_id, numbers, by=the_actor(), social=social)
    more = f" Il en reste {plural(left, 'marché')}\u00a0: continuez." if left else ""
    text = f"{plural(added, 'marché ajouté')}, {plural(changed, 'marché mis', 'marchés mis')} à jour.{more}"
    flash(text, "success")
    return back


@blueprint.get("/clauses/decp/export")
@requires(*STEERS)
def decp_export() -> ResponseReturnValue:
    """The contracts that the reader sees, as the official JSON."""
    answer = Response(to_decp(queries.to_export(the_actor())), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="decp-{clock.today():%Y-%m-%d}.json"'
    return answer
