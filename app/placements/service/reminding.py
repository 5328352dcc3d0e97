"""People are reminded: a convention to be validated, an assessment to be made, a meeting on the next working day.

Each message has a key made of what it is about and its day: a job run twice writes nothing more, one that was moved is
told again. A reminder that the département turned off does not leave.
"""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from app.core import clock
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind
from app.placements.queries import reminding as queries
from app.placements.queries.assessment_part import assessments_of
from app.placements.queries.visible import host_answers, the_one_to_act_on, the_tripartite_to_act_on
from app.placements.rules.kinds import AssessmentSide
from app.placements.rules.states import TripartiteState
from app.placements.rules.tripartite import reminder_day
from app.placements.service import telling
from app.placements.service.tripartite_news import tell


def remind(today: date) -> dict[str, int]:
    """Every reminder of stages; how many messages each wrote."""
    return {
        "conventions": _told(
            ReminderKind.PLACEMENT_CONVENTION, lambda days: queries.conventions_due(today, days), _tell_convention
        ),
        "assessments": _told(
            ReminderKind.PLACEMENT_ASSESSMENT, lambda days: queries.assessments_due(today, days), _tell_assessment
        ),
        "tripartites": _told(
            ReminderKind.TRIPARTITE_SOON, lambda _: queries.meetings_soon(today), lambda one: _tell_meeting(one, today)
        ),
    }


def _told(kind: ReminderKind, find: Callable[[int], Sequence[UUID]], tell_of: Callable[[UUID], int]) -> int:
    rule = reminder(kind)
    return sum(tell_of(one) for one in find(rule.days)) if rule.active else 0


@transaction
def _tell_convention(placement_id: UUID) -> int:
    """Unless it was validated since."""
    placement = the_one_to_act_on(SYSTEM, placement_id)
    if placement.state not in queries.NOT_VALIDATED:
        return 0
    key = f"placement_convention_due:{placement.id}:{placement.starts_on}"
    return telling.tell_accompaniment("placement_convention_due", placement, SYSTEM, key=key)


@transaction
def _tell_assessment(placement_id: UUID) -> int:
    """The side that said nothing; who accompanies for a host that is only declared."""
    placement = the_one_to_act_on(SYSTEM, placement_id)
    if placement.state not in queries.OVER:
        return 0
    kind, said, written = "placement_assessment_due", assessments_of(placement.id), 0
    key = f"{kind}:{placement.id}:{placement.last_day}"
    if AssessmentSide.PERSON not in said:
        written += telling.tell_person(kind, placement, SYSTEM, key=key)
    if AssessmentSide.HOST not in said:
        to = telling.tell_host if host_answers(placement) else telling.tell_accompaniment
        written += to(kind, placement, SYSTEM, key=key)
    return written


@transaction
def _tell_meeting(meeting_id: UUID, today: date) -> int:
    """The three, on the last working day before: on Friday for a Monday."""
    meeting = the_tripartite_to_act_on(SYSTEM, meeting_id)
    if meeting.state is not TripartiteState.AGREED or meeting.chosen_at is None:
        return 0
    if not reminder_day(clock.civil_day(meeting.chosen_at)) <= today < clock.civil_day(meeting.chosen_at):
        return 0
    return tell("tripartite_reminder", meeting, SYSTEM, key=f"tripartite:{meeting.id}:{meeting.chosen_at.isoformat()}")
