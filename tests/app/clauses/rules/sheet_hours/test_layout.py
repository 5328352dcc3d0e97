"""The table is found under titles and merged cells, with its months down or across."""

from datetime import date

from app.clauses.rules.sheet_hours import Column, Layout, find_layout
from app.core.sheets import SheetRow


def _rows(*rows: tuple[str, ...]) -> list[SheetRow]:
    return [SheetRow(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]


def _found(*rows: tuple[str, ...]) -> Layout:
    layout = find_layout(_rows(*rows))
    assert layout is not None
    return layout


def test_the_titles_are_found_below_a_merged_title() -> None:
    layout = _found(
        ("Relevé d’heures",) * 6,
        ("Entreprise", "BTP Essonne"),
        (),
        ("Salarié", "Mois", "Heures trav.", "Lot"),
        ("DIARRA Mamadou", "10/2026", "151,67", "2"),
    )
    assert layout.header.number == 4
    assert layout.mapping == {Column.FULL_NAME: 0, Column.MONTH: 1, Column.HOURS: 2, Column.LOT: 3}


def test_titles_merged_over_two_rows_begin_the_table_at_the_second() -> None:
    layout = _found(("Salarié", "Mois", "Heures"), ("Salarié", "Mois", "Heures"), ("A B", "10/2026", "1"))
    assert layout.header.number == 2


def test_a_line_of_people_is_never_the_titles() -> None:
    layout = _found(("Salarié", "Heures"), ("Agent", "Heures"), ("Employé", "7"))
    assert layout.header.number == 1


def test_months_across_are_found_whatever_their_writing() -> None:
    layout = _found(("Nom", "Prénom", "Janv. 2026", "02/2026", "mars-26", "Total"), ("A", "B", "1", "2", "3", "6"))
    assert layout.months == {2: date(2026, 1, 1), 3: date(2026, 2, 1), 4: date(2026, 3, 1)}
    assert Column.HOURS not in layout.mapping
    assert layout.missing() == []


def test_months_without_a_year_take_the_only_one_written_above() -> None:
    assert _found(("Heures 2026",), ("Nom", "Janvier", "Février")).months == {1: date(2026, 1, 1), 2: date(2026, 2, 1)}
    assert find_layout(_rows(("De 2025 à 2026",), ("Nom", "Janvier", "Février"))) is None


def test_one_month_across_is_enough_without_a_column_of_hours() -> None:
    assert _found(("Salarié", "Oct. 2026"), ("A B", "7")).months == {1: date(2026, 10, 1)}


def test_the_days_of_a_month_across_are_not_months() -> None:
    assert find_layout(_rows(("Salarié", "01/10/2026", "02/10/2026"), ("A B", "7", "7"))) is None


def test_another_mapping_replaces_the_guess() -> None:
    across = _found(("Salarié", "Janv. 2026", "Févr. 2026"))
    assert across.with_mapping({Column.FULL_NAME: 0}).months == across.months
    assert across.with_mapping({Column.FULL_NAME: 0, Column.HOURS: 2}).missing() == [Column.MONTH]


def test_a_table_after_the_fifteenth_row_or_without_titles_is_not_found() -> None:
    assert find_layout(_rows(*[("note",)] * 15, ("Salarié", "Mois", "Heures"))) is None
    assert find_layout([]) is None
