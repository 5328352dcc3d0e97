"""A visit is reported once, corrected by its author for a week; one that was missed is tried again."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.follow_up.models import Absence, Exchange, FollowUpTransition, HeldJob, Visit, Voice
from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import JobPlan, MeetingMode, VisitKind, VoiceSide
from app.follow_up.rules.reports import OUTCOMES, Answers, Report, ReportRefusal
from app.follow_up.rules.states import VisitAction, VisitState
from app.follow_up.service.visits import note_exchange, report
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import somebody

TODAY = date(2026, 11, 5)
SAID = Report(
    VisitAction.HOLD,
    TODAY,
    MeetingMode.PHONE,
    fits_offer=True,
    notes="Poste conforme",
    next_words="Le samedi",
    tutor=Answers(True, True, False, "Il tient la cadence"),
    person_words="L’équipe est bien",
    absences=(date(2026, 10, 24), date(2026, 10, 31)),
)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


@pytest.fixture
def told(followed: Followed) -> Callable[..., Visit]:
    """Report the visit of the third month as the referent."""

    def tell(said: Report = SAID, *, version: int = 1, by: Any = None, kind: VisitKind = VisitKind.MONTH_3) -> Visit:
        who = by or followed.referent
        return report(followed.visits[kind].id, said, by=who.actor, version=version, today=clock.today())

    return tell


def _count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _voice(side: VoiceSide) -> Voice:
    return db.session.scalars(select(Voice).where(Voice.side == side)).one()


def test_a_report_keeps_what_was_said_on_each_side_apart(followed: Followed, told: Callable[..., Visit]) -> None:
    visit = told()

    assert (visit.state, visit.met_on, visit.mode) == (VisitState.HELD, TODAY, MeetingMode.PHONE)
    assert (visit.report, visit.next_words, visit.fits_offer) == ("Poste conforme", "Le samedi", True)
    assert visit.reported_by == followed.referent.user.id
    tutor, person = _voice(VoiceSide.TUTOR), _voice(VoiceSide.PERSON)
    assert (tutor.speaker, tutor.words, tutor.absences, tutor.work_well_done, tutor.see_again) == (
        "Sandrine Leroy",
        "Il tient la cadence",
        True,
        True,
        False,
    )
    assert tutor.held_job_id == followed.job.id
    assert (person.speaker, person.words) == (followed.person.user.first_name, "L’équipe est bien")
    assert set(db.session.scalars(select(Absence.on))) == set(SAID.absences)


def test_a_report_needs_only_what_happened_and_when(told: Callable[..., Visit]) -> None:
    visit = told(Report(VisitAction.HOLD, TODAY))

    assert visit.state is VisitState.HELD
    assert _count(Voice) == 0


@pytest.mark.parametrize("action", sorted(set(OUTCOMES) - {VisitAction.HOLD}))
def test_a_visit_that_was_missed_is_tried_again_on_the_day_that_was_agreed(
    followed: Followed, told: Callable[..., Visit], action: VisitAction
) -> None:
    visit = told(Report(action, TODAY, again_on=date(2026, 11, 6)))

    again = db.session.scalars(
        select(Visit).where(Visit.kind == VisitKind.MONTH_3, Visit.state == VisitState.PLANNED)
    ).one()
    assert visit.state is OUTCOMES[action]
    assert (again.planned_on, again.due_on, again.by_hand) == (date(2026, 11, 6), visit.due_on, True)


def test_a_visit_that_was_missed_asks_for_no_new_try(told: Callable[..., Visit]) -> None:
    before = _count(Visit)
    told(Report(VisitAction.NOTE_REFUSAL, TODAY))
    assert _count(Visit) == before


def test_a_new_try_on_a_holiday_is_refused_beside_its_field(told: Callable[..., Visit]) -> None:
    with pytest.raises(Refused) as refused:
        told(Report(VisitAction.NOTE_ABSENCE, TODAY, again_on=date(2026, 11, 11)))
    assert refused.value.reasons == (CalendarRefusal.NOT_A_WORKING_DAY,)
    assert refused.value.fields == {CalendarRefusal.NOT_A_WORKING_DAY: "again_on"}


@pytest.mark.parametrize("said", [SAID, Report(VisitAction.NOTE_ABSENCE, TODAY, again_on=date(2026, 11, 6))])
def test_the_same_report_sent_twice_is_one(told: Callable[..., Visit], said: Report) -> None:
    told(said)
    before = _count(Visit), _count(Voice), _count(Absence), _count(FollowUpTransition)

    visit = told(said)

    assert visit.version == 2
    assert (_count(Visit), _count(Voice), _count(Absence), _count(FollowUpTransition)) == before


@pytest.mark.parametrize(
    "other",
    [
        Report(VisitAction.NOTE_ABSENCE, TODAY),
        Report(VisitAction.HOLD, TODAY, person_words="Autre chose"),
        Report(VisitAction.HOLD, date(2026, 11, 4)),
    ],
)
def test_another_report_of_the_same_visit_is_told_what_is_recorded(told: Callable[..., Visit], other: Report) -> None:
    told()

    with pytest.raises(StaleVersion) as stale:
        told(other)

    theirs = stale.value.theirs
    assert theirs["version"] == 2
    assert (theirs["action"], theirs["met_on"]) == (VisitAction.HOLD, TODAY)
    assert (theirs["tutor_words"], theirs["absences"], theirs["see_again"]) == ("Il tient la cadence", "oui", "non")
    assert _voice(VoiceSide.PERSON).words == "L’équipe est bien"


def test_the_same_words_by_a_colleague_are_another_report(followed: Followed, told: Callable[..., Visit]) -> None:
    manager = a_colleague(followed, manager=True)
    db.session.commit()
    told()
    with pytest.raises(StaleVersion):
        told(by=manager)


def test_its_author_corrects_a_report_within_a_week(told: Callable[..., Visit]) -> None:
    told()
    corrected = Report(VisitAction.HOLD, TODAY, notes="Relu", tutor=Answers(words="Mieux dit"))

    with clock.frozen(date(2026, 11, 12)):
        visit = told(corrected, version=2)

    assert (visit.report, visit.version) == ("Relu", 3)
    assert (_voice(VoiceSide.TUTOR).words, _voice(VoiceSide.TUTOR).absences) == ("Mieux dit", None)
    assert _voice(VoiceSide.PERSON).words == ""


def test_a_correction_that_changes_only_words_makes_a_new_version(told: Callable[..., Visit]) -> None:
    told(Report(VisitAction.HOLD, TODAY))
    visit = told(Report(VisitAction.HOLD, TODAY, person_words="J’ajoute un mot"), version=2)
    assert visit.version == 3


@pytest.mark.parametrize("case", ["late", "colleague"])
def test_a_report_settles_after_a_week_and_is_its_author_s(
    followed: Followed, told: Callable[..., Visit], case: str
) -> None:
    told()
    who = a_colleague(followed, manager=True) if case == "colleague" else followed.referent
    db.session.commit()
    with clock.frozen(date(2026, 11, 13) if case == "late" else TODAY), pytest.raises(Refused) as refused:
        told(Report(VisitAction.HOLD, TODAY), version=2, by=who)
    assert refused.value.reasons == (ReportRefusal.SETTLED,)


def test_a_correction_never_changes_what_happened(told: Callable[..., Visit]) -> None:
    told(Report(VisitAction.NOTE_ABSENCE, TODAY))
    with pytest.raises(Refused) as refused:
        told(version=2)
    assert refused.value.reasons == (ReportRefusal.OUTCOME_FIXED,)


@pytest.mark.parametrize("state", [VisitState.CANCELLED, VisitState.SKIPPED])
def test_a_visit_called_off_is_not_reported(followed: Followed, told: Callable[..., Visit], state: VisitState) -> None:
    followed.visits[VisitKind.MONTH_3].state = state
    db.session.commit()
    with pytest.raises(Refused) as refused:
        told(version=2)
    assert refused.value.reasons == (ReportRefusal.NOT_TO_REPORT,)


@pytest.mark.parametrize(
    ("met_on", "reason"),
    [(date(2026, 11, 6), ReportRefusal.FUTURE), (date(2026, 8, 31), ReportRefusal.BEFORE_START)],
)
def test_the_day_of_a_visit_is_refused_beside_its_field(
    told: Callable[..., Visit], met_on: date, reason: ReportRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        told(Report(VisitAction.HOLD, met_on))
    assert refused.value.fields == {reason: "met_on"}


def test_an_absence_outside_the_job_undoes_the_whole_report(followed: Followed, told: Callable[..., Visit]) -> None:
    with pytest.raises(Refused) as refused:
        told(Report(VisitAction.HOLD, TODAY, tutor=Answers(words="Bien"), absences=(date(2026, 8, 1),)))
    assert set(refused.value.fields.values()) == {"days"}
    db.session.refresh(followed.visits[VisitKind.MONTH_3])
    assert followed.visits[VisitKind.MONTH_3].state is VisitState.PLANNED
    assert _count(Voice) == 0


def test_the_decision_of_the_fifth_month_is_that_of_the_job(session: scoped_session) -> None:
    with clock.frozen(date(2027, 2, 1)):
        made = a_follow_up(end_on=date(2027, 4, 30))
        session.commit()
        said = Report(VisitAction.HOLD, date(2027, 2, 1), plan=JobPlan.RENEWED, plan_words="Six mois de plus")
        report(made.visits[VisitKind.MONTH_5].id, said, by=made.referent.actor, version=1, today=clock.today())

    job = session.get(HeldJob, made.job.id)
    assert job is not None
    assert (job.plan, job.plan_words, job.planned_on) == (JobPlan.RENEWED, "Six mois de plus", date(2027, 2, 1))


@pytest.mark.parametrize("role", sorted({Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER}))
def test_nobody_else_reports_a_visit(told: Callable[..., Visit], session: scoped_session, role: Role) -> None:
    stranger = somebody(role)
    session.commit()
    with pytest.raises(NotFound):
        told(by=stranger)


def test_a_colleague_reads_and_does_not_report(followed: Followed, told: Callable[..., Visit]) -> None:
    colleague = a_colleague(followed)
    db.session.commit()
    with pytest.raises(NotFound):
        told(by=colleague)


def _exchange(followed: Followed, **values: Any) -> Exchange:
    return note_exchange(
        followed.follow_up.id,
        **{
            "on": TODAY, "side": VoiceSide.PERSON, "mode": MeetingMode.PHONE, "answered": False, "words": "Message",
            "by": followed.referent.actor, "row_id": uuid4(), "today": TODAY, **values,
        },
    )  # fmt: skip


def test_an_exchange_sent_twice_is_one(followed: Followed) -> None:
    row_id = uuid4()
    _exchange(followed, row_id=row_id)
    _exchange(followed, row_id=row_id, words="autre")
    assert db.session.scalars(select(Exchange.words)).all() == ["Message"]


def test_an_exchange_is_not_of_tomorrow(followed: Followed) -> None:
    with pytest.raises(Refused) as refused:
        _exchange(followed, on=date(2026, 11, 6))
    assert refused.value.fields == {ReportRefusal.FUTURE: "on"}


def test_the_journal_says_that_there_was_an_exchange_and_not_what_was_said(followed: Followed) -> None:
    _exchange(followed, words="secret planté")
    lines = db.session.scalars(select(FollowUpTransition.words).where(FollowUpTransition.subject == "exchange")).all()
    assert lines == ["Échange avec la personne, par téléphone, sans réponse"]


def test_of_two_reports_at_once_one_is_recorded(own_app: Flask) -> None:
    with own_app.app_context():
        made = a_follow_up(clock.today() - timedelta(days=40))
        visit_id: UUID = made.visits[VisitKind.MONTH_1].id
        db.session.commit()
        actor = made.referent.actor
        db.session.remove()
    barrier, versions = Barrier(2), []
    said = Report(VisitAction.HOLD, clock.today(), person_words="Ça va")

    def one() -> None:
        with own_app.app_context():
            barrier.wait(30)
            versions.append(report(visit_id, said, by=actor, version=1, today=clock.today()).version)
            db.session.remove()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert versions == [2, 2]
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Voice)) == 1
        db.session.remove()
