"""A change of terms has a date, never rewrites the past, and is recorded once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.clauses.models import ClauseTerms, TermsTemplate
from app.clauses.queries import terms as queries
from app.clauses.queries.standing import terms_of
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, TEMPLATES, Terms, TermsRefusal
from app.clauses.service import terms as service
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from tests.factories.clauses import NOTIFIED, Site, a_site, terms_for
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("session", "today")
STRICT = replace(DEFAULTS, penalty_per_hour=Decimal(200))


def changed(site: Site, terms: Terms = STRICT, **values: Any) -> ClauseTerms:
    said = {
        "row_id": uuid4(), "valid_from": date(2026, 12, 1), "note": "", "by": site.facilitator.actor,
        "version": queries.edition(queries.versions_of(site.contract.id)), **values,
    }  # fmt: skip
    return service.change_terms(site.contract.id, terms, **said)


def refusals(site: Site, terms: Terms = STRICT, **values: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        changed(site, terms, **values)
    return refused.value


def test_the_first_terms_are_known_since_they_hold() -> None:
    site = a_site()
    made = changed(site, valid_from=NOTIFIED)
    assert (made.valid_from, made.known_from) == (NOTIFIED, NOTIFIED)
    assert terms_of(site.contract.id, NOTIFIED) == STRICT


def test_a_change_of_a_past_day_is_known_from_today_only() -> None:
    site = a_site()
    terms_for(site.contract, DEFAULTS)
    made = changed(site, valid_from=date(2026, 6, 1))
    assert (made.valid_from, made.known_from) == (date(2026, 6, 1), date(2026, 11, 5))


def test_a_change_to_come_leaves_today_as_it_is() -> None:
    site = a_site()
    terms_for(site.contract, DEFAULTS)
    made = changed(site)
    assert made.known_from == date(2026, 12, 1)
    assert terms_of(site.contract.id, date(2026, 11, 30)) == DEFAULTS
    assert terms_of(site.contract.id, date(2026, 12, 1)) == STRICT


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 5, 31)])
def test_a_change_never_starts_on_or_before_the_last_one(day: date) -> None:
    site = a_site()
    terms_for(site.contract, DEFAULTS, since=date(2026, 6, 1))
    refused = refusals(site, valid_from=day)
    assert refused.reasons == (TermsRefusal.BEFORE_LAST_VERSION,)
    assert refused.fields[TermsRefusal.BEFORE_LAST_VERSION] == "valid_from"


def test_all_reasons_are_said_at_once_each_beside_its_field() -> None:
    site = a_site()
    refused = refusals(site, replace(DEFAULTS, penalty_per_day=Decimal(0), due_day=31), valid_from=date(2026, 3, 1))
    assert set(refused.reasons) == {TermsRefusal.BEFORE_NOTIFICATION, TermsRefusal.PENALTY, TermsRefusal.DUE_DAY}
    assert refused.fields[TermsRefusal.PENALTY] == "penalty_per_day"
    assert refused.fields[TermsRefusal.DUE_DAY] == "due_day"


def test_the_same_terms_again_are_refused() -> None:
    site = a_site()
    terms_for(site.contract, STRICT)
    assert refusals(site).reasons == (TermsRefusal.NOTHING_CHANGED,)


def test_a_second_sending_records_nothing_more() -> None:
    site, row_id = a_site(), uuid4()
    first = changed(site, row_id=row_id)
    again = changed(site, row_id=row_id, version=1)
    assert again.id == first.id
    count = select(func.count()).select_from(ClauseTerms).where(ClauseTerms.contract_id == site.contract.id)
    assert db.session.scalar(count) == 1


def test_two_people_who_change_the_terms_at_once_do_not_overwrite_each_other() -> None:
    site = a_site()
    changed(site, valid_from=NOTIFIED)
    with pytest.raises(StaleVersion):
        changed(site, replace(DEFAULTS, pooling=True), version=1)


def test_the_terms_of_a_closed_contract_stay() -> None:
    assert refusals(a_site(state=ContractState.CLOSED)).reasons == (WorkflowRefusal.WRONG_STATE,)


def test_a_firm_never_changes_the_terms() -> None:
    site = a_site()
    assert refusals(site, by=site.employer.actor).reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)


def test_the_contract_of_others_is_not_found() -> None:
    stranger = somebody(Role.FACILITATOR, territory=None)
    with pytest.raises(NotFound):
        changed(a_site(), by=stranger.actor)


# --- templates --------------------------------------------------------------------------------------------


def test_the_shipped_templates_are_loaded_once() -> None:
    assert service.load_templates() == 0
    rows = {row.slug: Terms.from_json(row.said) for row in queries.all_templates()}
    assert {one.slug: one.terms for one in TEMPLATES}.items() <= rows.items()


def copied(row_id: UUID, name: str = "Bâtiment") -> TermsTemplate:
    return service.copy_template(name, STRICT, row_id=row_id, by=somebody(Role.DEPARTMENT).actor)


def test_a_copy_is_made_once_and_the_shipped_one_stays() -> None:
    row_id = uuid4()
    made, again = copied(row_id), copied(row_id)
    assert made.slug == again.slug
    assert Terms.from_json(made.said) == STRICT
    assert queries.template_terms("works_quarterly") == TEMPLATES[0].terms


def test_a_template_taken_out_is_no_longer_offered() -> None:
    service.switch_template("cleaning", active=False, by=somebody(Role.DEPARTMENT).actor)
    assert "cleaning" not in dict(queries.template_choices())
    assert queries.template_terms("cleaning") == DEFAULTS


def test_only_the_departement_keeps_templates() -> None:
    with pytest.raises(Refused):
        service.switch_template("cleaning", active=False, by=somebody(Role.FACILITATOR).actor)
