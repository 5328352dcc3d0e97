"""Who reads which file: every role, own or other territory, and what follows for lists, counts and phone cards."""

from datetime import date
from uuid import uuid4

import pytest

from app.candidates import queries
from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import SYSTEM, Actor, Role
from tests.factories.candidates import CandidateFactory, followed_by, mandate_for, person_with_access
from tests.factories.people import Somebody, an_organisation, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
HERE, ELSEWHERE = "91377", "91223"  # Massy (Nord-Ouest), Étampes (Sud-Essonne)


def _sees(actor: Actor, candidate: Candidate) -> bool:
    query = queries.candidates_visible_to(actor).where(Candidate.id == candidate.id)
    seen = db.session.scalar(query) is candidate
    if seen:
        assert queries.the_candidate(actor, candidate.id) is candidate
    else:
        with pytest.raises(NotFound):
            queries.the_candidate(actor, candidate.id)
    return seen


@pytest.mark.parametrize(
    ("role", "territory", "followed", "own_territory", "other_territory"),
    [
        (Role.FACILITATOR, "nord-ouest", False, True, False),
        (Role.FACILITATOR, "nord-ouest", True, True, True),
        (Role.FACILITATOR, None, False, False, False),
        (Role.FACILITATOR, None, True, True, True),
        (Role.REFERENT, "nord-ouest", False, False, False),
        (Role.REFERENT, "nord-ouest", True, True, True),
        (Role.DEPARTMENT, None, False, True, True),
        (Role.EMPLOYER, None, False, False, False),
        (Role.ADMINISTRATOR, None, False, False, False),
        (Role.CANDIDATE, None, False, False, False),
    ],
)
def test_the_matrix_of_roles_and_territories(
    role: Role, territory: str | None, followed: bool, own_territory: bool, other_territory: bool
) -> None:
    who = somebody(role, territory=territory)
    make = followed_by if followed else lambda _who, **values: CandidateFactory(**values)
    assert _sees(who.actor, make(who, commune_insee=HERE)) is own_territory
    assert _sees(who.actor, make(who, commune_insee=ELSEWHERE)) is other_territory
    assert _sees(who.actor, make(who, commune_insee=None)) is (followed or role is Role.DEPARTMENT)


def test_a_referent_reads_the_people_of_colleagues_and_their_own_wherever_they_act() -> None:
    who = somebody(Role.REFERENT)
    colleague = somebody(Role.REFERENT, who.organisation)
    assert _sees(who.actor, followed_by(colleague))
    moved = Actor(role=Role.REFERENT, name="", user_id=who.user.id, organisation_id=uuid4())
    assert _sees(moved, followed_by(who))
    assert not _sees(moved, followed_by(colleague))


def test_the_person_reads_their_own_file_only() -> None:
    me, other = person_with_access(), person_with_access()
    assert me.candidate is not None
    assert other.candidate is not None
    assert _sees(me.actor, me.candidate)
    assert not _sees(me.actor, other.candidate)


def test_an_actor_who_is_nobody_matches_no_file_without_an_owner() -> None:
    candidate = CandidateFactory(commune_insee=None)
    for role in set(Role) - {Role.DEPARTMENT, Role.SYSTEM}:
        assert not _sees(Actor(role=role, name=""), candidate)
    assert _sees(SYSTEM, candidate)


def test_a_mandate_alone_opens_no_file() -> None:
    who, candidate = somebody(Role.REFERENT), CandidateFactory()
    mandate_for(who, candidate)
    assert not _sees(who.actor, candidate)


@pytest.mark.parametrize("state", [CandidateState.CLOSED, CandidateState.MERGED])
def test_only_active_files_are_read(state: CandidateState) -> None:
    other = CandidateFactory()
    merged = {"merged_into_id": other.id} if state is CandidateState.MERGED else {}
    candidate = CandidateFactory(state=state, **merged)
    agent = somebody(Role.DEPARTMENT)
    assert not _sees(agent.actor, candidate)
    expected = other.id if state is CandidateState.MERGED else None
    assert queries.kept_instead_of(agent.actor, candidate.id) == expected
    assert queries.kept_instead_of(somebody(Role.EMPLOYER).actor, candidate.id) is None


# --- the human to phone -------------------------------------------------------------------------------------


def _referent(phone: str | None, place_phone: str | None) -> Somebody:
    one = somebody(Role.REFERENT)
    assert one.organisation is not None
    one.user.phone, one.organisation.phone = phone, place_phone
    db.session.commit()
    return one


def test_the_person_phones_their_referent_else_the_place_else_the_plie() -> None:
    plie = somebody(Role.FACILITATOR)
    assert plie.organisation is not None
    plie.organisation.phone = "+33199000003"
    named, placed, silent = (
        _referent("+33199000001", "+33199000002"),
        _referent(None, "+33199000002"),
        _referent(None, None),
    )
    contacts = [queries.contact_of(followed_by(referent, plie)) for referent in (named, placed, silent)]
    assert [contact and contact.phone for contact in contacts] == ["+33199000001", "+33199000002", "+33199000003"]
    assert contacts[0] is not None
    assert contacts[0].name == named.user.full_name
    assert queries.contact_of(CandidateFactory()) is None


# --- lists --------------------------------------------------------------------------------------------------


@pytest.fixture
def agent() -> Actor:
    return somebody(Role.DEPARTMENT).actor


def _listed(actor: Actor, **asked: object) -> set[Candidate]:
    lines = queries.listed(actor, queries.Filters(**asked), 1, 100)  # type: ignore[arg-type]
    assert lines.total == len(lines.items)
    return {db.session.get_one(Candidate, line.id) for line in lines}


def test_each_filter_keeps_what_it_says(agent: Actor) -> None:
    referent = somebody(Role.REFERENT)
    ready = CandidateFactory(ready=True, consenting=True, full=True, waiting_since=date(2026, 9, 1))
    silent = CandidateFactory(ready=True, commune_insee=ELSEWHERE, waiting_since=date(2026, 9, 1))
    mine = followed_by(referent, consenting=True, commune_insee=None)
    assert _listed(agent) >= {ready, silent, mine}
    assert _listed(agent, territory="sud-essonne") == {silent}
    assert _listed(agent, commune=HERE) == {ready}
    assert _listed(agent, trade="agent-entretien") == {ready}
    assert _listed(agent, ready="oui") == {ready}
    assert _listed(agent, ready="sans-accord") == {silent}
    assert _listed(agent, ready="non", consenting="oui") == {mine}
    assert _listed(agent, waiting_days=60) == {ready}
    assert _listed(agent, waiting_days=90) == set()
    assert _listed(agent, programme="rsa") == {ready}
    assert _listed(agent, programme="plie") == set()
    assert _listed(referent.actor, mine=True) == {mine}


@pytest.mark.parametrize("sort", ["nom", "-nom", "commune", "attend", "-attend", "libre", "pret", "-pret"])
def test_every_sort_pages_everybody_once(agent: Actor, sort: str) -> None:
    for number in range(5):
        CandidateFactory(waiting_since=date(2026, 10, 1 + number % 2), ready=number == 3)
    asked = queries.Filters(sort=queries.sort_key(sort))
    pages = [queries.listed(agent, asked, number, 2) for number in (1, 2, 3, 4)]
    seen = [line.id for page in pages[:3] for line in page]
    assert len(seen) == len(set(seen)) == pages[0].total == 5
    assert pages[3].number == 3


def test_nonsense_sorts_by_name() -> None:
    assert [queries.sort_key(raw) for raw in (None, "", "x", "-x", "nom", "-attend")] == ["nom"] * 5 + ["-attend"]


@pytest.mark.parametrize("typed", ["kaddour", "NADIA kadd", "Kaddour Nadia", "kadour nadia"])
def test_a_name_is_found_by_part_in_any_order_or_nearly(agent: Actor, typed: str) -> None:
    candidate = CandidateFactory(last_name="Kaddour")
    CandidateFactory(first_name="Léa", last_name="Petit")
    assert [line.id for line in queries.named(agent, typed)] == [candidate.id]


def test_a_number_of_file_finds_it_and_a_stranger_finds_nothing(agent: Actor) -> None:
    candidate = CandidateFactory()
    assert [line.id for line in queries.named(agent, str(candidate.number))] == [candidate.id]
    assert queries.named(agent, "9" * 40) == []
    assert queries.named(agent, "  %_ ") == []
    assert queries.named(somebody(Role.EMPLOYER).actor, candidate.last_name) == []


def test_the_filters_offer_what_the_visible_people_have() -> None:
    who = somebody(Role.REFERENT)
    followed_by(who, full=True)
    CandidateFactory(commune_insee=ELSEWHERE)
    communes, trades = queries.filter_choices(who.actor)
    assert communes == [(HERE, "Massy")]
    assert {slug for slug, _ in trades} == {"agent-entretien", "jardinier-paysagiste"}


# --- to do --------------------------------------------------------------------------------------------------


def test_things_to_do_are_grouped_and_only_for_those_who_accompany() -> None:
    who, today = somebody(Role.FACILITATOR), date(2026, 11, 5)
    assert queries.to_do_for(who.actor, today) == []
    for _ in range(2):
        followed_by(who, ready=True, consenting=True, waiting_since=date(2026, 10, 6))
    followed_by(who, ready=True)
    followed_by(who, consenting=True)
    followed_by(who, first_name="Léa", last_name="Petit")
    followed_by(who, first_name="Léa", last_name="Petit")
    items = queries.to_do_for(who.actor, today)
    assert [(item.kind, item.title) for item in items] == [
        ("candidates.waiting", "2\u00a0personnes prêtes attendent"),
        ("candidates.consent", "1\u00a0personne prête sans accord"),
        ("candidates.unready", "1\u00a0personne à dire prête"),
        ("candidates.duplicates", "1\u00a0doublon possible"),
    ]
    for role in (Role.EMPLOYER, Role.ADMINISTRATOR, Role.CANDIDATE):
        assert queries.to_do_for(somebody(role).actor, today) == []


def test_a_place_without_people_has_no_line() -> None:
    organisation = an_organisation()
    assert queries.lines_of([]) == {}
    assert queries.the_candidates(Actor(role=Role.REFERENT, name="", organisation_id=organisation.id), [uuid4()]) == {}
