"""Each role signs for its own party; who accompanies collects all three; the département signs nothing."""

import pytest

from app.core.roles import Role
from app.placements.rules.kinds import Party
from app.placements.rules.signing import SIGN_FIELDS, SIGNABLE, UNSIGNABLE, SignatureRefusal, own_party, parties_for


@pytest.mark.parametrize(
    ("role", "own", "all_of_them"),
    [
        (Role.CANDIDATE, Party.PERSON, (Party.PERSON,)),
        (Role.EMPLOYER, Party.HOST, (Party.HOST,)),
        (Role.REFERENT, Party.PRESCRIBER, tuple(Party)),
        (Role.FACILITATOR, Party.PRESCRIBER, tuple(Party)),
        (Role.DEPARTMENT, None, ()),
        (Role.ADMINISTRATOR, None, ()),
    ],
)
def test_a_role_records_the_parties_that_are_its_own(
    role: Role, own: Party | None, all_of_them: tuple[Party, ...]
) -> None:
    assert own_party(role) is own
    assert parties_for(role) == all_of_them


def test_what_may_be_taken_back_may_be_signed_and_each_reason_has_a_field() -> None:
    assert UNSIGNABLE < SIGNABLE
    assert set(SIGN_FIELDS) == set(SignatureRefusal)
