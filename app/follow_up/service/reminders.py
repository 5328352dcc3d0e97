"""People are reminded of a visit to come, the referent of one that is late, those concerned of a job that ends.

Each message has a key made of what it is about and its day: a job run twice writes nothing more, a visit moved is
told again. A reminder that the département turned off does not leave.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.core.french import date_words
from app.core.roles import Role
from app.core.transaction import transaction
from app.follow_up.labels.calendar import meeting_words
from app.follow_up.labels.kinds import MODES, VISITS_FOR_PERSON
from app.follow_up.models import FollowUp, HeldJob, Visit
from app.follow_up.queries import to_remind
from app.follow_up.queries.alert_readers import Readers, readers_of
from app.follow_up.queries.visits import job_at
from app.follow_up.service.visit_news import person_of
from app.messages import service as messages
from app.messages.queries.reminders import reminder
from app.messages.rules import Recipient, ReminderKind

CHUNK: Final = 50
"""Follow-ups told in one transaction: a process killed in the middle loses none, the next one goes on."""
Find = Callable[..., Sequence[Any]]
Tell = Callable[[Sequence[Any], date], int]


def remind_all(today: date) -> dict[str, int]:
    """Every reminder of the follow-up; how many messages each wrote."""
    return {
        "visits_due": _told(ReminderKind.VISIT_DUE, today, to_remind.visits_due, _tell_due),
        "visits_late": _told(ReminderKind.VISIT_LATE, today, to_remind.visits_late, _tell_late),
        "jobs_end": _told(ReminderKind.JOB_ENDS, today, to_remind.jobs_that_end, _tell_end),
    }


def _told(kind: ReminderKind, today: date, find: Find, tell: Tell) -> int:
    rule = reminder(kind)
    if not rule.active:
        return 0
    ids = list(dict.fromkeys(row.follow_up_id for row in find(today, rule.days)))
    written, busy = 0, []
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        number, held = _tell_some(some, partial(find, today, rule.days), tell, today)
        written += number
        busy += [one for one in some if one not in held]
    return written + sum(_tell_some([one], partial(find, today, rule.days), tell, today, wait=True)[0] for one in busy)


@transaction
def _tell_some(
    ids: Sequence[UUID], find: Find, tell: Tell, today: date, *, wait: bool = False
) -> tuple[int, Collection[UUID]]:
    """How many messages, and about which follow-ups. What stopped, was moved or held since is not told of.

    Those that somebody is changing are left for later, one by one: nothing waits while it holds others.
    """
    held = to_remind.going_on(ids, wait=wait)
    return (tell(find(held), today) if held else 0), held


# --- visits -----------------------------------------------------------------------------------------------


def _tell_due(visits: Sequence[Visit], today: date) -> int:
    readers = readers_of([visit.follow_up for visit in visits], today)
    return sum(_visit_due(visit, readers, today) for visit in visits)


def _visit_due(visit: Visit, readers: Readers, today: date) -> int:
    follow_up = visit.follow_up
    job, users = job_at(follow_up, today), _holders(follow_up, readers)
    who = users[0] if users else None
    said: dict[str, Any] = {
        "when": meeting_words(visit.planned_on, visit.planned_at, today),
        "who": who.name if who else "",
        "phone": who.phone if who else None,
        "person": follow_up.candidate.short_name,
        "what": VISITS_FOR_PERSON[visit.kind],
        "how": MODES[visit.mode].lower(),
        "place": visit.place,
        "url": messages.link_to("follow_up.visit", visit_id=visit.id),
    }
    key = f"{visit.id}:{visit.planned_on}:{visit.planned_at or ''}"
    about = ("visit", visit.id)
    told: list[tuple[str, Recipient, str]] = [("visit_due_person", person_of(follow_up), f"visit_due:person:{key}")]
    if visit.with_tutor and job is not None and (job.ended_on is None or job.ended_on >= visit.planned_on):
        told.append(("visit_due_tutor", tutor_of(job), f"visit_due:tutor:{key}"))
    told += [("visit_due_referent", user, f"visit_due:{user.user_id}:{key}") for user in users]
    return sum(messages.queue(kind, to, about=about, key=name, **said) is not None for kind, to, name in told)


def _tell_late(visits: Sequence[Visit], today: date) -> int:
    readers = readers_of([visit.follow_up for visit in visits], today)
    written = 0
    for visit in visits:
        said: dict[str, Any] = {
            "person": visit.follow_up.candidate.short_name,
            "when": date_words(visit.planned_on),
            "days": (today - visit.planned_on).days,
            "url": messages.link_to("follow_up.visit", visit_id=visit.id),
        }
        about = ("visit", visit.id)
        for user in _holders(visit.follow_up, readers):
            key = f"visit_late:{user.user_id}:{visit.id}:{visit.planned_on}"
            written += messages.queue("visit_late", user, about=about, key=key, **said) is not None
    return written


# --- the job ends -----------------------------------------------------------------------------------------


def _tell_end(jobs: Sequence[HeldJob], today: date) -> int:
    readers = readers_of([job.follow_up for job in jobs], today)
    places = {job.organisation_id for job in jobs if job.organisation_id is not None}
    employers = those_to_write_to(places, {Role.EMPLOYER})
    return sum(
        messages.queue(kind, user, about=("follow_up", job.follow_up_id), key=key, **_end(job, url)) is not None
        for job in jobs
        for kind, user, key, url in _ends(job, readers, employers.get(job.organisation_id, ()))  # type: ignore[arg-type]
    )


def _ends(job: HeldJob, readers: Readers, employers: Sequence[User]) -> Iterator[tuple[str, Recipient, str, str]]:
    own = messages.link_to("follow_up.follow_up", follow_up_id=job.follow_up_id)
    for one in _holders(job.follow_up, readers):
        yield "job_ends_referent", one, f"job_ends:{one.user_id}:{job.id}:{job.end_on}", own
    firm = messages.link_to("follow_up.employer_people")
    for user in employers:
        yield "job_ends_employer", professional(user), f"job_ends:{user.id}:{job.id}:{job.end_on}", firm


def _end(job: HeldJob, url: str) -> dict[str, Any]:
    return {
        "person": job.follow_up.candidate.short_name,
        "title": job.title,
        "last_day": date_words(job.end_on) if job.end_on else "",
        "url": url,
    }


# --- to whom ----------------------------------------------------------------------------------------------


def _holders(follow_up: FollowUp, readers: Readers) -> Sequence[Recipient]:
    """The referent or who covers them; when nobody is there any more, the managers of the place."""
    return readers.to_open(follow_up.referent_id, follow_up.referent_organisation_id)


def tutor_of(job: HeldJob) -> Recipient:
    """The tutor, by e-mail first."""
    return Recipient(job.tutor_name or "Le tuteur", None, job.tutor_email, job.tutor_phone)


def professional(user: User) -> Recipient:
    """Somebody of the firm."""
    return Recipient(user.full_name, user.id, user.email, user.phone)
