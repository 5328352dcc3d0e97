"""Each side says its own, corrects it until the stage is closed; what follows closes it."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.offers.rules import EmploymentKind
from app.organisations.rules import OrganisationState
from app.placements.models import PlacementAssessment, PlacementNext, PlacementTransition
from app.placements.rules.asking import AskRefusal
from app.placements.rules.assessing import AssessmentRefusal, HostSays, Question
from app.placements.rules.following import Follows, NextRefusal
from app.placements.rules.kinds import Answer, AssessmentSide, Completion, NextKind
from app.placements.rules.states import ASSESSABLE, PlacementState
from app.placements.service import assessing as service
from app.placements.service import following
from app.placements.service.assessing import Said, foreseen_hours
from tests.factories.people import somebody
from tests.factories.placements import Placed, a_placement, an_assessment

_S = PlacementState
DONE = Said(HostSays(Completion.COMPLETED, hired=False), words="Très bien")
LIKED = Said(answers={Question.LIKED: Answer.YES}, words="Patron trop sec")


def of(session: scoped_session, state: PlacementState = _S.ENDED, **values: object) -> Placed:
    placed = a_placement(state, **values)  # type: ignore[arg-type]
    session.commit()
    return placed


def test_each_side_says_its_own_and_sending_twice_says_it_once(session: scoped_session, today: date) -> None:
    placed = of(session)
    here = placed.placement.id
    for _ in range(2):
        service.host_says(here, DONE, by=placed.host.actor, version=0, today=today)
        service.person_says(here, LIKED, by=placed.person.actor, version=0, today=today)
    rows = {row.side: row for row in session.scalars(select(PlacementAssessment))}
    assert rows[AssessmentSide.HOST].words == "Très bien"
    assert rows[AssessmentSide.PERSON].liked is Answer.YES
    lines = session.scalars(select(PlacementTransition.words).order_by(PlacementTransition.at)).all()
    assert lines == ["Bilan de l’employeur", "Bilan de la personne"]


def test_it_is_corrected_over_the_version_that_was_read(session: scoped_session, today: date) -> None:
    placed = of(session)
    first = service.host_says(placed.placement.id, DONE, by=placed.host.actor, version=0, today=today)
    other = Said(HostSays(Completion.COMPLETED, hired=True, hired_on=today), EmploymentKind.CDI)
    with pytest.raises(StaleVersion):
        service.host_says(placed.placement.id, other, by=placed.host.actor, version=0, today=today)
    row = service.host_says(placed.placement.id, other, by=placed.host.actor, version=first.version, today=today)
    assert (row.hired, row.hired_on, row.employment_kind) == (True, today, EmploymentKind.CDI)


def test_what_the_answers_leave_no_room_for_is_not_kept(session: scoped_session, today: date) -> None:
    placed = of(session)
    said = Said(
        HostSays(Completion.COMPLETED, placed.placement.ends_on, Decimal(3), hired=False, hired_on=today),
        EmploymentKind.CDI,
        {Question.LIKED: Answer.NO, Question.TEAM: Answer.YES},
    )
    row = service.host_says(placed.placement.id, said, by=placed.host.actor, version=0, today=today)
    assert (row.last_day, row.missed_hours, row.hired_on, row.employment_kind) == (None, None, None, None)
    assert (row.liked, row.team) == (None, Answer.YES)


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (HostSays(None), {AssessmentRefusal.NO_COMPLETION}),
        (HostSays(Completion.PARTLY), {AssessmentRefusal.NO_LAST_DAY}),
        (
            HostSays(Completion.PARTLY, date(2026, 1, 1), Decimal(600), hired=True),
            {
                AssessmentRefusal.LAST_DAY_OUTSIDE,
                AssessmentRefusal.MISSED_HOURS,
                AssessmentRefusal.HIRED_WITHOUT_DAY,
            },
        ),
    ],
)
def test_what_does_not_hold_together_is_refused_beside_its_field(
    session: scoped_session, today: date, said: HostSays, reasons: set[AssessmentRefusal]
) -> None:
    placed = of(session)
    with pytest.raises(Refused) as no:
        service.host_says(placed.placement.id, Said(said), by=placed.host.actor, version=0, today=today)
    assert set(no.value.reasons) == reasons
    assert set(no.value.fields) >= reasons


def test_who_accompanies_writes_for_a_declared_host_only(session: scoped_session, today: date) -> None:
    there, declared = of(session), of(session, host_organisation_id=None)
    with pytest.raises(Refused) as no:
        service.host_says(there.placement.id, DONE, by=there.referent.actor, version=0, today=today)
    assert no.value.reasons == (AskRefusal.HOST_ANSWERS,)
    row = service.host_says(declared.placement.id, DONE, by=declared.referent.actor, version=0, today=today)
    assert row.by_name == declared.referent.user.full_name


def test_nobody_writes_for_another(session: scoped_session, today: date) -> None:
    placed, stranger = of(session), somebody(Role.EMPLOYER)
    session.commit()
    here = placed.placement.id
    with pytest.raises(NotFound):
        service.host_says(here, DONE, by=stranger.actor, version=0, today=today)
    for act, said, who in (
        (service.host_says, DONE, placed.person),
        (service.person_says, LIKED, placed.host),
        (service.person_says, LIKED, placed.referent),
    ):
        with pytest.raises(Refused) as no:
            act(here, said, by=who.actor, version=0, today=today)
        assert no.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)


@pytest.mark.parametrize("state", sorted(set(PlacementState) - ASSESSABLE))
def test_nothing_is_said_before_the_end(session: scoped_session, today: date, state: PlacementState) -> None:
    placed = of(session, state)
    with pytest.raises(Refused) as no:
        service.person_says(placed.placement.id, LIKED, by=placed.person.actor, version=0, today=today)
    assert no.value.reasons == (WorkflowRefusal.WRONG_STATE,)


def test_once_closed_only_a_side_that_was_silent_may_speak(session: scoped_session, today: date) -> None:
    placed = of(session, _S.CLOSED)
    row = an_assessment(placed.placement)
    session.commit()
    with pytest.raises(Refused):
        service.host_says(placed.placement.id, DONE, by=placed.host.actor, version=row.version, today=today)
    assert service.person_says(placed.placement.id, LIKED, by=placed.person.actor, version=0, today=today).words


def test_the_hours_of_the_convention_come_from_its_schedule(session: scoped_session, today: date) -> None:
    placed = of(session, _S.ENDED, starts_on=date(2026, 10, 5), days=5)
    assert foreseen_hours(placed.placement) == Decimal(35)


# --- what follows -----------------------------------------------------------------------------------------


def test_what_follows_closes_the_stage_once_and_may_be_said_again(session: scoped_session, today: date) -> None:
    placed = of(session)
    row_id, version = uuid4(), placed.placement.version
    said = Follows(NextKind.TRAINING, today, "CAP menuisier")
    for _ in range(2):
        following.follow(
            placed.placement.id, said, by=placed.referent.actor, row_id=row_id, version=version, today=today
        )
    session.refresh(placed.placement)
    assert (placed.placement.state, placed.placement.closed_on) == (_S.CLOSED, today)
    again = Follows(NextKind.HIRE, today)
    now = placed.placement.version
    following.follow(placed.placement.id, again, by=placed.referent.actor, row_id=uuid4(), version=now, today=today)
    assert len(session.scalars(select(PlacementNext)).all()) == 2
    written = [
        *session.scalars(select(PlacementTransition.words)),
        *map(str, session.scalars(select(AuditEntry.details))),
    ]
    assert not [words for words in written if "menuisier" in words or "training" in words]


@pytest.mark.parametrize(
    ("away", "reason"), [(timedelta(days=-400), NextRefusal.BEFORE), (timedelta(days=400), NextRefusal.TOO_FAR)]
)
def test_a_day_that_cannot_follow_is_refused(
    session: scoped_session, today: date, away: timedelta, reason: NextRefusal
) -> None:
    placed = of(session)
    with pytest.raises(Refused) as no:
        following.follow(
            placed.placement.id, Follows(NextKind.HIRE, today + away), by=placed.referent.actor, row_id=uuid4(),
            version=placed.placement.version, today=today,
        )  # fmt: skip
    assert (no.value.reasons, no.value.fields[reason]) == ((reason,), "on")


@pytest.mark.parametrize("who", ["person", "host"])
def test_only_who_accompanies_says_what_follows(session: scoped_session, today: date, who: str) -> None:
    placed = of(session)
    said, actor = Follows(NextKind.NOTHING, today), getattr(placed, who).actor
    with pytest.raises(Refused):
        following.follow(placed.placement.id, said, by=actor, row_id=uuid4(), version=1, today=today)
    assert placed.placement.state is _S.ENDED


def test_of_a_stage_that_stopped_the_last_day_is_not_after_the_stop(session: scoped_session, today: date) -> None:
    placed = of(session, _S.STOPPED)
    after = placed.placement.last_day + timedelta(days=1)
    assert after <= placed.placement.ends_on
    said = Said(HostSays(Completion.PARTLY, last_day=after, hired=False))
    with pytest.raises(Refused) as no:
        service.host_says(placed.placement.id, said, by=placed.host.actor, version=0, today=today)
    assert no.value.reasons == (AssessmentRefusal.LAST_DAY_OUTSIDE,)


def test_who_accompanies_writes_for_a_host_whose_place_on_the_portal_is_closed(
    session: scoped_session, today: date
) -> None:
    placed = of(session)
    assert placed.host.organisation is not None
    with pytest.raises(Refused):
        service.host_says(placed.placement.id, DONE, by=placed.referent.actor, version=0, today=today)
    placed.host.organisation.state = OrganisationState.CLOSED
    session.commit()
    assert service.host_says(placed.placement.id, DONE, by=placed.referent.actor, version=0, today=today).by_name


def test_the_id_of_a_line_of_another_stage_makes_none(session: scoped_session, today: date) -> None:
    placed, other = of(session), of(session)
    said = Follows(NextKind.TRAINING, today)
    row_id = uuid4()
    following.follow(other.placement.id, said, by=other.referent.actor, row_id=row_id, version=1, today=today)
    with pytest.raises(NotFound):
        following.follow(placed.placement.id, said, by=placed.referent.actor, row_id=row_id, version=1, today=today)
