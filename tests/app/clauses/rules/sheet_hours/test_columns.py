"""Odd titles of payroll are understood; a sheet of the same make is recognised the month after."""

import pytest

from app.clauses.rules.sheet_hours import Column, guess, missing, signature


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("NOM Prénom", Column.FULL_NAME),
        ("Nom & Prénom du salarié *", Column.FULL_NAME),
        ("Salarié(e)", Column.FULL_NAME),
        ("Nom", Column.FULL_NAME),
        ("Matricule", Column.PAYROLL_ID),
        ("N° salarié", Column.PAYROLL_ID),
        ("Mois", Column.MONTH),
        ("PÉRIODE", Column.MONTH),
        ("Date", Column.MONTH),
        ("Année", Column.YEAR),
        ("Nb heures", Column.HOURS),
        ("Heures trav.", Column.HOURS),
        ("H. payées", Column.HOURS),
        ("Qté", Column.HOURS),
        ("Nbre d’heures réalisées", Column.HOURS),
        ("Marché", Column.CONTRACT),
        ("Chantier", Column.CONTRACT),
        ("Lot", Column.LOT),
        ("N° de lot", Column.LOT),
        ("Nature", Column.KIND),
        ("Type d’heure", Column.KIND),
        ("Type d'heures", Column.KIND),
        ("Employeur", Column.EMPLOYER),
        ("Motif", Column.REASON),
        ("Observations :", Column.REASON),
    ],
)
def test_a_title_is_understood(title: str, column: Column) -> None:
    assert guess(["", title]) == {column: 1}


@pytest.mark.parametrize(
    "title",
    [
        "Date de naissance",
        "Date d’embauche",
        "Taux horaire",
        "Heures sup.",
        "Heures théoriques",
        "Type de contrat",
        "",
        "x",
    ],
)
def test_a_title_that_would_mislead_is_left_alone(title: str) -> None:
    assert guess([title]) == {}


def test_names_in_two_columns_are_two_columns() -> None:
    assert guess(["Nom", "Prénom", "Heures"]) == {Column.LAST_NAME: 0, Column.FIRST_NAME: 1, Column.HOURS: 2}


def test_worked_hours_are_preferred_to_paid_hours_and_totals() -> None:
    header = ["Salarié", "H. payées", "Total", "Heures trav.", "Heures"]
    assert guess(header)[Column.HOURS] == 3


def test_the_first_of_two_equal_titles_wins() -> None:
    assert guess(["Salarié", "Heures", "Heures"])[Column.HOURS] == 1


def test_a_signature_does_not_depend_on_case_accents_nor_months() -> None:
    assert signature(["Salarié", "Janv. 2026", "02/2026"]) == signature(["SALARIE ", "mars-26", "Avril 2026", "", ""])
    assert signature(["Salarié", "Heures"]) != signature(["Heures", "Salarié"])


def test_what_is_missing_is_named() -> None:
    assert missing({}) == [Column.FULL_NAME, Column.MONTH, Column.HOURS]
    assert missing({Column.PAYROLL_ID: 0, Column.HOURS: 1}, month_given=True) == []
    assert missing({Column.LAST_NAME: 0}, months_across=True) == []
