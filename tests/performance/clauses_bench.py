"""How fast are the pages of the clauses among 2 000 contracts and a million lines of hours?

A figure more: write a function as those of MEASURES, and add it there.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from app.clauses.models import HourLine, Lot, PublicContract
from app.clauses.queries.standing import drift
from app.clauses.rules.states import SETTLED
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.core.settings import from_environment
from app.demonstration.accounts import PASSWORD, PERSONAS
from app.factory import create_app
from tests.performance import clauses_data
from tests.performance.figures import median, milliseconds, percentile
from tests.performance.import_bench import import_preview
from tests.performance.match_bench import Figure
from tests.performance.web import Browser, Web, served, times

SOME, RUNS = 60, 180


def _browser(web: Web) -> Browser:
    browser = Browser(web.port)
    browser.sign_in(next(persona.email for persona in PERSONAS if persona.role is Role.DEPARTMENT), PASSWORD)
    return browser


def _summed_by_hand(contract_id: UUID) -> int:
    """Every line of the contract loaded and added in Python."""
    lots = select(Lot.id).where(Lot.contract_id == contract_id)
    sums: dict[object, object] = {}
    query = select(HourLine).where(HourLine.lot_id.in_(lots)).execution_options(populate_existing=True)
    for line in db.session.scalars(query):
        sums[line.lot_id, line.month] = line.hours + sums.get((line.lot_id, line.month), 0)  # type: ignore[operator]
    db.session.expunge_all()
    return len(sums)


def _all_summed() -> int:
    """Every line of hours added by contract: no ledger, no sums kept."""
    validated = func.sum(HourLine.hours).filter(HourLine.state.in_(SETTLED))
    query = (
        select(Lot.contract_id, func.sum(HourLine.hours), validated, func.count(HourLine.candidate_id.distinct()))
        .join(HourLine, HourLine.lot_id == Lot.id)
        .group_by(Lot.contract_id)
    )
    return len(db.session.execute(query).all())


def progress_page(web: Web, app: Flask) -> Iterator[Figure]:
    """« Avancement » of one contract of many."""
    with app.app_context():
        query = (
            select(PublicContract.id).where(PublicContract.number.like("B-%")).order_by(func.md5(PublicContract.number))
        )
        some = db.session.scalars(query.limit(SOME)).all()
        plain = percentile([milliseconds(lambda one=one: _summed_by_hand(one), 1)[0] for one in some], 0.95)  # type: ignore[misc]
    browser, paths = _browser(web), [f"/clauses/marches/{one}" for one in some]
    times(browser, paths, 20)
    yield Figure("clauses.progress_p95_ms", percentile(times(browser, paths, RUNS), 0.95), "ms", 100, plain)


def department_table(web: Web, app: Flask) -> Iterator[Figure]:
    """The table of all of them, its pages, its sorts and its groups in turn."""
    paths = [
        "/clauses/tableau", "/clauses/tableau?page=7", "/clauses/tableau?tri=taux", "/clauses/tableau?nature=works",
        "/clauses/tableau?groupe=plie",
    ]  # fmt: skip
    with app.app_context():
        plain = median(milliseconds(_all_summed, 3))
    browser = _browser(web)
    times(browser, paths, 10)
    yield Figure("clauses.department_table_p95_ms", percentile(times(browser, paths, 100), 0.95), "ms", 300, plain)


MEASURES: tuple[Callable[[Web, Flask], Iterator[Figure]], ...] = (progress_page, department_table, import_preview)


def measure(environment: Mapping[str, str]) -> Iterator[Figure]:
    """Every figure, on a database of its own."""
    ready = clauses_data.prepared(environment, clock.today())
    os.environ.update(ready)
    app = create_app(from_environment())
    with app.app_context():
        assert drift() == 0, "sums that differ from the ledger"
    with served(ready) as web:
        for act in MEASURES:
            yield from act(web, app)


if __name__ == "__main__":
    from tests.performance.__main__ import ENVIRONMENT, quiet

    os.environ.update(ENVIRONMENT)
    quiet()
    for line in measure(ENVIRONMENT):
        print(line, flush=True)
