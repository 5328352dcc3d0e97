"""« Entretiens à trois »: the list, dates to propose, answers, one date kept, moved, called off, held."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.queries import the_candidate
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.follow_up.labels.kinds import MODES
from app.follow_up.rules.kinds import MeetingMode
from app.placements.forms.tripartite import NAMES, AnswersForm, ProposeForm, TripartiteFilters, answers_form
from app.placements.labels.states import TRIPARTITE_LOOKS, TRIPARTITE_STATES
from app.placements.labels.tripartite import FOR_PERSON
from app.placements.models import TripartiteMeeting
from app.placements.queries import tripartite as queries
from app.placements.queries.people import structure_names
from app.placements.queries.visible import may_act_on_tripartite, the_tripartite
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import TRIPARTITE, TripartiteAction, TripartiteState
from app.placements.rules.tripartite import common, nobody_can, waiting_for
from app.placements.service import tripartite as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import words_of
from app.placements.views.tripartite_acts import done

EXPORT_MOST: Final = 20_000
HEADER: Final = ("Personne", "Structure", "Situation", "Date", "Minutes", "Comment", "Lieu", "Pour l’accompagnement")
_READERS: Final = (Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)


@blueprint.get("/entretiens-a-trois")
@requires(*_READERS)
def tripartites() -> ResponseReturnValue:
    """Those to come first; a structure sees its own."""
    actor, now, today = the_actor(), clock.now(), clock.today()
    filters = TripartiteFilters(request.args)
    if kind := request.args.get("export"):
        rows = queries.exported(actor, filters.asked, EXPORT_MOST, now)
        return export(kind, f"entretiens-{today:%Y-%m-%d}", HEADER, _cells(actor, rows))
    return render_template(
        "placements/tripartites.html",
        page=queries.listed(actor, filters.asked, page_number(request.args.get("page")), now),
        filters=filters,
        narrowed=any(request.args.get(name) for name in NAMES),
        sort=filters.asked.sort,
        name_of=lambda meeting: queries.name_for(actor.role, meeting),
        host=actor.role is Role.EMPLOYER,
        **_words(),
    )


def _cells(actor: Actor, meetings: Iterable[TripartiteMeeting]) -> Iterator[tuple[Any, ...]]:
    for one in meetings:
        yield (
            queries.name_for(actor.role, one), queries.structure_of(one), TRIPARTITE_STATES[one.state], one.chosen_at,
            one.minutes, MODES[one.mode], one.place, one.referent.full_name if one.referent else "",
        )  # fmt: skip


@blueprint.get("/mes-entretiens")
@requires(Role.CANDIDATE)
def my_tripartites() -> ResponseReturnValue:
    """The person's own."""
    return render_template("placements/my_tripartites.html", meetings=queries.of_person(the_actor()), **_words())


@blueprint.route("/candidats/<uuid:candidate_id>/entretien-a-trois", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def new_tripartite(candidate_id: UUID) -> ResponseReturnValue:
    """Two to five dates, for a stage or with another structure."""
    actor = the_actor()
    person = the_candidate(actor, candidate_id)
    asked = request.args.get("stage", type=UUID)
    form = ProposeForm(data={"placement": asked, "mode": MeetingMode.PLACE, "minutes": "45"})
    form.offer(queries.placements_to_talk_about(actor, candidate_id))
    if form.sent:
        try:
            made = service.propose(candidate_id, form.proposal(), by=actor, row_id=form.row_id.data, now=clock.now())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            return done("Les dates sont proposées. Les autres reçoivent un message.", made.id)
    return render_template("placements/new_tripartite.html", form=form, person=person, structures=structure_names())


@blueprint.route("/entretiens-a-trois/<uuid:meeting_id>", methods=["GET", "POST"])
@requires(*_READERS)
def tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """The dates, who can come, what is to be done now."""
    return _one(meeting_id, "placements/tripartite.html")


@blueprint.route("/mes-entretiens/<uuid:meeting_id>", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def my_tripartite(meeting_id: UUID) -> ResponseReturnValue:
    """The same for the person, in short sentences."""
    return _one(meeting_id, "placements/my_tripartite.html")


def _one(meeting_id: UUID, template: str) -> ResponseReturnValue:
    actor = the_actor()
    meeting = the_tripartite(actor, meeting_id)
    acts = may_act_on_tripartite(actor, meeting)
    asks = acts and meeting.state is TripartiteState.PROPOSED
    parties = service.answered_by(meeting, actor) if asks or (acts and request.method == "POST") else ()
    form = answers_form(meeting, parties)
    if form.sent:
        try:
            service.answer(meeting_id, form.said(), by=actor)
        except Refused as refused:
            form.refuse(refused, words_of(refused))
            meeting = the_tripartite(actor, meeting_id)
        else:
            return done("Votre réponse est notée.", meeting_id)
    return render_template(template, form=form, **_shown(actor, meeting, form, acts=acts))


def _shown(actor: Actor, meeting: TripartiteMeeting, form: AnswersForm, *, acts: bool) -> dict[str, Any]:
    now, dates, answers = clock.now(), queries.proposed_in(meeting), queries.answers_in(meeting)
    name = queries.name_for(actor.role, meeting)
    open_now = meeting.state is TripartiteState.PROPOSED
    names = FOR_PERSON if actor.role is Role.CANDIDATE else queries.party_words(meeting, name)
    return {
        "meeting": meeting,
        "name": name,
        "structure": queries.structure_of(meeting),
        "parties": names,
        "asked_parties": list(dict.fromkeys(party for party, _ in form.asked)),
        "answers": queries.answer_to(meeting),
        "all_parties": list(TripartiteParty),
        "common": [one.ref for one in common(dates, answers) if one.at > now] if open_now else [],
        "waiting": [names[one] for one in waiting_for(dates, answers, now)] if open_now else (),
        "nobody_can": open_now and nobody_can(dates, answers, now),
        "now": now,
        "acts": _acts(actor, meeting) if acts else frozenset(),
        "host": actor.role is Role.EMPLOYER,
        "accompanies": actor.role in ACCOMPANIMENT,
        **_words(),
    }


def _acts(actor: Actor, meeting: TripartiteMeeting) -> frozenset[str]:
    """What this reader may do now."""
    moves = {TripartiteState.PROPOSED, TripartiteState.AGREED}
    past = meeting.chosen_at is not None and meeting.chosen_at <= clock.now()
    possible = {
        "agree": TRIPARTITE.allows(TripartiteAction.AGREE, meeting.state, actor.role),
        "move": meeting.state in moves and actor.role is not Role.CANDIDATE,
        "free": meeting.state is TripartiteState.AGREED and actor.role is Role.CANDIDATE and not past,
        "cancel": TRIPARTITE.allows(TripartiteAction.CANCEL, meeting.state, actor.role),
        "hold": TRIPARTITE.allows(TripartiteAction.HOLD, meeting.state, actor.role) and past,
    }
    return frozenset(name for name, yes in possible.items() if yes)


def _words() -> dict[str, Any]:
    return {
        "states": TRIPARTITE_STATES,
        "looks": TRIPARTITE_LOOKS,
        "modes": MODES,
        "structure_of": queries.structure_of,
        "list_url": url_for("placements.tripartites"),
    }
