"""« Tableau » of the clauses: every contract that the reader steers, its hours, its groups, and the figures in all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.clauses.forms.progress import GROUP_WORDS, DepartmentFilters
from app.clauses.labels.contracts import BAR_LOOKS, STANDING_LOOKS, STANDINGS
from app.clauses.labels.kinds import NATURES
from app.clauses.queries.buyers import buyer_choices
from app.clauses.queries.contract_lots import plie_choices
from app.clauses.queries.department import (
    Asked,
    ContractLine,
    Line,
    beneficiaries,
    contract_lines,
    contract_page,
    firm_lines,
    grouped,
    in_danger,
    people_of,
    standings_of,
    together,
)
from app.clauses.rules.figures import etp
from app.clauses.rules.kinds import BuyerKind, ClauseKind
from app.clauses.rules.progress import LotStanding
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.exports import export
from app.core.paging import PAGE_SIZE, Page, page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.reference import queries as reference

DEFAULT_SORT: Final = "-reste"
HEADER: Final = (
    "Marché", "Objet", "Acheteur", "Territoire", "Nature", "PLIE", "Livraison", "Objectif", "Déclarées", "Validées",
    "Comptées", "Reste", "Avancement (%)", "Situation", "Personnes", "ETP", "Heures par ETP", "À la date du",
)  # fmt: skip
GROUP_HEADER: Final = (
    "Marchés", "Objectif", "Déclarées", "Validées", "Comptées", "Reste", "Avancement (%)", "ETP", "Heures par ETP",
    "À la date du",
)  # fmt: skip
SORTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "marche": lambda one: one.key,
    "titre": lambda one: one.title.casefold(),
    "acheteur": lambda one: getattr(one, "buyer", one.title).casefold(),
    "livraison": lambda one: str(getattr(one, "delivered_on", None) or "9"),
    "marches": lambda one: one.contracts,
    "objectif": lambda one: one.objective,
    "declarees": lambda one: one.declared,
    "validees": lambda one: one.validated,
    "reste": lambda one: one.left,
    "taux": lambda one: one.ratio if one.ratio is not None else Decimal(-1),
}


@blueprint.get("/clauses/tableau")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def department() -> ResponseReturnValue:
    """The table, contract by contract or in groups, as of a day."""
    actor, today = the_actor(), clock.today()
    filters, asked = _asked(actor)
    sort = request.args.get("tri", DEFAULT_SORT)
    if kind := request.args.get("export"):
        return _exported(kind, _sorted(_rows(contract_lines(actor, asked), filters.group, asked), sort), filters, asked)
    page, total, own = _page(actor, asked, filters.group, sort)
    ids = [one.id for one in page if isinstance(one, ContractLine)]
    return render_template(
        "clauses/department.html",
        page=page,
        total=total,
        standings=_standings(ids, asked),
        people=people_of(ids, asked.as_of) if ids else {},
        indicators={"people": beneficiaries(actor, asked), "own": own},
        filters=filters,
        asked=asked,
        past=asked.as_of < today,
        sort=sort,
        group_word=GROUP_WORDS.get(filters.group, ""),
        full_time=lambda hours: etp(hours, Decimal(filters.divisor)).value,
        **_WORDS,
    )


_WORDS: Final = {
    "natures": NATURES,
    "standing_words": STANDINGS,
    "standing_looks": STANDING_LOOKS,
    "bars": BAR_LOOKS,
}


def _asked(actor: Actor) -> tuple[DepartmentFilters, Asked]:
    """What the address asks, its contracts in danger found."""
    filters = DepartmentFilters(
        request.args,
        buyers=buyer_choices(actor),
        territories=reference.territory_choices(),
        plies=plie_choices(),
    )
    asked = filters.asked(clock.today())
    return filters, replace(asked, only=in_danger(actor, asked)) if asked.danger else asked


def _standings(ids: Sequence[UUID], asked: Asked) -> Mapping[UUID, LotStanding]:
    """Of the contracts of the page; when only those in danger are shown, that is what they are."""
    if asked.only is not None:
        return dict.fromkeys(asked.only, LotStanding.IN_DANGER)
    return standings_of(ids, asked.as_of) if ids else {}


def _rows(contracts: Sequence[ContractLine], group: str, asked: Asked) -> Sequence[Line]:
    if group == "entreprise":
        return firm_lines([one.id for one in contracts], asked.as_of)
    return grouped(contracts, group, NATURES) if group else contracts


def _sorted(rows: Sequence[Line], sort: str) -> Sequence[Line]:
    key = SORTS.get(sort.removeprefix("-")) or SORTS[DEFAULT_SORT.removeprefix("-")]
    by_name = sorted(rows, key=lambda one: (one.title, one.key))
    return sorted(by_name, key=key, reverse=sort.startswith("-"))


def _page(actor: Actor, asked: Asked, group: str, sort: str) -> tuple[Page[Line], Line, int]:
    """The page asked, all contracts as one line, and how many of them are the département's own with a clause."""
    number = page_number(request.args.get("page"))
    if not group:
        return contract_page(actor, asked, sort, number)
    contracts = contract_lines(actor, asked)
    rows = _sorted(_rows(contracts, group, asked), sort)
    number = min(number, max(1, -(-len(rows) // PAGE_SIZE)))
    page = Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(rows))
    own = (one for one in contracts if one.buyer_kind is BuyerKind.DEPARTMENT)
    return page, together(contracts), sum(one.clause_kind is not ClauseKind.NONE for one in own)


def _exported(kind: str, rows: Sequence[Line], filters: DepartmentFilters, asked: Asked) -> ResponseReturnValue:
    name = f"clauses-{asked.as_of:%Y-%m-%d}"
    if filters.group:
        header = (GROUP_WORDS[filters.group], *GROUP_HEADER)
        return export(kind, name, header, ((one.title, one.contracts, *_hours(one, filters, asked)) for one in rows))
    lines = [one for one in rows if isinstance(one, ContractLine)]
    return export(kind, name, HEADER, _cells(lines, filters, asked))


def _hours(one: Line, filters: DepartmentFilters, asked: Asked) -> Sequence[Any]:
    percent = None if one.ratio is None else round(one.ratio * 100, 2)
    full_time = etp(one.validated, Decimal(filters.divisor)).value
    return (
        one.objective, one.declared, one.validated, one.counted, one.left, percent, full_time, filters.divisor,
        asked.as_of,
    )  # fmt: skip


def _cells(lines: Sequence[ContractLine], filters: DepartmentFilters, asked: Asked) -> Iterator[Sequence[Any]]:
    ids: list[UUID] = [one.id for one in lines]
    standings, people = standings_of(ids, asked.as_of), people_of(ids, asked.as_of)
    for one in lines:
        *hours, full_time, divisor, day = _hours(one, filters, asked)
        standing = standings.get(one.id)
        yield (
            one.key, one.title, one.buyer, one.territory, NATURES[one.nature], one.plie, one.delivered_on, *hours,
            STANDINGS[standing] if standing else "", people.get(one.id, 0), full_time, divisor, day,
        )  # fmt: skip
