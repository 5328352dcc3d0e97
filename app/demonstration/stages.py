"""Stages of the invented département: one at each step, from the wish to the assessment, and a meeting of three."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from app.core import clock
from app.core.clock import PARIS
from app.core.db import db
from app.core.grid import Grid, Span
from app.core.working_days import next_working_day
from app.demonstration.accounts import PERSONAS, WORKER
from app.demonstration.events import Stage
from app.demonstration.organisations import Employer
from app.placements.models import (
    Placement,
    PlacementAssessment,
    PlacementSignature,
    PresenceHalf,
    TripartiteDate,
    TripartiteMeeting,
)
from app.placements.rules.kinds import (
    Answer,
    AssessmentSide,
    Completion,
    Party,
    PlacementOrigin,
    PlacementPurpose,
    Presence,
    SignatureMeans,
)
from app.placements.rules.presence import expected_halves
from app.placements.rules.states import COUNTED, DEPOSITED_ONES, PREPARED_ONES, VALIDATED_ONES, PlacementState

_S = PlacementState
WEEK: Final = Grid.from_spans([Span(day, *hours) for day in range(5) for hours in ((18, 24), (27, 35))])
"""Monday to Friday, 9:00 to 12:00 and 13:30 to 17:30: 35 hours."""
_STEPS: Final = (
    (_S.WISHED, 18), (_S.WISHED, 25), (_S.ACCEPTED, 8), (_S.PREPARED, 12), (_S.DEPOSITED, 14), (_S.VALIDATED, 4),
    (_S.RUNNING, -8), (_S.RUNNING, -3), (_S.ENDED, -21), (_S.ENDED, -18), (_S.CLOSED, -60), (_S.CLOSED, -75),
)  # fmt: skip
"""The state, and in how many days it begins."""
_TRADES: Final = {
    "espaces-verts": ("Ouvrier paysagiste", "Tondre, tailler, préparer les massifs avec l’équipe"),
    "proprete": ("Agent de propreté", "Nettoyer des bureaux avec une collègue, apprendre les produits"),
}
_USUAL: Final = ("Agent polyvalent", "Suivre un salarié, aider aux tâches simples")


def tell_stages(stage: Stage) -> None:
    """With the referent and the hosts whose accounts are printed, and people of the small places around."""
    printed = {persona.phone for persona in PERSONAS} | {WORKER.phone}
    people = [row for row in stage.candidates.candidates if row["phone"] not in printed and row["birth_date"]]
    people.sort(key=lambda row: row["referent_id"] != stage.mds[1])
    hosts = [stage.employer("siae@demo.example"), stage.employer("employeur@demo.example")]
    hosts += stage.ground.random.sample(stage.people.employers[3:], 4)
    for rank, ((state, days), row) in enumerate(zip(_STEPS, people, strict=False)):
        placement = _placement(stage, state, days, row, hosts[rank % len(hosts)])
        _around(stage, placement, f"{row['first_name']} {row['last_name']}")
    _meeting(stage, people[len(_STEPS)], hosts[0])
    db.session.flush()


def _placement(stage: Stage, state: PlacementState, days: int, row: dict[str, Any], host: Employer) -> Placement:
    begins = next_working_day(stage.today + timedelta(days=days))
    organisation, user = stage.mds
    row_of_host = next(one for one in stage.people.organisations if one["id"] == host.organisation_id)
    member = stage.users[host.user_id]
    title, tasks = _TRADES.get(host.family, _USUAL)
    placement = Placement(
        id=stage.ground.uuid(), candidate_id=row["id"], state=state,
        origin=PlacementOrigin.PROPOSAL if days % 2 else PlacementOrigin.DIRECT,
        host_organisation_id=host.organisation_id, host_siret=row_of_host["siret"], host_name=row_of_host["name"],
        host_contact_name=f"{member['first_name']} {member['last_name']}", host_contact_email=member["email"],
        host_address="12 rue des Ateliers", commune_insee=host.commune or "91377", purpose=PlacementPurpose.DISCOVER,
        title=title, tasks=tasks, skills="Voir si ce métier me convient", starts_on=begins,
        ends_on=begins + timedelta(days=11), hours_week=Decimal(35), grid=WEEK, tutor_name="Sandrine Leroy",
        tutor_job="Cheffe d’équipe", tutor_phone="+33199004455", prescriber_id=user,
        prescriber_organisation_id=organisation, asked_words="Une personne motivée, qui veut découvrir votre métier.",
        **_columns(stage.today, state, begins),
    )  # fmt: skip
    db.session.add(placement)
    db.session.flush()
    return placement


def _columns(today: date, state: PlacementState, begins: date) -> dict[str, Any]:
    """What each state promises."""
    before = min(begins, today) - timedelta(days=6)
    at = datetime.combine(before, time(10), PARIS)
    found: dict[str, Any] = {"asked_at": at - timedelta(days=4)}
    if state in COUNTED:
        found["accepted_at"] = at - timedelta(days=2)
    if state in PREPARED_ONES:
        found["prepared_at"] = at
    if state in DEPOSITED_ONES:
        found |= {"deposited_on": before, "official_reference": f"PMSMP-{begins:%Y%m%d}"}
    if state in VALIDATED_ONES:
        found["validated_on"] = before + timedelta(days=2)
    if state is _S.CLOSED:
        found["closed_on"] = begins + timedelta(days=15)
    return found


def _around(stage: Stage, placement: Placement, person: str) -> None:
    """Signatures, who was there on which half-day, and what host and person say at the end."""
    if placement.state in DEPOSITED_ONES:
        db.session.add_all(
            PlacementSignature(
                placement_id=placement.id, party=party, means=SignatureMeans.OFFICIAL_SITE, signer_name=name,
                signed_on=placement.deposited_on, recorded_by=stage.mds[1],
            )
            for party, name in (
                (Party.PERSON, person), (Party.HOST, placement.host_contact_name),
                (Party.PRESCRIBER, "Thomas Girard"),
            )
        )  # fmt: skip
    if placement.state in (_S.RUNNING, _S.ENDED, _S.CLOSED):
        last = min(placement.ends_on, stage.today - timedelta(days=1))
        for rank, half in enumerate(expected_halves(WEEK, placement.starts_on, last)):
            status = Presence.ABSENT_EXCUSED if rank == 5 else Presence.PRESENT
            db.session.add(PresenceHalf(placement_id=placement.id, day=half.day, half=half.half, status=status))
    if placement.state is _S.CLOSED:
        _assess(placement, person)


def _assess(placement: Placement, person: str) -> None:
    yes = Answer.YES
    db.session.add_all(
        [
            PlacementAssessment(
                placement_id=placement.id, side=AssessmentSide.HOST, completion=Completion.COMPLETED, hired=False,
                tasks_done=yes, punctual=yes, team=yes, learns=yes, take_again=yes, said_on=placement.ends_on,
                words="Sérieux, curieux, à l’heure. Nous le reprendrions.", by_name=placement.host_contact_name,
            ),
            PlacementAssessment(
                placement_id=placement.id, side=AssessmentSide.PERSON, liked=yes, learned=yes, welcomed=yes,
                wants_job=Answer.PARTLY, said_on=placement.ends_on, words="L’équipe m’a bien expliqué.",
                by_name=person,
            ),
        ]
    )  # fmt: skip


def _meeting(stage: Stage, row: dict[str, Any], host: Employer) -> None:
    """Three dates for a person, their referent and a SIAE: nobody has answered yet."""
    meeting = TripartiteMeeting(
        id=stage.ground.uuid(), candidate_id=row["id"], organisation_id=host.organisation_id,
        referent_id=stage.mds[1], referent_organisation_id=stage.mds[0], about="Parler d’un poste au chantier",
        place="Les Jardins de Dourdan, chemin du Potelet", asked_by=stage.mds[1],
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    first = next_working_day(clock.today() + timedelta(days=6))
    for days in (0, 1, 2):
        at = datetime.combine(next_working_day(first + timedelta(days=days)), time(10 + days), PARIS)
        db.session.add(TripartiteDate(meeting_id=meeting.id, at=at))
