"""Who may use this route? Every view says so with a decorator; a route without one stops the start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user

from app.core.roles import PROFESSIONALS, Actor, Role

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """``roles`` empty and ``open`` true: anybody. Otherwise only these roles."""

    roles: frozenset[Role] = frozenset()
    open: bool = False

    def allows(self, actor: Actor | None) -> bool:
        """May this person use the route?"""
        return self.open or (actor is not None and actor.role in self.roles)


def current_actor() -> Actor | None:
    """The person of this request, or None when nobody is signed in."""
    actor: Actor | None = getattr(current_user, "actor", None)
    return actor


def the_actor() -> Actor:
    """The person of this request, where the policy has already said that there is one."""
    actor = current_actor()
    if actor is None:
        abort(401)
    return actor


def _guarded(view: F, policy: Policy) -> F:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        actor = current_actor()
        if not policy.allows(actor):
            if actor is not None:
                abort(403)
            if request.method != "GET":
                abort(401)
            return redirect(url_for("accounts.sign_in", suite=request.full_path.rstrip("?")))
        return view(*args, **kwargs)

    guarded.policy = policy  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def public(view: F) -> F:
    """Anybody, signed in or not."""
    return _guarded(view, Policy(open=True))


def requires(*roles: Role) -> Callable[[F], F]:
    """Only these roles; somebody not signed in is sent to the sign-in page and comes back."""
    policy = Policy(frozenset(roles))

    def decorate(view: F) -> F:
        return _guarded(view, policy)

    return decorate


def signed_in(view: F) -> F:
    """Anybody who is signed in, whatever their role."""
    return _guarded(view, Policy(PROFESSIONALS | {Role.CANDIDATE}))


def professionals(view: F) -> F:
    """Every professional, whatever their role."""
    return _guarded(view, Policy(PROFESSIONALS))


class RouteWithoutPolicy(RuntimeError):
    """A route was added and nobody said who may use it."""


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """The policy of an endpoint, or None."""
    return getattr(app.view_functions[endpoint], "policy", None)


def require_policies(app: Flask) -> None:
    """Refuse to start when a route says nothing of who may use it. Static files are public by nature."""
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and policy_of(app, rule.endpoint) is None
    )
    if bare:
        raise RouteWithoutPolicy(", ".join(bare))
