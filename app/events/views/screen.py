"""The big screen: the round, the time left, who sits where. A reload, a second screen, a crash lose nothing."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound
from app.core.policy import requires, the_actor
from app.events.labels.day import WHAT_TO_DO, standing_words
from app.events.queries.screen import the_screen
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS, slot_asked


@blueprint.get("/ecran/<uuid:event_id>")
@requires(*ORGANISERS)
def screen(event_id: UUID) -> ResponseReturnValue:
    """Without a script the page asks again every ten seconds."""
    found = the_screen(the_actor(), event_id, slot_asked(), clock.now())
    if found is None:
        raise NotFound
    if not found.day.is_dating:
        return redirect(url_for(".day", event_id=event_id))
    now = found.day.now
    return render_template(
        "events/screen.html",
        screen=found,
        event=found.day.event,
        now=now,
        timer=timer_words(now.seconds),
        standing=standing_words(now, found.day.timing.rhythm.rounds),
        to_do="Le temps est arrêté" if now.paused else WHAT_TO_DO[now.phase],
    )


def timer_words(seconds: int | None) -> str:
    """« 09:41 »; « 1:20:00 » beyond an hour."""
    if seconds is None:
        return ""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
