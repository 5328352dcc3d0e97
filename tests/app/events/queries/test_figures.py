"""The indicators of events against small worlds counted by hand."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.events.queries.figures import Asked, Sums, figures_of
from app.events.rules.kinds import EventKind, Side, TaskResult
from app.events.rules.registering import VISITOR_NAME
from app.events.rules.reviews import Counted
from app.events.rules.states import BookingState, EventState, MeetingState
from app.organisations.rules import OrganisationKind
from app.reference.models import Commune
from tests.app.events.service.test_reviews import a_done_task, a_hire_after
from tests.factories.applications import a_ready_person
from tests.factories.events import a_booking, a_meeting, a_programme, a_slot, an_event
from tests.factories.people import Somebody, an_organisation, somebody

SEPTEMBER = datetime(2026, 9, 10, 7, 0, tzinfo=UTC)
YEAR = Asked(since=date(2026, 1, 1), until=date(2026, 12, 31))


@pytest.fixture
def organiser(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.FACILITATOR)


def _by(groups: object) -> dict[str, Sums]:
    return dict(groups)  # type: ignore[call-overload, no-any-return]


def test_sessions_count_slots_people_once_and_who_came_of_those_expected(
    organiser: Somebody, session: scoped_session
) -> None:
    staged = an_event(organiser=organiser, starts_at=SEPTEMBER)
    second, _ = a_slot(staged.event, SEPTEMBER.replace(day=17))
    a_slot(staged.event, SEPTEMBER.replace(month=12))
    twice = somebody(Role.CANDIDATE)
    a_booking(staged, twice, BookingState.SEEN)
    a_booking(staged, twice, BookingState.SEEN, slot=second)
    a_booking(staged, "Pierre Blanc", BookingState.SEEN)
    a_booking(staged, "Zoé Noir", BookingState.ABSENT)
    a_booking(staged, "Luc Vert", BookingState.EXCUSED)
    for _ in range(2):
        a_booking(staged, VISITOR_NAME, BookingState.SEEN)
    session.commit()
    total = figures_of(organiser.actor, YEAR, "type").total
    assert (len(total.events), total.sessions, len(total.people)) == (1, 2, 4)
    assert (total.seen, total.expected) == (5, 6)


def test_meetings_organisations_and_what_came_of_a_dating(organiser: Somebody, session: scoped_session) -> None:
    staged = an_event(EventKind.SPEED_DATING, organiser=organiser, starts_at=SEPTEMBER)
    siae = a_booking(staged, an_organisation(OrganisationKind.ACI), BookingState.SEEN, side=Side.SEATED)
    firms = [a_booking(staged, an_organisation(), BookingState.SEEN, side=Side.MOVING) for _ in range(2)]
    held = a_meeting(staged, siae, firms[0], state=MeetingState.HELD)
    a_meeting(staged, siae, firms[1], at_round=2, state=MeetingState.MISSED)
    a_done_task(staged, TaskResult.HIRE, 2, held)
    a_done_task(staged, TaskResult.PARTNERSHIP)
    session.commit()
    total = figures_of(organiser.actor, YEAR, "type").total
    assert (total.meetings, len(total.organisations)) == (1, 3)
    assert total.results == Counted(hires=2, placements=0, partnerships=1)


def test_each_group_has_its_own_and_the_total_counts_nobody_twice(organiser: Somebody, session: scoped_session) -> None:
    dating = an_event(EventKind.JOB_DATING, organiser=organiser, starts_at=SEPTEMBER)
    forum = an_event(EventKind.FORUM, organiser=organiser, starts_at=SEPTEMBER.replace(month=10))
    person = a_ready_person()
    a_hire_after(dating, person, on=date(2026, 10, 1))
    a_booking(forum, person, BookingState.SEEN)
    session.commit()
    found = figures_of(organiser.actor, YEAR, "type")
    groups = _by(found.groups)
    assert {name: (len(one.people), one.results.hires) for name, one in groups.items()} == {
        "job_dating": (1, 1),
        "forum": (1, 0),
    }
    assert (len(found.total.people), found.total.results.hires) == (1, 1)
    months = [name for name, _ in figures_of(organiser.actor, YEAR, "mois").groups]
    assert months == ["2026-10", "2026-09"]


def test_professionals_who_discover_are_counted_apart(organiser: Somebody, session: scoped_session) -> None:
    visit = an_event(EventKind.PROFESSIONAL_VISIT, organiser=organiser, starts_at=SEPTEMBER)
    stay = an_event(EventKind.PROFESSIONAL_IMMERSION, organiser=organiser, starts_at=SEPTEMBER)
    referent = somebody(Role.REFERENT)
    a_booking(visit, referent, BookingState.SEEN)
    a_booking(stay, referent, BookingState.SEEN)
    a_booking(stay, somebody(Role.FACILITATOR), BookingState.ABSENT)
    session.commit()
    total = figures_of(organiser.actor, YEAR, "type").total
    assert (len(total.discoveries), len(total.professionals), len(total.people)) == (2, 1, 0)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_what_did_not_take_place_is_not_held(organiser: Somebody, session: scoped_session, state: EventState) -> None:
    an_event(organiser=organiser, state=state, starts_at=SEPTEMBER)
    an_event(organiser=organiser)  # next week
    session.commit()
    assert figures_of(organiser.actor, YEAR, "type").groups == []


def test_each_reader_has_the_events_that_count_for_them(organiser: Somebody, session: scoped_session) -> None:
    an_event(organiser=organiser, starts_at=SEPTEMBER)
    an_event(organiser=somebody(Role.REFERENT), starts_at=SEPTEMBER, territory_code="nord-ouest")
    an_event(organiser=somebody(Role.FACILITATOR), starts_at=SEPTEMBER)
    employer = somebody(Role.EMPLOYER)
    an_event(EventKind.OPEN_DAY, organiser=employer, starts_at=SEPTEMBER)
    session.commit()
    seen = {
        name: len(figures_of(who.actor, YEAR, "type").total.events)
        for name, who in {
            "organiser": organiser,
            "everywhere": somebody(Role.FACILITATOR, territory=None),
            "department": somebody(Role.DEPARTMENT),
            "employer": employer,
            "other employer": somebody(Role.EMPLOYER),
            "administrator": somebody(Role.ADMINISTRATOR),
        }.items()
    }
    assert seen == {
        "organiser": 2, "everywhere": 4, "department": 4, "employer": 1, "other employer": 0, "administrator": 0,
    }  # fmt: skip


def test_filters_narrow_what_is_counted(organiser: Somebody, session: scoped_session) -> None:
    programme = a_programme(organiser)
    within = an_event(organiser=organiser, starts_at=SEPTEMBER, programme_id=programme.id)
    an_event(EventKind.FORUM, organiser=organiser, starts_at=SEPTEMBER.replace(day=30), territory_code="nord-ouest")
    session.commit()

    def held(**values: str | date) -> int:
        usual = {"since": YEAR.since, "until": YEAR.until}
        return len(figures_of(organiser.actor, Asked(**{**usual, **values}), "type").total.events)  # type: ignore[arg-type]

    assert held() == 2
    assert held(kind="forum") == 1
    assert held(territory="nord-ouest") == 1
    assert held(programme=str(programme.id)) == 1
    assert held(organiser=str(within.event.organisation_id)) == 2
    assert held(until=date(2026, 9, 29)) == 1
    assert held(since=date(2026, 9, 30)) == 1
    assert held(since=date(2026, 10, 1)) == 0


def test_two_organisers_of_one_name_are_two_lines_told_apart_by_their_commune(
    session: scoped_session, today: date
) -> None:
    towns = {"91377": 1, "91477": 2}
    for insee, events in towns.items():
        house = an_organisation(OrganisationKind.PLIE, name="Horizon", commune_insee=insee)
        organiser = somebody(Role.FACILITATOR, house)
        for _ in range(events):
            an_event(organiser=organiser, starts_at=SEPTEMBER)
    session.commit()
    names = {insee: session.get_one(Commune, insee).name for insee in towns}
    found = figures_of(somebody(Role.DEPARTMENT).actor, YEAR, "organisateur")
    assert [(name, len(sums.events)) for name, sums in found.groups] == sorted(
        (f"Horizon, {names[insee]}", events) for insee, events in towns.items()
    )
    assert len(found.total.events) == 3


def test_two_programmes_of_one_title_are_two_lines(organiser: Somebody, session: scoped_session) -> None:
    for slug in ("printemps", "automne"):
        programme = a_programme(organiser, slug=slug)
        an_event(organiser=organiser, starts_at=SEPTEMBER, programme_id=programme.id)
    session.commit()
    found = figures_of(organiser.actor, YEAR, "programme")
    assert [len(sums.events) for _, sums in found.groups] == [1, 1]
