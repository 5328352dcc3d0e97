"""What is said of a convention changes what is said, and no more."""

from decimal import Decimal

from app.core.roles import Role
from app.placements.rules.convention import LIMITED, ConventionData, has_convention, may_fill
from app.placements.rules.states import COUNTED, PlacementState


def test_what_is_not_said_stays_and_an_emptied_contact_is_nothing() -> None:
    said = ConventionData(tasks="", tutor_phone="", hours_week=Decimal(20), works_holidays=False).said()
    assert said == {"tasks": "", "tutor_phone": None, "hours_week": Decimal(20), "works_holidays": False}
    assert set(ConventionData.__dataclass_fields__) >= LIMITED


def test_the_host_and_who_accompanies_fill_it_between_the_yes_and_the_signatures() -> None:
    able = {(role, state) for role in Role for state in PlacementState if may_fill(role, state)}
    roles = (Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT)
    assert able == {(role, PlacementState.ACCEPTED) for role in roles}
    assert {state for state in PlacementState if has_convention(state)} == COUNTED
