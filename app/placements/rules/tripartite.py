"""Which dates suit the person, who accompanies and the structure, and when are they reminded?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.roles import ACCOMPANIMENT, Role
from app.core.working_days import last_working_day_in
from app.placements.rules.kinds import TripartiteParty

MOST_DATES: Final = 6
"""How many dates are proposed at once."""
AHEAD: Final = timedelta(days=366)
WORDS_MOST: Final = 1000


class TripartiteRefusal(StrEnum):
    """Why dates cannot be proposed, answered or agreed on."""

    NO_DATE = "placement_no_date"
    TOO_MANY_DATES = "placement_too_many_dates"
    SAME_DATE = "placement_same_date"
    PAST = "placement_date_past"
    NOT_PROPOSED = "placement_date_not_proposed"
    NOT_COMMON = "placement_date_not_common"
    NO_PLACE = "placement_no_place"
    NOT_HELD_YET = "placement_not_held_yet"
    TOO_FAR = "placement_date_too_far"
    NO_STRUCTURE = "placement_no_structure"
    NOT_THEIR_ANSWER = "placement_not_their_answer"


TRIPARTITE_FIELDS: Final = {
    TripartiteRefusal.NO_DATE: "day_1",
    TripartiteRefusal.NO_PLACE: "place",
    TripartiteRefusal.NO_STRUCTURE: "structure_name",
}
"""The field of the form beside which each stands."""


def parties_answered_by(role: Role, *, on_portal: bool, has_account: bool) -> tuple[TripartiteParty, ...]:
    """For whom somebody may say yes or no: oneself; who accompanies, for a party without an account too."""
    if role is Role.CANDIDATE:
        return (TripartiteParty.PERSON,)
    if role is Role.EMPLOYER:
        return (TripartiteParty.STRUCTURE,)
    if role not in ACCOMPANIMENT:
        return ()
    silent = {TripartiteParty.STRUCTURE: not on_portal, TripartiteParty.PERSON: not has_account}
    return tuple(party for party in TripartiteParty if silent.get(party, True))


@dataclass(frozen=True, slots=True)
class ProposedDate:
    """A date put to the three."""

    ref: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """One party's answer about one date."""

    date_ref: UUID
    party: TripartiteParty
    yes: bool


def common(dates: Collection[ProposedDate], answers: Collection[DateAnswer]) -> tuple[ProposedDate, ...]:
    """The dates to which all three said yes, the earliest first."""
    yes = {(answer.date_ref, answer.party) for answer in answers if answer.yes}
    suited = (one for one in dates if all((one.ref, party) in yes for party in TripartiteParty))
    return tuple(sorted(suited, key=lambda one: one.at))


def waiting_for(
    dates: Collection[ProposedDate], answers: Collection[DateAnswer], now: datetime
) -> tuple[TripartiteParty, ...]:
    """Who has not answered every date that is still to come."""
    said = {(answer.date_ref, answer.party) for answer in answers}
    coming = [one.ref for one in dates if one.at > now]
    return tuple(party for party in TripartiteParty if any((ref, party) not in said for ref in coming))


def nobody_can(dates: Collection[ProposedDate], answers: Collection[DateAnswer], now: datetime) -> bool:
    """Has each date been refused by somebody, or gone by? Then others must be proposed."""
    no = {answer.date_ref for answer in answers if not answer.yes}
    return all(one.ref in no or one.at <= now for one in dates)


def proposal_refusals(instants: Sequence[datetime], now: datetime) -> tuple[TripartiteRefusal, ...]:
    """All reasons against dates to propose."""
    reasons = []
    if not instants:
        reasons.append(TripartiteRefusal.NO_DATE)
    if len(instants) > MOST_DATES:
        reasons.append(TripartiteRefusal.TOO_MANY_DATES)
    if len(set(instants)) < len(instants):
        reasons.append(TripartiteRefusal.SAME_DATE)
    if any(at <= now for at in instants):
        reasons.append(TripartiteRefusal.PAST)
    if any(at > now + AHEAD for at in instants):
        reasons.append(TripartiteRefusal.TOO_FAR)
    return tuple(reasons)


def agreement_refusals(
    chosen: UUID, dates: Collection[ProposedDate], answers: Collection[DateAnswer], now: datetime
) -> tuple[TripartiteRefusal, ...]:
    """May this date be kept? It was proposed, it is to come, and the three said yes."""
    found = next((one for one in dates if one.ref == chosen), None)
    if found is None:
        return (TripartiteRefusal.NOT_PROPOSED,)
    reasons = []
    if found.at <= now:
        reasons.append(TripartiteRefusal.PAST)
    if found not in common(dates, answers):
        reasons.append(TripartiteRefusal.NOT_COMMON)
    return tuple(reasons)


def reminder_day(meeting_on: date) -> date:
    """The working day before: on Friday for a Monday."""
    return last_working_day_in(meeting_on - timedelta(days=1))
