"""What does a calendar program read? Every file is read back with the library, and by eye where it must be strict."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from app.core.clock import PARIS
from app.follow_up.documents import ical
from app.follow_up.models import Visit
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.states import VisitState

KEY = UUID("11111111-2222-4333-8444-555555555555")
CHANGED = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
URL = "https://portail.exemple.fr/suivis/visites/11111111-2222-4333-8444-555555555555"


def visit(on: date = date(2026, 11, 24), at: time | None = time(14), **values: object) -> Visit:
    defaults = {
        "id": KEY, "kind": VisitKind.MONTH_3, "state": VisitState.PLANNED, "planned_on": on, "planned_at": at,
        "minutes": 45, "sequence": 0, "created_at": CHANGED - timedelta(days=60), "updated_at": CHANGED,
        "place": "Logistique du Val d’Orge", "report": "Moussa va bien",
    }  # fmt: skip
    return Visit(**{**defaults, **values})


def read(raw: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.events
    return calendar, event


def one(**values: object) -> tuple[Calendar, Event]:
    return read(ical.one_visit(visit(**values), "portail.exemple.fr", URL))  # type: ignore[arg-type]


def test_a_visit_with_an_hour_lasts_its_minutes_in_paris() -> None:
    calendar, event = one()
    assert calendar["METHOD"] == "PUBLISH"
    assert event.start == datetime(2026, 11, 24, 14, tzinfo=PARIS)
    assert event.end - event.start == timedelta(minutes=45)
    assert str(event["UID"]) == f"visite-{KEY}@portail.exemple.fr"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event.DTSTAMP == event.LAST_MODIFIED == CHANGED
    assert str(event["ORGANIZER"]).lower().startswith("mailto:")


def test_a_visit_without_an_hour_is_the_whole_day() -> None:
    _, event = one(at=None)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 11, 24), date(2026, 11, 25))
    assert b"DTSTART;VALUE=DATE:20261124" in ical.one_visit(visit(at=None), "h", URL)


def test_nothing_says_who_or_where() -> None:
    raw = ical.one_visit(visit(), "portail.exemple.fr", URL).replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Suivi\u00a0: visite" in raw
    assert f"DESCRIPTION:{URL}" in raw
    assert "LOCATION" not in raw
    assert "ATTENDEE" not in raw
    for word in ("Moussa", "Logistique", "Orge"):
        assert word not in raw


@pytest.mark.parametrize("kind", sorted(VisitKind))
def test_every_kind_has_words_without_a_name(kind: VisitKind) -> None:
    _, event = one(kind=kind)
    assert str(event["SUMMARY"]).startswith("Suivi\u00a0: ")


def test_a_visit_called_off_leaves_the_calendar() -> None:
    calendar, event = one(state=VisitState.CANCELLED, sequence=3)
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)


def test_a_moved_visit_keeps_its_uid_with_a_higher_sequence() -> None:
    _, before = one()
    _, after = one(on=date(2026, 11, 26), sequence=1)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_lines_end_with_crlf_and_are_folded_at_75_octets() -> None:
    raw = ical.one_visit(visit(), "portail.exemple.fr", URL + "/" + "é" * 80)
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines)
    assert str(read(raw)[1]["DESCRIPTION"]).endswith("é" * 80)


@pytest.mark.parametrize(
    ("on", "offset"),
    [
        (date(2026, 3, 28), 1),
        (date(2026, 3, 30), 2),
        (date(2026, 10, 24), 2),
        (date(2026, 10, 26), 1),
    ],
)
def test_an_hour_before_and_after_the_nights_of_the_clock_is_right(on: date, offset: int) -> None:
    """The zone of the file itself is asked, not the machine's."""
    calendar, event = one(on=on, at=time(9))
    zone = calendar.timezones[0].to_tz()
    local = event["DTSTART"].dt.replace(tzinfo=None)
    assert local == datetime.combine(on, time(9))
    assert zone.utcoffset(local) == timedelta(hours=offset)


def test_an_hour_that_the_spring_night_skips_becomes_the_next_one() -> None:
    _, event = one(on=date(2026, 3, 29), at=time(2, 30), minutes=30)
    assert event.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert event["DTSTART"].dt.strftime("%H:%M") == "03:30"


def test_a_visit_over_the_change_of_the_clock_lasts_its_minutes() -> None:
    _, event = one(on=date(2026, 10, 25), at=time(1, 45), minutes=120)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 10, 24, 23, 45, tzinfo=UTC)
    assert event["DURATION"].dt == timedelta(minutes=120)


def test_a_feed_with_the_same_visits_is_the_same_bytes() -> None:
    rows = [(visit(), URL), (visit(id=UUID(int=7), at=None), URL)]
    first, again = (ical.feed(rows, "portail.exemple.fr", "Suivis") for _ in range(2))
    assert first == again
    calendar = Calendar.from_ical(first)
    assert len(calendar.events) == 2
    assert str(calendar["X-WR-CALNAME"]) == "Suivis"


def test_an_empty_feed_is_still_a_calendar() -> None:
    calendar = Calendar.from_ical(ical.feed([], "portail.exemple.fr", "Suivis"))
    assert (calendar["VERSION"], calendar.events) == ("2.0", [])
