"""Presence on its pages: a week in one sending, errors beside their half-day, both versions when two disagree."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.grid import Grid
from app.core.roles import Role
from app.placements.models import PlacementIncident, PresenceHalf
from app.placements.rules.kinds import Half, IncidentKind, Presence
from app.placements.rules.states import ATTENDED, PlacementState
from tests.app.placements.views.test_convention import SignIn, address, placed_in, text
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_placement, a_presence

_S = PlacementState
MON, TUE = date(2026, 11, 2), date(2026, 11, 3)
DAYS = [date(2026, 11, day) for day in (2, 3, 4, 5)]


@pytest.fixture
def running(session: scoped_session, today: date) -> Placed:
    return placed_in(session, _S.RUNNING, starts_on=MON)


def week(**changes: str) -> dict[str, str]:
    """The week as the form shows it, nothing said yet; changes by « s_1102am »."""
    words = [f"{day.isoformat()}{half.value}" for day in DAYS for half in Half]
    said = {f"s_{word}": "present" for word in words} | {f"h_{word}": "" for word in words}
    shown = ";".join(f"{word}=" for word in sorted(words))
    long = {f"{key[:2]}2026-{key[2:4]}-{key[4:]}": value for key, value in changes.items()}
    return {**said, "version": shown, "extra_day": "", "extra_half": "", "extra_hours": "", **long}


def said(session: scoped_session) -> dict[tuple[date, Half], tuple[Presence, Decimal | None]]:
    rows = session.scalars(select(PresenceHalf).execution_options(populate_existing=True))
    return {(row.day, row.half): (row.status, row.hours) for row in rows}


def test_a_week_is_said_in_one_sending(
    session: scoped_session, running: Placed, sign_in: SignIn, statements: Statements
) -> None:
    client, there = sign_in(running.host), address(running, "presences")
    statements.clear()
    shown = text(client.get(there))
    assert len(statements) <= 12
    assert "Lundi 2 novembre" in shown
    assert "s_2026-11-06am" not in shown  # tomorrow
    sent = week(s_1103am="absent", s_1103pm="absent_excused", h_1104am="1,5")
    assert client.post(there, data=sent).location == there
    found = said(session)
    assert len(found) == 8
    assert found[TUE, Half.AM] == (Presence.ABSENT, None)
    assert found[DAYS[2], Half.AM] == (Presence.PRESENT, Decimal("1.50"))
    page = text(client.get(there))
    assert "19,5 h" in page or "19,50 h" in page  # 28 expected of the four days, 7 missed, 1.5 short
    assert client.post(there, data=sent).location == there
    assert said(session) == found


def test_two_who_disagree_read_both_and_may_send_theirs_again(
    session: scoped_session, running: Placed, sign_in: SignIn
) -> None:
    there = address(running, "presences")
    sign_in(running.host).post(there, data=week(s_1103am="absent"))
    client = sign_in(running.referent)
    sent = week(s_1103am="absent_excused")
    answer = client.post(there, data=sent)
    assert answer.status_code == 409
    shown = text(answer)
    assert "Absence excusée" in shown
    assert said(session)[TUE, Half.AM][0] is Presence.ABSENT
    version = shown.split('name="version" value="')[1].split('"')[0]
    assert client.post(there, data={**sent, "version": version}).location == there
    assert said(session)[TUE, Half.AM][0] is Presence.ABSENT_EXCUSED


def test_who_left_the_others_answers_as_they_were_undoes_nothing(
    session: scoped_session, running: Placed, sign_in: SignIn
) -> None:
    there = address(running, "presences")
    sign_in(running.host).post(there, data=week(s_1103am="absent"))
    assert sign_in(running.referent).post(there, data=week()).location == there
    found = said(session)
    assert {key for key, (status, _) in found.items() if status is Presence.ABSENT} == {(TUE, Half.AM)}


@pytest.mark.parametrize(
    ("changes", "anchor", "words"),
    [
        ({"h_1103am": "deux"}, "h_2026-11-03am", "Écrivez un nombre."),
        ({"h_1103am": "13,5"}, "h_2026-11-03am", "13 h au plus"),
        ({"h_1103am": "0"}, "h_2026-11-03am", "C’est trop peu"),
        ({"h_1103am": "2", "s_1103am": "absent"}, "h_2026-11-03am", "seulement quand la personne était là"),
        ({"s_1103am": "ailleurs"}, "s_2026-11-03am", "Choisissez une réponse de la liste."),
    ],
)
def test_an_error_stands_beside_its_half_day_and_nothing_is_written(
    session: scoped_session, running: Placed, sign_in: SignIn, changes: dict[str, str], anchor: str, words: str
) -> None:
    answer = sign_in(running.host).post(address(running, "presences"), data=week(**changes))
    assert answer.status_code == 200
    shown = text(answer)
    assert words in shown
    assert f'id="{anchor}-error"' in shown
    assert f'href="#{anchor}"' in shown
    assert said(session) == {}


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (("04/11/2026", "am", "2"), "Cette demi-journée est dans la liste"),
        (("01/11/2026", "am", "2"), "Ce jour n’est pas dans le stage."),
        (("07/11/2026", "am", "2"), "Ce jour n’est pas encore venu."),
        (("05/11/2026", "", "2"), "Dites matin ou après-midi."),
        (("05/11/2026", "am", ""), "Donnez les heures faites."),
    ],
)
def test_a_half_day_in_plus_is_named_whole(
    session: scoped_session, running: Placed, sign_in: SignIn, extra: tuple[str, str, str], words: str
) -> None:
    sent = week() | dict(zip(("extra_day", "extra_half", "extra_hours"), extra, strict=True))
    assert words in text(sign_in(running.host).post(address(running, "presences"), data=sent))
    assert said(session) == {}


def test_a_half_day_that_no_schedule_expects_is_added(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.RUNNING, starts_on=date(2026, 10, 29))
    there = address(placed, "presences")
    sent = {"version": "", "extra_day": "31/10/2026", "extra_half": "am", "extra_hours": "3"}
    sent |= {f"s_2026-10-{day}{half}": "present" for day in (29, 30) for half in ("am", "pm")}
    assert sign_in(placed.host).post(f"{there}?semaine=2026-10-26", data=sent).location == there
    assert said(session)[date(2026, 10, 31), Half.AM] == (Presence.PRESENT, Decimal("3.00"))


def test_more_than_48_hours_in_a_week_are_flagged(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.RUNNING, starts_on=date(2026, 10, 26))
    for day in range(26, 31):
        a_presence(placed.placement, date(2026, 10, day), Half.AM, hours=Decimal(5))
        a_presence(placed.placement, date(2026, 10, day), Half.PM, hours=Decimal("4.6"))
    session.commit()
    client = sign_in(placed.host)
    assert "Plus de 48 heures" not in text(client.get(address(placed, "presences")))
    a_presence(placed.placement, date(2026, 10, 31), Half.AM, hours=Decimal("0.5"))
    session.commit()
    for page in (address(placed, "presences"), f"/stages/{placed.placement.id}"):
        assert "Plus de 48 heures la semaine du 26 octobre 2026" in text(client.get(page))


def test_the_person_reads_their_own_calendar_and_no_form(
    session: scoped_session, running: Placed, sign_in: SignIn
) -> None:
    a_presence(running.placement, MON)
    a_presence(running.placement, TUE, status=Presence.ABSENT_EXCUSED)
    session.commit()
    client, own = sign_in(running.person), f"/mes-stages/{running.placement.id}"
    shown = text(client.get(f"{own}/presences"))
    assert "Semaine du 2 novembre 2026" in shown
    assert "Absence excusée" in shown
    assert "<select" not in shown
    assert "Voir mes présences" in text(client.get(own))
    assert client.post(address(running, "presences"), data=week()).status_code == 403
    other = somebody(Role.CANDIDATE)
    session.commit()
    assert sign_in(other).get(f"{own}/presences").status_code == 404


def test_the_departement_reads_the_calendar(session: scoped_session, running: Placed, sign_in: SignIn) -> None:
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    client = sign_in(agent)
    shown = text(client.get(address(running, "presences")))
    assert "Semaine du 2 novembre 2026" in shown
    assert "<select" not in shown
    assert client.post(address(running, "presences"), data=week()).status_code == 404


@pytest.mark.parametrize("state", sorted(set(PlacementState) - ATTENDED - {_S.CLOSED}))
def test_there_is_no_calendar_before_it_begins(
    session: scoped_session, today: date, sign_in: SignIn, state: PlacementState
) -> None:
    placed = placed_in(session, state)
    assert sign_in(placed.host).get(address(placed, "presences")).status_code == 404


def test_a_stage_without_a_schedule_has_nothing_to_say(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.RUNNING, grid=Grid())
    assert "Rien à noter" in text(sign_in(placed.host).get(address(placed, "presences")))


def test_strangers_find_no_calendar(session: scoped_session, running: Placed, sign_in: SignIn) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    assert sign_in(stranger).get(address(running, "presences")).status_code == 404
    assert sign_in(stranger).post(address(running, "presences"), data=week()).status_code == 404


def test_the_page_of_a_stage_that_runs_stays_light(
    session: scoped_session, running: Placed, sign_in: SignIn, statements: Statements
) -> None:
    a_placement(_S.RUNNING, host=running.host)
    for day in DAYS:
        a_presence(running.placement, day)
    session.add(
        PlacementIncident(
            id=uuid4(), placement_id=running.placement.id, kind=IncidentKind.ACCIDENT, day=MON, words="Chute",
            by_name="Alex",
        )
    )  # fmt: skip
    session.commit()
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    pages: list[tuple[Any, str, bool]] = [
        (running.host, f"/stages/{running.placement.id}", True),
        (running.referent, f"/stages/{running.placement.id}", True),
        (agent, f"/stages/{running.placement.id}", False),
        (running.person, f"/mes-stages/{running.placement.id}", False),
    ]
    for who, page, reads in pages:
        client = sign_in(who)
        statements.clear()
        shown = text(client.get(page))
        assert len(statements) <= 12
        assert ("Chute" in shown) == reads
