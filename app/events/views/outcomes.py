"""What came of the meetings: one tap by each side on their phone, or typed by the organiser from paper."""

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.french import plural
from app.core.policy import public, requires, signed_in, the_actor
from app.events.forms.outcomes import RoundForm, TapForm, WordsForm, outcome_of, typed_lines
from app.events.labels.day import AGREEMENTS, TAPS, standing_words
from app.events.labels.kinds import OUTCOMES, side_words
from app.events.models import Booking
from app.events.queries.day import meetings_of_round, places_of, shown_name, the_day
from app.events.queries.my_meetings import booking_of_code, my_meetings, own_booking
from app.events.rules.kinds import Outcome, Side
from app.events.rules.outcomes import Said, outcome_refusals
from app.events.rules.registering import WRONG_CODES_PER_ADDRESS
from app.events.rules.states import MeetingState
from app.events.service import outcomes as service
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS, refused_words, slot_asked
from app.events.views.shared import wrong_codes_count
from app.messages.rules.short_codes import typed_code


@blueprint.get("/inscriptions/<uuid:booking_id>/rencontres", endpoint="my_meetings")
@signed_in
def meetings(booking_id: UUID) -> ResponseReturnValue:
    """Where to go now, what comes next, and what one says of those that are done."""
    booking = own_booking(the_actor(), booking_id)
    return _page(booking, lambda one: url_for(".outcome", booking_id=booking_id, meeting_id=one))


@blueprint.post("/inscriptions/<uuid:booking_id>/rencontres/<uuid:meeting_id>", endpoint="outcome")
@signed_in
def say(booking_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """One tap is one answer."""
    by = the_actor()
    _taken(
        lambda outcome: service.say_outcome(booking_id, meeting_id, outcome, by=by),
        lambda words: service.say_words(booking_id, meeting_id, words, by=by),
    )
    return redirect(url_for(".my_meetings", booking_id=booking_id, _anchor=f"r-{meeting_id}"), 303)


@blueprint.get("/mon-inscription/<code>/rencontres")
@public
def code_meetings(code: str) -> ResponseReturnValue:
    """The same, by the code of the badge."""
    booking = by_code(code)
    return _page(booking, lambda one: url_for(".code_say", code=code, meeting_id=one))


@blueprint.post("/mon-inscription/<code>/rencontres/<uuid:meeting_id>")
@public
def code_say(code: str, meeting_id: UUID) -> ResponseReturnValue:
    """One tap is one answer."""
    right = by_code(code).code
    _taken(
        lambda outcome: service.say_outcome_by_code(right, meeting_id, outcome),
        lambda words: service.say_words_by_code(right, meeting_id, words),
    )
    return redirect(url_for(".code_meetings", code=code, _anchor=f"r-{meeting_id}"), 303)


def by_code(text: str) -> Booking:
    """Each wrong code counts; after too many of them a right one is refused too. Raises NotFound, Throttled."""
    with wrong_codes_count(WRONG_CODES_PER_ADDRESS):
        code = typed_code(text)
        if code is None:
            raise NotFound
        return booking_of_code(code)


def _taken(tap: Any, write: Any) -> None:
    form = WordsForm() if "words" in request.form else TapForm()
    outcome = outcome_of(request.form.get("outcome"))
    try:
        if isinstance(form, WordsForm) and form.sent:
            write(form.words.data or "")
            flash("Votre mot est enregistré.", "success")
        elif form.sent and outcome is not None:
            tap(outcome)
            flash(f"C’est noté\u00a0: {TAPS[outcome].lower()}.", "success")
        elif isinstance(form, WordsForm):
            flash("C’est trop long\u00a0: 1000 caractères au plus.", "warning")
    except Refused as refused:
        flash(refused_words(refused), "warning")


def _page(booking: Booking, address_of: Any) -> ResponseReturnValue:
    found = my_meetings(booking, clock.now())
    slot, event = booking.slot, booking.slot.event
    said = Said(event.state, clock.civil_day(slot.starts_at), MeetingState.PLANNED)
    answer = make_response(
        render_template(
            "events/meetings.html",
            mine=found,
            event=event,
            open_now=not outcome_refusals(said, today=clock.today()),
            standing=standing_words(found.now, found.rounds),
            address_of=address_of,
            taps=TAPS,
            agreements=AGREEMENTS,
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


@blueprint.route("/evenements/<uuid:event_id>/rencontres", methods=["GET", "POST"])
@requires(*ORGANISERS)
def outcomes(event_id: UUID) -> ResponseReturnValue:
    """The sheets of paper of a round, typed at once with the keyboard."""
    event, found = the_day(the_actor(), event_id, slot_asked(), clock.now())
    if found is None:
        return render_template("events/day_without_slot.html", event=event)
    rounds = found.timing.rhythm.rounds
    at_round = min(max(1, request.args.get("tour", found.now.round or 1, type=int)), max(1, rounds))
    meetings = meetings_of_round(found.slot.id, at_round)
    if RoundForm().sent:
        try:
            saved = service.save_round(
                event_id, typed_lines(request.form, [one.id for one in meetings]), by=the_actor()
            )
        except Refused as refused:
            flash(refused_words(refused), "warning")
        else:
            flash(_saved_words(at_round, saved), "success")
        going_on = "next" in request.form and at_round < rounds
        onwards = at_round + 1 if going_on else at_round
        return redirect(url_for(".outcomes", event_id=event_id, tour=onwards, creneau=slot_asked()), 303)
    return render_template(
        "events/outcomes.html",
        event=event,
        day=found,
        at_round=at_round,
        places=places_of(meetings, found.bookings),
        choices=[(one.value, OUTCOMES[one]) for one in Outcome],
        name_of=shown_name,
        seated_word=side_words(event.kind, Side.SEATED),
        moving_word=side_words(event.kind, Side.MOVING),
    )


def _saved_words(at_round: int, saved: service.Saved) -> str:
    kept = ""
    if saved.kept:
        given = plural(saved.kept, "réponse donnée entre-temps reste", "réponses données entre-temps restent")
        kept = f" {given} comme les participants l’ont dit."
    return f"Tour {at_round}\u00a0: {plural(saved.changed, 'réponse enregistrée', 'réponses enregistrées')}.{kept}"
