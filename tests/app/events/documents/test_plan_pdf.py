"""How much of each meeting fits on one page."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.events.documents.plan_pdf import ROWS_A_FILE, cut, density_of, drawn, in_files
from app.events.queries.sheets import Line, Sheet
from app.events.queries.wishes import Says
from app.events.rules.kinds import Side

AT = datetime(2026, 11, 12, 13, tzinfo=UTC)
SAYS = Says("Entreprise 1", ("Agent de propreté",), 3, "Massy", "Nous ouvrons un site. " * 20, person=False)


def a_sheet(
    lines: int, reasons: tuple[str, ...] = ("Vous vous êtes choisis.", "Métier en commun : plombier.")
) -> Sheet:
    rows = tuple(Line(one, one, AT, AT, 4, SAYS, reasons) for one in range(1, lines + 1))
    return Sheet(UUID(int=1), "Chantier 1", "ACDEFGHJ", Side.SEATED, rows)


@pytest.mark.parametrize(
    ("lines", "name"),
    [(1, "roomy"), (8, "roomy"), (9, "close"), (12, "close"), (13, "dense"), (23, "packed"), (60, "packed")],
)
def test_the_more_rounds_the_closer_the_lines(lines, name):
    assert density_of(lines).name == name


def test_reasons_and_what_the_other_seeks_are_printed_where_there_is_room():
    row = drawn(a_sheet(8)).rows[0]
    assert row.why == "Vous vous êtes choisis. Métier en commun : plombier."
    assert row.seeks.startswith("Agent de propreté (3). Nous ouvrons un site.")
    assert row.seeks.endswith("…")
    assert drawn(a_sheet(15)).rows[0].why == ""


def test_a_sentence_that_does_not_fit_is_left_out_whole():
    long = "Une très longue raison " * 9
    assert drawn(a_sheet(12, ("Vous vous êtes choisis.", long))).rows[0].why == "Vous vous êtes choisis."


def test_a_text_is_cut_at_a_word():
    assert cut("Agent de propreté", 40) == "Agent de propreté"
    assert cut("Agent de propreté des locaux", 12) == "Agent de…"
    assert cut("abc", 0) == ""


def test_somebody_who_sits_has_their_tables_and_nobody_counts_a_pause():
    sheet = a_sheet(2)
    rest = Sheet(sheet.booking_id, sheet.name, sheet.code, sheet.side, (*sheet.lines, Line(3, 4, AT, AT)))
    assert (rest.tables, rest.meetings, rest.moves) == ((4,), 2, False)


def test_a_large_event_is_printed_in_several_files_in_order():
    sheets = [a_sheet(60) for _ in range(20)]
    files = in_files(sheets, lambda one: len(one.lines))
    assert [one for file in files for one in file] == sheets
    assert all(sum(len(one.lines) for one in file) <= ROWS_A_FILE for file in files)
    assert in_files([a_sheet(ROWS_A_FILE + 1)], lambda one: len(one.lines)) == [(a_sheet(ROWS_A_FILE + 1),)]
    assert in_files([], len) == []
