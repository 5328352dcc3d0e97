"""Calendar files and feeds, as a browser and a calendar program ask for them."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.moving import AgreedWith, Meeting
from app.follow_up.rules.states import VisitState
from app.follow_up.service import feeds, moves
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Since 1 September."""
    made = a_follow_up()
    session.commit()
    return made


def file_of(followed: Followed, kind: VisitKind = VisitKind.MONTH_3) -> str:
    return f"/suivis/visites/{followed.visits[kind].id}.ics"


def moved(followed: Followed) -> None:
    visit = followed.visits[VisitKind.MONTH_3]
    moves.move_visit(
        visit.id, Meeting(date(2026, 12, 2), time(9, 30)), reason="Congés", agreed_with=AgreedWith.PERSON,
        by=followed.referent.actor, version=visit.version, today=date(2026, 11, 5),
    )  # fmt: skip


def test_the_referent_the_person_and_the_firm_take_the_visit_with_the_same_words(
    followed: Followed, sign_in: SignIn
) -> None:
    summaries = set()
    for who in (followed.referent, followed.person, followed.employer):
        answer = sign_in(who).get(file_of(followed))
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        assert "suivi-2026-12-01.ics" in answer.headers["Content-Disposition"]
        assert b"Durand" not in answer.data
        summaries.add(str(Calendar.from_ical(answer.data).events[0]["SUMMARY"]))
    assert summaries == {"Suivi\u00a0: visite"}


def test_the_link_leads_each_reader_to_a_page_of_theirs(followed: Followed, sign_in: SignIn) -> None:
    pages = {}
    for who in (followed.referent, followed.person, followed.employer):
        event = Calendar.from_ical(sign_in(who).get(file_of(followed)).data).events[0]
        pages[who.actor.role] = str(event["DESCRIPTION"])
    assert pages[Role.REFERENT].endswith(f"/suivis/visites/{followed.visits[VisitKind.MONTH_3].id}")
    assert pages[Role.CANDIDATE].endswith("/mon-travail")
    assert pages[Role.EMPLOYER].endswith("/salaries-suivis")


def test_nobody_else_takes_it(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    strangers = [somebody(role) for role in (Role.REFERENT, Role.EMPLOYER, Role.CANDIDATE)]
    session.commit()
    for who in strangers:
        assert sign_in(who).get(file_of(followed)).status_code == 404


def test_the_firm_takes_neither_a_visit_without_its_tutor_nor_one_after_the_job(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    followed.visits[VisitKind.MONTH_5].with_tutor = False
    followed.job.ended_on = date(2027, 2, 10)
    session.commit()
    client = sign_in(followed.employer)
    assert client.get(file_of(followed)).status_code == 200
    assert client.get(file_of(followed, VisitKind.MONTH_5)).status_code == 404
    assert client.get(file_of(followed, VisitKind.CLOSING)).status_code == 404


def test_a_moved_visit_keeps_its_uid_and_a_called_off_one_is_a_cancel(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    client = sign_in(followed.referent)
    before = Calendar.from_ical(client.get(file_of(followed)).data).events[0]
    moved(followed)
    after = Calendar.from_ical(client.get(file_of(followed)).data).events[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    visit = followed.visits[VisitKind.MONTH_3]
    moves.call_off(visit.id, reason="Fermé", by=followed.referent.actor, version=visit.version, today=date(2026, 11, 5))
    answer = client.get(file_of(followed))
    assert answer.headers["Content-Type"].endswith("method=CANCEL")
    assert Calendar.from_ical(answer.data)["METHOD"] == "CANCEL"


def test_the_feed_is_read_without_signing_in_and_says_when_it_changed(
    followed: Followed, client: FlaskClient, statements: Statements
) -> None:
    url = f"/agenda/{feeds.make_feed(by=followed.referent.actor)}.ics"
    client.get(url)
    statements.clear()
    answer = client.get(url)
    assert len(statements) <= 4
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert len(Calendar.from_ical(answer.data).events) == len(followed.visits)
    tag = answer.headers["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    moved(followed)
    again = client.get(url, headers={"If-None-Match": tag})
    assert again.status_code == 200
    sequences = {str(one["UID"]): one["SEQUENCE"] for one in Calendar.from_ical(again.data).events}
    assert sorted(sequences.values()) == [0, 0, 0, 0, 1]


def test_a_visit_called_off_stays_in_the_feed_as_cancelled(
    followed: Followed, client: FlaskClient, session: scoped_session
) -> None:
    url = f"/agenda/{feeds.make_feed(by=followed.referent.actor)}.ics"
    followed.visits[VisitKind.MONTH_3].state = VisitState.CANCELLED
    session.commit()
    states = [str(one["STATUS"]) for one in Calendar.from_ical(client.get(url).data).events]
    assert sorted(states) == ["CANCELLED", *["CONFIRMED"] * 4]


def test_an_unknown_or_revoked_address_is_a_404_kept_by_nobody(followed: Followed, client: FlaskClient) -> None:
    token = feeds.make_feed(by=followed.referent.actor)
    feeds.revoke_feed(by=followed.referent.actor)
    for known in (token, "x" * 43):
        answer = client.get(f"/agenda/{known}.ics")
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_guessing_addresses_is_slowed_down(followed: Followed, client: FlaskClient) -> None:
    statuses = {client.get(f"/agenda/{'y' * 42}{number}.ics").status_code for number in range(61)}
    assert statuses == {404, 429}


def test_the_address_is_shown_once_on_the_page_that_made_it(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.referent)
    assert "Créer mon adresse" in client.get("/mon-agenda").text
    made = client.post("/mon-agenda", data={"make": "1"}).text
    assert "/agenda/" in made
    assert "webcal://" in made
    statements.clear()
    after = client.get("/mon-agenda").text
    assert len(statements) <= 12
    assert "/agenda/" not in after
    assert "Révoquer" in after
    assert client.post("/mon-agenda", data={"revoke": "1"}).status_code == 303
    assert "Créer mon adresse" in client.get("/mon-agenda").text


def test_only_those_who_accompany_have_a_feed(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    department = somebody(Role.DEPARTMENT)
    session.commit()
    for who in (followed.person, followed.employer, department):
        assert sign_in(who).get("/mon-agenda").status_code == 403
    assert sign_in(a_colleague(followed)).get("/mon-agenda").status_code == 200


def test_the_person_finds_the_file_of_their_next_date(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.person)
    assert file_of(followed) in client.get("/mon-travail").text
    assert client.get(file_of(followed)).status_code == 200
