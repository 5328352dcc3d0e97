"""« Mes souhaits » : whom a participant wishes to meet, and whom not."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.french import plural
from app.core.policy import public, signed_in, the_actor
from app.core.roles import Role
from app.events.forms.wishes import PREFIX, VALUES, WishesForm, WishSearch
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import side_words
from app.events.labels.plan import most_words
from app.events.queries.wishes import OTHER_SIDE, WishPage, wish_page, wish_page_of_code
from app.events.rules.kinds import DATINGS, Wish
from app.events.rules.wishes import Wishing, wish_refusals
from app.events.service.wishing import save_wishes, save_wishes_by_code
from app.events.views.blueprint import blueprint
from app.events.views.outcomes import by_code


@blueprint.route("/inscriptions/<uuid:booking_id>/souhaits", methods=["GET", "POST"])
@signed_in
def wishes(booking_id: UUID) -> ResponseReturnValue:
    """The other side with three choices each; saved all at once. The page never says what others wished."""
    actor = the_actor()
    return _answered(
        lambda words: wish_page(actor, booking_id, words),
        lambda said, mark: save_wishes(booking_id, said, mark=mark, by=actor),
        lambda words: url_for(".wishes", booking_id=booking_id, q=words or None),
        plain=actor.role is Role.CANDIDATE,
    )


@blueprint.route("/mon-inscription/<code>/souhaits", methods=["GET", "POST"])
@public
def code_wishes(code: str) -> ResponseReturnValue:
    """The same by the code of a paper or a message: a firm without account wishes too."""
    booking = by_code(code)
    answer = make_response(
        _answered(
            lambda words: wish_page_of_code(booking, words),
            lambda said, mark: save_wishes_by_code(booking.code, said, mark=mark),
            lambda words: url_for(".code_wishes", code=code, q=words or None),
            plain=True,
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _answered(
    read: Callable[[str], WishPage],
    save: Callable[[Mapping[UUID, Wish | None], int], int],
    address: Callable[[str], str],
    *,
    plain: bool,
) -> ResponseReturnValue:
    """The page, or what was sent of it."""
    search = WishSearch(request.args)
    words = (search.q.data or "").strip()
    form = WishesForm()
    page = read(words)
    if page.booking.slot.event.kind not in DATINGS:
        raise NotFound
    said = form.said
    if form.sent:
        try:
            count = save(said, form.version.data or 0)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"C’est noté\u00a0: {plural(count, 'choix', 'choix')}." if count else "C’est noté.", "success")
            return redirect(address(words), 303)
    form.version.data = page.mark
    return render_template(
        "events/wishes.html", form=form, search=search, words=words, address=address, plain=plain, **_shown(page, said)
    )


def _shown(page: WishPage, said: Mapping[UUID, Wish | None]) -> dict[str, object]:
    event = page.booking.slot.event
    reasons = wish_refusals(_asked(page), now=clock.now())
    return {
        "page": page,
        "booking": page.booking,
        "event": event,
        "slot": page.booking.slot,
        "prefix": PREFIX,
        "choices": VALUES,
        "chosen": {one.id: said.get(one.id, one.wish) for one in page.others},
        "most": most_words(page.most),
        "closed": [REFUSAL_WORDS[one] for one in reasons],
        "their_side": side_words(event.kind, OTHER_SIDE[page.booking.side]),
    }


def _asked(page: WishPage) -> Wishing:
    slot = page.booking.slot
    event = slot.event
    return Wishing(event.kind, event.state, page.booking.state, slot.starts_at, slot.ends_at, staff=page.staff)
