"""How do contracts, hour reports, penalties and staffing requests move, and who may move them? One table each."""

from enum import StrEnum

from app.core.roles import Role
from app.core.workflow import Workflow, row


class ContractState(StrEnum):
    """A contract being prepared, carried out, delivered, closed with its attestation, or given up."""

    PREPARED = "prepared"
    RUNNING = "running"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ContractAction(StrEnum):
    """What happens to a contract."""

    START = "start"
    DELIVER = "deliver"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


class ReportState(StrEnum):
    """Where an hour report, or one of its lines, is."""

    DRAFT = "draft"
    DECLARED = "declared"
    RETURNED = "returned"
    VALIDATED = "validated"
    LOCKED = "locked"


class ReportAction(StrEnum):
    """What is done with an hour report."""

    DECLARE = "declare"
    RETURN = "return"
    VALIDATE = "validate"
    LOCK = "lock"


class PenaltyState(StrEnum):
    """The portal computes, the buyer decides."""

    CALCULATED = "calculated"
    NOTIFIED = "notified"
    WAIVED = "waived"


class PenaltyAction(StrEnum):
    """What the buyer decided."""

    NOTIFY = "notify"
    WAIVE = "waive"


class StaffingState(StrEnum):
    """A need for people on a lot: open, answered by somebody, covered, or over."""

    OPEN = "open"
    ANSWERED = "answered"
    COVERED = "covered"
    OVER = "over"


class StaffingAction(StrEnum):
    """What happens to a need for people."""

    ANSWER = "answer"
    COVER = "cover"
    END = "end"


class ImportState(StrEnum):
    """A file of hours: being read, read and shown, taken, taken back, or not readable."""

    READING = "reading"
    PREVIEWED = "previewed"
    ACCEPTED = "accepted"
    UNDONE = "undone"
    FAILED = "failed"


_STEERS = {Role.FACILITATOR, Role.DEPARTMENT}
_C, _R, _P, _S = ContractState, ReportState, PenaltyState, StaffingState

PUBLIC_CONTRACT: Workflow[ContractAction, ContractState, Role] = Workflow(
    row(ContractAction.START, {_C.PREPARED}, _C.RUNNING, _STEERS),
    row(ContractAction.DELIVER, {_C.RUNNING}, _C.DELIVERED, _STEERS | {Role.SYSTEM}),
    row(ContractAction.CLOSE, {_C.RUNNING, _C.DELIVERED}, _C.CLOSED, _STEERS),
    row(ContractAction.REOPEN, {_C.CLOSED, _C.CANCELLED}, _C.RUNNING, _STEERS),
    row(ContractAction.CANCEL, {_C.PREPARED, _C.RUNNING}, _C.CANCELLED, _STEERS),
)
# A line and its report go through the same states; the report follows its lines (hours.report_state).
# That nobody validates their own report is asked besides: a firm never does, whoever typed the hours neither.
HOUR_REPORT: Workflow[ReportAction, ReportState, Role] = Workflow(
    row(ReportAction.DECLARE, {_R.DRAFT, _R.RETURNED}, _R.DECLARED, {Role.EMPLOYER, Role.FACILITATOR}),
    row(ReportAction.RETURN, {_R.DECLARED}, _R.RETURNED, {Role.FACILITATOR}),
    row(ReportAction.VALIDATE, {_R.DECLARED}, _R.VALIDATED, {Role.FACILITATOR}),
    row(ReportAction.LOCK, {_R.VALIDATED}, _R.LOCKED, {Role.FACILITATOR, Role.SYSTEM}),
)
PENALTY: Workflow[PenaltyAction, PenaltyState, Role] = Workflow(
    row(PenaltyAction.NOTIFY, {_P.CALCULATED}, _P.NOTIFIED, _STEERS),
    row(PenaltyAction.WAIVE, {_P.CALCULATED, _P.NOTIFIED}, _P.WAIVED, _STEERS),
)
STAFFING_REQUEST: Workflow[StaffingAction, StaffingState, Role] = Workflow(
    row(StaffingAction.ANSWER, {_S.OPEN, _S.ANSWERED}, _S.ANSWERED, {Role.EMPLOYER}),
    row(StaffingAction.COVER, {_S.OPEN, _S.ANSWERED}, _S.COVERED, _STEERS | {Role.SYSTEM}),
    row(StaffingAction.END, {_S.OPEN, _S.ANSWERED}, _S.OVER, _STEERS | {Role.SYSTEM}),
)
EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
SETTLED = frozenset({ReportState.VALIDATED, ReportState.LOCKED})
