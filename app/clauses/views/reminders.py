"""« Relances »: the messages drafted for late hours, to read over, send or drop."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.reports import ReminderForm
from app.clauses.labels.hours import month_words
from app.clauses.labels.reports import REFUSAL_WORDS, REMINDER_LEVELS, REMINDER_LOOKS
from app.clauses.models import HourReminder
from app.clauses.queries.reminders import listed, the_reminder
from app.clauses.service import reminders as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.french import plural
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role

HEADER: Final = ("Entreprise", "Lot", "Marché", "Mois", "Ton", "Préparée le", "Objet")
EXPORT_MOST: Final = 10_000
_WORDS: Final = {"tones": service.TONES, "levels": REMINDER_LEVELS, "looks": REMINDER_LOOKS, "month_words": month_words}


@blueprint.get("/clauses/relances")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def reminders() -> ResponseReturnValue:
    """Those ready, the firmest first."""
    actor, sort = the_actor(), request.args.get("tri", "")
    level = next((number for number, tone in service.TONES.items() if tone == request.args.get("ton")), None)
    if kind := request.args.get("export"):
        rows = listed(actor, level, sort, 1, EXPORT_MOST)
        return export(kind, f"relances-{clock.today():%Y-%m-%d}", HEADER, _cells(rows.items))
    page = listed(actor, level, sort, page_number(request.args.get("page")))
    to = service.recipients_of([row.holder for row in page])
    return render_template(
        "clauses/reminders.html", page=page, to=to, sort=sort, tone=request.args.get("ton", ""), **_WORDS
    )


def _cells(rows: Sequence[HourReminder]) -> Iterator[Sequence[Any]]:
    for row in rows:
        lot = row.holder.lot
        yield (
            row.holder.name, f"{lot.number} {lot.title}", lot.contract.title, row.first_month,
            REMINDER_LEVELS[service.TONES[row.level]], row.made_on, row.text.partition("\n")[0],
        )  # fmt: skip


@blueprint.route("/clauses/relances/<uuid:reminder_id>", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def reminder(reminder_id: UUID) -> ResponseReturnValue:
    """Read it over, change its words, send it or drop it."""
    actor, today = the_actor(), clock.today()
    row = the_reminder(actor, reminder_id)
    form = ReminderForm(data={"text": row.text})
    action = request.form.get("action", "keep")
    if action == "drop":
        service.drop(reminder_id, actor, today)
        flash("La relance est écartée.", "success")
        return redirect(url_for(".reminders"), 303)
    if form.sent:
        try:
            if action == "send":
                count = service.send(reminder_id, form.text.data or "", actor, today)
                flash(f"Relance envoyée à {plural(count, 'personne')}.", "success")
            else:
                service.edit(reminder_id, form.text.data or "", actor)
                flash("Le message est gardé.", "success")
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return redirect(url_for(".reminders"), 303)
    to = service.recipients_of([row.holder]).get(row.holder_id, [])
    return render_template("clauses/reminder.html", row=row, form=form, to=to, **_WORDS)
