"""Pages of matching, as a test reads them: whose line is where, with which score."""

import re
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update

from app.candidates.models import Candidate, CandidateTravel, WantedTrade
from app.core.db import db
from app.matches import service
from tests.factories.applications import Market, a_ready_person
from tests.factories.people import Somebody


def named(person: Somebody, first: str, last: str, **values: Any) -> Candidate:
    """Their file, under that name and with these answers."""
    assert person.candidate is not None
    person.candidate.first_name, person.candidate.last_name = first, last
    for name, value in values.items():
        setattr(person.candidate, name, value)
    db.session.flush()
    return person.candidate


def driver(**values: Any) -> Somebody:
    """A ready person with a car, who goes far."""
    person = a_ready_person(**values)
    assert person.candidate is not None
    db.session.add(CandidateTravel(candidate_id=person.candidate.id, means="car", max_minutes=120))
    db.session.flush()
    return person


def wants(candidate: Candidate, trade: str) -> None:
    """This job, and no other."""
    db.session.execute(update(WantedTrade).where(WantedTrade.candidate_id == candidate.id).values(trade_slug=trade))


def address(market: Market, tail: str = "") -> str:
    """« Candidats pour cette offre »."""
    return f"/offres/{market.offer.id}/candidats{tail}"


def page_of(client: FlaskClient, market: Market, query: str = "") -> str:
    """The page, non-breaking spaces made plain."""
    answer = client.get(address(market, query))
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def part(page: str, label: str) -> str:
    """The table of that name; empty when the page has none."""
    return page.partition(f'aria-label="{label}"')[2].partition("</table>")[0]


def rows_of(page: str, label: str = "Tableau des candidats") -> list[str]:
    """The lines of a table, in order."""
    return part(page, label).partition("<tbody>")[2].split("<tr>")[1:]


def scores_of(page: str) -> list[int]:
    """In the order of the list."""
    return [int(score) for score in re.findall(r"Score (\d+) sur 100", "".join(rows_of(page)))]


def names_of(page: str) -> list[str]:
    """In the order of the list."""
    return re.findall(r'/candidats/[0-9a-f-]+">([^<]+)</a>', "".join(rows_of(page)))


def weights_from(day: date, **changes: int) -> dict[str, Any]:
    """The starting figures with some changed, from that day on."""
    return {**service.starting_values(None, day), "valid_from": day, **changes}
