"""« Mon travail » and « Salariés suivis »: what the person reads, what the firm reads, and what neither ever does."""

from collections.abc import Callable
from datetime import date, time
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import CandidateProgramme
from app.candidates.rules import Programme
from app.core.roles import Role
from app.follow_up.models import Alert, Exchange, FollowUpTransition, HeldJob, JobBreak, VisitMove, Voice
from app.follow_up.rules.kinds import AlertKind, BreakCause, BreakDecider, MeetingMode, VisitKind, VoiceSide
from app.follow_up.rules.states import FollowUpState, VisitState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]
PLANTED = (
    "planté-personne", "planté-tuteur", "planté-compte-rendu", "planté-alerte", "planté-échange", "planté-journal",
    "planté-déplacement", "planté-rupture", "planté-suite", "planté-changement", "Garde d’enfant", "RSA",
)  # fmt: skip


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Every free word that the follow-up may hold says « planté »; the person is in a programme."""
    made = a_follow_up(end_on=date(2027, 4, 30))
    row_id, visit = made.follow_up.id, made.visits[VisitKind.MONTH_1]
    made.referent.user.first_name, made.referent.user.last_name = "Claire", "Fontaine"
    made.referent.user.phone = "+33199004400"
    visit.report = visit.next_words = "planté-compte-rendu"
    made.visits[VisitKind.MONTH_3].planned_at = time(14)
    made.job.plan_words, made.job.change_words = "planté-suite", "planté-changement"
    who: dict[str, Any] = {"by_name": "Claire Fontaine"}
    session.add_all(
        [
            Voice(follow_up_id=row_id, side="person", said_on=today, speaker="X", words="planté-personne"),
            Voice(
                follow_up_id=row_id, held_job_id=made.job.id, side="tutor", said_on=today, speaker="X",
                words="planté-tuteur",
            ),
            Alert(
                follow_up_id=row_id, kind=AlertKind.TWO_ABSENCES, key="k", opened_on=today,
                facts={"days": ["2026-10-24", "2026-10-31"], "sides": ["tutor"], "words": "planté-alerte"},
            ),
            Exchange(
                follow_up_id=row_id, on=today, side=VoiceSide.PERSON, mode=MeetingMode.PHONE, answered=True,
                words="planté-échange", **who,
            ),
            FollowUpTransition(
                follow_up_id=row_id, subject="visit", subject_id=visit.id, action="hold", words="planté-journal",
                by_role=Role.REFERENT, **who,
            ),
            VisitMove(
                visit_id=visit.id, from_on=today, to_on=today, reason="planté-déplacement", **who
            ),
            JobBreak(
                follow_up_id=row_id, held_job_id=made.job.id, last_day=today, cause=BreakCause.CHILDCARE,
                decided_by=BreakDecider.PERSON, tried="planté-rupture", next_words="planté-rupture",
            ),
            CandidateProgramme(candidate_id=made.follow_up.candidate_id, programme=Programme.RSA, since=today),
        ]
    )  # fmt: skip
    session.commit()
    return made


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_the_person_reads_the_job_who_follows_and_the_next_date(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.person)
    statements.clear()
    shown = text(client.get("/mon-travail"))
    assert len(statements) <= 12
    for said in (
        "Préparateur de commandes",
        "Logistique du Val d’Orge, Massy.",
        "Vous y travaillez depuis le 1er septembre 2026.",
        "Claire Fontaine vous suit.",
        "01 99 00 44 00",
        "Mardi 1er décembre à 14 h",
        "on vient vous voir.",
        "Dire comment ça va",
        "Je ne serai pas au travail",
        'class="plain',
    ):
        assert said in shown, said


def test_planted_words_are_on_no_page_of_the_person(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.person)
    for page in ("/mon-travail", "/mon-travail/annexe"):
        shown = text(client.get(page))
        for planted in PLANTED:
            assert planted not in shown, (page, planted)


def test_planted_words_are_on_no_page_of_the_firm(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.employer)
    pages = ("/salaries-suivis", "/salaries-suivis?export=csv", f"/salaries-suivis/{followed.job.id}/tuteur")
    for page in pages:
        shown = text(client.get(page))
        assert followed.person.user.last_name in shown
        for planted in (*PLANTED, "Alerte", "Suivi de"):
            assert planted not in shown, (page, planted)


def test_a_firm_reads_who_works_there_the_next_visit_and_whom_to_phone(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.employer)
    statements.clear()
    shown = text(client.get("/salaries-suivis"))
    assert len(statements) <= 12
    for said in (
        followed.person.user.full_name,
        "Préparateur de commandes, depuis le 1er septembre 2026",
        "mardi 1er décembre",
        "Claire Fontaine",
        "01 99 00 44 00",
        "Sandrine Leroy",
        "Répondre aux trois questions",
        "Dire une absence",
    ):
        assert said in shown, said


def test_a_visit_without_the_tutor_is_no_business_of_the_firm(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    followed.visits[VisitKind.MONTH_3].with_tutor = False
    session.commit()
    shown = text(sign_in(followed.employer).get("/salaries-suivis"))
    assert "1er décembre" not in shown
    assert "lundi 1er février" in shown


def test_a_firm_reads_nobody_of_another_firm_nor_who_left(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    stranger = somebody(Role.EMPLOYER)
    session.commit()
    assert "Personne pour le moment" in text(sign_in(stranger).get("/salaries-suivis"))
    assert sign_in(stranger).get(f"/salaries-suivis/{followed.job.id}/tuteur").status_code == 404
    followed.job.ended_on = date(2026, 11, 4)
    session.commit()
    assert "Personne pour le moment" in text(sign_in(followed.employer).get("/salaries-suivis"))


@pytest.mark.parametrize("state", [FollowUpState.BROKEN, FollowUpState.STOPPED])
def test_what_is_over_leaves_the_page_of_the_firm(
    session: scoped_session, followed: Followed, sign_in: SignIn, state: FollowUpState
) -> None:
    row = followed.follow_up
    row.state, row.settled_on = state, date(2026, 11, 5)
    row.stop_reason = "death" if state is FollowUpState.STOPPED else None  # type: ignore[assignment]
    session.commit()
    assert "Personne pour le moment" in text(sign_in(followed.employer).get("/salaries-suivis"))


def test_the_firm_says_who_the_tutor_is_and_two_of_its_members_meet_on_a_page(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client, page = sign_in(followed.employer), f"/salaries-suivis/{followed.job.id}/tuteur"
    data = {"tutor_name": "Paul Roy", "tutor_phone": "01 99 00 11 11", "version": str(followed.job.version)}
    wrong = {**data, "tutor_phone": "12"}
    assert "Ce numéro n’existe pas." in unescape(client.post(page, data=wrong).get_data(as_text=True))
    assert client.post(page, data=data).status_code == 303
    assert session.scalars(select(HeldJob.tutor_phone)).one() == "+33199001111"
    assert client.post(page, data={**data, "tutor_name": "Autre"}).status_code == 409


def test_who_has_no_follow_up_reads_kind_words(session: scoped_session, today: date, sign_in: SignIn) -> None:
    person = somebody(Role.CANDIDATE)
    session.commit()
    shown = text(sign_in(person).get("/mon-travail"))
    assert "Rien ici pour l’instant" in shown
    assert "Dire comment ça va" not in shown


def test_a_stopped_follow_up_is_not_on_the_page(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    row = followed.follow_up
    row.state, row.settled_on, row.stop_reason = FollowUpState.STOPPED, date(2026, 11, 5), "refused"  # type: ignore[assignment]
    session.commit()
    assert "Rien ici pour l’instant" in text(sign_in(followed.person).get("/mon-travail"))


def test_past_follow_ups_stay_below(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    row = followed.follow_up
    row.state, row.settled_on, row.close_outcome = FollowUpState.CLOSED, date(2026, 11, 5), "kept"  # type: ignore[assignment]
    session.commit()
    shown = text(sign_in(followed.person).get("/mon-travail"))
    assert "Avant" in shown
    assert "Dire comment ça va" not in shown


def test_the_statements_of_the_firm_do_not_grow_with_its_people(
    session: scoped_session, followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    for _ in range(15):
        a_follow_up(employer=followed.employer, referent=followed.referent)
    session.commit()
    client = sign_in(followed.employer)
    statements.clear()
    text(client.get("/salaries-suivis"))
    assert len(statements) <= 4


def test_a_row_that_does_not_exist_is_not_found(followed: Followed, sign_in: SignIn) -> None:
    assert sign_in(followed.employer).get(f"/salaries-suivis/{uuid4()}/tuteur").status_code == 404


def test_a_firm_reads_no_visit_of_the_job_before_or_after_its_own(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    made, after = a_follow_up(), somebody(Role.EMPLOYER)
    assert after.organisation is not None
    made.job.ended_on = date(2026, 11, 20)
    session.add(
        HeldJob(
            follow_up_id=made.follow_up.id, rank=2, organisation_id=after.organisation.id, title="Cariste",
            employment_kind="cdi", start_on=date(2026, 11, 23), hours_week=35,
        )
    )  # fmt: skip
    made.visits[VisitKind.MONTH_3].planned_on, made.visits[VisitKind.MONTH_5].planned_on = (
        date(2026, 11, 12),
        date(2026, 11, 24),
    )
    session.commit()

    before_page = sign_in(made.employer).get("/salaries-suivis?export=csv").text
    after_page = sign_in(after).get("/salaries-suivis?export=csv").text

    assert "12/11/2026" in before_page
    assert "24/11/2026" in after_page
    assert "24/11/2026" not in before_page
    assert "12/11/2026" not in after_page

    made.visits[VisitKind.MONTH_3].state, made.visits[VisitKind.MONTH_3].met_on = VisitState.HELD, today
    session.commit()
    assert "24/11/2026" not in sign_in(made.employer).get("/salaries-suivis?export=csv").text
