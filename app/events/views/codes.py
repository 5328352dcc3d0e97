"""« Mon inscription »: the code of a paper or a message, without an account. It shows a first name and no more."""

from datetime import datetime
from typing import Any, Final

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm
from app.core.policy import public
from app.events.documents.paper import door_qr
from app.events.forms.registering import CodeForm
from app.events.labels.registering import ANSWERS, NO_LONGER, rank_words
from app.events.models import Booking
from app.events.queries import bookings as queries
from app.events.queries import people
from app.events.queries.plan import latest_plan
from app.events.queries.returning import return_barred
from app.events.rules.kinds import DATINGS, Who
from app.events.rules.registering import WRONG_CODES_TYPED, Answer, answers_for
from app.events.rules.seats import Registration, registration_refusals
from app.events.rules.states import BookingState, EventState
from app.events.rules.wishes import WISHES_WHILE, wishes_by_code
from app.events.service import cancelling as service
from app.events.service.telling import place_words
from app.events.views.blueprint import blueprint
from app.events.views.shared import flash_refusal, wrong_codes_count
from app.messages.rules.short_codes import shown_code
from app.messages.service.paper import base_url

UNKNOWN: Final = "Nous ne trouvons pas ce code. Relisez-le, ou appelez-nous."
SHOWN_AT_DOOR: Final = frozenset({BookingState.BOOKED, BookingState.WAITING})
MEETS: Final = frozenset({BookingState.BOOKED, BookingState.SEEN})
"""Who has meetings to read and answer, on the day of a dating."""
THANKS: Final = {
    Answer.COMING: "C’est noté. Votre place est réservée.",
    Answer.NOT_COMING: "C’est noté. Merci de l’avoir dit.",
}


@blueprint.route("/mon-inscription", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Type the code."""
    form = CodeForm()
    if form.sent:
        try:
            booking = _found(str(form.code.data))
        except NotFound:
            form.code.errors = [*form.code.errors, UNKNOWN]
        else:
            return redirect(url_for(".code_booking", code=shown_code(booking.code)), 303)
    return _uncached(render_template("events/code.html", form=form))


@blueprint.get("/mon-inscription/<code>")
@public
def code_booking(code: str) -> ResponseReturnValue:
    """What the code is for, and what its holder may answer."""
    try:
        booking = _found(code)
    except NotFound:
        form = CodeForm(formdata=None, data={"code": code[:40]})
        form.code.errors = [UNKNOWN]
        return make_response(_uncached(render_template("events/code.html", form=form, has_errors=True)), 404)
    return _uncached(render_template("events/code_booking.html", form=ActForm(), **_shown(booking)))


@blueprint.post("/mon-inscription/<code>/<any(coming, not_coming):answer>")
@public
def code_answer(code: str, answer: str) -> ResponseReturnValue:
    """One press; a second one changes nothing."""
    booking = _found(code)
    if ActForm().sent:
        said = Answer(answer)
        try:
            _, rank = service.answer_with_code(code, said)
        except Refused as refused:
            flash_refusal(refused)
        else:
            flash(f"C’est complet. Vous êtes {rank_words(rank)}." if rank else THANKS[said], "success")
    return redirect(url_for(".code_booking", code=shown_code(booking.code)), 303)


def _found(typed: str) -> Booking:
    """Wrong codes count: they cannot be guessed one after the other. Raises NotFound, Throttled."""
    with wrong_codes_count(WRONG_CODES_TYPED):
        found = queries.by_code(typed)
        if found is None:
            raise NotFound
        return found


def _uncached(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(booking: Booking) -> dict[str, Any]:
    slot, event = booking.slot, booking.slot.event
    barred = bool(return_barred(booking, event.kind))
    return {
        "booking": booking,
        "slot": slot,
        "event": event,
        "first_name": first_name(booking),
        "place": place_words(event),
        "rank_words": rank_words(people.rank_of(booking)),
        "qr": door_qr(booking, base_url()) if booking.state in SHOWN_AT_DOOR and clock.now() < slot.ends_at else None,
        "code": shown_code(booking.code),
        "answers": answer_buttons(booking, clock.now(), barred=barred),
        "barred": barred,
        "over": clock.now() >= slot.ends_at,
        "meets": _meets(booking),
    }


def _meets(booking: Booking) -> list[tuple[str, str]]:
    """(words, address) of what a participant of a dating does next: wishes until it begins, meetings once planned."""
    slot, event = booking.slot, booking.slot.event
    if event.kind not in DATINGS or event.state not in {EventState.PUBLISHED, EventState.CLOSED}:
        return []
    code, found = shown_code(booking.code), []
    meets, day = booking.state in MEETS, clock.today() >= clock.civil_day(slot.starts_at)
    if meets and (day or latest_plan(slot.id) is not None):
        found.append(("Mes rencontres", url_for(".code_meetings", code=code)))
    wishing = booking.state in WISHES_WHILE and clock.now() < slot.starts_at
    if wishing and wishes_by_code(event.kind, booking.side):
        found.append(("Dire qui je veux rencontrer", url_for(".code_wishes", code=code)))
    return found


def first_name(booking: Booking) -> str:
    """All that a paper found in the street says of its holder."""
    if booking.candidate is not None:
        return booking.candidate.first_name
    return booking.name.split(" ")[0] if booking.who in {Who.VISITOR, Who.PROFESSIONAL} else booking.name


def answer_buttons(booking: Booking, now: datetime, *, barred: bool = False) -> list[tuple[Answer, str]]:
    """(answer, its words) that may be given now. ``barred``: who is out does not come back by themselves."""
    slot, event = booking.slot, booking.slot.event
    if event.state is not EventState.PUBLISHED or now >= slot.ends_at:
        return []
    asked = Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on)
    closed = registration_refusals(asked, now=now, today=clock.today(), staff=False)
    offered = answers_for(booking.state, open_now=True)
    second = Answer.COMING not in offered
    return [
        (answer, NO_LONGER if answer is Answer.NOT_COMING and second else ANSWERS[answer])
        for answer in offered
        if not ((closed or barred) and answer is Answer.COMING)
    ]
