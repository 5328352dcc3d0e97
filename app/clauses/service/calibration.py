"""Work out an objective by each method side by side, keep it, apply it to a lot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit import service as audit
from app.clauses.labels.clause_paragraph import paragraph
from app.clauses.labels.terms_said import CategoryWords
from app.clauses.models import Calibration, Lot, LotVersion
from app.clauses.queries import calibration as queries
from app.clauses.queries.terms import category_facts, template_terms
from app.clauses.rules.calibration import (
    Computed,
    Inputs,
    calibration_refusals,
    compute,
    from_json,
    method_of,
    to_json,
)
from app.clauses.rules.contracts import AmendmentValues
from app.clauses.rules.kinds import ObjectiveMethod
from app.clauses.rules.lever import LeverAdvice, lever
from app.clauses.rules.lots import LotValues, ObjectiveValues
from app.clauses.rules.states import ContractState
from app.clauses.service.contracts import record_amendment
from app.clauses.service.lots import locked_lot, save_lot
from app.clauses.service.objectives import refresh
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.quantities import round_half_up
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

_STEERS = {Role.FACILITATOR, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: the inputs of each method asked, the ground, and which method and template to write from."""

    title: str
    inputs: Mapping[ObjectiveMethod, Inputs]
    method: ObjectiveMethod | None = None
    template: str = ""
    trade_slug: str | None = None
    commune_insee: str | None = None
    months: int | None = None
    in_lots: bool = False
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """The answer: each method's result, the one that is kept, the paragraph, the SIAE near and the lever."""

    computed: Mapping[ObjectiveMethod, Computed]
    method: ObjectiveMethod
    paragraph: str
    near: queries.Near | None = None
    advice: LeverAdvice | None = None

    @property
    def kept(self) -> Computed:
        """The result that is kept."""
        return self.computed[self.method]


def study(asked: Asked) -> Study:
    """All methods asked, side by side. Raises Refused when a method's inputs cannot be computed."""
    reasons = [reason for inputs in asked.inputs.values() for reason in calibration_refusals(inputs)]
    if reasons or not asked.inputs:
        raise Refused(reasons)
    computed = {method: compute(inputs) for method, inputs in asked.inputs.items()}
    method = _chosen(asked, computed)
    words = {slug: CategoryWords(*fact) for slug, fact in category_facts().items()}
    drafted = paragraph(asked.title, asked.inputs[method], computed[method], template_terms(asked.template), words)
    near, advice = _lever(asked, computed[method])
    return Study(computed, method, drafted, near, advice)


def _chosen(asked: Asked, computed: Mapping[ObjectiveMethod, Computed]) -> ObjectiveMethod:
    """The one that was chosen if it was filled in, else the first that retains a clause, else the first."""
    if asked.method is not None and asked.method in computed:
        return asked.method
    retained = [method for method, one in computed.items() if one.retained]
    return (retained or list(computed))[0]


def _lever(asked: Asked, kept: Computed) -> tuple[queries.Near | None, LeverAdvice | None]:
    """Nothing without a trade, a commune and a duration."""
    if not (asked.trade_slug and asked.commune_insee and asked.months):
        return None, None
    near = queries.near(asked.trade_slug, asked.commune_insee)
    weeks = int(round_half_up(Decimal(asked.months) * 52 / 12, 0))
    return near, lever(near.count, near.people, kept.hours, weeks, has_lots=asked.in_lots, retained=kept.retained)


@transaction
def keep(asked: Asked, *, row_id: UUID, by: Actor) -> Calibration:
    """Keep inputs, results, rounding and paragraph. A second sending finds the first. Raises Refused."""
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    known = db.session.get(Calibration, row_id)
    if known is not None:
        return queries.the_calibration(by, row_id)
    found = study(asked)
    made = Calibration(
        id=row_id,
        title=asked.title,
        organisation_id=by.organisation_id,
        made_by=by.user_id,
        trade_slug=asked.trade_slug,
        commune_insee=asked.commune_insee,
        inputs=_as_json(asked),
        results=results_of(found),
        method=found.method,
        hours=found.kept.hours,
        paragraph=found.paragraph,
    )
    db.session.add(made)
    audit.note(by, "clause.calibration.kept", "calibration", row_id, method=found.method, hours=str(made.hours))
    return made


def _as_json(asked: Asked) -> dict[str, Any]:
    return {
        "methods": [to_json(inputs) for inputs in asked.inputs.values()],
        "template": asked.template,
        "months": asked.months,
        "in_lots": asked.in_lots,
        "amount": None if asked.amount is None else str(asked.amount),
    }


def results_of(found: Study) -> dict[str, Any]:
    """What was said then stays said, whatever becomes of the SIAE near."""
    said: dict[str, Any] = {
        "computed": {
            method.value: {
                "exact": str(one.exact),
                "hours": str(one.hours),
                "retained": one.retained,
                "why_not": one.why_not,
                "steps": list(one.steps),
            }
            for method, one in found.computed.items()
        }
    }
    if found.near and found.advice:
        said["near"] = {"count": found.near.count, "people": found.near.people}
        said["lever"] = {"lever": found.advice.lever, "reasons": list(found.advice.reasons)}
    return said


def asked_of(row: Calibration) -> Asked:
    """What had been typed, to start again from it."""
    said = row.inputs
    inputs = {ObjectiveMethod(one["method"]): from_json(one) for one in said.get("methods", ())}
    amount = said.get("amount")
    return Asked(
        row.title,
        inputs,
        method=row.method,
        template=said.get("template") or "",
        trade_slug=row.trade_slug,
        commune_insee=row.commune_insee,
        months=said.get("months"),
        in_lots=bool(said.get("in_lots")),
        amount=None if amount is None else Decimal(amount),
    )


@transaction
def apply_to_lot(calibration_id: UUID, lot_id: UUID, *, valid_from: date, by: Actor) -> Calibration:
    """The lot owes the hours of this calibration from a day. Raises NotFound, Refused."""
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    row = queries.the_calibration(by, calibration_id)
    if row.method is None:
        raise Refused(WorkflowRefusal.WRONG_STATE)
    lot, contract = locked_lot(lot_id, by=by)
    inputs = asked_of(row).inputs[row.method]
    if contract.state is ContractState.PREPARED:
        _plan(lot, inputs, by)
    else:
        _amend(lot, row, inputs, valid_from=valid_from, by=by)
    row.lot_id = lot.id
    audit.note(by, "clause.calibration.applied", "lot", lot.id, calibration=str(row.id), hours=str(row.hours))
    return row


def _plan(lot: Lot, inputs: Inputs, by: Actor) -> None:
    """Before the contract starts, the objective itself is written."""
    values = LotValues(
        number=lot.number,
        title=lot.title,
        objective=ObjectiveValues(inputs=inputs),
        trade_slug=lot.trade_slug,
        cpv=lot.cpv,
        amount=lot.amount,
        commune_insee=lot.commune_insee,
        reserved=lot.reserved,
    )
    save_lot(lot.id, values, by=by, today=clock.today())


def _amend(lot: Lot, row: Calibration, inputs: Inputs, *, valid_from: date, by: Actor) -> None:
    """On a contract that runs it is an avenant, which keeps how the hours were found."""
    hours, exact, kept = ObjectiveValues(inputs=inputs).kept()
    stated = row.hours if row.hours is not None else hours
    values = AmendmentValues(valid_from, f"Calibrage «\u00a0{row.title}\u00a0»", {lot.id: stated})
    made = record_amendment(lot.contract_id, values, by=by, today=clock.today())
    query = select(LotVersion).where(LotVersion.contract_version_id == made.id, LotVersion.lot_id == lot.id)
    version = db.session.scalars(query).one()
    version.method, version.inputs = method_of(inputs), kept
    version.exact = None if exact is None else round_half_up(exact, 6)
    refresh(lot.id)
