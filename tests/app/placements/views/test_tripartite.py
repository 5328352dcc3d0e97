"""Meetings of three on their pages: dates typed, answers, one kept; a structure reads no more than it may."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.clock import PARIS
from app.core.roles import Role
from app.placements.models import TripartiteAnswer, TripartiteDate, TripartiteMeeting
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import PlacementState, TripartiteState
from tests.app.placements.views.test_convention import HIDDEN, SignIn, placed_in, text
from tests.conftest import Statements
from tests.factories.people import an_organisation, somebody
from tests.factories.placements import Placed, a_placement, a_tripartite

_T, _P = TripartiteState, TripartiteParty


@pytest.fixture
def placed(session: scoped_session, today: object) -> Placed:
    return placed_in(session, PlacementState.ACCEPTED)


def three(session: scoped_session, placed: Placed, state: TripartiteState = _T.PROPOSED, **values: Any) -> Any:
    meeting = a_tripartite(state, placed=placed, **values)
    session.commit()
    return meeting


def at(meeting: TripartiteMeeting, end: str = "") -> str:
    return f"/entretiens-a-trois/{meeting.id}{end}"


def own(meeting: TripartiteMeeting, end: str = "") -> str:
    return f"/mes-entretiens/{meeting.id}{end}"


def a_proposal(placed: Placed, **changes: str) -> dict[str, str]:
    said = {
        "row_id": str(uuid4()), "placement": str(placed.placement.id), "mode": "place", "place": "3 rue du Bois",
        "minutes": "45", "day_1": "12/11/2026", "hour_1": "9h30", "day_2": "13/11/2026", "hour_2": "14",
    }  # fmt: skip
    return {**said, **changes}


# --- proposed ---------------------------------------------------------------------------------------------


def test_dates_are_proposed_from_the_page_of_a_stage_in_the_hours_of_paris(
    session: scoped_session, placed: Placed, sign_in: SignIn
) -> None:
    client = sign_in(placed.referent)
    link = f"/candidats/{placed.placement.candidate_id}/entretien-a-trois"
    assert f"{link}?stage={placed.placement.id}" in text(client.get(f"/stages/{placed.placement.id}"))
    assert "selected" in text(client.get(f"{link}?stage={placed.placement.id}"))
    said = a_proposal(placed)
    places = {client.post(link, data=said).location for _ in range(2)}
    meeting = session.scalars(select(TripartiteMeeting)).one()
    assert places == {at(meeting)}
    instants = session.scalars(select(TripartiteDate.at).order_by(TripartiteDate.at)).all()
    assert instants == [datetime(2026, 11, 12, 8, 30, tzinfo=UTC), datetime(2026, 11, 13, 13, tzinfo=UTC)]
    shown = text(client.get(at(meeting)))
    assert "Jeudi 12 novembre 2026 à 9 h 30" in shown
    assert "On attend une réponse" in shown


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day_2": ""}, "day_2", "Donnez deux dates au moins."),
        ({"hour_1": ""}, "hour_1", "Donnez l’heure."),
        ({"hour_3": "9"}, "day_3", "Donnez le jour de cette heure."),
        ({"hour_1": "25h"}, "hour_1", "Cette heure n’existe pas."),
        ({"day_1": "01/11/2026"}, "day_1", "Cette date est passée."),
        ({"day_2": "12/11/2026", "hour_2": "9:30"}, "day_2", "Cette date est proposée deux fois."),
        ({"place": ""}, "place", "Dites où l’on se retrouve."),
        ({"placement": ""}, "structure_name", "Dites avec quelle structure"),
        ({"mode": "letter"}, "mode", "Choisissez une réponse de la liste."),
        ({"placement": str(uuid4())}, "placement", "Choisissez une réponse de la liste."),
    ],
)
def test_a_wrong_proposal_is_shown_beside_its_field(
    session: scoped_session, placed: Placed, sign_in: SignIn, changes: dict[str, str], field: str, words: str
) -> None:
    link = f"/candidats/{placed.placement.candidate_id}/entretien-a-trois"
    shown = text(sign_in(placed.referent).post(link, data=a_proposal(placed, about="Gardé", **changes)))
    assert words in shown
    assert f'id="{field}-error"' in shown
    assert "Gardé" in shown
    assert session.scalars(select(TripartiteMeeting)).all() == []


# --- answered and kept ------------------------------------------------------------------------------------


def test_the_three_answer_and_one_keeps_the_date(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    meeting = three(session, placed)
    first, second = session.scalars(select(TripartiteDate).order_by(TripartiteDate.at)).all()

    def answers(party: str) -> dict[str, str]:
        return {f"a_{party}_{first.id.hex}": "oui", f"a_{party}_{second.id.hex}": "non"}

    assert "Quand pouvez-vous venir" in text(sign_in(placed.person).get(own(meeting)))
    assert sign_in(placed.person).post(own(meeting), data=answers("person")).location == own(meeting)
    for who, party in ((placed.host, "structure"), (placed.referent, "referent")):
        assert "Dites quelles dates vous vont" in text(sign_in(who).get(at(meeting)))
        assert sign_in(who).post(at(meeting), data=answers(party)).location == at(meeting)
        assert "Dites quelles dates vous vont" not in text(sign_in(who).get(at(meeting)))
    client = sign_in(placed.referent)
    shown = text(client.get(at(meeting)))
    assert "1 date convient aux trois" in shown
    assert f"choisir/{second.id}" not in shown
    early = client.post(at(meeting, f"/choisir/{second.id}"), data={"version": "1"}, follow_redirects=True)
    assert "Cette date ne convient pas encore aux trois." in text(early)
    assert client.post(at(meeting, f"/choisir/{first.id}"), data={"version": "1"}).location == at(meeting)
    session.refresh(meeting)
    assert (meeting.state, meeting.chosen_at) == (_T.AGREED, first.at)
    assert "La date est fixée" in text(sign_in(placed.person).get(own(meeting)))


def test_nobody_answers_for_another_by_writing_the_name_of_a_field(
    session: scoped_session, placed: Placed, sign_in: SignIn
) -> None:
    meeting = three(session, placed)
    put = session.scalars(select(TripartiteDate).order_by(TripartiteDate.at)).first()
    assert put is not None
    sign_in(placed.host).post(at(meeting), data={f"a_person_{put.id.hex}": "oui"})
    assert session.scalars(select(TripartiteAnswer)).all() == []


def test_when_nobody_can_other_dates_are_asked(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    meeting = three(session, placed)
    dates = session.scalars(select(TripartiteDate)).all()
    said = {f"a_structure_{put.id.hex}": "non" for put in dates}
    sign_in(placed.host).post(at(meeting), data=said)
    client = sign_in(placed.referent)
    assert "Aucune date ne convient" in text(client.get(at(meeting)))
    said = {"version": "1", "day_1": "12/11/2026", "hour_1": "9h30", "day_2": "13/11/2026", "hour_2": "14h"}
    wrong = text(client.post(at(meeting, "/deplacer"), data={**said, "hour_2": ""}))
    assert 'id="hour_2-error"' in wrong
    for _ in range(2):
        assert client.post(at(meeting, "/deplacer"), data=said).location == at(meeting)
    assert client.post(at(meeting, "/deplacer"), data={**said, "day_1": "16/11/2026"}).status_code == 409


def test_a_person_frees_the_date_and_may_give_it_up(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    meeting = three(session, placed, _T.AGREED)
    client = sign_in(placed.person)
    assert "Je ne peux plus venir" in text(client.get(own(meeting)))
    for _ in range(2):
        assert client.post(own(meeting, "/plus-possible"), data={"version": "1"}).location == own(meeting)
    session.refresh(meeting)
    assert meeting.state is _T.PROPOSED
    wrong = text(client.post(at(meeting, "/annuler"), data={"version": str(meeting.version), "words": ""}))
    assert 'id="words-error"' in wrong
    said = {"version": str(meeting.version), "words": "J’ai changé d’idée"}
    assert client.post(at(meeting, "/annuler"), data=said).location == own(meeting)
    assert "J’ai changé d’idée" in text(sign_in(placed.host).get(at(meeting)))


def test_what_was_decided_is_read_by_the_three(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    meeting = three(session, placed, _T.AGREED, chosen_at=clock.now() - timedelta(hours=2))
    client = sign_in(placed.referent)
    assert "L’entretien a eu lieu" in text(client.get(at(meeting)))
    assert 'id="words-error"' in text(client.post(at(meeting, "/compte-rendu"), data={"version": "1"}))
    said = {"version": "1", "words": "On continue"}
    assert client.post(at(meeting, "/compte-rendu"), data=said).location == at(meeting)
    for who, page in ((placed.person, own(meeting)), (placed.host, at(meeting)), (placed.referent, at(meeting))):
        assert "On continue" in text(sign_in(who).get(page))


# --- who reads what ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(TripartiteState))
def test_pages_of_a_meeting_are_read_in_few_statements_and_hide_what_a_host_may_not_know(
    session: scoped_session, today: object, sign_in: SignIn, statements: Statements, state: TripartiteState
) -> None:
    plie = an_organisation(name="PLIE Nord-Essonne")
    placed = a_placement(PlacementState.WISHED, referent=somebody(Role.FACILITATOR, plie))
    agent = somebody(Role.DEPARTMENT)
    meeting = three(session, placed, state, cancel_words="Usine fermée", conclusion="On continue")
    readers = ((placed.referent, at(meeting)), (placed.host, at(meeting)), (placed.person, own(meeting)),
               (agent, at(meeting)), (placed.host, "/entretiens-a-trois?etat=tous"),
               (placed.referent, "/entretiens-a-trois?etat=tous"), (placed.person, "/mes-entretiens"))  # fmt: skip
    for who, page in readers:
        client = sign_in(who)
        statements.clear()
        answer = client.get(page)
        assert answer.status_code == 200
        assert len(statements) <= 12
        if who is placed.host:
            shown = text(answer)
            assert "Camille D." in shown
            for hidden in (*HIDDEN, "PLIE", placed.person.user.last_name):
                assert hidden not in shown.replace("Camille D.", "")


def test_the_list_grows_without_statements_and_leaves_as_a_file(
    session: scoped_session, placed: Placed, sign_in: SignIn, statements: Statements
) -> None:
    three(session, placed)
    client = sign_in(placed.referent)
    statements.clear()
    client.get("/entretiens-a-trois")
    few = len(statements)
    for _ in range(4):
        three(session, placed, _T.AGREED)
    statements.clear()
    assert "5 entretiens" in text(client.get("/entretiens-a-trois?tri=-personne"))
    assert len(statements) == few
    assert "1 entretien" in text(client.get("/entretiens-a-trois?etat=a-fixer"))
    file = text(client.get("/entretiens-a-trois?export=csv"))
    assert file.count(placed.person.user.last_name) == 5
    assert client.get("/entretiens-a-trois?export=xlsx").data[:2] == b"PK"
    assert client.get("/entretiens-a-trois?etat=rien&quand=jamais&tri=x&page=99").status_code == 200


def test_strangers_find_no_meeting(session: scoped_session, placed: Placed, sign_in: SignIn) -> None:
    meeting = three(session, placed, _T.AGREED)
    strangers = [somebody(Role.EMPLOYER), somebody(Role.REFERENT, manager=False)]
    other = somebody(Role.CANDIDATE)
    session.commit()
    for who in strangers:
        for end in ("", "/deplacer", "/annuler", ".ics"):
            assert sign_in(who).get(at(meeting, end)).status_code == 404
    assert sign_in(other).get(own(meeting)).status_code == 404
    assert sign_in(placed.host).get(at(meeting, "/compte-rendu")).status_code == 403
    assert sign_in(placed.person).get(at(meeting, "/deplacer")).status_code == 403


# --- the calendar file ------------------------------------------------------------------------------------


def test_the_calendar_file_follows_the_meeting_and_names_nobody(
    session: scoped_session, placed: Placed, sign_in: SignIn
) -> None:
    meeting = three(session, placed)
    assert sign_in(placed.host).get(at(meeting, ".ics")).status_code == 404
    meeting = three(session, placed, _T.AGREED, sequence=1)
    answer = sign_in(placed.person).get(at(meeting, ".ics"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    event = Calendar.from_ical(answer.data).walk("VEVENT")[0]
    assert (str(event["summary"]), int(event["sequence"]), str(event["status"])) == (
        "Entretien à trois",
        1,
        "CONFIRMED",
    )
    assert event["dtstart"].dt == meeting.chosen_at
    lines = answer.get_data(as_text=True)
    assert not [word for word in ("Camille", "Menuiserie", "rue du Bois", *HIDDEN) if word in lines]
    uid = str(event["uid"])
    sign_in(placed.host).post(at(meeting, "/annuler"), data={"version": "1", "words": "Fermé"})
    answer = sign_in(placed.host).get(at(meeting, ".ics"))
    assert answer.headers["Content-Type"].endswith("method=CANCEL")
    event = Calendar.from_ical(answer.data).walk("VEVENT")[0]
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == (uid, 2, "CANCELLED")


def test_an_hour_that_an_autumn_night_has_twice_is_one_instant(
    session: scoped_session, placed: Placed, sign_in: SignIn
) -> None:
    chosen = datetime(2027, 10, 31, 2, 30, tzinfo=PARIS)
    meeting = three(session, placed, _T.AGREED, chosen_at=chosen)
    answer = sign_in(placed.host).get(at(meeting, ".ics"))
    assert Calendar.from_ical(answer.data).walk("VEVENT")[0]["dtstart"].dt.astimezone(UTC) == chosen.astimezone(UTC)


def test_a_structure_does_not_learn_from_the_order_the_name_it_does_not_read(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    first = a_placement(PlacementState.WISHED)
    second = a_placement(PlacementState.WISHED, host=first.host)
    for placed, names in ((first, ("Zoé", "Dabo")), (second, ("Anne", "Dumas"))):
        assert placed.person.candidate is not None
        placed.person.candidate.first_name, placed.person.candidate.last_name = names
        three(session, placed)
    shown = text(sign_in(first.host).get("/entretiens-a-trois?tri=personne"))
    assert shown.index("Anne D.") < shown.index("Zoé D.")


def test_an_hour_that_does_not_exist_is_not_proposed_beside_the_one_it_stands_for(
    session: scoped_session, placed: Placed, sign_in: SignIn
) -> None:
    client = sign_in(placed.referent)
    data = {
        "placement": str(placed.placement.id), "mode": "place", "place": "Massy", "minutes": "45",
        "row_id": str(uuid4()),
        "day_1": "28/03/2027", "hour_1": "2h30", "day_2": "28/03/2027", "hour_2": "3h30",
    }  # fmt: skip
    answer = client.post(f"/candidats/{placed.placement.candidate_id}/entretien-a-trois", data=data)
    assert answer.status_code == 200
    assert "proposée deux fois" in text(answer)
