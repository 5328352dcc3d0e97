"""The convention goes its way: its data are said, it is prepared, deposited with the State, validated, or corrected.

It is made on the State's service: the portal keeps its reference, its dates and its states.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.french import date_words
from app.core.roles import ACCOMPANIMENT, SYSTEM, Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.placements.models import Placement
from app.placements.queries.convention import lacks
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.asking import ASK_FIELDS, AskRefusal, DeclaredHost
from app.placements.rules.convention import LIMITED, ConventionData, may_fill
from app.placements.rules.limits import FIELDS
from app.placements.rules.states import (
    EDITABLE,
    PLACEMENT,
    VALIDATED_ONES,
    PlacementAction,
    PlacementState,
    due_action,
)
from app.placements.rules.validating import (
    Deposit,
    DepositRefusal,
    deposit_refusals,
    validation_refusals,
)
from app.placements.service import signing, telling
from app.placements.service.asking import declared_refusals
from app.placements.service.checking import done_before, must_fit
from app.placements.service.journal import log, move

DEPOSIT_FIELDS: Final = {
    DepositRefusal.NO_REFERENCE: "reference",
    DepositRefusal.DEPOSITED_IN_FUTURE: "deposited_on",
    DepositRefusal.DEPOSITED_AFTER_START: "deposited_on",
    DepositRefusal.VALIDATED_IN_FUTURE: "validated_on",
    DepositRefusal.VALIDATED_BEFORE_DEPOSIT: "validated_on",
    DepositRefusal.VALIDATED_AFTER_START: "validated_on",
}


@transaction
def fill(placement_id: UUID, data: ConventionData, *, by: Actor, version: int | None = None, today: date) -> Placement:
    """What lacks is said, by who accompanies or the host; nothing changed is nothing done.

    Raises NotFound, StaleVersion; Refused with all reasons, beside their fields.
    """
    placement = the_one_to_act_on(by, placement_id, counting=True)
    if not may_fill(by.role, placement.state):
        raise Refused(WorkflowRefusal.WRONG_STATE)
    values = data.said()
    if placement.host_organisation is not None and placement.host_organisation.siret:
        values.pop("host_siret", None)  # it has said its own
    changed = {name: value for name, value in values.items() if getattr(placement, name) != value}
    if not changed:
        return placement
    if version is not None and placement.version != version:
        raise StaleVersion({**{name: getattr(placement, name) for name in values}, "version": placement.version})
    for name, value in changed.items():
        setattr(placement, name, value)
    if changed.keys() & LIMITED:
        with db.session.no_autoflush:  # the database would refuse an impossible week before the rules say why
            must_fit(placement, by, today, also=_host_refusals(placement, changed), fields=_ALL_FIELDS)
    log(placement, "placement", placement.id, "edit", by)
    db.session.flush()
    if "hours_week" in changed:
        telling.everybody("placement_changed", placement, by)
    return placement


_ALL_FIELDS: Final[Mapping[Any, str]] = {**FIELDS, **ASK_FIELDS}


def _host_refusals(placement: Placement, changed: Mapping[str, Any]) -> tuple[AskRefusal, ...]:
    """A declared host whose SIRET is one of the portal's is chosen there."""
    if placement.host_organisation_id is not None or "host_siret" not in changed:
        return ()
    return declared_refusals(DeclaredHost(host_name=placement.host_name, host_siret=placement.host_siret))


@transaction
def prescribe(placement_id: UUID, *, by: Actor) -> Placement:
    """The place the actor acts in accompanies the person and signs. Said twice, it is said once.

    Raises NotFound, Refused.
    """
    placement = the_one_to_act_on(by, placement_id)
    if placement.prescriber_organisation_id is not None and placement.prescriber_organisation_id == by.organisation_id:
        return placement
    if by.role not in ACCOMPANIMENT or by.organisation_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if placement.prescriber_organisation_id is not None or placement.state not in EDITABLE:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    placement.prescriber_id, placement.prescriber_organisation_id = by.user_id, by.organisation_id
    log(placement, "placement", placement.id, "prescribe", by)
    db.session.flush()
    return placement


@transaction
def prepare(placement_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Placement:
    """All is said: the parties sign. Sent twice, it is done once.

    Raises NotFound, StaleVersion; Refused with all that lacks, and the limits that are no longer kept.
    """
    placement = the_one_to_act_on(by, placement_id, counting=True)
    if done_before(placement, PlacementAction.PREPARE, by, version):
        return placement
    must_fit(placement, by, today, also=lacks(placement), fields={})
    move(placement, PlacementAction.PREPARE, by)
    placement.prepared_at = clock.now()
    db.session.flush()
    telling.tell_person("placement_prepared", placement, by)
    telling.tell_host("placement_prepared", placement, by)
    return placement


def _may(placement: Placement, action: PlacementAction, by: Actor, version: int | None) -> None:
    """Raises Refused: wrong state or role; StaleVersion."""
    PLACEMENT.target(action, placement.state, by.role)
    if version is not None and placement.version != version:
        raise StaleVersion({"version": placement.version})


@transaction
def deposit(placement_id: UUID, said: Deposit, *, by: Actor, version: int | None = None, today: date) -> Placement:
    """It is with the State's service, under this reference, since that day. Raises NotFound, Refused, StaleVersion."""
    placement = the_one_to_act_on(by, placement_id)
    reference = " ".join(said.reference.split())
    if placement.state is PlacementState.DEPOSITED:
        if (placement.official_reference, placement.deposited_on) == (reference, said.deposited_on):
            return placement
        theirs = {"reference": placement.official_reference, "deposited_on": placement.deposited_on}
        raise StaleVersion(theirs)
    _may(placement, PlacementAction.DEPOSIT, by, version)
    if reasons := deposit_refusals(said, placement.starts_on, today):
        raise Refused(reasons, DEPOSIT_FIELDS)
    placement.official_reference, placement.deposited_on = reference, said.deposited_on
    words = f"Référence {reference}, le {date_words(said.deposited_on)}"
    move(placement, PlacementAction.DEPOSIT, by, words=words)
    db.session.flush()
    return placement


@transaction
def validate(
    placement_id: UUID, validated_on: date, *, by: Actor, version: int | None = None, today: date
) -> Placement:
    """The State has said yes, on the first day at the latest: the others are told. On the first day, it begins at once.

    Raises NotFound, Refused, StaleVersion.
    """
    placement = the_one_to_act_on(by, placement_id)
    if placement.state in VALIDATED_ONES and placement.validated_on == validated_on:
        return placement
    _may(placement, PlacementAction.VALIDATE, by, version)
    deposited_on = placement.deposited_on or today
    if reasons := validation_refusals(validated_on, deposited_on, placement.starts_on, today):
        raise Refused(reasons, DEPOSIT_FIELDS)
    placement.validated_on = validated_on
    move(placement, PlacementAction.VALIDATE, by, words=f"Le {date_words(validated_on)}")
    db.session.flush()
    telling.everybody("placement_validated", placement, by)
    start_if_due(placement, today)
    return placement


def start_if_due(placement: Placement, today: date) -> bool:
    """Begin what is validated and whose first day has come; never what was validated after it."""
    if due_action(placement.state, placement.starts_on, placement.ends_on, today) is not PlacementAction.START:
        return False
    if placement.validated_on is None or placement.validated_on > placement.starts_on:
        return False
    move(placement, PlacementAction.START, SYSTEM)
    db.session.flush()
    return True


@transaction
def correct(placement_id: UUID, *, by: Actor, version: int | None = None) -> Placement:
    """Back to what may change: the deposit is undone, the signatures are taken back, each with its trace.

    Raises NotFound, Refused, StaleVersion.
    """
    placement = the_one_to_act_on(by, placement_id)
    if done_before(placement, PlacementAction.CORRECT, by, version):
        return placement
    words = f"Référence {placement.official_reference} abandonnée" if placement.official_reference else ""
    move(placement, PlacementAction.CORRECT, by, words=words)
    signing.take_all_back(placement, by)
    placement.prepared_at, placement.deposited_on, placement.official_reference = None, None, ""
    db.session.flush()
    telling.tell_person("placement_to_correct", placement, by)
    telling.tell_host("placement_to_correct", placement, by)
    return placement
