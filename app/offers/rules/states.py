"""Which kinds and states has an offer, which acts lead from one to the other, and who may do them?"""

from enum import StrEnum

from app.core.roles import Role
from app.core.workflow import Workflow, row


class OfferKind(StrEnum):
    """An ordinary job, a post in a SIAE, or a stage (immersion): no employment, no pay."""

    JOB = "job"
    SIAE_POST = "siae_post"
    PLACEMENT = "placement"


class EmploymentKind(StrEnum):
    """The form of the employment."""

    CDI = "cdi"
    CDD = "cdd"
    CDDI = "cddi"
    INTERIM = "interim"
    MISSION = "mission"
    APPRENTICESHIP = "apprenticeship"
    PROFESSIONNALISATION = "professionnalisation"
    SEASONAL = "seasonal"
    INDEPENDENT = "independent"


class PayPeriod(StrEnum):
    """What the pay is for."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


class OfferState(StrEnum):
    """Where an offer is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    EXPIRED = "expired"
    CLOSED = "closed"


class OfferAction(StrEnum):
    """What may be done with an offer."""

    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CONFIRM = "confirm"
    FILL = "fill"
    EXPIRE = "expire"
    REOPEN = "reopen"
    CLOSE = "close"


_EMPLOYER = {Role.EMPLOYER}
_EMPLOYER_OR_PORTAL = {Role.EMPLOYER, Role.SYSTEM}

OFFER: Workflow[OfferAction, OfferState, Role] = Workflow(
    row(OfferAction.PUBLISH, {OfferState.DRAFT}, OfferState.PUBLISHED, _EMPLOYER),
    row(OfferAction.CONFIRM, {OfferState.PUBLISHED}, OfferState.PUBLISHED, _EMPLOYER),
    row(OfferAction.PAUSE, {OfferState.PUBLISHED}, OfferState.PAUSED, _EMPLOYER),
    row(OfferAction.RESUME, {OfferState.PAUSED}, OfferState.PUBLISHED, _EMPLOYER),
    row(
        OfferAction.FILL,
        {OfferState.PUBLISHED, OfferState.PAUSED, OfferState.EXPIRED},
        OfferState.FILLED,
        _EMPLOYER_OR_PORTAL,
    ),
    row(OfferAction.EXPIRE, {OfferState.PUBLISHED, OfferState.PAUSED}, OfferState.EXPIRED, {Role.SYSTEM}),
    row(OfferAction.REOPEN, {OfferState.FILLED, OfferState.EXPIRED}, OfferState.PUBLISHED, _EMPLOYER_OR_PORTAL),
    row(
        OfferAction.CLOSE,
        {OfferState.DRAFT, OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FILLED, OfferState.EXPIRED},
        OfferState.CLOSED,
        _EMPLOYER_OR_PORTAL | {Role.ADMINISTRATOR},
    ),
)

EDITABLE = frozenset(OfferState) - {OfferState.CLOSED}
GONE = frozenset({OfferState.FILLED, OfferState.EXPIRED, OfferState.CLOSED})
"""Once public, and not any more: the page answers 410."""
TAKING = frozenset({OfferState.PUBLISHED, OfferState.PAUSED, OfferState.EXPIRED})
"""A post may still be given to somebody who applied in time."""
