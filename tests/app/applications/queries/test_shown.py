"""What an employer reads of a person, and which buttons each reader has."""

import re
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import queries
from app.applications.queries import Asked
from app.applications.rules import ApplicationAction as Action
from app.candidates.models import CandidateBarrier, CandidateProgramme, CandidateTitle
from app.candidates.rules import Barrier, Programme
from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Preset
from app.messages.models import Message
from tests.factories.applications import a_market, a_ready_person, delivered, hired, invited, proposed, sent
from tests.factories.people import Somebody

CANARIES = {
    "address": "3 impasse du Canari",
    "email": "canari@exemple.fr",
    "phone": "+33639987777",
    "own_words": "CanariMots",
    "language": "canarien",
    "birth_date": date(1971, 3, 4),
    "refusals": ["canari-hauteur"],
}
SECRETS = re.compile(r"canari|39 ?98 ?77 ?77|1971|\brsa\b|\bplie\b|santé|\b88\b", re.IGNORECASE)


def _with_canaries() -> Somebody:
    """A person whose file says all that an employer must never learn."""
    person = a_ready_person(first_name="Lina", last_name="Roche", grid=Grid.from_presets([Preset.DAY]), **CANARIES)
    candidate = person.candidate
    candidate.skills, candidate.licences = ["entretien-locaux"], ["b"]
    db.session.add(CandidateBarrier(candidate_id=candidate.id, barrier=Barrier.HEALTH, note="CanariFrein"))
    db.session.add(CandidateProgramme(candidate_id=candidate.id, programme=Programme.RSA, since=date(2026, 1, 1)))
    db.session.flush()
    return person


def test_an_employer_reads_what_bears_on_the_job_and_nothing_else(session: scoped_session, today: date) -> None:
    market = a_market(posts=3)
    person = _with_canaries()
    application = delivered(market, today, person)
    application.reasons = {**application.reasons, "facilitator": ["CanariFacilitateur"], "to_check": ["CanariVérifier"]}
    session.flush()
    loaded = queries.the_application(market.employer.actor, application.id)
    seen = queries.person_seen_by_employer(loaded, today)
    assert (seen.name, seen.commune) == ("Lina Roche", "Massy")
    assert seen.reasons == ["Même métier"]
    assert seen.trades == ["Agent d’entretien"]
    assert len(seen.skills) == 1
    line = queries.received(market.employer.actor, Asked(), 1).items[0]
    said = [value for part in (asdict(seen), asdict(line)) for value in part.values() if not isinstance(value, UUID)]
    assert "Lina Roche" in said
    assert not SECRETS.search(repr(said))


def test_no_message_to_an_employer_says_what_they_must_not_learn(session: scoped_session, today: date) -> None:
    market = a_market(posts=3)
    person = _with_canaries()
    application = delivered(market, today, person)
    hired(market, today, application)
    gone = sent(market, today, _with_canaries_again())
    gone.answer_due_on = today
    session.flush()
    to_employer = select(Message).where(Message.to_user_id == market.employer.user.id)
    messages = db.session.scalars(to_employer).all()
    assert {message.kind for message in messages} == {"application_received"}
    for message in messages:
        text = f"{message.subject} {message.body}".replace(str(message.about_id), "")
        assert "Agent d’entretien" in text
        assert not SECRETS.search(text)
        assert "Lina" not in text
        assert "Roche" not in text


def _with_canaries_again() -> Somebody:
    person = _with_canaries()
    person.candidate.phone = "+33639987778"
    return person


def test_a_permit_is_shown_when_the_job_asks_for_it_only(session: scoped_session, today: date) -> None:
    person = a_ready_person(licences=["be"])
    without, asking = a_market(), a_market(required_licences=["b"])
    for market, shown in ((without, 0), (asking, 1)):
        application = sent(market, today, person)
        loaded = queries.the_application(market.employer.actor, application.id)
        assert len(queries.person_seen_by_employer(loaded, today).licences) == shown


def test_a_title_that_is_over_is_not_shown(session: scoped_session, today: date) -> None:
    market, person = a_market(), a_ready_person()
    yesterday = today - timedelta(days=1)
    for slug, until in (("sst", yesterday), ("caces-r489-1a", None)):
        session.add(CandidateTitle(candidate_id=person.candidate.id, title_slug=slug, valid_until=until))
    application = sent(market, today, person)
    loaded = queries.the_application(market.employer.actor, application.id)
    assert len(queries.person_seen_by_employer(loaded, today).titles) == 1


def test_the_buttons_are_those_of_the_table_less_the_person_s(session: scoped_session, today: date) -> None:
    market = a_market()
    application = proposed(market, today)
    by = market.facilitator.actor
    assert queries.actions_for(application, by, acts_for_person=False) == ()
    assert queries.actions_for(application, by, acts_for_person=True) == (Action.AGREE, Action.DECLINE)
    assert queries.actions_for(application, market.person.actor, acts_for_person=True) == (Action.AGREE, Action.DECLINE)
    met = invited(market, today, a_ready_person())
    employer = market.employer.actor
    assert queries.actions_for(met, employer, acts_for_person=False) == (Action.HIRE, Action.REFUSE)


def test_nobody_acts_for_a_person_by_their_role_alone(session: scoped_session, today: date) -> None:
    market = a_market()
    candidate_id = market.person.candidate.id
    assert queries.may_act_for(market.person.actor, candidate_id, clock.today())
    for who in (market.employer, market.facilitator, a_ready_person()):
        assert not queries.may_act_for(who.actor, candidate_id, clock.today())
