"""Two presses of one button, at the same moment, are one act."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Role
from app.messages.models import Message
from app.organisations import service
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind, OrganisationRefusal
from tests.factories.accounts import HERE, PASSWORD
from tests.factories.organisations import a_siret, letters, link_in
from tests.factories.people import somebody


def _at_once(app: Flask, act: Callable[[], object]) -> list[object]:
    def run(_: int) -> object:
        with app.app_context():
            try:
                return act() or "done"
            except Refused as refused:
                return refused.reasons[0]

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, range(4)))


def _counts(*kinds: type) -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]


def test_a_form_to_join_sent_four_times_at_once_asks_once(own_app: Flask) -> None:
    asked = service.NewOrganisation(uuid4(), a_siret(), OrganisationKind.FIRM, "L’Atelier", "91223")
    person = service.FirstMember("Odile", "Hervé", "odile@atelier.example", None, PASSWORD)
    assert _at_once(own_app, lambda: service.join(asked, person, None, HERE)) == ["done"] * 4
    with own_app.app_context():
        assert _counts(Organisation, User, Membership, Message) == [1, 1, 1, 1]


def test_two_people_who_inscribe_one_siret_at_once_are_one_organisation(own_app: Flask) -> None:
    siret, numbers = a_siret(), iter(range(4))

    def join() -> None:
        asked = service.NewOrganisation(uuid4(), siret, OrganisationKind.FIRM, "L’Atelier", "91223")
        email = f"membre{next(numbers)}@atelier.example"
        service.join(asked, service.FirstMember("Odile", "Hervé", email, None, PASSWORD), None, HERE)

    assert _at_once(own_app, join) == ["done"] * 4
    with own_app.app_context():
        assert _counts(Organisation, User, Membership) == [1, 4, 1]


def test_an_invitation_accepted_four_times_at_once_makes_one_member(own_app: Flask) -> None:
    with own_app.app_context():
        host = somebody(Role.EMPLOYER)
        db.session.commit()
        service.invite(host.actor.organisation_id, "nour@atelier.example", as_manager=False, by=host.actor)  # type: ignore[arg-type]
        token = link_in(letters("invitation")[0]).removeprefix("/invitation/")
    who = service.NewMember("Nour", "O’Brien", None, PASSWORD)
    answers = _at_once(own_app, lambda: service.accept_as_new(token, who, HERE))
    assert answers.count(OrganisationRefusal.INVITATION_OVER) == 3
    with own_app.app_context():
        assert _counts(User, Membership) == [2, 2]
