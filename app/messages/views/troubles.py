"""« Messages »: how many left, and those for which a human decides. Never their words, nor whom they concern."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import db
from app.core.exports import export
from app.core.forms import ActForm, pressed
from app.core.french import plural
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.messages.forms import TroubleFilters
from app.messages.labels import CATEGORY_WORDS, CHANNEL_WORDS, STATE_WORDS
from app.messages.models import Message
from app.messages.queries import sending as queries
from app.messages.rules import Channel, MessageState
from app.messages.rules.kinds import KINDS
from app.messages.rules.masking import masked
from app.messages.service import deciding
from app.messages.views.blueprint import blueprint

HEADER: Final = ("Texte", "Sujet", "Canal", "Adresse", "État", "Essais", "Pourquoi", "Écrit le")
EXPORT_MOST: Final = 5000
AT_ONCE: Final = 100


@blueprint.get("/messages")
@requires(Role.ADMINISTRATOR)
def troubles() -> ResponseReturnValue:
    """The counts of every state; the list of what failed or is uncertain."""
    form, sort = TroubleFilters(request.args), request.args.get("tri", "-date")
    kinds = queries.kinds_in_trouble()
    form.texte.choices = [("", "Tous"), *((kind, kind) for kind in kinds)]
    query = queries.troubles(_filters(form, kinds), sort)
    if kind := request.args.get("export"):
        rows = db.session.scalars(query.limit(EXPORT_MOST)).all()
        return export(kind, f"messages-{clock.today():%Y-%m-%d}", HEADER, _cells(rows))
    return render_template(
        "messages/troubles.html",
        filters_form=form,
        page=paginate(query, page_number(request.args.get("page"))),
        counts=[(number, STATE_WORDS[state]) for state, number in queries.counts().items()],
        states=STATE_WORDS,
        channels=CHANNEL_WORDS,
        masked=masked,
        about=_about,
        sort=sort,
    )


def _filters(form: TroubleFilters, kinds: Collection[str]) -> queries.TroubleFilters:
    """What is unknown is not asked."""
    states, channels = {state.value for state in queries.FOR_A_HUMAN}, set(Channel)
    return queries.TroubleFilters(
        state=MessageState(form.etat.data) if form.etat.data in states else None,
        channel=Channel(form.canal.data) if form.canal.data in channels else None,
        kind=form.texte.data if form.texte.data in kinds else "",
    )


def _about(kind: str) -> str:
    return CATEGORY_WORDS[KINDS[kind].category] if kind in KINDS else kind


def _cells(rows: Iterable[Message]) -> Iterator[Sequence[Any]]:
    for row in rows:
        where = masked(row.channel, row.to_address)
        state, channel = STATE_WORDS[row.state], CHANNEL_WORDS[row.channel]
        yield row.kind, _about(row.kind), channel, where, state, row.attempts, row.last_error, row.created_at


@blueprint.post("/messages/decider")
@requires(Role.ADMINISTRATOR)
def decide() -> ResponseReturnValue:
    """The ticked messages go back in the queue, or are never sent."""
    if ActForm().sent:
        ticked = [found for raw in request.form.getlist("message")[:AT_ONCE] if (found := _as_id(raw))]
        if pressed("laisser"):
            words = plural(deciding.leave(ticked, by=the_actor()), "message laissé", "messages laissés")
        else:
            count = deciding.send_again(ticked, by=the_actor())
            words = plural(count, "message remis dans la file", "messages remis dans la file")
        flash(f"{words}.", "success")
    return redirect(url_for(".troubles"), 303)


def _as_id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
