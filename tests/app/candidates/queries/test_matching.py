"""The matching reads ready and consenting people in two statements, and hears of everybody who changes."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.candidates import queries, service
from app.candidates.documents import documents_for
from app.candidates.models import CandidateTitle, CandidateTravel
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.grid import Grid, Preset
from app.core.roles import Role
from matching.criteria import Means, Travel
from search_index.documents import Schedule
from tests.conftest import Statements
from tests.factories.candidates import CandidateFactory, followed_by
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("session", "today")
TODAY = date(2026, 11, 5)


def _ids(rows: queries.MatchingRows) -> set[UUID]:
    return {UUID(person.id) for person in rows.candidates}


def test_a_full_file_is_read_whole() -> None:
    candidate = CandidateFactory(full=True, ready=True, consenting=True, waiting_since=date(2026, 9, 1))
    (person,) = queries.matching_rows().candidates
    assert person.id == str(candidate.id)
    assert person.trades == ("agent-entretien", "jardinier-paysagiste")
    assert (person.place, person.french, person.waiting_since) == ("91377", 3, date(2026, 9, 1))
    assert set(person.travels) == {Travel(Means.BUS, 45), Travel(Means.CAR, 30, 20.0)}
    assert (person.available_from, person.hours_min, person.hours_max) == (date(2026, 11, 9), Decimal(20), Decimal(35))
    assert person.grid == Grid.from_presets([Preset.DAY, Preset.EARLY]).bits
    assert person.skills == {"entretien-locaux", "lavage-vitres"}
    assert (person.titles, person.refusals) == ({"sst"}, {"hauteur"})
    assert person.licences == {"b", "am"}


def test_an_empty_file_is_read_too() -> None:
    CandidateFactory(ready=True, consenting=True)
    (person,) = queries.matching_rows().candidates
    assert (person.trades, person.travels, person.grid, person.skills) == ((), (), 0, frozenset())
    assert (person.hours_min, person.available_from, person.licences) == (None, None, frozenset())


@pytest.mark.parametrize(("last_day", "held"), [(None, True), (TODAY, True), (TODAY - timedelta(days=1), False)])
def test_a_title_counts_until_its_last_day(last_day: date | None, held: bool) -> None:
    CandidateFactory(ready=True, consenting=True, titles=[CandidateTitle(title_slug="sst", valid_until=last_day)])
    assert (queries.matching_rows().candidates[0].titles == {"sst"}) is held


def test_limits_in_minutes_kilometres_or_both_survive() -> None:
    travels = [
        CandidateTravel(means="bike", max_km=Decimal("7.5")),
        CandidateTravel(means="foot", max_minutes=20),
        CandidateTravel(means="car", max_minutes=30, max_km=Decimal("20.00")),
    ]
    CandidateFactory(ready=True, consenting=True, travels=travels)
    assert set(queries.matching_rows().candidates[0].travels) == {
        Travel(Means.BIKE, None, 7.5),
        Travel(Means.FOOT, 20),
        Travel(Means.CAR, 30, 20.0),
    }


def test_only_ready_consenting_active_people_with_a_commune_are_matched() -> None:
    good = CandidateFactory(ready=True, consenting=True)
    others = [
        CandidateFactory(ready=True),
        CandidateFactory(consenting=True),
        CandidateFactory(ready=True, consenting=True, commune_insee=None),
        CandidateFactory(ready=True, consenting=True, state=CandidateState.CLOSED),
        CandidateFactory(ready=True, consenting=True, state=CandidateState.MERGED, merged_into_id=good.id),
    ]
    everybody = [good.id, *(other.id for other in others)]
    rows = queries.matching_rows()
    assert (_ids(rows), rows.removed) == ({good.id}, [])
    asked = queries.matching_rows(ids=everybody)
    assert _ids(asked) == {good.id}
    assert set(asked.removed) == {str(other.id) for other in others}
    assert _ids(queries.matching_rows(ids=everybody, anybody=True)) == {good.id, *(other.id for other in others[:3])}


def test_what_changed_since_comes_and_who_left_is_removed() -> None:
    who = somebody(Role.REFERENT)
    still, changed, left = (followed_by(who, ready=True, consenting=True) for _ in range(3))
    since = clock.now() + timedelta(seconds=1)
    with clock.frozen(TODAY + timedelta(days=1)):
        service.save_skills(changed.id, ["lavage-vitres"], by=who.actor)
        service.withdraw_consent(left.id, by=who.actor)
    rows = queries.matching_rows(since=since)
    assert (_ids(rows), rows.removed) == ({changed.id}, [str(left.id)])
    assert still.id not in _ids(rows)


def test_the_number_of_statements_does_not_grow(statements: Statements) -> None:
    CandidateFactory(full=True, ready=True, consenting=True)
    statements.clear()
    queries.matching_rows()
    for_one = len(statements)
    for _ in range(20):
        CandidateFactory(full=True, ready=True, consenting=True)
    statements.clear()
    assert len(queries.matching_rows().candidates) == 21
    assert len(statements) == for_one <= 3


# --- the index ----------------------------------------------------------------------------------------------


def test_a_document_says_what_accompaniers_search(statements: Statements) -> None:
    who = somebody(Role.REFERENT)
    candidate = followed_by(who, full=True, ready=True, first_name="Aïcha", last_name="Ben Saïd")
    closed = CandidateFactory(state=CandidateState.CLOSED)
    statements.clear()
    (document,) = documents_for([candidate.id, closed.id])
    assert len(statements) == 1
    assert (document.id, document.first_name, document.last_name) == (candidate.id, "Aïcha", "Ben Saïd")
    assert document.number == str(candidate.number)
    assert document.trades == ("agent-entretien", "jardinier-paysagiste")
    assert {"Agent d’entretien", "Agente d’entretien"} <= set(document.trade_names)
    assert "ménage" in document.trade_words
    assert document.families == ("proprete", "espaces-verts")
    assert "Laver des vitres" in document.skills
    assert (document.commune_name, document.territory) == ("Massy", "nord-ouest")
    assert (document.referent, document.ready, document.consenting) == (who.user.id, True, False)
    assert document.schedule == {Schedule.DAY, Schedule.EARLY}
    assert (document.hours_week, document.french, document.registered_on) == (Decimal(35), 3, TODAY)


def test_a_document_holds_nothing_of_programmes_barriers_or_birth() -> None:
    candidate = CandidateFactory(full=True)
    (document,) = documents_for([candidate.id])
    text = str(document).lower()
    assert not [word for word in ("rsa", "1988", "rue haute", "0612345678", "nadia@exemple.fr") if word in text]
