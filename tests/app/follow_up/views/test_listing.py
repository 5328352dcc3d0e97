"""The list of follow-ups: what its reader needs first, filters in the address, exports, few statements."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Alert, Cover, Voice
from app.follow_up.rules.kinds import AlertKind, VoiceSide
from app.follow_up.rules.states import FollowUpState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Somebody], FlaskClient]
TODAY = date(2026, 11, 5)


@pytest.fixture
def mine(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    name(made, "Moussa", "Traoré")
    session.commit()
    return made


def name(made: Followed, first: str, last: str) -> None:
    assert made.person.candidate is not None
    made.person.candidate.first_name, made.person.candidate.last_name = first, last


def read(client: FlaskClient, path: str = "/suivis") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_a_referent_opens_it_on_their_own_with_the_next_step_and_the_day(mine: Followed, sign_in: SignIn) -> None:
    shown = read(sign_in(mine.referent))
    for said in ("Moussa Traoré", "Préparateur de commandes", "Logistique du Val d’Orge, Massy", "J+7, appel", "66"):
        assert said in shown, said
    assert "58 jours de retard" in shown  # the call of 8 September


def test_a_colleague_finds_them_under_their_team(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    client = sign_in(a_colleague(mine))
    assert "Moussa Traoré" not in read(client)
    assert "Moussa Traoré" in read(client, "/suivis?qui=equipe")


def test_who_covers_somebody_finds_theirs_at_once(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    colleague = a_colleague(mine)
    assert mine.referent.organisation is not None
    session.add(
        Cover(
            organisation_id=mine.referent.organisation.id,
            absent_id=mine.referent.user.id,
            cover_id=colleague.user.id,
            first_day=TODAY,
            last_day=TODAY,
        )
    )
    session.commit()
    client = sign_in(colleague)
    assert "Moussa Traoré" in read(client)
    assert "Moussa Traoré" in read(client, "/suivis?qui=couverts")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("etat=en-poste", True),
        ("etat=perdu", False),
        ("etat=n%27importe", True),
        ("quand=retard", True),
        ("quand=semaine", False),
        ("employeur=val+d%E2%80%99orge", True),
        ("employeur=LOGISTIQUE", True),
        ("employeur=100%25", False),
        ("territoire=nord-ouest", True),
        ("territoire=sud-essonne", False),
        ("secteur=logistique", True),
        ("secteur=gros-oeuvre", False),
    ],
)
def test_filters_are_in_the_address(
    session: scoped_session, mine: Followed, sign_in: SignIn, query: str, found: bool
) -> None:
    mine.job.trade_slug = "preparateur-commandes"
    session.commit()
    assert ("Moussa Traoré" in read(sign_in(mine.referent), f"/suivis?{query}")) is found


def test_what_is_over_waits_under_its_state(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    row = mine.follow_up
    row.state, row.settled_on, row.stop_reason = FollowUpState.STOPPED, TODAY, "refused"  # type: ignore[assignment]
    session.commit()
    client = sign_in(mine.referent)
    assert "Moussa Traoré" not in read(client)
    assert "Moussa Traoré" in read(client, "/suivis?etat=arrete")


def test_a_step_of_this_week_is_found(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    for visit in mine.visits.values():
        visit.planned_on = date(2026, 11, 6) + timedelta(days=30 * list(mine.visits).index(visit.kind))
    session.commit()
    assert "Moussa Traoré" in read(sign_in(mine.referent), "/suivis?quand=semaine")


def test_it_sorts_by_name_both_ways(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    other = a_follow_up(referent=mine.referent)
    name(other, "Nadia", "Kaddour")
    session.commit()
    client = sign_in(mine.referent)
    up, down = read(client, "/suivis?tri=personne"), read(client, "/suivis?tri=-personne")
    assert up.index("Nadia Kaddour") < up.index("Moussa Traoré")
    assert down.index("Moussa Traoré") < down.index("Nadia Kaddour")


@pytest.mark.parametrize("count", [1, 30])
def test_the_statements_do_not_grow_with_the_rows(
    session: scoped_session, mine: Followed, sign_in: SignIn, statements: Statements, count: int
) -> None:
    for _ in range(count):
        a_follow_up(referent=mine.referent)
    session.commit()
    client = sign_in(mine.referent)
    statements.clear()
    read(client)
    assert len(statements) <= 7


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_leaves_as_a_file(mine: Followed, sign_in: SignIn, kind: str) -> None:
    answer = sign_in(mine.referent).get(f"/suivis?export={kind}")
    assert answer.status_code == 200
    assert f"suivis-2026-11-05.{kind}" in answer.headers["Content-Disposition"]
    if kind == "csv":
        assert "Moussa Traoré;Préparateur de commandes;Logistique du Val d’Orge;Massy;01/09/2026;66" in answer.text


def test_neither_the_list_nor_its_file_holds_a_word_or_an_alert(
    session: scoped_session, mine: Followed, sign_in: SignIn
) -> None:
    session.add_all(
        [
            Voice(follow_up_id=mine.follow_up.id, side=VoiceSide.PERSON, said_on=TODAY, speaker="X", words="planté"),
            Alert(follow_up_id=mine.follow_up.id, kind=AlertKind.NO_ANSWER, key="k", opened_on=TODAY),
        ]
    )
    mine.visits[min(mine.visits)].report = "planté"
    session.commit()
    for who in (mine.referent, somebody(Role.DEPARTMENT)):
        client = sign_in(who)
        shown = read(client, "/suivis?qui=tous") + client.get("/suivis?qui=tous&export=csv").text
        assert "Moussa Traoré" in shown
        assert "planté" not in shown
        assert "sans réponse" not in shown


def test_the_departement_reads_all_and_a_stranger_none(
    session: scoped_session, mine: Followed, sign_in: SignIn
) -> None:
    assert "Moussa Traoré" in read(sign_in(somebody(Role.DEPARTMENT)))
    stranger = somebody(Role.REFERENT, territory="sud-essonne")
    session.commit()
    assert "Moussa Traoré" not in read(sign_in(stranger), "/suivis?qui=tous")


def test_the_job_of_today_is_shown_not_the_one_before(session: scoped_session, mine: Followed, sign_in: SignIn) -> None:
    from app.follow_up.models import HeldJob

    mine.job.ended_on = date(2026, 10, 31)
    firm = an_organisation(name="Val d’Orge Propreté")
    session.add(
        HeldJob(
            follow_up_id=mine.follow_up.id,
            rank=2,
            organisation_id=firm.id,
            title="Agent d’entretien",
            employment_kind="cdi",
            start_on=date(2026, 11, 1),
            hours_week=28,
        )
    )
    session.commit()
    shown = read(sign_in(mine.referent))
    assert "Val d’Orge Propreté" in shown
    assert "Logistique du Val d’Orge" not in shown
