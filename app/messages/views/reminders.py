"""« Rappels »: of what the portal reminds people by itself, and the page that changes one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.messages.forms import ReminderForm
from app.messages.labels import REMINDER_WORDS
from app.messages.queries.reminders import all_reminders, first_of_month
from app.messages.queries.reminders import reminder as one_reminder
from app.messages.rules import ReminderKind
from app.messages.rules.reminders import REMINDERS
from app.messages.service.reminders import set_reminder
from app.messages.views.blueprint import blueprint


@blueprint.get("/rappels")
@requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
def reminders() -> ResponseReturnValue:
    """The whole table."""
    rows = all_reminders(first_of_month())
    return render_template("messages/reminders.html", rows=rows, declared=REMINDERS, words=REMINDER_WORDS)


@blueprint.route("/rappels/<kind>", methods=["GET", "POST"])
@requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
def reminder(kind: str) -> ResponseReturnValue:
    """After how many days, or not at all."""
    if kind not in set(ReminderKind):
        raise NotFound
    which = ReminderKind(kind)
    row = one_reminder(which)
    form = ReminderForm(data={"days": row.days, "active": row.active})
    if not REMINDERS[which].editable:
        del form.days
    if form.sent:
        days = form.days.data if form.days else None
        set_reminder(which, days=None if days is None else int(days), active=form.active.data, by=the_actor())
        flash("Le rappel est enregistré.", "success")
        return redirect(url_for(".reminders"), 303)
    return render_template(
        "messages/reminder.html", form=form, row=row, declared=REMINDERS[which], title=REMINDER_WORDS[which]
    )
