"""« Mes souhaits » : whom a participant wishes to meet, and whom not."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.french import plural
from app.core.policy import signed_in, the_actor
from app.core.roles import Role
from app.events.forms.wishes import PREFIX, VALUES, WishesForm, WishSearch
from app.events.labels import REFUSAL_WORDS
from app.events.labels.kinds import side_words
from app.events.labels.plan import most_words
from app.events.queries.wishes import OTHER_SIDE, WishPage, wish_page
from app.events.rules.kinds import DATINGS, Wish
from app.events.rules.wishes import Wishing, wish_refusals
from app.events.service.wishing import save_wishes
from app.events.views.blueprint import blueprint


@blueprint.route("/inscriptions/<uuid:booking_id>/souhaits", methods=["GET", "POST"])
@signed_in
def wishes(booking_id: UUID) -> ResponseReturnValue:
    """The other side with three choices each; saved all at once. The page never says what others wished."""
    actor, search = the_actor(), WishSearch(request.args)
    words = (search.q.data or "").strip()
    form = WishesForm()
    page = wish_page(actor, booking_id, words)
    if page.booking.slot.event.kind not in DATINGS:
        raise NotFound
    said = form.said
    if form.sent:
        try:
            count = save_wishes(booking_id, said, mark=form.version.data or 0, by=actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"C’est noté\u00a0: {plural(count, 'choix', 'choix')}." if count else "C’est noté.", "success")
            return redirect(url_for(".wishes", booking_id=booking_id, q=words or None), 303)
    form.version.data = page.mark
    return render_template("events/wishes.html", form=form, search=search, words=words, **_shown(page, said))


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
        "plain": the_actor().role is Role.CANDIDATE,
    }


def _asked(page: WishPage) -> Wishing:
    slot = page.booking.slot
    event = slot.event
    return Wishing(event.kind, event.state, page.booking.state, slot.starts_at, slot.ends_at, staff=page.staff)
