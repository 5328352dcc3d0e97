"""Pages of a list: stable, and never beyond the end."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.paging import Page, page_number, paginate
from app.organisations.models import Organisation
from tests.factories.people import an_organisation


@pytest.mark.parametrize(
    ("raw", "number"), [(None, 1), ("", 1), ("3", 3), ("-2", 1), ("0", 1), ("x", 1), ("9" * 30, 100_000), ("٣", 3)]
)
def test_a_page_number_is_read_without_fuss(raw: str | None, number: int) -> None:
    assert page_number(raw) == number


def test_all_pages_together_are_the_list_once(session: scoped_session) -> None:
    rows = [an_organisation(name="Même nom").id for _ in range(45)]
    query = select(Organisation).where(Organisation.id.in_(rows)).order_by(Organisation.name, Organisation.id)
    pages = [paginate(query, number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(row.id for page in pages for row in page) == sorted(rows)
    assert (pages[2].first, pages[2].last, pages[2].pages, pages[2].total) == (41, 45, 3, 45)
    assert [row.id for row in paginate(query, 99)] == [row.id for row in pages[2]]


def test_an_empty_list_has_one_empty_page() -> None:
    page: Page[int] = Page([], 1, 20, 0)
    assert (page.pages, page.first, page.last, list(page)) == (1, 0, 0, [])
