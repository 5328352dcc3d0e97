"""What is each text of the portal about, who may refuse it, and how soon must it leave? One row a kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.core.roles import ACCOMPANIMENT, PROFESSIONALS, Role
from app.messages.rules.sending import Category, Wish

_PERSON: Final = frozenset({Role.CANDIDATE})
_EMPLOYER: Final = frozenset({Role.EMPLOYER})
_FACILITATOR: Final = frozenset({Role.FACILITATOR})
_NO_ACCOUNT: Final[frozenset[Role]] = frozenset()


class UnknownKind(LookupError):
    """A text without a row in KINDS: a defect of the portal, not of a person."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``to`` are the roles of those who read it with an account.

    ``required`` cannot be refused; ``urgent`` leaves in quiet hours too; ``digest`` waits, for professionals, for
    the letter of the day; after ``useful_for`` it is sent to nobody any more.
    """

    category: Category
    to: frozenset[Role] = _NO_ACCOUNT
    required: bool = False
    urgent: bool = False
    digest: bool = False
    useful_for: timedelta | None = None


def _security(minutes: int | None = None) -> Kind:
    useful_for = timedelta(minutes=minutes) if minutes else None
    return Kind(Category.SIGN_IN, PROFESSIONALS | _PERSON, required=True, urgent=True, useful_for=useful_for)


def _must_know(category: Category, to: Iterable[Role] = ()) -> Kind:
    return Kind(category, frozenset(to), required=True)


def _may_refuse(category: Category, to: Iterable[Role] = ()) -> Kind:
    return Kind(category, frozenset(to))


def _gathered(category: Category, to: Iterable[Role]) -> Kind:
    return Kind(category, frozenset(to), digest=True)


KINDS: Final[Mapping[str, Kind]] = {
    # --- the door -------------------------------------------------------------------------------------------
    "sign_in_code": _security(15),
    "password_reset": _security(60),
    "password_changed": _security(),
    "candidate_welcome": _must_know(Category.SIGN_IN, _PERSON),
    # --- one's organisation ---------------------------------------------------------------------------------
    "invitation": _must_know(Category.ORGANISATION),
    "join_accepted": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "join_asked": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "join_declined": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "join_request": _may_refuse(Category.ORGANISATION, PROFESSIONALS),
    "join_with_account": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "member_removed": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "organisation_approved": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "organisation_closed": _must_know(Category.ORGANISATION, PROFESSIONALS),
    "organisation_refused": _must_know(Category.ORGANISATION, PROFESSIONALS),
    # --- applications and proposals -------------------------------------------------------------------------
    "application_agreed": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_declined": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_employer_late": _gathered(Category.APPLICATIONS, _EMPLOYER),
    "application_for_person": _must_know(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_hired": _must_know(Category.APPLICATIONS, _PERSON),
    "application_hired_for": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_interview": _must_know(Category.APPLICATIONS, _PERSON),
    "application_interview_for": _must_know(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_no_answer": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_note": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_obsolete": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_postponed": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_proposal_late": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_proposed": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_received": _gathered(Category.APPLICATIONS, _EMPLOYER),
    "application_refused": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_refused_for": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_sent": _may_refuse(Category.APPLICATIONS, _PERSON),
    "application_silence": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_taken": _must_know(Category.APPLICATIONS, _PERSON),
    "application_taken_for": _must_know(Category.APPLICATIONS, ACCOMPANIMENT),
    "application_withdrawn": _gathered(Category.APPLICATIONS, _EMPLOYER),
    "application_withdrawn_for": _gathered(Category.APPLICATIONS, ACCOMPANIMENT),
    # --- offers ---------------------------------------------------------------------------------------------
    "offer_expired": _gathered(Category.OFFERS, _EMPLOYER),
    "offer_stale": _gathered(Category.OFFERS, _EMPLOYER),
    "saved_search": _gathered(Category.SAVED_SEARCH, PROFESSIONALS | _PERSON),
    # --- social clauses: what the works contract asks is not refused ----------------------------------------
    "hours_note": _must_know(Category.CLAUSES, _EMPLOYER),
    "hours_reminder": _must_know(Category.CLAUSES, _EMPLOYER),
    "staffing_answered": _gathered(Category.CLAUSES, _FACILITATOR),
    "check_ends": _gathered(Category.CLAUSES, _FACILITATOR),
    # --- the six months -------------------------------------------------------------------------------------
    "approval_ends": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "follow_up_assigned": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "follow_up_cover": _must_know(Category.FOLLOW_UP, ACCOMPANIMENT),
    "follow_up_referent": _must_know(Category.FOLLOW_UP, _PERSON),
    "follow_up_to_close": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "job_ends_employer": _gathered(Category.FOLLOW_UP, _EMPLOYER),
    "job_ends_referent": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "openings_again": _may_refuse(Category.FOLLOW_UP, _PERSON),
    "tutor_questions": _may_refuse(Category.FOLLOW_UP),
    "visit_due_person": _must_know(Category.FOLLOW_UP, _PERSON),
    "visit_due_referent": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "visit_due_tutor": _may_refuse(Category.FOLLOW_UP),
    "visit_late": _gathered(Category.FOLLOW_UP, ACCOMPANIMENT),
    "visit_moved_person": _must_know(Category.FOLLOW_UP, _PERSON),
    "visit_moved_tutor": _must_know(Category.FOLLOW_UP),
    # --- alerts: for the referent's side, at once -----------------------------------------------------------
    "alert_opened": _may_refuse(Category.ALERTS, ACCOMPANIMENT),
    "alert_escalated": _may_refuse(Category.ALERTS, ACCOMPANIMENT),
    # --- a seat at an event ---------------------------------------------------------------------------------
    "event_booked": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_booking_cancelled": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_cancelled": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_changed": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_invitation": _may_refuse(Category.EVENTS, _PERSON),
    "event_plan_ready": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_promoted": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_reminder": _gathered(Category.EVENTS, PROFESSIONALS | _PERSON),
    "event_waiting": _must_know(Category.EVENTS, PROFESSIONALS | _PERSON),
    # --- after an event -------------------------------------------------------------------------------------
    "event_task_due": _gathered(Category.EVENTS, ACCOMPANIMENT | _EMPLOYER | {Role.DEPARTMENT}),
    # --- a stage --------------------------------------------------------------------------------------------
    "placement_accepted": _must_know(Category.PLACEMENTS, _PERSON),
    "placement_accepted_for": _gathered(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_asked": _must_know(Category.PLACEMENTS, _EMPLOYER),
    "placement_asked_for": _gathered(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_assessment_due": _gathered(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "placement_cancelled": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "placement_changed": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "placement_convention_due": _gathered(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_declined": _must_know(Category.PLACEMENTS, _PERSON),
    "placement_declined_for": _gathered(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_incident": _must_know(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_not_validated": _must_know(Category.PLACEMENTS, ACCOMPANIMENT),
    "placement_prepared": _must_know(Category.PLACEMENTS, _EMPLOYER | _PERSON),
    "placement_proposed": _must_know(Category.PLACEMENTS, _PERSON),
    "placement_stopped": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "placement_to_correct": _must_know(Category.PLACEMENTS, _EMPLOYER | _PERSON),
    "placement_validated": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    # --- a meeting of three ---------------------------------------------------------------------------------
    "tripartite_agreed": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "tripartite_cancelled": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "tripartite_proposed": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    "tripartite_reminder": _must_know(Category.PLACEMENTS, PROFESSIONALS | _PERSON),
    # --- what gathers the others ----------------------------------------------------------------------------
    "daily_digest": _may_refuse(Category.DIGEST, PROFESSIONALS),
}
URGENT: Final = tuple(sorted(name for name, kind in KINDS.items() if kind.urgent))


def kind_of(name: str) -> Kind:
    """The row of a kind. Raises UnknownKind."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(f"templates/messages/{name}.txt has no row in app/messages/rules/kinds.py") from None


def categories_for(role: Role) -> tuple[Category, ...]:
    """What somebody of a role receives and may refuse, in the order of Category."""
    received = {kind.category for kind in KINDS.values() if role in kind.to and not kind.required}
    return tuple(category for category in Category if category in received)


def usual_wish(category: Category, role: Role) -> Wish:
    """What somebody receives who never said anything."""
    mine = [kind for kind in KINDS.values() if kind.category is category and role in kind.to and not kind.required]
    gathered = category is Category.DIGEST or any(kind.digest for kind in mine)
    return Wish.DAILY if gathered and role in PROFESSIONALS else Wish.NOW


def choices_for(category: Category, role: Role) -> tuple[Wish, ...]:
    """What somebody of a role may ask for. Only professionals have a digest, and it comes once a day or never."""
    if category is Category.DIGEST:
        return Wish.DAILY, Wish.NEVER
    return (Wish.NOW, Wish.DAILY, Wish.NEVER) if role in PROFESSIONALS else (Wish.NOW, Wish.NEVER)


def kinds_that_may_be_refused(category: Category) -> tuple[str, ...]:
    """The names of a category that a « never » stops."""
    return tuple(sorted(name for name, kind in KINDS.items() if kind.category is category and not kind.required))
