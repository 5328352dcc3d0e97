"""The page of one follow-up: who reads it, who acts, what each may see, in twelve statements at most."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.roles import Role
from app.follow_up.models import Alert, AnnexSignature, FollowUpTransition, Voice
from app.follow_up.rules.kinds import AlertKind, VoiceSide
from app.follow_up.rules.states import FollowUpState
from app.organisations.rules import OrganisationState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]
PERSON_WORDS, TUTOR_WORDS, REPORT_WORDS = "mots-de-la-personne", "mots-du-tuteur", "note-de-visite"
JOURNAL_WORDS = "phrase-du-journal"


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Planted words: both voices, an alert, a report, a line of the journal."""
    made = a_follow_up(trial_ends_on=date(2026, 11, 30))
    made.referent.user.first_name, made.referent.user.last_name = "Claire", "Fontaine"
    rows = [
        Voice(follow_up_id=made.follow_up.id, side=side, said_on=today, speaker="X", words=words)
        for side, words in ((VoiceSide.TUTOR, TUTOR_WORDS), (VoiceSide.PERSON, PERSON_WORDS))
    ]
    alert = Alert(
        follow_up_id=made.follow_up.id, kind=AlertKind.NO_ANSWER, key="no_answer:1", opened_on=today,
        facts={"days": ["2026-11-02", "2026-11-04"]},
    )  # fmt: skip
    session.add_all([*rows, alert])
    session.flush()
    for visit in list(made.visits.values())[:2]:
        visit.report = visit.next_words = REPORT_WORDS
    session.add_all([line(made, "visit", made.follow_up.id), line(made, "alert", alert.id), line(made, "voice")])
    session.commit()
    return made


def line(made: Followed, subject: str, subject_id: Any = None) -> FollowUpTransition:
    return FollowUpTransition(
        follow_up_id=made.follow_up.id,
        subject=subject,
        subject_id=subject_id or made.follow_up.id,
        action="open",
        words=f"{JOURNAL_WORDS} {subject}",
        by_name="Claire Fontaine",
        by_role=Role.REFERENT,
    )


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def path_of(made: Followed) -> str:
    return f"/suivis/{made.follow_up.id}"


def test_the_referent_reads_the_job_the_day_the_dates_the_words_and_the_acts(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    shown = read(client, path_of(followed))
    assert len(statements) <= 12
    for said in (
        "Préparateur de commandes chez Logistique du Val d’Orge, à Massy",
        "en poste depuis le 1er septembre 2026, 66e jour",
        "Les six mois, du 1er septembre 2026 au 28 février 2027",
        "Deux contacts sans réponse",
        PERSON_WORDS,
        TUTOR_WORDS,
        "Sandrine Leroy",
        "01 99 00 44 55",
        "30 novembre 2026",
        "Confier le suivi à un collègue",
        "Arrêter le suivi",
    ):
        assert said in shown, said


def test_opening_it_is_noted_in_the_trail_once_an_hour(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.referent)
    for _ in range(2):
        read(client, path_of(followed))
    query = select(func.count()).where(
        AuditEntry.action == "candidate.opened", AuditEntry.object_id == followed.follow_up.candidate_id
    )
    assert session.scalar(query) == 1


def test_the_departement_reads_without_alert_voice_nor_note(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(somebody(Role.DEPARTMENT))
    statements.clear()
    shown = read(client, path_of(followed)) + read(client, f"{path_of(followed)}/journal")
    assert "66e jour" in shown
    for planted in (PERSON_WORDS, TUTOR_WORDS, REPORT_WORDS, JOURNAL_WORDS, "sans réponse", "Alerte", "Paroles"):
        assert planted not in shown, planted
    assert "Autres gestes" not in shown


def test_a_facilitator_of_the_person_reads_and_acts_on_nothing(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    facilitator = somebody(Role.FACILITATOR)
    session.commit()
    shown = read(sign_in(facilitator), path_of(followed))
    assert PERSON_WORDS in shown
    assert "Deux contacts sans réponse" not in shown
    assert f"{JOURNAL_WORDS} alert" not in read(sign_in(facilitator), f"{path_of(followed)}/journal")
    assert "Autres gestes" not in shown


def test_a_colleague_reads_without_the_alerts(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    shown = read(sign_in(a_colleague(followed)), path_of(followed))
    assert "66e jour" in shown
    assert "Deux contacts sans réponse" not in shown


@pytest.mark.parametrize("role", [Role.REFERENT, Role.FACILITATOR])
def test_a_stranger_finds_nothing(session: scoped_session, followed: Followed, sign_in: SignIn, role: Role) -> None:
    stranger = somebody(role, territory="sud-essonne")
    session.commit()
    client = sign_in(stranger)
    for page in ("", "/journal", "/annexe", "/emploi", "/emploi/corriger", "/referent", "/arreter", "/annexe/papier"):
        assert client.get(path_of(followed) + page).status_code == 404, page


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_the_page_is_not_for_firms_persons_nor_administrators(
    session: scoped_session, followed: Followed, sign_in: SignIn, role: Role
) -> None:
    who = {Role.EMPLOYER: followed.employer, Role.CANDIDATE: followed.person}.get(role) or somebody(role)
    assert sign_in(who).get(path_of(followed)).status_code == 403


def test_two_jobs_are_two_pages_that_name_each_other(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    other = a_follow_up(
        date(2026, 10, 1), person=followed.person, referent=followed.referent, job={"title": "Agent d’entretien"}
    )
    session.commit()
    client = sign_in(followed.referent)
    assert f"/suivis/{other.follow_up.id}" in read(client, path_of(followed))
    shown = read(client, path_of(other))
    assert "a un autre emploi suivi" in shown
    assert f"/suivis/{followed.follow_up.id}" in shown


def test_a_firm_that_closed_asks_how_it_is_on_the_page_and_in_the_list(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    assert followed.employer.organisation is not None
    followed.employer.organisation.state = OrganisationState.CLOSED
    session.commit()
    client = sign_in(followed.referent)
    assert "L’entreprise a fermé : dites ce qu’il en est" in read(client, path_of(followed))
    assert "dites ce qu’il en est" in read(client, "/suivis")


def test_one_that_nobody_holds_says_so(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    followed.follow_up.referent_id = None
    session.commit()
    assert "Personne ne tient ce suivi" in read(sign_in(a_colleague(followed)), path_of(followed))


@pytest.mark.parametrize("state", [FollowUpState.BROKEN, FollowUpState.CLOSED, FollowUpState.STOPPED])
def test_it_says_how_it_ended(
    session: scoped_session, followed: Followed, sign_in: SignIn, state: FollowUpState
) -> None:
    row = followed.follow_up
    row.state, row.settled_on = state, date(2026, 11, 3)
    row.close_outcome = "kept" if state is FollowUpState.CLOSED else None  # type: ignore[assignment]
    row.stop_reason = "refused" if state is FollowUpState.STOPPED else None  # type: ignore[assignment]
    session.commit()
    words = {FollowUpState.BROKEN: "Emploi perdu", FollowUpState.CLOSED: "toujours en poste"}
    assert words.get(state, "Arrêté le 3 novembre 2026".lower()) in read(sign_in(followed.referent), path_of(followed))


def test_the_journal_is_paged_and_whole(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    session.add_all([line(followed, "visit") for _ in range(30)])
    session.commit()
    client = sign_in(followed.referent)
    assert "Tout voir (33)" in read(client, path_of(followed))
    shown = read(client, f"{path_of(followed)}/journal?page=2")
    assert shown.count(JOURNAL_WORDS) == 13


def test_a_signed_annex_shows_its_day(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    assert "à signer" in read(client, path_of(followed))
    for who in (followed.referent, followed.person):
        page = "/mon-travail/annexe" if who is followed.person else f"{path_of(followed)}/annexe"
        client = sign_in(who)
        digest = read(client, page).split('name="shown" type="hidden" value="')[1].split('"')[0]
        assert client.post(page, data={"shown": digest, "read": "y"}).status_code == 303
    assert session.scalar(select(func.count()).select_from(AnnexSignature)) == 2
    assert "signée le 5 novembre 2026" in read(sign_in(followed.referent), path_of(followed))
