"""What came of a visit: reported once, corrected by its author for a week; an exchange outside the visits."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.french import date_words
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.labels.kinds import MODES, PLANS, SIDES, VISITS
from app.follow_up.labels.states import VISIT_STATES
from app.follow_up.models import Absence, Exchange, FollowUp, Visit, Voice
from app.follow_up.queries.visible import the_one_to_act_on, the_visit
from app.follow_up.queries.visits import job_at, steps_around
from app.follow_up.rules.kinds import MeetingMode, VoiceSide
from app.follow_up.rules.reports import (
    OUTCOMES,
    REPORTED,
    Answers,
    Report,
    ReportRefusal,
    again_refusals,
    day_refusals,
    may_correct,
)
from app.follow_up.rules.states import VISIT, VisitState
from app.follow_up.service import journal
from app.follow_up.service.alerts import refresh
from app.follow_up.service.calendar import visit_again
from app.follow_up.service.visit_news import tell
from app.follow_up.service.voices import add_absences


@transaction
def report(visit_id: UUID, said: Report, *, by: Actor, version: int, today: date) -> Visit:
    """Note what came of a visit. The same report sent again is the one already there; another one is stale.

    Raises NotFound, Refused, StaleVersion.
    """
    visit = the_visit(by, visit_id, to_act=True)
    follow_up = visit.follow_up
    db.session.refresh(visit)  # as it is now that nobody else may change it
    visit.follow_up = follow_up
    if visit.version != version:
        if _already_said(visit, said, by):
            return visit
        raise StaleVersion(_now_says(visit))
    first = visit.state is VisitState.PLANNED
    _check(visit, said, by, today)
    if first:
        _settle(visit, said, by)
    _write(visit, said)
    _decide(visit, said, by)
    if said.held:
        _keep_voices(visit, said, by)
        _keep_absences(visit, said, by, today)
    elif first and said.again_on is not None:
        _plan_again(visit, said.again_on, by, today)
    db.session.flush()
    refresh([visit.follow_up_id], today)
    return visit


def _check(visit: Visit, said: Report, by: Actor, today: date) -> None:
    follow_up = visit.follow_up
    if visit.state not in REPORTED | {VisitState.PLANNED}:
        raise Refused(ReportRefusal.NOT_TO_REPORT)
    if visit.state in REPORTED:
        day = clock.civil_day(visit.reported_at) if visit.reported_at else None
        if not may_correct(visit.reported_by, day, by.user_id, today):
            raise Refused(ReportRefusal.SETTLED)
        if OUTCOMES[said.action] is not visit.state:
            raise Refused(ReportRefusal.OUTCOME_FIXED)
    on = day_refusals(said.met_on, follow_up.starts_on, today)
    again = () if said.held else again_refusals(visit.kind, said.again_on, steps_around(visit), today)
    if on or again:
        raise Refused((*on, *again), {**dict.fromkeys(on, "met_on"), **dict.fromkeys(again, "again_on")})


def _settle(visit: Visit, said: Report, by: Actor) -> None:
    state = VISIT_STATES[OUTCOMES[said.action]].lower()
    how = f", {MODES[said.mode].lower()}" if said.held else ""
    words = f"{VISITS[visit.kind]}\u00a0: {state} le {date_words(said.met_on)}{how}"
    journal.move(visit, VISIT, said.action, by, follow_up_id=visit.follow_up_id, subject="visit", words=words)
    visit.reported_at, visit.reported_by = clock.now(), by.user_id


def _write(visit: Visit, said: Report) -> None:
    """A correction that changes nothing on the row itself still makes it a new version."""
    visit.met_on = said.met_on
    if said.held:
        visit.mode, visit.fits_offer = said.mode, said.fits_offer
        visit.report, visit.next_words = said.notes, said.next_words
    flag_modified(visit, "met_on")


def _decide(visit: Visit, said: Report, by: Actor) -> None:
    """What follows the job: the decision of the fifth month."""
    job = job_at(visit.follow_up, said.met_on)
    if not said.held or said.plan is None or job is None:
        return
    if (job.plan, job.plan_words) != (said.plan, said.plan_words):
        job.plan, job.plan_words, job.planned_on = said.plan, said.plan_words, said.met_on
        words = f"Suite de l’emploi\u00a0: {PLANS[said.plan].lower()}"
        journal.log(visit.follow_up_id, "job", job.id, "decide", by, words=words)


def _voices(visit: Visit) -> dict[VoiceSide, Voice]:
    return {voice.side: voice for voice in db.session.scalars(select(Voice).where(Voice.visit_id == visit.id))}


def _keep_voices(visit: Visit, said: Report, by: Actor) -> None:
    job, known = job_at(visit.follow_up, said.met_on), _voices(visit)
    tutor = job.tutor_name if job and job.tutor_name else SIDES[VoiceSide.TUTOR]
    person = visit.follow_up.candidate.first_name
    wanted = ((VoiceSide.TUTOR, tutor, said.tutor), (VoiceSide.PERSON, person, Answers(words=said.person_words)))
    for side, speaker, answers in wanted:
        voice = known.get(side)
        if voice is None and not answers:
            continue
        if voice is None:
            voice = Voice(follow_up_id=visit.follow_up_id, visit_id=visit.id, side=side, speaker=speaker)
            voice.heard, voice.by_user_id = "visit", by.user_id
            db.session.add(voice)
        voice.held_job_id = job.id if job else None
        voice.said_on, voice.words, voice.absences = said.met_on, answers.words, answers.absences
        voice.work_well_done, voice.see_again = answers.work_well_done, answers.see_again


def _keep_absences(visit: Visit, said: Report, by: Actor, today: date) -> None:
    if said.absences:
        add_absences(said.absences, None, VoiceSide.TUTOR, by, visit.follow_up, today, "days")


def _plan_again(visit: Visit, on: date, by: Actor, today: date) -> None:
    """The person and the tutor are told of the day, as of any other."""
    again = visit_again(visit, on, by)
    again.follow_up = visit.follow_up
    tell(again, by, today)


def _now_says(visit: Visit) -> dict[str, Any]:
    """The fields of the form as the row has them, for the page of two editors."""
    told, voices = _yes_no, _voices(visit)
    tutor, person = voices.get(VoiceSide.TUTOR), voices.get(VoiceSide.PERSON)
    action = next((action for action, state in OUTCOMES.items() if state is visit.state), None)
    return {
        "version": visit.version,
        "action": action,
        "met_on": visit.met_on,
        "mode": visit.mode,
        "fits_offer": told(visit.fits_offer),
        "notes": visit.report,
        "next_words": visit.next_words,
        "tutor_words": tutor.words if tutor else "",
        "absences": told(tutor.absences if tutor else None),
        "work_well_done": told(tutor.work_well_done if tutor else None),
        "see_again": told(tutor.see_again if tutor else None),
        "person_words": person.words if person else "",
    }


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else ("oui" if answer else "non")


def _already_said(visit: Visit, said: Report, by: Actor) -> bool:
    """Is it, word for word, what this person reported a moment ago?"""
    if visit.reported_by != by.user_id or visit.state is not OUTCOMES[said.action] or visit.met_on != said.met_on:
        return False
    if not said.held:
        return said.again_on is None or _is_planned(visit, said.again_on)
    row = (visit.mode, visit.fits_offer, visit.report, visit.next_words)
    if row != (said.mode, said.fits_offer, said.notes, said.next_words) or not _days_known(visit, said.absences):
        return False
    job, voices = job_at(visit.follow_up, said.met_on), _voices(visit)
    tutor, person = voices.get(VoiceSide.TUTOR), voices.get(VoiceSide.PERSON)
    heard = Answers(tutor.absences, tutor.work_well_done, tutor.see_again, tutor.words) if tutor else Answers()
    decided = said.plan is None or (job is not None and (job.plan, job.plan_words) == (said.plan, said.plan_words))
    return decided and heard == said.tutor and (person.words if person else "") == said.person_words


def _is_planned(visit: Visit, on: date) -> bool:
    query = select(Visit.id).where(
        Visit.follow_up_id == visit.follow_up_id,
        Visit.kind == visit.kind,
        Visit.planned_on == on,
        Visit.state == VisitState.PLANNED,
    )
    return db.session.scalar(query.limit(1)) is not None


def _days_known(visit: Visit, days: tuple[date, ...]) -> bool:
    query = select(Absence.on).where(Absence.follow_up_id == visit.follow_up_id, Absence.on.in_(days))
    return not days or set(db.session.scalars(query)) == set(days)


@transaction
def note_exchange(
    follow_up_id: UUID, *, on: date, side: VoiceSide, mode: MeetingMode, answered: bool, words: str, by: Actor,
    row_id: UUID, today: date,
) -> Exchange:  # fmt: skip
    """A contact outside the visits, tried or made. Sent twice, it is one. Raises NotFound, Refused."""
    follow_up: FollowUp = the_one_to_act_on(by, follow_up_id)
    if (noted := db.session.get(Exchange, row_id)) is not None:
        return noted
    if reasons := day_refusals(on, follow_up.starts_on, today):
        raise Refused(reasons, dict.fromkeys(reasons, "on"))
    exchange = Exchange(
        id=row_id, follow_up_id=follow_up.id, on=on, side=side, mode=mode, answered=answered, words=words,
        by_user_id=by.user_id, by_name=by.name,
    )  # fmt: skip
    db.session.add(exchange)
    who = "le tuteur" if side is VoiceSide.TUTOR else "la personne"
    came = "avec réponse" if answered else "sans réponse"
    journal.log(
        follow_up.id, "exchange", row_id, "note", by, words=f"Échange avec {who}, {MODES[mode].lower()}, {came}"
    )
    db.session.flush()
    refresh([follow_up.id], today)
    return exchange
