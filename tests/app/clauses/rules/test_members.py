"""Which part of a lot's hours each firm owes, and what it did with its subcontractors."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.members import parts_of

LEAD, PARTNER, HELPER = (UUID(int=number) for number in (1, 2, 3))


@dataclass(frozen=True)
class Firm:
    id: UUID
    share: Decimal | None
    principal_id: UUID | None = None


@dataclass(frozen=True)
class Done:
    holder_id: UUID
    declared: Decimal
    validated: Decimal


FIRMS = (Firm(LEAD, Decimal(60)), Firm(PARTNER, Decimal(40)), Firm(HELPER, None, PARTNER))


def test_a_subcontractors_hours_count_once_for_the_member_who_subcontracts() -> None:
    days = [
        Done(LEAD, Decimal(80), Decimal(70)),
        Done(PARTNER, Decimal(30), Decimal(30)),
        Done(HELPER, Decimal(25), Decimal(20)),
    ]
    lead, partner, helper = parts_of(Decimal(250), FIRMS, days)
    assert (lead.due, lead.validated, lead.left, lead.to_validate) == (150, 70, 80, 10)
    assert (partner.due, partner.validated, partner.through, partner.left) == (100, 50, 20, 50)
    assert (helper.holder_id, helper.due, helper.left, helper.validated) == (HELPER, None, None, 20)
    assert helper.ratio is None


def test_more_than_owed_leaves_nothing() -> None:
    [only] = parts_of(Decimal(100), [Firm(LEAD, Decimal(100))], [Done(LEAD, Decimal(130), Decimal(130))])
    assert only.left == 0
    assert only.ratio == Decimal("1.3")


def test_a_subcontractor_whose_principal_is_not_shown_is_still_there() -> None:
    [alone] = parts_of(Decimal(100), [FIRMS[2]], [Done(HELPER, Decimal(9), Decimal(4))])
    assert (alone.declared, alone.validated, alone.due) == (9, 4, None)


@given(st.lists(st.decimals(0, 9999, places=2), min_size=3, max_size=3), st.decimals(0, 99999, places=2))
def test_parts_make_the_objective_and_hours_are_never_lost(hours: list[Decimal], objective: Decimal) -> None:
    days = [Done(firm.id, done, done) for firm, done in zip(FIRMS, hours, strict=True)]
    lead, partner, _ = parts_of(objective, FIRMS, days)
    assert (lead.due or 0) + (partner.due or 0) == objective
    assert lead.validated + partner.validated == sum(hours)
