"""Two files of one person become one: nothing is lost, everybody who points to the other file is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.models import Candidate, CandidateMerge, CandidateTravel, Mandate
from app.candidates.rules import CandidateState
from app.candidates.rules.merging import MergedField, Side
from app.candidates.service.sections import open_access
from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from tests.factories.candidates import followed_by, mandate_for, slugs, wanted
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
Two = tuple[Candidate, Candidate]


@pytest.fixture
def who() -> Somebody:
    return somebody(Role.FACILITATOR)


@pytest.fixture
def two(who: Somebody) -> Two:
    kept = followed_by(
        who,
        last_name="Kaddour",
        trades=wanted("agent-entretien"),
        travels=[CandidateTravel(means="bus", max_minutes=30)],
        skills=["lavage-vitres"],
        waiting_since=date(2026, 10, 1),
    )
    other = followed_by(
        who,
        last_name="Kadour",
        full=True,
        consenting=True,
        waiting_since=date(2026, 9, 1),
        refusals=["nuit"],
    )
    return kept, other


@pytest.fixture
def merged_ids() -> Iterator[list[tuple[UUID, UUID]]]:
    heard: list[tuple[UUID, UUID]] = []

    def listen(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
        heard.append((kept_id, merged_id))

    service.CANDIDATE_MERGED.connect(listen)
    yield heard
    service.CANDIDATE_MERGED._listeners.remove(listen)


def test_choices_are_taken_lines_are_joined_and_the_merged_file_points_to_the_kept_one(
    session: scoped_session, who: Somebody, two: Two, merged_ids: list[tuple[UUID, UUID]]
) -> None:
    kept, other = two
    choices = {MergedField.NAME: Side.KEPT, MergedField.PHONE: Side.MERGED, MergedField.HOURS: Side.MERGED}
    service.merge_candidates(kept.id, other.id, choices, by=who.actor, versions=(kept.version, other.version))
    assert (kept.last_name, kept.phone, kept.hours_max) == ("Kaddour", "+33612345678", 35)
    assert kept.own_words == ""
    assert kept.consent_at is None
    assert slugs(kept.trades) == ["agent-entretien", "jardinier-paysagiste"]
    assert {line.means: line.max_minutes for line in kept.travels} == {"bus": 30, "car": 30}
    assert [line.title_slug for line in kept.titles] == ["sst"]
    assert kept.skills == ["lavage-vitres", "entretien-locaux"]
    assert (kept.licences, kept.refusals, len(kept.programmes)) == (["b"], ["nuit"], 1)
    assert kept.waiting_since == date(2026, 9, 1)
    assert (other.state, other.merged_into_id) == (CandidateState.MERGED, kept.id)
    assert merged_ids == [(kept.id, other.id)]
    with pytest.raises(NotFound):
        queries.the_candidate(who.actor, other.id)
    assert queries.kept_instead_of(who.actor, other.id) == kept.id


def test_what_each_file_said_is_kept(session: scoped_session, who: Somebody, two: Two) -> None:
    kept, other = two
    service.merge_candidates(kept.id, other.id, {}, by=who.actor)
    before = session.scalars(select(CandidateMerge)).one().before
    assert before["kept"]["trades"] == ["agent-entretien"]
    assert before["merged"]["last_name"] == "Kadour"
    assert before["merged"]["birth_date"] == "1988-04-12"
    assert before["merged"]["travels"] == [["bus", 45, None], ["car", 30, "20"]]


def test_consent_comes_only_when_it_is_chosen(who: Somebody, two: Two) -> None:
    kept, other = two
    given = other.consent_at
    service.merge_candidates(kept.id, other.id, {MergedField.CONSENT: Side.MERGED}, by=who.actor)
    assert kept.consent_at == given != None  # noqa: E711


def test_mandates_follow_and_the_other_access_is_closed(session: scoped_session, who: Somebody, two: Two) -> None:
    kept, other = two
    for one in two:
        open_access(one)
    mandate = mandate_for(who, other)
    session.commit()
    service.merge_candidates(kept.id, other.id, {MergedField.PHONE: Side.MERGED}, by=who.actor)
    session.expire_all()
    assert session.get_one(Mandate, mandate.id).candidate_id == kept.id
    users = {user.candidate_id: user for user in session.scalars(select(User).where(User.candidate_id.is_not(None)))}
    assert users[kept.id].phone == "+33612345678"
    assert users[other.id].disabled_at is not None


def test_both_files_move_so_that_the_matching_and_the_index_hear_of_it(who: Somebody, two: Two) -> None:
    kept, other = two
    before = clock.now()
    with clock.frozen(clock.today() + timedelta(days=1)):
        service.merge_candidates(kept.id, other.id, {}, by=who.actor)
    assert kept.updated_at > before
    assert str(other.id) in queries.matching_rows(since=before).removed


def test_sent_twice_it_is_done_once(session: scoped_session, who: Somebody, two: Two) -> None:
    kept, other = two
    for _ in range(2):
        assert service.merge_candidates(kept.id, other.id, {}, by=who.actor) is kept
    assert len(session.scalars(select(CandidateMerge)).all()) == 1
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == kept.id)).all()
    assert actions == ["candidate.merged"]


def test_a_file_changed_since_the_preview_is_stale(who: Somebody, two: Two) -> None:
    kept, other = two
    with pytest.raises(StaleVersion):
        service.merge_candidates(kept.id, other.id, {}, by=who.actor, versions=(kept.version, other.version - 1))
    assert other.state is CandidateState.ACTIVE


def test_both_files_must_be_the_actors(two: Two) -> None:
    stranger = somebody(Role.FACILITATOR, territory=None)
    with pytest.raises(NotFound):
        service.merge_candidates(two[0].id, two[1].id, {}, by=stranger.actor)


@pytest.mark.parametrize("role", [Role.REFERENT, Role.EMPLOYER, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_only_a_facilitator_or_the_departement_merges(two: Two, role: Role) -> None:
    with pytest.raises(Refused):
        service.merge_candidates(two[0].id, two[1].id, {}, by=somebody(role).actor)


def test_the_departement_merges_across_territories(two: Two) -> None:
    agent = somebody(Role.DEPARTMENT)
    assert service.merge_candidates(two[0].id, two[1].id, {}, by=agent.actor).state is CandidateState.ACTIVE
