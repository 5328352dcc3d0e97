"""Three people find a date: proposed, answered, kept, moved, called off, held; whoever did not act is told."""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.core import clock
from app.core.clock import PARIS
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.messages.models import Message
from app.organisations.rules import OrganisationKind
from app.placements.models import TripartiteDate, TripartiteMeeting
from app.placements.rules.asking import AskRefusal
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import PlacementState, TripartiteState
from app.placements.rules.tripartite import TripartiteRefusal
from app.placements.service import tripartite as service
from app.placements.service.tripartite import Proposal
from tests.factories.people import an_organisation, somebody
from tests.factories.placements import Placed, a_placement, a_tripartite

_T, _P = TripartiteState, TripartiteParty
AT = [datetime(2026, 11, day, 9, 30, tzinfo=PARIS) for day in (12, 13)]


@pytest.fixture
def placed(session: scoped_session, today: object) -> Placed:
    found = a_placement(PlacementState.ACCEPTED)
    assert found.person.candidate is not None
    found.person.candidate.phone = "+33612345678"
    session.commit()
    return found


def three(
    session: scoped_session, placed: Placed, state: TripartiteState = _T.PROPOSED, **values: Any
) -> TripartiteMeeting:
    meeting = a_tripartite(state, placed=placed, **values)
    session.commit()
    return meeting


def dates_of(session: scoped_session, meeting: TripartiteMeeting) -> list[TripartiteDate]:
    query = select(TripartiteDate).where(TripartiteDate.meeting_id == meeting.id).order_by(TripartiteDate.at)
    return list(session.scalars(query))


def told(session: scoped_session, kind: str) -> set[str]:
    return set(session.scalars(select(Message.to_name).where(Message.kind == kind)))


def propose(placed: Placed, **values: Any) -> TripartiteMeeting:
    said = Proposal(**{"instants": AT, "placement_id": placed.placement.id, "place": "3 rue du Bois", **values})
    row_id = values.pop("row_id", None) or uuid4()
    return service.propose(
        placed.placement.candidate_id, said, by=placed.referent.actor, row_id=row_id, now=clock.now()
    )


def test_dates_are_proposed_once_and_who_proposes_has_said_yes(session: scoped_session, placed: Placed) -> None:
    said, row_id = Proposal(AT, placed.placement.id, place="Massy"), uuid4()
    for _ in range(2):
        meeting = service.propose(
            placed.placement.candidate_id, said, by=placed.referent.actor, row_id=row_id, now=clock.now()
        )
    assert [one.at for one in meeting.dates] == AT
    assert {(answer.party, answer.yes) for one in meeting.dates for answer in one.answers} == {(_P.REFERENT, True)}
    assert meeting.organisation_id == placed.placement.host_organisation_id
    assert told(session, "tripartite_proposed") == {"Camille", placed.host.user.full_name}
    assert len(session.scalars(select(Message)).all()) == 2


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"instants": []}, {TripartiteRefusal.NO_DATE}),
        ({"instants": [AT[0], AT[0]]}, {TripartiteRefusal.SAME_DATE}),
        ({"instants": [AT[0] - timedelta(days=30)]}, {TripartiteRefusal.PAST}),
        ({"instants": [AT[0] + timedelta(days=400)]}, {TripartiteRefusal.TOO_FAR}),
        ({"placement_id": None, "place": ""}, {TripartiteRefusal.NO_STRUCTURE, TripartiteRefusal.NO_PLACE}),
    ],
)
def test_a_proposal_is_refused_with_all_reasons(
    session: scoped_session, placed: Placed, changes: dict[str, Any], reasons: set[TripartiteRefusal]
) -> None:
    with pytest.raises(Refused) as no:
        propose(placed, **changes)
    assert set(no.value.reasons) == reasons
    assert session.scalars(select(TripartiteMeeting)).all() == []


def test_a_structure_outside_the_portal_may_be_named(session: scoped_session, placed: Placed) -> None:
    meeting = propose(placed, placement_id=None, structure_name="Association du Lac")
    assert (meeting.organisation_id, meeting.structure_name) == (None, "Association du Lac")
    assert told(session, "tripartite_proposed") == {"Camille"}


@pytest.mark.parametrize("typed", ["LES SERRES DE L'ETE", "732 829 320 00074"])
def test_a_structure_of_the_portal_is_a_party_without_a_stage(
    session: scoped_session, placed: Placed, typed: str
) -> None:
    place = an_organisation(OrganisationKind.ACI, name="Les Serres de l'Été", siret="73282932000074")
    claire = somebody(Role.EMPLOYER, place)
    session.commit()
    meeting = propose(placed, placement_id=None, structure_name=typed)
    assert (meeting.organisation_id, meeting.structure_name) == (place.id, place.name)
    assert claire.user.full_name in told(session, "tripartite_proposed")
    assert service.answered_by(meeting, placed.referent.actor) == (_P.REFERENT,)
    service.answer(meeting.id, {(meeting.dates[0].id, _P.STRUCTURE): True}, by=claire.actor)


def test_a_name_that_two_share_is_that_of_neither(session: scoped_session, placed: Placed) -> None:
    for _ in range(2):
        an_organisation(OrganisationKind.ACI, name="Les Serres")
    session.commit()
    assert propose(placed, placement_id=None, structure_name="Les Serres").organisation_id is None


def test_the_stage_of_somebody_else_is_refused(session: scoped_session, placed: Placed) -> None:
    other = a_placement(PlacementState.ACCEPTED, referent=placed.referent)
    session.commit()
    with pytest.raises(Refused):
        propose(placed, placement_id=other.placement.id)


def test_strangers_propose_nothing_to_anybody(session: scoped_session, placed: Placed) -> None:
    stranger = somebody(Role.REFERENT, manager=False)
    session.commit()
    with pytest.raises(NotFound):
        service.propose(
            placed.placement.candidate_id, Proposal(AT, structure_name="Ici", place="Massy"), by=stranger.actor,
            row_id=uuid4(), now=clock.now(),
        )  # fmt: skip


# --- answers ----------------------------------------------------------------------------------------------


def test_each_answers_for_itself_and_may_change_its_mind(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed)
    first, second = dates_of(session, meeting)
    for yes in (True, False):
        service.answer(meeting.id, {(first.id, _P.PERSON): yes}, by=placed.person.actor)
    found = service.answer(meeting.id, {(second.id, _P.STRUCTURE): True}, by=placed.host.actor)
    assert {(answer.party, answer.yes) for one in found.dates for answer in one.answers} == {
        (_P.PERSON, False), (_P.STRUCTURE, True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("person", _P.STRUCTURE),
        ("host", _P.PERSON),
        ("host", _P.REFERENT),
        ("referent", _P.STRUCTURE),
        ("referent", _P.PERSON),
    ],
)
def test_nobody_answers_for_another_who_has_an_account(
    session: scoped_session, placed: Placed, who: str, party: TripartiteParty
) -> None:
    meeting = three(session, placed)
    put = dates_of(session, meeting)[0]
    with pytest.raises(Refused) as no:
        service.answer(meeting.id, {(put.id, party): True}, by=getattr(placed, who).actor)
    assert no.value.reasons == (TripartiteRefusal.NOT_THEIR_ANSWER,)


def test_who_accompanies_answers_for_those_without_an_account(session: scoped_session, placed: Placed) -> None:
    for user in session.scalars(select(User).where(User.candidate_id == placed.placement.candidate_id)):
        user.disabled_at = clock.now()
    meeting = three(session, placed, organisation_id=None, structure_name="Association du Lac")
    put = dates_of(session, meeting)[0]
    said = {(put.id, party): True for party in TripartiteParty}
    found = service.answer(meeting.id, said, by=placed.referent.actor)
    assert {answer.party for answer in found.dates[0].answers} == set(TripartiteParty)
    assert service.agree(meeting.id, put.id, by=placed.referent.actor, version=1, now=clock.now()).state is _T.AGREED


def test_a_date_that_is_no_longer_proposed_is_not_answered(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed)
    with pytest.raises(Refused) as no:
        service.answer(meeting.id, {(uuid4(), _P.PERSON): True}, by=placed.person.actor)
    assert no.value.reasons == (TripartiteRefusal.NOT_PROPOSED,)


# --- one is kept ------------------------------------------------------------------------------------------


def test_a_date_of_the_three_is_kept_once_and_the_others_are_told(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed, answered=tuple(TripartiteParty))
    put = dates_of(session, meeting)[1]
    for _ in range(2):
        found = service.agree(meeting.id, put.id, by=placed.host.actor, version=1, now=clock.now())
    assert (found.state, found.chosen_at, found.sequence) == (_T.AGREED, put.at, 1)
    assert told(session, "tripartite_agreed") == {"Camille", placed.referent.user.full_name}


def test_a_date_that_does_not_suit_the_three_is_not_kept(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed, answered=(_P.PERSON, _P.REFERENT))
    put = dates_of(session, meeting)[0]
    with pytest.raises(Refused) as no:
        service.agree(meeting.id, put.id, by=placed.referent.actor, version=1, now=clock.now())
    assert no.value.reasons == (TripartiteRefusal.NOT_COMMON,)


def test_two_who_keep_two_dates_keep_one(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed, answered=tuple(TripartiteParty))
    first, second = dates_of(session, meeting)
    service.agree(meeting.id, first.id, by=placed.host.actor, version=1, now=clock.now())
    with pytest.raises(StaleVersion):
        service.agree(meeting.id, second.id, by=placed.referent.actor, version=1, now=clock.now())


# --- moved, called off, held ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [_T.PROPOSED, _T.AGREED])
@pytest.mark.parametrize("who", ["referent", "host"])
def test_other_dates_replace_those_there_were(
    session: scoped_session, placed: Placed, state: TripartiteState, who: str
) -> None:
    meeting = three(session, placed, state)
    for _ in range(2):
        found = service.propose_again(meeting.id, AT, by=getattr(placed, who).actor, version=1, now=clock.now())
    assert (found.state, found.chosen_at, found.sequence) == (_T.PROPOSED, None, 1)
    assert [one.at for one in found.dates] == AT
    own = _P.STRUCTURE if who == "host" else _P.REFERENT
    assert {answer.party for one in found.dates for answer in one.answers} == {own}
    assert len(told(session, "tripartite_proposed")) == 2


def test_a_person_who_can_no_longer_come_frees_the_date(session: scoped_session, placed: Placed) -> None:
    meeting = three(session, placed, _T.AGREED)
    for _ in range(2):
        found = service.cannot_come(meeting.id, by=placed.person.actor, version=1)
    assert (found.state, found.chosen_at) == (_T.PROPOSED, None)
    assert [answer.yes for answer in found.dates[0].answers if answer.party is _P.PERSON] == [False]
    bodies = session.scalars(select(Message.body).where(Message.kind == "tripartite_proposed")).all()
    assert len(bodies) == 2
    assert all("ne tient plus" in body for body in bodies)


def test_it_is_called_off_with_words_and_the_others_are_told_without_them(
    session: scoped_session, placed: Placed
) -> None:
    meeting = three(session, placed, _T.AGREED)
    with pytest.raises(Refused) as no:
        service.cancel(meeting.id, "  ", by=placed.host.actor, version=1)
    assert no.value.fields == {**no.value.fields, AskRefusal.NO_WORDS: "words"}
    for _ in range(2):
        found = service.cancel(meeting.id, "Usine fermée", by=placed.host.actor, version=1)
    assert (found.state, found.sequence, found.cancel_words) == (_T.CANCELLED, 1, "Usine fermée")
    assert told(session, "tripartite_cancelled") == {"Camille", placed.referent.user.full_name}
    assert not [body for body in session.scalars(select(Message.body)) if "Usine" in body]


def test_it_is_held_once_its_hour_has_come(session: scoped_session, placed: Placed) -> None:
    early = three(session, placed, _T.AGREED)
    with pytest.raises(Refused) as no:
        service.hold(early.id, "On continue", by=placed.referent.actor, version=1, now=clock.now())
    assert no.value.reasons == (TripartiteRefusal.NOT_HELD_YET,)
    past = three(session, placed, _T.AGREED, chosen_at=clock.now() - timedelta(days=1))
    with pytest.raises(Refused):
        service.hold(past.id, "On continue", by=placed.host.actor, version=1, now=clock.now())
    for _ in range(2):
        found = service.hold(past.id, "On continue", by=placed.referent.actor, version=1, now=clock.now())
    assert (found.state, found.conclusion) == (_T.HELD, "On continue")


@pytest.mark.parametrize("state", [_T.HELD, _T.CANCELLED])
def test_what_is_over_moves_no_more(session: scoped_session, placed: Placed, state: TripartiteState) -> None:
    meeting = three(session, placed, state)
    put = dates_of(session, meeting)[0]
    for act in (
        lambda: service.answer(meeting.id, {(put.id, _P.PERSON): True}, by=placed.person.actor),
        lambda: service.propose_again(meeting.id, AT, by=placed.referent.actor, version=1, now=clock.now()),
        lambda: service.agree(meeting.id, put.id, by=placed.referent.actor, version=1, now=clock.now()),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_strangers_touch_nothing(session: scoped_session, placed: Placed) -> None:
    meeting, stranger = three(session, placed), somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        service.cancel(meeting.id, "Non", by=stranger.actor, version=1)


@pytest.mark.parametrize("state", [_T.HELD, _T.CANCELLED])
def test_of_what_is_over_nobody_says_that_they_cannot_come(
    session: scoped_session, placed: Placed, state: TripartiteState
) -> None:
    meeting = three(session, placed, state)
    with pytest.raises(Refused) as no:
        service.cannot_come(meeting.id, by=placed.person.actor, version=1)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)
    assert session.scalars(select(Message)).all() == []


def test_a_meeting_whose_hour_has_come_is_not_freed(session: scoped_session, placed: Placed) -> None:
    past = three(session, placed, _T.AGREED, chosen_at=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused) as no:
        service.cannot_come(past.id, by=placed.person.actor, version=1)
    assert no.value.reasons == (TripartiteRefusal.PAST,)


def test_the_id_of_the_meeting_of_somebody_else_makes_none(session: scoped_session, placed: Placed) -> None:
    other = three(session, a_placement(PlacementState.ACCEPTED))
    said = Proposal(AT, placed.placement.id, place="Massy")
    with pytest.raises(NotFound):
        service.propose(placed.placement.candidate_id, said, by=placed.referent.actor, row_id=other.id, now=clock.now())


def test_no_meeting_is_proposed_for_a_stage_that_does_not_take_place(session: scoped_session, placed: Placed) -> None:
    dead = a_placement(PlacementState.CANCELLED, person=placed.person, referent=placed.referent)
    session.commit()
    with pytest.raises(Refused):
        propose(placed, placement_id=dead.placement.id)


def test_one_form_sent_by_two_windows_at_once_makes_one_meeting(own_app: Flask) -> None:
    with own_app.app_context():
        placed = a_placement(PlacementState.ACCEPTED)
        person_id, by = placed.placement.candidate_id, placed.referent.actor
        said, row_id, now = Proposal(AT, placed.placement.id, place="Massy"), uuid4(), AT[0] - timedelta(days=7)
        db.session.commit()
    start, made = threading.Barrier(3), list[Any]()

    def run() -> None:
        with own_app.app_context():
            start.wait(60)
            made.append(service.propose(person_id, said, by=by, row_id=row_id, now=now).id)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert made == [row_id] * 3
