"""The papers of a report: seen, joined, taken back, downloaded, and never opened inside the portal."""

from io import BytesIO
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.reports import DocumentForm, id_of
from app.clauses.labels.hours import period_words
from app.clauses.labels.reports import REFUSAL_WORDS, period_title
from app.clauses.queries.hour_facts import facts_for
from app.clauses.queries.reports import may_fill, the_report
from app.clauses.queries.validation import documents_of
from app.clauses.rules.periods import Period
from app.clauses.rules.states import ReportState
from app.clauses.service import documents as service
from app.clauses.views.blueprint import blueprint
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role

_READERS = (Role.EMPLOYER, Role.FACILITATOR, Role.DEPARTMENT)


@blueprint.route("/mes-heures/<uuid:report_id>/pieces", methods=["GET", "POST"])
@requires(*_READERS)
def report_documents(report_id: UUID) -> ResponseReturnValue:
    """What is joined, for whom; one more."""
    actor = the_actor()
    report = the_report(actor, report_id)
    period = Period(report.first_month, report.months)
    facts = facts_for(report.holder, report.lot.contract, period.months())
    people = {str(row.id): row.candidate.full_name for row in facts.employments.values()}
    form = DocumentForm(data={"personne": request.args.get("personne", "")})
    form.personne.choices = [("", "Toute la déclaration"), *people.items()]
    if form.sent:
        try:
            person = id_of(form.personne.data)
            service.attach(report_id, form.name, form.content, actor, employment_id=person)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("La pièce est jointe.", "success")
            return redirect(url_for(".report_documents", report_id=report_id), 303)
    return render_template(
        "clauses/report_documents.html",
        report=report,
        title=period_title(period),
        name=period_words(period),
        documents=documents_of(report_id),
        people=people,
        form=form,
        fills=may_fill(actor, report.holder) and report.state is not ReportState.LOCKED,
        back=url_for(".validation" if actor.role is not Role.EMPLOYER else ".report", report_id=report_id),
    )


@blueprint.get("/clauses/pieces/<uuid:document_id>")
@requires(*_READERS)
def document(document_id: UUID) -> ResponseReturnValue:
    """The file, to keep; the browser guesses nothing and runs nothing of it."""
    found = service.opened(document_id, the_actor())
    answer = send_file(
        BytesIO(found.content), mimetype=found.media_type, as_attachment=True, download_name=found.file_name
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/clauses/pieces/<uuid:document_id>/retirer")
@requires(Role.EMPLOYER, Role.FACILITATOR)
def document_remove(document_id: UUID) -> ResponseReturnValue:
    """Take a paper back."""
    report_id = service.remove(document_id, the_actor())
    flash("La pièce est retirée.", "success")
    return redirect(url_for(".report_documents", report_id=report_id), 303)
