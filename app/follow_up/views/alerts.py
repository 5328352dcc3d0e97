"""« Alertes »: the list of those that the reader may see, one of them, and the three acts."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.alerts import DoneForm, EndForm, SeenForm
from app.follow_up.labels import REFUSAL_WORDS, alert_sentences
from app.follow_up.labels.alerts import KIND_SLUGS
from app.follow_up.labels.kinds import ALERT_OUTCOMES, ALERTS, LEVELS
from app.follow_up.labels.states import ALERT_LOOKS, ALERT_STATES
from app.follow_up.models import Alert
from app.follow_up.queries import alerts as queries
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.kinds import AlertLevel, AlertOutcome
from app.follow_up.rules.states import ALERT, AlertAction, FollowUpState
from app.follow_up.service import alerts as service
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.ways import around, way

HEADER: Final = (
    "Personne", "Alerte", "État", "Ouverte le", "Pour", "Transmise le", "Vue le", "Close le", "Issue", "Référent"
)  # fmt: skip
EXPORT_MOST: Final = 10_000
_WORDS: Final = {
    "kinds": ALERTS,
    "slugs": KIND_SLUGS,
    "states": ALERT_STATES,
    "looks": ALERT_LOOKS,
    "outcomes": ALERT_OUTCOMES,
    "title_of": alert_sentences.title,
    "sentence_of": alert_sentences.sentence,
    "Level": AlertLevel,
}


def _asked() -> queries.Asked:
    tab, slug = request.args.get("vue", ""), request.args.get("nature", "")
    kind = next((kind for kind, word in KIND_SLUGS.items() if word == slug), None)
    tab = tab if tab in queries.TABS else queries.OPEN
    return queries.Asked(tab, kind, request.args.get("qui", ""), request.args.get("tri", ""))


@blueprint.get("/suivis/alertes")
@requires(Role.REFERENT, Role.FACILITATOR)
def alerts() -> ResponseReturnValue:
    """What waits, what was seen, what is closed. A file of it holds no words."""
    actor, asked, today = the_actor(), _asked(), clock.today()
    if kind := request.args.get("export"):
        lines = queries.exported(actor, asked, EXPORT_MOST, today)
        return export(kind, f"alertes-{today:%Y-%m-%d}", HEADER, _cells(lines))
    page = queries.listed(actor, asked, page_number(request.args.get("page")), today)
    return render_template(
        "follow_up/alerts.html",
        page=page,
        asked=asked,
        counts=queries.counts(actor),
        follow_ups=way("follow_ups"),
        **_WORDS,
    )


def _cells(lines: Sequence[queries.Line]) -> Iterator[Sequence[Any]]:
    for line in lines:
        alert = line.alert
        yield (
            line.name, alert_sentences.title(alert.kind, alert.facts), ALERT_STATES[alert.state], alert.opened_on,
            LEVELS[alert.level], alert.escalated_on, alert.acknowledged_on, alert.closed_on,
            ALERT_OUTCOMES[alert.outcome] if alert.outcome else "", line.referent,
        )  # fmt: skip


@blueprint.get("/suivis/alertes/<uuid:alert_id>")
@requires(Role.REFERENT, Role.FACILITATOR)
def alert(alert_id: UUID) -> ResponseReturnValue:
    """The facts, what was done, and what can be done."""
    found = queries.the_alert(the_actor(), alert_id)
    return _page(
        "follow_up/alert.html", found, DoneForm(data={"version": found.version}), steps=queries.steps_of(alert_id)
    )


def _page(template: str, found: Alert, form: DoneForm | EndForm, **context: Any) -> ResponseReturnValue:
    today, follow_up = clock.today(), found.follow_up
    actions = ALERT.actions(found.state, the_actor().role)
    return render_template(
        template,
        found=found,
        follow_up=follow_up,
        job=job_at(follow_up, today),
        sentence=alert_sentences.sentence(found.kind, found.facts, found.closed_on or today),
        may={action.value: action in actions for action in AlertAction},
        form=form,
        here=around(follow_up.id),
        **_WORDS,
        **context,
    )


def _back(alert_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".alert", alert_id=alert_id), 303)


@blueprint.post("/suivis/alertes/<uuid:alert_id>/vue")
@requires(Role.REFERENT, Role.FACILITATOR)
def alert_seen(alert_id: UUID) -> ResponseReturnValue:
    """« J'ai vu »."""
    form = SeenForm()
    if form.sent:
        service.acknowledge(alert_id, by=the_actor(), version=form.version.data, today=clock.today())
    return _back(alert_id, "C’est noté : vous avez vu l’alerte.")


@blueprint.post("/suivis/alertes/<uuid:alert_id>/action")
@requires(Role.REFERENT, Role.FACILITATOR)
def alert_done(alert_id: UUID) -> ResponseReturnValue:
    """Something was done."""
    actor, form = the_actor(), DoneForm()
    found = queries.the_alert(actor, alert_id)
    if form.sent:
        try:
            service.act(alert_id, form.words.data or "", by=actor, version=form.version.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = queries.the_alert(actor, alert_id)
        else:
            return _back(alert_id, "L’action est notée.")
    return _page("follow_up/alert.html", found, form, steps=queries.steps_of(alert_id))


@blueprint.route("/suivis/alertes/<uuid:alert_id>/close", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def alert_close(alert_id: UUID) -> ResponseReturnValue:
    """How it ended; a lost job is recorded on its own page, and closes the alert itself."""
    actor = the_actor()
    found = queries.the_alert(actor, alert_id)
    form = EndForm(data={"version": found.version})
    if form.sent:
        outcome = AlertOutcome(str(form.outcome.data))
        if outcome is AlertOutcome.BROKEN and found.follow_up.state is FollowUpState.ACTIVE:
            return redirect(url_for(".break", follow_up_id=found.follow_up_id), 303)
        try:
            service.close(
                alert_id, outcome, form.words.data or "", by=actor, version=form.version.data, today=clock.today()
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            found = queries.the_alert(actor, alert_id)
        else:
            flash("L’alerte est close.", "success")
            return redirect(url_for(".alerts"), 303)
    return _page("follow_up/alert_close.html", found, form)
