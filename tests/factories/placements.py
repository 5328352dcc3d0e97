"""Stages as tests need them: in any state, agreed with a host of the portal, and meetings of three."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from stdnum import luhn

from app.core import clock
from app.core.db import db
from app.core.grid import Grid, Span
from app.core.roles import Role
from app.placements.models import (
    Placement,
    PlacementAssessment,
    PlacementSignature,
    PresenceHalf,
    TripartiteAnswer,
    TripartiteDate,
    TripartiteMeeting,
)
from app.placements.rules.kinds import (
    Answer,
    AssessmentSide,
    CancelReason,
    Completion,
    Half,
    Party,
    PlacementOrigin,
    PlacementPurpose,
    Presence,
    SignatureMeans,
    StopReason,
    TripartiteParty,
)
from app.placements.rules.states import (
    COUNTED,
    DEPOSITED_ONES,
    PREPARED_ONES,
    VALIDATED_ONES,
    PlacementState,
    TripartiteState,
)
from tests.factories.people import Somebody, an_organisation, somebody

WEEK: Final = Grid.from_spans([Span(day, *hours) for day in range(5) for hours in ((18, 24), (27, 35))])
"""Monday to Friday, 9:00 to 12:00 and 13:30 to 17:30: 35 hours."""
_FROM_START: Final = {PlacementState.RUNNING: -3, PlacementState.ENDED: -21, PlacementState.STOPPED: -21}
_FROM_START_CLOSED: Final = -60


@dataclass(frozen=True, slots=True)
class Placed:
    """Those around one placement. The referent prescribes; their place is ``referent.organisation``."""

    placement: Placement
    person: Somebody
    referent: Somebody
    host: Somebody


def a_placement(
    state: PlacementState = PlacementState.WISHED,
    *,
    person: Somebody | None = None,
    referent: Somebody | None = None,
    host: Somebody | None = None,
    starts_on: date | None = None,
    days: int = 12,
    **values: Any,
) -> Placed:
    """Twelve days (``days``, both ends included) at a host of the portal, in any state, its columns as the state says.

    It begins in ten days; one that runs began three days ago; one that ended, three weeks ago; one closed, two months
    ago. ``host_organisation_id=None`` (and names) makes a host that is only declared. The referent prescribes it and
    follows the person, unless the person has a referent already.
    """
    who = person or somebody(Role.CANDIDATE)
    holder = referent or somebody(Role.REFERENT, manager=False)
    firm = host or somebody(Role.EMPLOYER, an_organisation(name="Menuiserie du Val", address="3 rue du Bois"))
    assert who.candidate is not None
    assert holder.organisation is not None
    assert firm.organisation is not None
    if who.candidate.referent_id is None:
        who.candidate.referent_id = holder.user.id
        who.candidate.referent_organisation_id = holder.organisation.id
    who.candidate.birth_date = who.candidate.birth_date or date(1990, 5, 17)
    begins = starts_on or clock.today() + timedelta(days=_offset(state))
    defaults: dict[str, Any] = {
        "candidate_id": who.candidate.id, "origin": PlacementOrigin.DIRECT, "state": state,
        "host_organisation_id": firm.organisation.id,
        "host_siret": firm.organisation.siret or a_siret(firm.organisation.id.int),
        "host_name": firm.organisation.name, "host_contact_name": firm.user.full_name,
        "host_contact_email": firm.user.email, "host_address": firm.organisation.address or "3 rue du Bois",
        "commune_insee": "91377", "purpose": PlacementPurpose.DISCOVER, "title": "Menuisier",
        "tasks": "Poncer et assembler des meubles", "starts_on": begins, "ends_on": begins + timedelta(days=days - 1),
        "hours_week": Decimal(35), "grid": WEEK, "tutor_name": "Sandrine Leroy", "tutor_job": "Cheffe d’atelier",
        "tutor_phone": "+33199004455", "prescriber_id": holder.user.id,
        "prescriber_organisation_id": holder.organisation.id,
    }  # fmt: skip
    placement = Placement(**{**defaults, **_columns(state, begins, days), **values})
    placement.candidate = who.candidate
    db.session.add(placement)
    db.session.flush()
    return Placed(placement, who, holder, firm)


def a_siret(number: int) -> str:
    """A valid SIRET, the same for the same number."""
    siren = f"{number % 10**8:08d}"
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001" + luhn.calc_check_digit(f"{siren}0001")


def _offset(state: PlacementState) -> int:
    return _FROM_START_CLOSED if state is PlacementState.CLOSED else _FROM_START.get(state, 10)


def _columns(state: PlacementState, begins: date, days: int) -> dict[str, Any]:
    """What the database ties to a state."""
    found: dict[str, Any] = {}
    before = min(begins, clock.today()) - timedelta(days=5)
    if state in COUNTED:
        found["accepted_at"] = clock.now()
    if state in PREPARED_ONES:
        found["prepared_at"] = clock.now()
    if state in DEPOSITED_ONES:
        found |= {"deposited_on": before, "official_reference": "PMSMP-2026-0001"}
    if state in VALIDATED_ONES:
        found["validated_on"] = before + timedelta(days=2)
    match state:
        case PlacementState.STOPPED:
            found |= {"stopped_on": begins + timedelta(days=min(3, days - 1)), "stop_reason": StopReason.AGREED}
        case PlacementState.DECLINED:
            found |= {"declined_at": clock.now(), "decline_words": "Pas de tuteur à ces dates"}
        case PlacementState.CANCELLED:
            found |= {"cancelled_at": clock.now(), "cancel_reason": CancelReason.PERSON}
        case PlacementState.CLOSED:
            found["closed_on"] = clock.today()
    return found


def a_signature(placement: Placement, party: Party, **values: Any) -> PlacementSignature:
    """Signed on the State's service the day it was deposited, else today."""
    defaults: dict[str, Any] = {
        "placement_id": placement.id, "party": party, "means": SignatureMeans.OFFICIAL_SITE,
        "signer_name": "Alex Martin", "signed_on": placement.deposited_on or clock.today(),
    }  # fmt: skip
    return _added(PlacementSignature(**{**defaults, **values}))


def a_presence(
    placement: Placement, day: date, half: Half = Half.AM, status: Presence = Presence.PRESENT, **values: Any
) -> PresenceHalf:
    """One half-day as it was said."""
    return _added(PresenceHalf(placement_id=placement.id, day=day, half=half, status=status, **values))


def an_assessment(
    placement: Placement, side: AssessmentSide = AssessmentSide.HOST, **values: Any
) -> PlacementAssessment:
    """All went well, as one side says it."""
    host = {
        "completion": Completion.COMPLETED, "hired": False, "tasks_done": Answer.YES, "punctual": Answer.YES,
        "team": Answer.YES, "learns": Answer.YES, "take_again": Answer.YES,
    }  # fmt: skip
    own = {"liked": Answer.YES, "learned": Answer.YES, "welcomed": Answer.YES, "wants_job": Answer.PARTLY}
    answers = host if side is AssessmentSide.HOST else own
    return _added(
        PlacementAssessment(
            **{"placement_id": placement.id, "side": side, "by_name": "Alex Martin", **answers, **values}
        )
    )


def a_tripartite(
    state: TripartiteState = TripartiteState.PROPOSED,
    *,
    placed: Placed | None = None,
    dates: int = 2,
    answered: tuple[TripartiteParty, ...] | None = None,
    **values: Any,
) -> TripartiteMeeting:
    """A meeting about a placement, with ``dates`` proposed from the next week on at 9:00 UTC.

    ``answered`` said yes to each: all three once a date is agreed, nobody before. Agreed: the first date is kept.
    """
    around = placed or a_placement(PlacementState.ACCEPTED)
    structure, place = around.host.organisation, around.referent.organisation
    assert structure is not None
    assert place is not None
    first = (clock.now() + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
    settled = state in (TripartiteState.AGREED, TripartiteState.HELD)
    defaults: dict[str, Any] = {
        "candidate_id": around.placement.candidate_id, "placement_id": around.placement.id, "state": state,
        "organisation_id": structure.id, "referent_id": around.referent.user.id, "referent_organisation_id": place.id,
        "about": "Faire le point sur le stage", "place": "3 rue du Bois, Massy",
        "chosen_at": first if settled else None,
    }  # fmt: skip
    meeting = _added(TripartiteMeeting(**{**defaults, **values}))
    for number in range(dates):
        parties = answered if answered is not None else (tuple(TripartiteParty) if settled else ())
        a_date(meeting, first + timedelta(days=number), *parties)
    return meeting


def a_date(meeting: TripartiteMeeting, at: datetime, *yes: TripartiteParty) -> TripartiteDate:
    """One more date, to which these parties said yes."""
    one = _added(TripartiteDate(meeting_id=meeting.id, at=at))
    for party in yes:
        _added(TripartiteAnswer(date_id=one.id, party=party, yes=True, by_name="Alex Martin"))
    return one


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
