"""After something was said or noted: does it make a weak signal?"""

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

_ALERTS = "app.follow_up.service.alerts"


def notice(follow_up_id: UUID, today: date) -> None:
    """Look at the signals of one follow-up again, in the transaction of the act."""
    if find_spec(_ALERTS) is not None:
        import_module(_ALERTS).refresh([follow_up_id], today)
