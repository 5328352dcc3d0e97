"""``make bench``: the whole département in a database of its own, the portal through gunicorn, one line a figure."""

import gzip
import logging
import os
import subprocess
import sys
import time
from collections.abc import Mapping

import structlog
from flask import Flask
from sqlalchemy import select, text

from app.candidates import queries as candidates
from app.core.db import db
from app.core.roles import Role
from app.core.settings import ROOT, from_environment
from app.demonstration.accounts import PASSWORD, PERSONAS
from app.factory import create_app
from app.offers import queries as offers
from app.offers.models import Offer
from app.reference import queries as reference
from matching.criteria import Weights
from matching.ranking import rank_candidates
from tests.performance import baselines, clauses_bench, events_bench, follow_up_bench, match_bench
from tests.performance.figures import figure, median, milliseconds, percentile
from tests.performance.queries import most_queries
from tests.performance.web import Browser, Web, requests_a_second, served, times

VAR = ROOT / "var" / "bench"
ENVIRONMENT = {
    "PORTAL_VAR": str(VAR),
    "PORTAL_DATABASE": "portail_departement",
    "PORTAL_DEMONSTRATION": "1",
    "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
}
SEARCHES = (
    "/offres?mots=menage+etampes", "/offres?mots=magasinier+massy", "/offres?mots=BTP", "/offres?mots=aide+a+domicile",
    "/offres", "/offres?mots=plonge", "/offres?mots=chaufeur", "/offres?mots=nounou+palaiseau&tri=date",
)  # fmt: skip
TIMES = 200


def _prepare() -> None:
    """The demonstration of the whole département, loaded once and kept between runs."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "app.demonstration", "--size", "departement", "--prepare-only"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **ENVIRONMENT})
    print(f"# données du département prêtes en {time.perf_counter() - start:.0f} s", flush=True)


def _persona(role: Role, rank: int = 0) -> str:
    return [persona.email for persona in PERSONAS if persona.role is role][rank]


def _search_figures(web: Web, app: Flask) -> None:
    browser = Browser(web.port)
    times(browser, SEARCHES, 40)
    taken = times(browser, SEARCHES, TIMES)
    with app.app_context():
        plain = median(milliseconds(lambda: baselines.plain_search("menage etampes"), 5))
    figure("search.page_p50_ms", median(taken), "ms", 25, plain)
    figure("search.page_p95_ms", percentile(taken, 0.95), "ms", 50, plain)
    figure("search.page_rps_8", requests_a_second(web.port, SEARCHES, 8, 480), "1/s", 80, 1000 / plain)
    page = browser.get("/offres?mots=menage+etampes")
    assets = [browser.get(path) for path in _assets(page.body)]
    packed = sum(len(answer.body) for answer in (page, *assets))
    whole = sum(len(_text(answer.body)) for answer in (page, *assets))
    figure("pages.search_kb_compressed", packed / 1000, "kB", 50, whole / 1000)


def _text(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def _assets(body: bytes) -> list[str]:
    import re

    return re.findall(r'(?:href|src)="(/static/[^"]+)"', _text(body).decode())


def _offer_figures(web: Web, app: Flask) -> None:
    browser = Browser(web.port)
    browser.sign_in(_persona(Role.FACILITATOR), PASSWORD)
    with app.app_context():
        some = db.session.scalars(select(Offer).where(Offer.state == "published").order_by(Offer.id).limit(40)).all()
        paths = [f"/offres/{offer.id}/candidats" for offer in some]
        need = offers.matching_offer(some[0])
        people = candidates.matching_rows().candidates
        tables = reference.matching_tables()
        loop = median(milliseconds(lambda: rank_candidates(need, people, tables, Weights()), 3))
    times(browser, paths, 16)
    figure("match.offer_page_p95_ms", percentile(times(browser, paths, 120), 0.95), "ms", 150, loop)


def _application_figures(web: Web, app: Flask) -> None:
    browser = Browser(web.port)
    browser.sign_in(_persona(Role.EMPLOYER), PASSWORD)
    with app.app_context():
        firm = db.session.scalars(select(Offer.organisation_id).where(Offer.number == 1001)).one()
        plain = median(milliseconds(lambda: baselines.plain_applications(firm), 5))
    times(browser, ["/candidatures"], 20)
    figure("applications.list_p50_ms", median(times(browser, ["/candidatures"], TIMES)), "ms", 40, plain)


def _query_figures(app: Flask) -> None:
    with app.app_context():
        offer = db.session.scalars(select(Offer.id).where(Offer.state == "published").order_by(Offer.id).limit(1)).one()
    more: Mapping[str, list[str]] = {
        _persona(Role.FACILITATOR): [f"/offres/{offer}/candidats"],
        _persona(Role.EMPLOYER): ["/candidatures?tri=-delai"],
    }
    count, page = most_queries(app, more)
    figure("pages.max_queries", count, "statements", 12, None)
    print(f"# la page qui en envoie le plus : {page}", flush=True)


def _bare_worker_megabytes() -> float:
    """A Python process that has only Flask: the floor of a worker."""
    code = "import flask; print([l for l in open('/proc/self/status') if l.startswith('VmRSS')][0].split()[1])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout) * 1024 / 1_000_000


def quiet() -> None:
    """Only errors are written between the figures."""
    logging.getLogger().setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def main() -> None:
    """Measure everything."""
    for line in match_bench.measure():
        if line.name in {"match.everyone_by_everything_s", "match.everyone_by_everything_mb"}:
            figure(line.name, line.value, line.unit, line.goal or 0, line.baseline)
        else:
            print(f"# {line}", flush=True)
    for line in events_bench.measure():
        figure(line.name, line.value, line.unit, line.goal or 0, line.baseline)
    _prepare()
    os.environ.update(ENVIRONMENT)
    quiet()
    app = create_app(from_environment())
    with app.app_context():
        db.session.execute(text("ANALYZE"))
        db.session.rollback()
    with served(ENVIRONMENT) as web:
        _search_figures(web, app)
        _offer_figures(web, app)
        _application_figures(web, app)
        figure("worker.rss_mb", max(web.worker_megabytes()), "MB", 130, _bare_worker_megabytes())
    _query_figures(app)
    for measure in (clauses_bench.measure, follow_up_bench.measure):
        for line in measure(ENVIRONMENT):
            figure(line.name, line.value, line.unit, line.goal or 0, line.baseline)


if __name__ == "__main__":
    main()
