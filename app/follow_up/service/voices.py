"""Somebody says something: a tutor's answers, a person's words, a day of absence. Never why."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.french import date_words
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.follow_up.labels.kinds import SIDES
from app.follow_up.labels.visits import MOODS
from app.follow_up.models import Absence, FollowUp, HeldJob, Voice
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.queries.visits import job_at, my_jobs, the_job
from app.follow_up.rules.absences import AbsenceRefusal, absence_refusals
from app.follow_up.rules.kinds import VoiceSide
from app.follow_up.rules.moods import Mood
from app.follow_up.rules.reports import Answers
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import journal
from app.follow_up.service.alerts import refresh


def lock(follow_up_id: UUID) -> FollowUp:
    """The follow-up, held until the act ends: what is said of it is written one after the other."""
    query = select(FollowUp).where(FollowUp.id == follow_up_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def add_absences(
    days: Iterable[date], job: HeldJob | None, side: VoiceSide, by: Actor, follow_up: FollowUp, today: date, field: str
) -> None:
    """Write each day once, whoever says it first. ``job`` None: that of each day. Raises Refused on ``field``."""
    said = sorted(set(days))
    jobs = [job] if job is not None else follow_up.jobs
    ends = [one.ended_on or one.end_on for one in jobs]
    last = None if not ends or None in ends else max(end for end in ends if end is not None)
    first = min((one.start_on for one in jobs), default=follow_up.starts_on)
    if reasons := absence_refusals(said, first, last, today):
        raise Refused(reasons, dict.fromkeys(reasons, field))
    for day in said:
        held = job or job_at(follow_up, day)
        values = {"id": uuid4(), "follow_up_id": follow_up.id, "on": day, "side": side, "by_user_id": by.user_id}
        stamps = {"created_at": clock.now(), "updated_at": clock.now()}
        new = insert(Absence).values(**values, **stamps, held_job_id=held.id if held else None)
        made = db.session.scalar(new.on_conflict_do_nothing().returning(Absence.id))
        if made is not None:
            words = f"Absence le {date_words(day)} (dit par\u00a0: {SIDES[side].lower()})"
            journal.log(follow_up.id, "absence", made, "declare", by, words=words)


def add_answers(
    answers: Answers, job: HeldJob | None, by: Actor, follow_up_id: UUID, *, voice_id: UUID, speaker: str, heard: str,
    said_on: date, visit_id: UUID | None = None,
) -> Voice:  # fmt: skip
    """A tutor's answers as a voice; the journal says that they came, never what they are."""
    voice = Voice(
        id=voice_id,
        follow_up_id=follow_up_id,
        held_job_id=job.id if job else None,
        visit_id=visit_id,
        side=VoiceSide.TUTOR,
        said_on=said_on,
        speaker=speaker,
        words=answers.words,
        absences=answers.absences,
        work_well_done=answers.work_well_done,
        see_again=answers.see_again,
        heard=heard,
        by_user_id=by.user_id,
    )
    db.session.add(voice)
    journal.log(follow_up_id, "voice", voice_id, "say", by, words="Réponses du tuteur reçues")
    return voice


def _followed(job: HeldJob, today: date) -> None:
    ended = job.ended_on is not None and job.ended_on < today
    if job.follow_up.state is not FollowUpState.ACTIVE or ended:
        raise Refused(AbsenceRefusal.OVER)


@transaction
def answer_as_employer(
    job_id: UUID, answers: Answers, days: tuple[date, ...], *, by: Actor, row_id: UUID, today: date
) -> None:
    """The three questions, answered by somebody of the firm who is signed in. Raises NotFound, Refused."""
    job = the_job(by, job_id)
    follow_up = lock(job.follow_up_id)
    if db.session.get(Voice, row_id) is not None:
        return
    _followed(job, today)
    add_absences(days, job, VoiceSide.TUTOR, by, follow_up, today, "days")
    add_answers(
        answers, job, by, follow_up.id, voice_id=row_id, speaker=by.name, heard="portal", said_on=today
    )  # fmt: skip
    refresh([follow_up.id], today)


@transaction
def absent_by_employer(job_id: UUID, days: tuple[date, ...], *, by: Actor, today: date) -> None:
    """A firm says days of absence. Raises NotFound, Refused."""
    job = the_job(by, job_id)
    follow_up = lock(job.follow_up_id)
    _followed(job, today)
    add_absences(days, job, VoiceSide.TUTOR, by, follow_up, today, "days")
    refresh([follow_up.id], today)


@transaction
def absent_by_referent(follow_up_id: UUID, days: tuple[date, ...], side: VoiceSide, *, by: Actor, today: date) -> None:
    """The referent writes down what tutor or person told them. Raises NotFound, Refused."""
    follow_up = the_one_to_act_on(by, follow_up_id)
    add_absences(days, None, side, by, follow_up, today, "days")
    refresh([follow_up.id], today)


@transaction
def take_absence_back(absence_id: UUID, *, by: Actor, today: date) -> UUID:
    """A day noted by mistake. Answers the follow-up. Raises NotFound."""
    absence = db.session.get(Absence, absence_id)
    if absence is None:
        raise NotFound
    follow_up = the_one_to_act_on(by, absence.follow_up_id)
    gone = db.session.execute(delete(Absence).where(Absence.id == absence_id).returning(Absence.on)).scalar()
    if gone is not None:
        words = f"Absence du {date_words(gone)} retirée\u00a0: notée par erreur"
        journal.log(follow_up.id, "absence", absence_id, "take_back", by, words=words)
    refresh([follow_up.id], today)
    return follow_up.id


def _job_of(by: Actor, job_id: UUID | None, today: date) -> HeldJob:
    mine = my_jobs(by, today)
    if by.role is not Role.CANDIDATE or not mine:
        raise NotFound
    found = next((job for job in mine if job.id == job_id), mine[0] if job_id is None else None)
    if found is None:
        raise NotFound
    return found


@transaction
def absent_by_person(day: date, job_id: UUID | None, *, by: Actor, today: date) -> None:
    """« Je ne serai pas au travail », or was not: one day, and nothing more is asked. Raises NotFound, Refused."""
    job = _job_of(by, job_id, today)
    follow_up = lock(job.follow_up_id)
    add_absences((day,), job, VoiceSide.PERSON, by, follow_up, today, "day")
    refresh([follow_up.id], today)


@transaction
def say(mood: Mood, words: str, job_id: UUID | None, *, by: Actor, row_id: UUID, today: date) -> Voice:
    """« Dire comment ça va »: read by those who accompany the person, never by the employer. Raises NotFound."""
    job = _job_of(by, job_id, today)
    follow_up = lock(job.follow_up_id)
    if (said := db.session.get(Voice, row_id)) is not None:
        return said
    voice = Voice(
        id=row_id,
        follow_up_id=follow_up.id,
        held_job_id=job.id,
        side=VoiceSide.PERSON,
        said_on=today,
        speaker=by.name.split(" ")[0],
        words=f"{MOODS[mood]}.\n{words}".strip(),
        heard="portal",
        by_user_id=by.user_id,
    )
    db.session.add(voice)
    journal.log(follow_up.id, "voice", row_id, "say", by, words="La personne a dit comment ça va")
    refresh([follow_up.id], today)
    return voice
