"""The pages of the end of a stage: the host never reads the person's words, nor what follows."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.models import PlacementAssessment, PlacementNext
from app.placements.rules.kinds import AssessmentSide, Completion, NextKind, Presence
from app.placements.rules.states import ASSESSABLE, PlacementState
from tests.app.placements.views.test_convention import HIDDEN, SignIn, address, placed_in, text
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_presence, an_assessment

_S = PlacementState
MON = date(2026, 10, 5)


@pytest.fixture
def ended(session: scoped_session, today: date) -> Placed:
    return placed_in(session, _S.ENDED, starts_on=MON)


def said_by_all(session: scoped_session, placed: Placed) -> None:
    an_assessment(placed.placement, words="Mots de l’employeur")
    an_assessment(placed.placement, AssessmentSide.PERSON, words="Mots de la personne")
    session.add(
        PlacementNext(
            placement_id=placed.placement.id, kind=NextKind.TRAINING, on=date(2026, 11, 1), words="Mots de la suite",
            by_name="Alex",
        )
    )  # fmt: skip
    session.commit()


def test_each_reader_reads_what_is_for_them(session: scoped_session, ended: Placed, sign_in: SignIn) -> None:
    said_by_all(session, ended)
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    pages = {
        "host": text(sign_in(ended.host).get(f"/stages/{ended.placement.id}")),
        "referent": text(sign_in(ended.referent).get(f"/stages/{ended.placement.id}")),
        "person": text(sign_in(ended.person).get(f"/mes-stages/{ended.placement.id}")),
        "agent": text(sign_in(agent).get(f"/stages/{ended.placement.id}")),
    }
    reads = {
        words: {who for who, page in pages.items() if words in page}
        for words in ("Mots de l’employeur", "Mots de la personne", "Mots de la suite", "Une formation")
    }
    assert reads == {
        "Mots de l’employeur": {"host", "referent", "person"},
        "Mots de la personne": {"referent", "person"},
        "Mots de la suite": {"referent"},
        "Une formation": {"referent", "person", "agent"},
    }


def test_the_host_reads_nothing_that_it_may_not_know(session: scoped_session, ended: Placed, sign_in: SignIn) -> None:
    said_by_all(session, ended)
    client = sign_in(ended.host)
    for end in ("", "/bilan"):
        shown = text(client.get(f"/stages/{ended.placement.id}{end}"))
        assert [
            word for word in (*HIDDEN, "Mots de la personne", "Mots de la suite", "formation") if word in shown
        ] == []


def test_the_host_says_how_it_went_with_the_hours_missed_already_there(
    session: scoped_session, ended: Placed, sign_in: SignIn
) -> None:
    a_presence(ended.placement, MON, status=Presence.ABSENT)
    session.commit()
    client, home = sign_in(ended.host), f"/stages/{ended.placement.id}"
    assert "Faire le bilan" in text(client.get(home))
    form = text(client.get(address(ended, "bilan")))
    assert 'name="missed_hours" type="text" value="3"' in form or 'value="3"' in form
    said = {
        "version": "0", "completion": "partly", "missed_hours": "3", "hired": "oui", "hired_on": "10/11/2026",
        "employment_kind": "cdi", "team": "yes", "words": "Merci",
    }  # fmt: skip
    for _ in range(2):
        assert client.post(address(ended, "bilan"), data=said).location == home
    row = session.scalars(select(PlacementAssessment)).one()
    assert (row.completion, row.missed_hours) == (Completion.PARTLY, 3)
    shown = text(client.get(home))
    assert "Fait en partie" in shown
    assert "Corriger le bilan" in shown


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"completion": ""}, "completion", "Dites si le stage a été fait en entier."),
        ({"completion": "partly"}, "last_day", "Dites le dernier jour, ou les heures manquées."),
        ({"hired": ""}, "hired", "Dites si vous embauchez la personne."),
        ({"hired": "oui"}, "hired_on", "Donnez le jour de l’embauche."),
        ({"team": "maybe"}, "team", "Choisissez une réponse de la liste."),
    ],
)
def test_a_wrong_assessment_is_shown_beside_its_field(
    session: scoped_session, ended: Placed, sign_in: SignIn, changes: dict[str, str], field: str, words: str
) -> None:
    said = {"version": "0", "completion": "completed", "hired": "non", "words": "Gardé", **changes}
    shown = text(sign_in(ended.host).post(address(ended, "bilan"), data=said))
    assert words in shown
    assert f'id="{field}-error"' in shown
    assert "Gardé" in shown
    assert session.scalars(select(PlacementAssessment)).all() == []


def test_who_accompanies_writes_for_a_host_that_is_not_here(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    declared = placed_in(session, _S.ENDED, host_organisation_id=None)
    there = placed_in(session, _S.ENDED)
    assert "L’employeur fait lui-même son bilan" in text(sign_in(there.referent).get(address(there, "bilan")))
    client = sign_in(declared.referent)
    assert "écrivez ce qu’elle vous dit" in text(client.get(address(declared, "bilan")))
    said = {"version": "0", "completion": "completed", "hired": "non"}
    assert client.post(address(declared, "bilan"), data=said).status_code == 303


def test_the_person_answers_short_questions(session: scoped_session, ended: Placed, sign_in: SignIn) -> None:
    client, own = sign_in(ended.person), f"/mes-stages/{ended.placement.id}"
    assert "Donner mon avis" in text(client.get(own))
    shown = text(client.get(f"{own}/bilan"))
    assert "L’entreprise ne lit pas vos réponses." in shown
    wrong = text(client.post(f"{own}/bilan", data={"version": "0", "words": "Gardé"}))
    assert 'id="liked-error"' in wrong
    assert "Gardé" in wrong
    assert client.post(f"{own}/bilan", data={"version": "0", "liked": "partly"}).location == own
    assert "Un peu" in text(client.get(own))


def test_somebody_who_corrects_what_another_corrected_reads_it(
    session: scoped_session, ended: Placed, sign_in: SignIn
) -> None:
    an_assessment(ended.placement, words="Déjà dit")
    session.commit()
    said = {"version": "0", "completion": "completed", "hired": "non", "words": "Autre"}
    answer = sign_in(ended.host).post(address(ended, "bilan"), data=said)
    assert answer.status_code == 409
    assert "Déjà dit" in text(answer)


def test_a_hire_leads_to_the_follow_up(session: scoped_session, ended: Placed, sign_in: SignIn) -> None:
    client, home = sign_in(ended.referent), f"/stages/{ended.placement.id}"
    assert "Enregistrer et clore le stage" in text(client.get(address(ended, "suite")))
    said = {"version": str(ended.placement.version), "kind": "hire", "on": "05/11/2026"}
    wrong = text(client.post(address(ended, "suite"), data={**said, "on": "01/01/2020"}))
    assert 'id="on-error"' in wrong
    assert client.post(address(ended, "suite"), data=said).location == home
    shown = text(client.get(home))
    assert f"personne={ended.placement.candidate_id}&origine=placement" in shown
    opening = client.get(f"/suivis/nouveau?personne={ended.placement.candidate_id}&origine=placement")
    assert 'value="placement"' in text(opening)


@pytest.mark.parametrize("state", sorted(PlacementState))
def test_pages_of_the_end_are_there_at_the_end_in_few_statements(
    session: scoped_session, today: date, sign_in: SignIn, statements: Statements, state: PlacementState
) -> None:
    placed = placed_in(session, state)
    if state in ASSESSABLE:
        said_by_all(session, placed)
    asked = ((placed.host, address(placed, "bilan")), (placed.referent, address(placed, "suite")),
             (placed.person, f"/mes-stages/{placed.placement.id}/bilan"))  # fmt: skip
    for who, page in asked:
        client = sign_in(who)
        statements.clear()
        assert client.get(page).status_code == (200 if state in ASSESSABLE else 404)
        assert len(statements) <= 12
    for who, page in ((placed.referent, "stages"), (placed.person, "mes-stages")):
        client = sign_in(who)
        statements.clear()
        assert client.get(f"/{page}/{placed.placement.id}").status_code == 200
        assert len(statements) <= 12


def test_strangers_and_other_roles_say_nothing(session: scoped_session, ended: Placed, sign_in: SignIn) -> None:
    stranger, agent = somebody(Role.EMPLOYER), somebody(Role.DEPARTMENT)
    session.commit()
    codes = [
        sign_in(who).get(address(ended, end)).status_code
        for who, end in (
            (stranger, "bilan"),
            (agent, "bilan"),
            (ended.person, "bilan"),
            (ended.host, "suite"),
            (agent, "suite"),
        )
    ]
    assert codes == [404, 403, 403, 403, 403]
