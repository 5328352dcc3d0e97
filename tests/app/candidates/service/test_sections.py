"""Every section is saved whole, moves the file's version and instant, and is refused when stale or not one's own."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.models import Candidate, CandidateBarrier
from app.candidates.rules import Barrier, CandidateRefusal, FrenchLevel, Means, Programme, Question, Section
from app.candidates.rules.sections import (
    Accompaniment,
    Availability,
    HeldTitle,
    NotedBarrier,
    ProgrammeStay,
    TravelLimit,
)
from app.core import clock
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.grid import Grid, Preset
from app.core.roles import Actor, Role
from app.core.workflow import WorkflowRefusal
from tests.factories.candidates import followed_by, identity, person_with_access, slugs
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
Save = Callable[..., Candidate]

# How each section is saved with an answer that changes nothing but that section.
SAVES: dict[Section, tuple[Save, tuple[Any, ...]]] = {
    Section.IDENTITY: (service.save_identity, (identity(phone="+33612345678"),)),
    Section.PROGRAMMES: (service.save_programmes, ([ProgrammeStay(Programme.RSA, date(2026, 1, 1))],)),
    Section.FRENCH: (service.save_french, (FrenchLevel.B1,)),
    Section.JOBS: (service.save_jobs, (["agent-entretien", "jardinier-paysagiste"], "Dehors.")),
    Section.SKILLS: (service.save_skills, (["lavage-vitres"],)),
    Section.TITLES: (service.save_titles, ([HeldTitle("sst", date(2025, 3, 15))], ["b"])),
    Section.TRAVEL: (service.save_travel, ([TravelLimit(Means.BUS, 45)],)),
    Section.AVAILABILITY: (service.save_availability, (Availability(hours_max=Decimal(35)),)),
    Section.REFUSALS: (service.save_refusals, (["hauteur"],)),
    Section.BARRIERS: (service.save_barriers, ([NotedBarrier(Barrier.HOUSING, "Hébergée.")],)),
}


def _save(section: Section, candidate_id: UUID, by: Actor, version: int | None) -> Candidate:
    act, answers = SAVES[section]
    return act(candidate_id, *answers, by=by, version=version)


def _reasons(act: Callable[[], object]) -> set[object]:
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.reasons)


@pytest.fixture
def referent() -> Somebody:
    return somebody(Role.REFERENT)


@pytest.mark.parametrize("section", SAVES)
def test_a_saved_section_moves_version_and_instant_and_is_noted(
    session: scoped_session, referent: Somebody, section: Section
) -> None:
    candidate = followed_by(referent)
    version, later = candidate.version, clock.today() + timedelta(days=1)
    with clock.frozen(later):
        _save(section, candidate.id, referent.actor, version)
        assert candidate.updated_at == clock.now()
    assert candidate.version == version + 1
    entry = session.scalars(select(AuditEntry).where(AuditEntry.object_id == candidate.id)).one()
    said = {} if section is Section.BARRIERS else {"section": section.value}  # barriers are nobody else's business
    assert (entry.action, entry.details) == ("candidate.changed", said)


@pytest.mark.parametrize("section", SAVES)
def test_the_same_answer_sent_twice_at_the_same_instant_still_moves_the_version(
    referent: Somebody, section: Section
) -> None:
    candidate = followed_by(referent)
    first = _save(section, candidate.id, referent.actor, candidate.version).version
    assert _save(section, candidate.id, referent.actor, first).version == first + 1


@pytest.mark.parametrize("section", SAVES)
def test_the_second_of_two_editors_is_told(referent: Somebody, section: Section) -> None:
    candidate = followed_by(referent)
    shown = candidate.version
    _save(section, candidate.id, referent.actor, shown)
    with pytest.raises(StaleVersion) as stale:
        _save(section, candidate.id, referent.actor, shown)
    assert stale.value.theirs["version"] == shown + 1
    assert stale.value.theirs["last_name"] == candidate.last_name


@pytest.mark.parametrize("section", SAVES)
@pytest.mark.parametrize("role", [Role.REFERENT, Role.FACILITATOR, Role.EMPLOYER, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_a_stranger_changes_nothing(section: Section, role: Role) -> None:
    candidate = followed_by(somebody(Role.REFERENT), commune_insee="91223")
    stranger = somebody(role)
    with pytest.raises(NotFound):
        _save(section, candidate.id, stranger.actor, None)


@pytest.mark.parametrize("section", SAVES)
def test_the_departement_reads_and_changes_nothing(section: Section) -> None:
    agent, candidate = somebody(Role.DEPARTMENT), followed_by(somebody(Role.REFERENT))
    assert _reasons(lambda: _save(section, candidate.id, agent.actor, None)) == {WorkflowRefusal.NOT_YOUR_ROLE}


@pytest.mark.parametrize("section", SAVES)
def test_the_person_corrects_their_own_answers_only(section: Section) -> None:
    me = person_with_access()
    assert me.candidate is not None
    mine = me.candidate.id
    if section in {Section.PROGRAMMES, Section.BARRIERS}:
        assert _reasons(lambda: _save(section, mine, me.actor, None)) == {WorkflowRefusal.NOT_YOUR_ROLE}
    else:
        assert _save(section, mine, me.actor, me.candidate.version).version == 2
    with pytest.raises(Refused):
        service.save_accompaniment(mine, Accompaniment(), by=me.actor)


def test_the_person_keeps_a_way_to_sign_in(session: scoped_session) -> None:
    me = person_with_access(phone="+33612345678")
    assert me.candidate is not None
    mine = me.candidate.id
    assert _reasons(lambda: service.save_identity(mine, identity(), by=me.actor)) == {CandidateRefusal.CONTACT_NEEDED}
    service.save_identity(mine, identity(email="nadia@exemple.fr"), by=me.actor)
    user = session.scalars(select(User).where(User.candidate_id == mine)).one()
    assert (user.phone, user.email, user.last_name) == (None, "nadia@exemple.fr", "Kaddour")


def test_answers_are_kept_as_lines_in_order(referent: Somebody) -> None:
    candidate = followed_by(referent, full=True)
    key, by = candidate.id, referent.actor
    service.save_jobs(key, ["jardinier-paysagiste", "agent-entretien", "jardinier-paysagiste"], "", by=by)
    assert slugs(candidate.trades) == ["jardinier-paysagiste", "agent-entretien"]
    service.save_travel(key, [TravelLimit(Means.FOOT, 30), TravelLimit(Means.CAR, None, Decimal("12.5"))], by=by)
    lines = queries.lines_of([key])[key]
    assert lines.travels == [TravelLimit(Means.FOOT, 30), TravelLimit(Means.CAR, None, Decimal("12.5"))]
    service.save_programmes(key, [ProgrammeStay(Programme.RSA, date(2026, 1, 1), date(2026, 6, 30))], by=by)
    assert queries.lines_of([key])[key].programmes == [
        ProgrammeStay(Programme.RSA, date(2026, 1, 1), date(2026, 6, 30))
    ]


def test_the_last_day_of_a_known_title_is_computed(referent: Somebody) -> None:
    candidate = followed_by(referent)
    titles = [HeldTitle("sst", date(2025, 3, 15)), HeldTitle("psc1", date(2020, 1, 1))]
    service.save_titles(candidate.id, titles, [], by=referent.actor)
    assert {line.title_slug: line.valid_until for line in candidate.titles} == {"sst": date(2027, 3, 14), "psc1": None}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda key, by: service.save_jobs(key, ["inconnu"], "", by=by), CandidateRefusal.UNKNOWN_CHOICE),
        (lambda key, by: service.save_skills(key, ["inconnu"], by=by), CandidateRefusal.UNKNOWN_CHOICE),
        (lambda key, by: service.save_refusals(key, ["inconnu"], by=by), CandidateRefusal.UNKNOWN_CHOICE),
        (lambda key, by: service.save_titles(key, [], ["z"], by=by), CandidateRefusal.UNKNOWN_CHOICE),
        (lambda key, by: service.save_titles(key, [HeldTitle("x")], [], by=by), CandidateRefusal.UNKNOWN_CHOICE),
        (lambda key, by: service.save_jobs(key, list("abcdef"), "", by=by), CandidateRefusal.TOO_MANY_TRADES),
        (
            lambda key, by: service.save_availability(key, Availability(hours_max=Decimal(60)), by=by),
            CandidateRefusal.HOURS_TOO_MANY,
        ),
        (lambda key, by: service.save_travel(key, [TravelLimit(Means.BUS)], by=by), CandidateRefusal.TRAVEL_NO_LIMIT),
    ],
)
def test_a_wrong_answer_is_refused_and_changes_nothing(
    referent: Somebody, act: Callable[[UUID, Actor], object], reason: CandidateRefusal
) -> None:
    candidate = followed_by(referent)
    assert _reasons(lambda: act(candidate.id, referent.actor)) == {reason}
    assert candidate.version == 1


def test_an_answer_of_the_person_counts_even_when_it_is_nothing() -> None:
    me = person_with_access()
    assert me.candidate is not None
    service.save_skills(me.candidate.id, [], by=me.actor, question=Question.SKILLS)
    service.save_skills(me.candidate.id, [], by=me.actor, question=Question.SKILLS)
    assert me.candidate.answered == [Question.SKILLS.value]


def test_one_part_of_the_availability_keeps_the_others(referent: Somebody) -> None:
    candidate = followed_by(referent, full=True)
    said = service.availability_of(candidate)
    assert said == Availability(
        available_from=date(2026, 11, 9),
        grid=Grid.from_presets([Preset.DAY, Preset.EARLY]),
        hours_min=Decimal(20),
        hours_max=Decimal(35),
    )


# --- barriers ---------------------------------------------------------------------------------------------


def test_barriers_are_of_the_referent_of_the_person_alone(session: scoped_session, referent: Somebody) -> None:
    colleague = somebody(Role.REFERENT, referent.organisation)
    facilitator = somebody(Role.FACILITATOR)
    candidate = followed_by(referent, facilitator)
    noted = [NotedBarrier(Barrier.HOUSING, "Hébergée."), NotedBarrier(Barrier.DEBT)]
    service.save_barriers(candidate.id, noted, by=referent.actor)
    assert [(line.barrier, line.note) for line in queries.barriers_of(referent.actor, candidate)] == [
        (Barrier.DEBT, ""),
        (Barrier.HOUSING, "Hébergée."),
    ]
    for other in (colleague, facilitator, somebody(Role.DEPARTMENT)):
        assert queries.barriers_of(other.actor, candidate) == ()
        with pytest.raises(Refused):
            service.save_barriers(candidate.id, [], by=other.actor)
    service.save_barriers(candidate.id, [NotedBarrier(Barrier.DEBT, "Plan signé.")], by=referent.actor)
    rows = session.scalars(select(CandidateBarrier).where(CandidateBarrier.candidate_id == candidate.id)).all()
    assert {(row.barrier, row.note, row.lifted_on) for row in rows} == {
        (Barrier.HOUSING, "Hébergée.", clock.today()),
        (Barrier.DEBT, "Plan signé.", None),
    }
