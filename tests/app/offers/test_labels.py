"""The words of offers: pay, places, warnings."""

from decimal import Decimal

import pytest

from app.offers.labels import at, of, pay_words, warning_words
from app.offers.rules import Criterion, OfferWarning, PayPeriod, WarningKind


@pytest.mark.parametrize(
    ("commune", "there", "around"),
    [
        ("Massy", "à Massy", "de Massy"),
        ("Étampes", "à Étampes", "d’Étampes"),
        ("Les Ulis", "aux Ulis", "des Ulis"),
        ("Le Coudray-Montceaux", "au Coudray-Montceaux", "du Coudray-Montceaux"),
        ("La Norville", "à La Norville", "de La Norville"),
        ("Yerres", "à Yerres", "d’Yerres"),
    ],
)
def test_a_commune_is_said_as_the_french_say_it(commune: str, there: str, around: str) -> None:
    assert (at(commune), of(commune)) == (there, around)


@pytest.mark.parametrize(
    ("low", "high", "period", "words"),
    [
        (None, None, PayPeriod.HOUR, ""),
        ("12.4", None, PayPeriod.HOUR, "12,40\u00a0€ brut par heure"),
        ("12.4", "12.4", PayPeriod.HOUR, "12,40\u00a0€ brut par heure"),
        ("1900", "2100", PayPeriod.MONTH, "de 1\u00a0900\u00a0€ à 2\u00a0100\u00a0€ brut par mois"),
        (None, "24000", PayPeriod.YEAR, "jusqu’à 24\u00a0000\u00a0€ brut par an"),
    ],
)
def test_a_pay_is_said_in_one_phrase(low: str | None, high: str | None, period: PayPeriod, words: str) -> None:
    assert pay_words(Decimal(low) if low else None, Decimal(high) if high else None, period) == words


def test_a_warning_quotes_the_word_and_gives_a_better_one() -> None:
    words = warning_words(
        OfferWarning(WarningKind.DISCRIMINATING, "title", "sans enfant", "donnez les horaires", Criterion.FAMILY)
    )

    assert "«\u00a0sans enfant\u00a0»" in words
    assert "la situation de famille" in words
    assert "donnez les horaires" in words


def test_amounts_are_hours_or_euros() -> None:
    short = OfferWarning(WarningKind.GRID_SHORT, "grid", amount=Decimal("27.5"))
    low = OfferWarning(WarningKind.PAY_BELOW_SMIC, "pay_min", amount=Decimal("12.02"))

    assert "27,50\u00a0h" in warning_words(short)
    assert "12,02\u00a0€" in warning_words(low)
