"""French words of dates, plurals, typography, names and numbers."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from app.core import french

TODAY = date(2026, 11, 5)


def plain(text: str) -> str:
    """A non-breaking space written as ~, to be seen."""
    return text.replace("\u00a0", "~")


def test_a_date_is_said_with_its_weekday_and_the_first_is_premier():
    assert french.date_words(date(2026, 11, 5)) == "jeudi 5 novembre 2026"
    assert french.date_words(date(2026, 3, 1)) == "dimanche 1er mars 2026"


def test_a_date_of_this_year_leaves_the_year_out_when_today_is_known():
    assert french.date_words(date(2026, 11, 12), TODAY) == "jeudi 12 novembre"
    assert french.date_words(date(2027, 1, 4), TODAY) == "lundi 4 janvier 2027"


def test_an_instant_is_said_in_paris():
    late = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)
    assert plain(french.instant_words(late)) == "samedi 1er août 2026 à 0~h~30"
    assert plain(french.clock_time(datetime(2026, 1, 2, 13, 0, tzinfo=UTC))) == "14~h"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 5), "aujourd’hui"),
        (date(2026, 11, 4), "hier"),
        (date(2026, 11, 3), "avant-hier"),
        (date(2026, 11, 2), "il y a 3~jours"),
        (date(2026, 9, 7), "il y a 59~jours"),
        (date(2026, 8, 5), "il y a 3~mois"),
        (date(2023, 11, 5), "il y a 3~ans"),
        (date(2026, 11, 6), "demain"),
        (date(2026, 11, 7), "après-demain"),
        (date(2026, 11, 19), "dans 14~jours"),
    ],
)
def test_the_distance_to_today_is_said_in_words(day: date, words: str):
    assert plain(french.ago(day, TODAY)) == words


def test_an_instant_before_midnight_utc_belongs_to_the_next_day_in_paris():
    assert french.ago(datetime(2026, 11, 4, 23, 30, tzinfo=UTC), TODAY) == "aujourd’hui"


@pytest.mark.parametrize(
    ("count", "one", "words"),
    [
        (0, "personne", "0~personne"),
        (1, "personne", "1~personne"),
        (1.5, "jour", "1,5~jour"),
        (2, "personne prête", "2~personnes prêtes"),
        (3, "mois", "3~mois"),
        (4, "lieu", "4~lieux"),
        (2, "cheval", "2~chevaux"),
        (12, "offre d’emploi", "12~offres d’emploi"),
        (2, "heure de travail", "2~heures de travail"),
        (1607, "heure", "1~607~heures"),
    ],
)
def test_plurals_begin_at_two_and_stop_at_a_preposition(count: float, one: str, words: str):
    assert plain(french.plural(count, one)) == words


def test_an_irregular_plural_is_given():
    assert plain(french.plural(2, "travail", "travaux")) == "2~travaux"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Oui ? Non !", "Oui~? Non~!"),
        ("« Maçon » : 81 %", "«~Maçon~»~: 81~%"),
        ("12 €, 35 h et 1 607 km", "12~€, 35~h et 1~607~km"),
        ("L'offre d'emploi", "L’offre d’emploi"),
        ("10:30 et a;b", "10:30 et a;b"),
    ],
)
def test_french_spaces_do_not_break(typed: str, set_: str):
    assert plain(french.nbsp(typed)) == set_


def test_markup_stays_markup_and_text_stays_text():
    assert isinstance(french.nbsp(Markup("<b>Oui ?</b>")), Markup)
    assert not isinstance(french.nbsp("<b>Oui ?</b>"), Markup)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Nadia Kaddour", "NK"),
        ("Jean-Marc Le Goff", "JG"),
        ("Samia", "S"),
        ("", ""),
        ("ليلى حداد", "لح"),
        ("O’Neil", "O"),
    ],
)
def test_initials_are_two_letters_at_most(name: str, letters: str):
    assert french.initials(name) == letters


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+33199001234", "01~99~00~12~34"),
        ("0612345678", "06~12~34~56~78"),
        ("+3225123456", "+32~2~512~34~56"),
        ("pas un numéro", "pas un numéro"),
        (None, ""),
    ],
)
def test_a_phone_number_is_written_two_by_two(number: str | None, shown: str):
    assert plain(french.phone(number)) == shown


def test_a_phone_link_holds_digits_only():
    assert french.phone_link("01\u00a099 00 12 34") == "0199001234"
    assert french.phone_link("+33 1 99 00") == "+3319900"


def test_a_siret_is_written_in_groups_and_a_wrong_one_as_it_is():
    assert plain(french.siret("26910012300018")) == "269~100~123~00018"
    assert french.siret("2691001230001") == "2691001230001"
    assert french.siret(None) == ""
