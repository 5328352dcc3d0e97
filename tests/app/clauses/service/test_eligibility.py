"""A facilitator saw a proof: judged for the hire date, renewed without rewriting, withdrawn with a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.candidates.models import Candidate
from app.clauses.models import ClauseCategory, EligibilityCheck
from app.clauses.queries.eligibility import eligible_until
from app.clauses.rules.eligibility import EligibilityRefusal
from app.clauses.rules.employments import CheckRefusal
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS
from app.clauses.service.categories import change_category, load_categories
from app.clauses.service.eligibility import check, withdraw
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from tests.factories.clauses import Site, a_person, a_site, an_employment, terms_for
from tests.factories.people import somebody

Check = Callable[..., EligibilityCheck]


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A running contract."""
    return a_site()


@pytest.fixture
def person(site: Site) -> Candidate:
    """Somebody of the territory."""
    return a_person()


@pytest.fixture
def seen(site: Site, person: Candidate, today: date) -> Check:
    """The facilitator saw an RSA attestation of 1 October for a hire today, unless said otherwise."""

    def note(**said: object) -> EligibilityCheck:
        values = {
            "category_slug": "rsa",
            "proof_dated_on": date(2026, 10, 1),
            "hire_on": today,
            "by": site.facilitator.actor,
            "today": today,
            **said,
        }
        return check(site.contract.id, person.id, **values)  # type: ignore[arg-type]

    return note


def _refusals(act: Callable[[], object]) -> set[object]:
    db.session.commit()
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.reasons)


def test_an_attestation_of_less_than_three_months_serves_to_the_day_before(seen: Check) -> None:
    assert seen().good_until == date(2026, 12, 31)


def test_the_contract_may_ask_for_a_younger_proof(site: Site, seen: Check) -> None:
    terms_for(site.contract, replace(DEFAULTS, proof_months={"rsa": 2}))
    assert seen().good_until == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"hire_on": date(2027, 1, 1)}, EligibilityRefusal.PROOF_TOO_OLD),
        ({"hire_on": date(2026, 9, 30)}, EligibilityRefusal.PROOF_AFTER_HIRE),
        ({"proof_dated_on": None}, EligibilityRefusal.PROOF_MISSING),
        ({"category_slug": "unknown"}, EligibilityRefusal.CATEGORY_NOT_COUNTED),
        ({"category_slug": "other", "proof_dated_on": None}, EligibilityRefusal.TEXT_COMPULSORY),
        ({"proof_dated_on": date(2026, 11, 6), "hire_on": date(2026, 11, 9)}, CheckRefusal.PROOF_IN_FUTURE),
    ],
)
def test_what_does_not_prove_is_refused(seen: Check, said: dict[str, object], reason: object) -> None:
    assert _refusals(lambda: seen(**said)) == {reason}


def test_the_last_day_of_the_proof_is_still_good(seen: Check) -> None:
    assert seen(hire_on=date(2026, 12, 31)).good_until == date(2026, 12, 31)


def test_a_reasoned_advice_is_its_own_proof(seen: Check) -> None:
    made = seen(category_slug="other", proof_dated_on=None, note="Sort d’un long arrêt, projet solide.")
    assert (made.good_until, made.note) == (None, "Sort d’un long arrêt, projet solide.")


def test_a_category_that_the_terms_do_not_count_is_refused(site: Site, seen: Check) -> None:
    terms_for(site.contract, replace(DEFAULTS, categories=("plie",)))
    assert _refusals(seen) == {EligibilityRefusal.CATEGORY_NOT_COUNTED}


def test_a_category_out_of_use_is_refused(session: scoped_session, seen: Check) -> None:
    session.get_one(ClauseCategory, "rsa").active = False
    assert _refusals(seen) == {EligibilityRefusal.CATEGORY_NOT_COUNTED}


def test_a_contract_that_is_over_takes_nobody(site: Site, seen: Check) -> None:
    site.contract.state = ContractState.CLOSED
    assert _refusals(seen) == {CheckRefusal.CONTRACT_OVER}


def test_a_renewal_ends_the_check_before_and_rewrites_nothing(seen: Check, today: date) -> None:
    first = seen()
    second = seen(proof_dated_on=date(2026, 11, 2))
    assert (first.ended_on, first.ended_reason) == (today, "")
    assert (first.proof_dated_on, first.good_until) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (second.good_until, second.ended_on) == (date(2027, 2, 1), None)


def test_a_form_sent_twice_notes_once(seen: Check) -> None:
    row_id = uuid4()
    assert seen(row_id=row_id) is seen(row_id=row_id)


def test_withdrawn_it_serves_no_more_and_whoever_works_keeps_counting(
    site: Site, person: Candidate, seen: Check, today: date
) -> None:
    made = seen()
    assert eligible_until([person.id], site.contract.id, today)[person.id]
    assert _refusals(lambda: withdraw(made.id, reason=" ", by=site.facilitator.actor, today=today)) == {
        CheckRefusal.REASON_COMPULSORY
    }
    withdraw(made.id, reason="Mauvaise personne", by=site.facilitator.actor, today=today)
    assert eligible_until([person.id], site.contract.id, today) == {person.id: None}
    assert _refusals(lambda: withdraw(made.id, reason="Encore", by=site.facilitator.actor, today=today)) == {
        CheckRefusal.ALREADY_ENDED
    }
    an_employment(site.holder, person, started_on=date(2026, 10, 5))
    assert eligible_until([person.id], site.contract.id, today) == {person.id: date(2028, 10, 4)}


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_only_those_who_steer_the_contract_check(seen: Check, role: Role) -> None:
    stranger = somebody(role)
    db.session.commit()
    with pytest.raises(NotFound):
        seen(by=stranger.actor)


def test_the_trail_says_who_checked_and_never_why(session: scoped_session, seen: Check) -> None:
    seen(note="Allocataire depuis 2024")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "clause.eligibility.checked")).one()
    assert "rsa" not in str(entry.details).lower()
    assert "2024" not in str(entry.details)


def test_categories_are_loaded_once_and_an_edited_one_stays(session: scoped_session, today: date) -> None:
    assert load_categories() == 0
    session.get_one(ClauseCategory, "rsa").proof = "Attestation de moins d’un mois"
    session.delete(session.get_one(ClauseCategory, "prison"))
    session.commit()
    assert load_categories() == 1
    assert session.get_one(ClauseCategory, "rsa").proof == "Attestation de moins d’un mois"


def test_an_unknown_category_cannot_be_changed(session: scoped_session, today: date) -> None:
    who = somebody(Role.DEPARTMENT)
    with pytest.raises(NotFound):
        change_category("nothing", proof="x", proof_max_months=None, active=True, by=who.actor, version=1)
