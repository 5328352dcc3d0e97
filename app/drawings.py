"""Documents that the code draws, so that they never lie: the states of each workflow, and who may use each route."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app.applications.rules import APPLICATION
from app.clauses.rules.states import HOUR_REPORT, PENALTY, PUBLIC_CONTRACT, STAFFING_REQUEST
from app.core.policy import policy_of
from app.core.roles import Role
from app.core.workflow import Workflow
from app.events.rules.states import BOOKING, EVENT, MEETING, TASK
from app.offers.rules import OFFER
from app.organisations.rules import ORGANISATION
from app.placements.rules.states import PLACEMENT, TRIPARTITE

_HEAD = "Drawn by `flask docs draw`; a test says when it is out of date.\n"
_ROLES = [role for role in Role if role is not Role.SYSTEM]


def workflows() -> Mapping[str, Workflow[Any, Any, Any]]:
    """Every workflow table of the portal, by the glossary's word."""
    return {
        "Offer": OFFER,
        "Application": APPLICATION,
        "Organisation": ORGANISATION,
        "PublicContract": PUBLIC_CONTRACT,
        "HourReport": HOUR_REPORT,
        "Penalty": PENALTY,
        "StaffingRequest": STAFFING_REQUEST,
        "Event": EVENT,
        "Booking": BOOKING,
        "Meeting": MEETING,
        "PartnershipTask": TASK,
        "Placement": PLACEMENT,
        "TripartiteMeeting": TRIPARTITE,
    }


def states() -> str:
    """One drawing a workflow, and who does what."""
    parts = ["# States\n", _HEAD]
    for name, table in workflows().items():
        parts += [
            f"\n## {name}\n",
            "```mermaid",
            table.mermaid().rstrip(),
            "```\n",
            "| act | from | to | who |",
            "|---|---|---|---|",
        ]
        parts += [
            f"| {line.action.value} | {', '.join(sorted(source.value for source in line.sources))} "
            f"| {line.target.value} | {', '.join(sorted(role.value for role in line.who))} |"
            for line in table
        ]
    return "\n".join([*parts, ""])


def permissions(app: Flask) -> str:
    """One line a route: method, address, and a mark for each role."""
    names = [role.value for role in _ROLES]
    lines = [
        "# Permissions\n",
        _HEAD,
        f"\n| route | anybody | {' | '.join(names)} |",
        "|---|---|" + "---|" * len(names),
    ]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        policy = policy_of(app, rule.endpoint)
        if policy is None:
            continue
        methods = "/".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        marks = ["•" if role in policy.roles or policy.open else "" for role in _ROLES]
        lines.append(f"| {methods} `{rule.rule}` | {'•' if policy.open else ''} | {' | '.join(marks)} |")
    return "\n".join([*lines, ""])


def documents(app: Flask) -> Mapping[str, str]:
    """File name under docs/ → text."""
    return {"states.md": states(), "permissions.md": permissions(app)}
