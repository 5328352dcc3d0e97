"""Events of the invented département: a speed-dating that was, one of today, a week to come, sessions every Tuesday."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.core import clock
from app.core.db import db
from app.demonstration.accounts import PERSONAS, WORKER, Persona
from app.demonstration.candidates import CandidateRows
from app.demonstration.ground import Ground
from app.demonstration.organisations import Employer, People
from app.events.models import AttendanceSignature, Booking, Event, MeetingSetup, Programme, Slot, SlotSide
from app.events.rules.kinds import AUDIENCES, Audience, EventKind, Side, SignatureMeans, Who, sides_of
from app.events.rules.states import HOLDS_SEAT, BookingState, EventState
from app.messages.rules.short_codes import drawn_code
from app.organisations.rules import SIAE_KINDS, OrganisationKind

LAST_SPEED_DATING = 115
"""Days since the one whose results are known at three months."""
_TUESDAY, _MONDAY = 1, 0
_SEATS = 12
_PAST_SESSIONS, _COMING_SESSIONS = 6, 5


class Stage:
    """Makes events, slots and bookings, and counts the seats as it goes."""

    def __init__(self, ground: Ground, people: People, candidates: CandidateRows) -> None:
        self.ground, self.people, self.candidates = ground, people, candidates
        self.today = clock.today()
        self.plie = people.facilitators["nord-ouest"]
        self.mds = people.referents["91377"][0]
        self.names = {row["id"]: row["name"] for row in people.organisations}
        self.sirets = {row["id"]: row["siret"] for row in people.organisations}
        self.users = {row["id"]: row for row in people.users}

    def persona(self, email: str) -> tuple[Persona, UUID]:
        """A persona and the id of its account."""
        found = next(persona for persona in PERSONAS if persona.email == email)
        return found, self.people.personas[found]

    def employer(self, email: str) -> Employer:
        """The employer of a persona."""
        _, user = self.persona(email)
        return next(employer for employer in self.people.employers if employer.user_id == user)

    def event(self, kind: EventKind, title: str, **values: Any) -> Event:
        """A published event of the PLIE, in Massy."""
        organisation, user = values.pop("by", self.plie)
        said: dict[str, Any] = {
            "id": self.ground.uuid(), "organisation_id": organisation, "made_by": user, "kind": kind, "title": title,
            "audience": AUDIENCES[kind][0], "state": EventState.PUBLISHED, "published_at": clock.now(),
            "place_name": "Espace Liberté", "address": "1 place de France", "commune_insee": "91377",
            "access": "RER B et C, gare de Massy-Palaiseau, 8 minutes à pied. Entrée sans marche.",
            "contact_name": "Samia Benali", "contact_phone": "+33199001234", "contact_email": "plie@demo.example",
            "territory_code": "nord-ouest",
        }  # fmt: skip
        event = Event(**{**said, **values})
        db.session.add(event)
        return event

    def slot(self, event: Event, on: date, begins: time, hours: float, seats: int, room: str = "") -> Slot:
        """A slot in Paris time, with ``seats`` on each side."""
        at = datetime.combine(on, begins, tzinfo=clock.PARIS)
        slot = Slot(
            id=self.ground.uuid(), event=event, starts_at=at, ends_at=at + timedelta(hours=hours), room=room,
            sides=[SlotSide(side=side, seats=seats, taken=0) for side in sides_of(event.kind)],
        )  # fmt: skip
        db.session.add(slot)
        return slot

    def book(self, slot: Slot, who: dict[str, Any], state: BookingState, side: Side = Side.PUBLIC) -> Booking:
        """One booking; a seat is counted when its state holds one."""
        booking = Booking(
            id=self.ground.uuid(), slot_id=slot.id, side=side, state=state,
            code=drawn_code(self.ground.random.choice), state_since=min(slot.ends_at, clock.now()),
            waits_since=clock.now() if state is BookingState.WAITING else None,
            checked_in_at=slot.starts_at if state is BookingState.SEEN else None, **who,
        )  # fmt: skip
        db.session.add(booking)
        if state in HOLDS_SEAT:
            next(row for row in slot.sides if row.side is side).taken += 1
        return booking

    def person(self, row: dict[str, Any]) -> dict[str, Any]:
        """The columns of a booking for somebody with a file."""
        name = f"{row['first_name']} {row['last_name']}"
        return {"who": Who.PERSON, "candidate_id": row["id"], "name": name, "contact_phone": row["phone"] or ""}

    def firm(self, employer: Employer, words: str = "") -> dict[str, Any]:
        """The columns of a booking for an organisation of the portal."""
        member = self.users[employer.user_id]
        trades = self.ground.trades[employer.family][:2]
        return {
            "who": Who.ORGANISATION, "organisation_id": employer.organisation_id, "user_id": employer.user_id,
            "name": self.names[employer.organisation_id],
            "contact_name": f"{member['first_name']} {member['last_name']}", "contact_email": member["email"] or "",
            "trade_slugs": [slug for slug, _, _ in trades], "posts": self.ground.random.randint(1, 5), "words": words,
        }  # fmt: skip


def tell_events(ground: Ground, people: People, candidates: CandidateRows) -> Stage:
    """Everything that is only rows; the meetings and what follows are told by ``meetings``."""
    stage = Stage(ground, people, candidates)
    _sessions(stage)
    _workshop_and_visits(stage)
    _week(stage)
    db.session.flush()
    return stage


def next_weekday(today: date, weekday: int) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _sessions(stage: Stage) -> None:
    """Information on the plan, every Tuesday at the MDS: those that were, and those to come (the first is full)."""
    event = stage.event(
        EventKind.INFORMATION_SESSION, "Trouver un travail près de chez vous", by=stage.mds,
        audience=Audience.PEOPLE, place_name="MDS de Massy", address="4 rue Henri-Gilbert",
        summary="On vous explique les offres, les stages et les chantiers d’insertion. Vous posez vos questions.",
        bring="Rien. Un carnet si vous voulez.", contact_name="Thomas Girard", contact_phone="+33199001235",
        contact_email="referent@demo.example", territory_code="nord-ouest",
    )  # fmt: skip
    first = next_weekday(stage.today, _TUESDAY)
    days = [first + timedelta(days=7 * week) for week in range(-_PAST_SESSIONS, _COMING_SESSIONS)]
    aicha, moussa = (next(row for row in stage.candidates.candidates if row["phone"] == phone) for phone in
                     (next(p.phone for p in PERSONAS if p.first_name == "Aïcha"), WORKER.phone))  # fmt: skip
    others = [row for row in stage.candidates.candidates if row["id"] not in {aicha["id"], moussa["id"]}]
    for rank, day in enumerate(days):
        slot = stage.slot(event, day, time(9, 30), 2, _SEATS, "Salle 2")
        come = stage.ground.random.sample(others, _SEATS + 3)
        if day < stage.today:
            _were_there(stage, slot, ([moussa] if rank == 0 else []) + come)
        elif day == first:
            _expected(stage, slot, [aicha, *come], _SEATS)
        else:
            _expected(stage, slot, come, stage.ground.random.randint(3, 9))


def _were_there(stage: Stage, slot: Slot, people: Sequence[dict[str, Any]]) -> None:
    states = (BookingState.SEEN,) * 8 + (BookingState.EXCUSED, BookingState.ABSENT, BookingState.CANCELLED)
    for row, state in zip(people, states, strict=False):
        booking = stage.book(slot, stage.person(row), state)
        if state is BookingState.SEEN:
            db.session.flush()
            db.session.add(
                AttendanceSignature(
                    booking_id=booking.id, means=SignatureMeans.PAPER, name=booking.name, at=slot.ends_at,
                    recorded_by=stage.mds[1],
                )
            )  # fmt: skip


def _expected(stage: Stage, slot: Slot, people: Sequence[dict[str, Any]], booked: int) -> None:
    """``booked`` have a seat; when the session is full two wait, and one has not answered the invitation."""
    for row in people[:booked]:
        stage.book(slot, stage.person(row), BookingState.BOOKED)
    rest = iter(people[booked:])
    if booked == _SEATS:
        for row in (next(rest), next(rest)):
            stage.book(slot, stage.person(row), BookingState.WAITING)
    stage.book(slot, stage.person(next(rest)), BookingState.INVITED)


def _workshop_and_visits(stage: Stage) -> None:
    """A workshop of the PLIE, the open day of a SIAE, and professionals who discover it."""
    workshop = stage.event(
        EventKind.WORKSHOP, "Préparer un entretien d’embauche",
        summary="Deux heures pour s’entraîner avec une recruteuse.", bring="Votre CV si vous en avez un.",
    )  # fmt: skip
    slot = stage.slot(workshop, stage.today + timedelta(days=9), time(14), 2, 8, "Salle 1")
    for row in stage.ground.random.sample(stage.candidates.candidates[2:], 5):
        stage.book(slot, stage.person(row), BookingState.BOOKED)
    siae = stage.employer("siae@demo.example")
    place = {
        "by": (siae.organisation_id, siae.user_id), "place_name": "Les Jardins de Dourdan",
        "address": "Chemin du Potelet", "commune_insee": "91200", "territory_code": "sud-essonne",
        "access": "Gare de Dourdan, puis 15 minutes à pied.", "contact_name": "Claire Dumas",
        "contact_phone": "+33199004410", "contact_email": "siae@demo.example",
    }  # fmt: skip
    doors = stage.event(
        EventKind.OPEN_DAY, "Portes ouvertes du chantier maraîcher", **place,
        summary="Vous visitez les serres. Vous parlez avec celles et ceux qui y travaillent.",
        bring="Des chaussures fermées.",
    )  # fmt: skip
    slot = stage.slot(doors, stage.today + timedelta(days=13), time(10), 3, 30)
    for row in stage.ground.random.sample(stage.candidates.candidates[2:], 9):
        stage.book(slot, stage.person(row), BookingState.BOOKED)
    for days, state in ((-24, BookingState.SEEN), (20, BookingState.BOOKED)):
        visit = stage.event(
            EventKind.PROFESSIONAL_VISIT, "Découvrir un chantier d’insertion", **place,
            state=EventState.CLOSED if days < 0 else EventState.PUBLISHED,
            summary="Une matinée pour voir le travail, le rythme et l’accompagnement, et savoir à qui le proposer.",
        )  # fmt: skip
        slot = stage.slot(visit, stage.today + timedelta(days=days), time(9), 3, 10)
        for organisation, user in _professionals(stage, 6):
            who = {"who": Who.PROFESSIONAL, "user_id": user, "organisation_id": organisation}
            member = stage.users[user]
            name = f"{member['first_name']} {member['last_name']}"
            stage.book(slot, {**who, "name": name, "contact_email": member["email"] or ""}, state)


def _professionals(stage: Stage, count: int) -> Iterable[tuple[UUID, UUID]]:
    crews = [one for crew in stage.people.referents.values() for one in crew]
    return [stage.mds, *stage.ground.random.sample([one for one in crews if one != stage.mds], count - 1)]


def _week(stage: Stage) -> None:
    """« Semaine de l’insertion »: a forum on Monday, a job dating on Wednesday, a speed-dating on Thursday."""
    monday = next_weekday(stage.today + timedelta(days=13), _MONDAY)
    programme = Programme(
        id=stage.ground.uuid(), slug="semaine-de-l-insertion", title="Semaine de l’insertion",
        summary="Une semaine pour se rencontrer : structures, entreprises, personnes qui cherchent un travail.",
        starts_on=monday, ends_on=monday + timedelta(days=4), organisation_id=stage.plie[0], is_published=True,
    )  # fmt: skip
    db.session.add(programme)
    forum = stage.event(
        EventKind.FORUM, "Forum de l’emploi et de l’insertion", audience=Audience.EVERYBODY,
        programme_id=programme.id, summary="Trente stands. On parle avec des employeurs, sans rendez-vous.",
        bring="Votre CV si vous en avez un.",
    )  # fmt: skip
    slot = stage.slot(forum, monday, time(10), 6, 200, "Grande salle")
    for row in stage.ground.random.sample(stage.candidates.candidates, 24):
        stage.book(slot, stage.person(row), BookingState.BOOKED)
    for employer in stage.ground.random.sample(stage.people.employers, 8):
        stage.book(slot, stage.firm(employer), BookingState.BOOKED)
    dating = stage.event(
        EventKind.SPEED_DATING, "Structures et entreprises : 10 minutes pour se connaître", programme_id=programme.id,
        summary="Chaque entreprise rencontre chaque structure, à une table. On vous dit qui voir, et pourquoi.",
        family_slugs=["proprete", "espaces-verts", "second-oeuvre"],
    )  # fmt: skip
    slot = stage.slot(dating, monday + timedelta(days=3), time(14), 3, 14, "Salle 1")
    db.session.flush()
    db.session.add(MeetingSetup(id=stage.ground.uuid(), slot_id=slot.id, tables=14))
    register_both_sides(stage, slot, 7, 8, BookingState.BOOKED)
    _job_dating(stage, programme.id, monday + timedelta(days=2))


def _job_dating(stage: Stage, programme_id: UUID, day: date) -> None:
    """Candidates go from employer to employer; nobody has wished yet, no plan is made."""
    event = stage.event(
        EventKind.JOB_DATING, "Job dating\u00a0: un après-midi, plusieurs employeurs", programme_id=programme_id,
        summary="Vous rencontrez les employeurs un par un, dix minutes à chaque table.",
        bring="Votre CV si vous en avez un.",
    )  # fmt: skip
    slot = stage.slot(event, day, time(14), 2, 12, "Salle 2")
    db.session.flush()
    db.session.add(MeetingSetup(id=stage.ground.uuid(), slot_id=slot.id, tables=6))
    for employer in stage.people.employers[:6]:
        stage.book(slot, stage.firm(employer), BookingState.BOOKED, Side.SEATED)
    for row in stage.ground.random.sample(stage.candidates.candidates[2:], 9):
        stage.book(slot, stage.person(row), BookingState.BOOKED, Side.MOVING)


def register_both_sides(stage: Stage, slot: Slot, siae: int, firms: int, state: BookingState) -> list[Booking]:
    """Some SIAE and firms of the portal, those whose account is printed among them; then firms that have none."""
    structures = [one for one in stage.people.employers if one.kind in SIAE_KINDS]
    companies = [one for one in stage.people.employers if one.kind is OrganisationKind.FIRM]
    bookings = [
        stage.book(slot, stage.firm(one, "Nous formons au métier, avec un encadrant."), state, Side.SEATED)
        for one in structures[:siae]
    ]
    bookings += [
        stage.book(
            slot, stage.firm(one, "Nous cherchons des personnes sérieuses, formées sur place."), state, Side.MOVING
        )
        for one in companies[: firms - 1]
    ]
    guest = {
        "who": Who.ORGANISATION, "name": "Boulangerie du Marché", "contact_name": "Anne Petit",
        "contact_phone": "+33199006612", "trade_slugs": ["employe-polyvalent-restauration"], "posts": 1,
    }  # fmt: skip
    return [*bookings, stage.book(slot, guest, state, Side.MOVING)]
