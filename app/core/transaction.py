"""When does an act become true? One act is one transaction, and this is the only file that commits."""

from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.core.db import db
from app.core.errors import Refused, StaleVersion

P = ParamSpec("P")
T = TypeVar("T")
_inside: ContextVar[bool] = ContextVar("inside", default=False)
_refusals: dict[str, Enum] = {}


def refuse_on(constraint: str, reason: Enum) -> None:
    """A violated constraint is this refusal, not a defect. Domains call it once, beside their models."""
    known = _refusals.setdefault(constraint, reason)
    if known is not reason:
        raise ValueError(f"{constraint} already means {known}")


def _translated(error: IntegrityError) -> Exception:
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    reason = _refusals.get(name or "")
    return Refused(reason) if reason else error


def transaction(act: Callable[P, T]) -> Callable[P, T]:
    """Run a business act whole or not at all. An act called by another joins the transaction of the caller."""

    @wraps(act)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        if _inside.get():
            return act(*args, **kwargs)
        token = _inside.set(True)
        try:
            result = act(*args, **kwargs)
            db.session.commit()
        except IntegrityError as error:
            db.session.rollback()
            raise _translated(error) from error
        except StaleDataError as error:
            db.session.rollback()
            raise StaleVersion from error
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _inside.reset(token)
        return result

    return whole
