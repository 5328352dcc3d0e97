"""What people type in fields, right and wrong: always a French message, never what they typed lost."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.fields import (
    DateField,
    DecimalField,
    EmailField,
    IntegerField,
    ManyField,
    PhoneField,
    RadioField,
    ResolvedField,
    SelectField,
    SiretField,
    TextField,
    YesNoField,
    siret_problem,
)


def _try(field: Any, *values: str) -> Any:
    form = type("OneField", (Form,), {"one": field})(MultiDict([("one", value) for value in values]))
    form.validate()
    return form.one


@pytest.mark.parametrize("siret", ["73282932000074", "35600000000048", "35600000009075", "732 829 320 00074"])
def test_a_right_siret_passes_la_poste_included(siret: str) -> None:
    field = _try(SiretField(required="Écrivez le SIRET."), siret)
    assert field.errors == []
    assert len(field.data) == 14


@pytest.mark.parametrize(
    ("siret", "words"),
    [
        ("7328293200007", "13"),
        ("73282932000075", "5\u00a0derniers"),
        ("73282932100074", "9\u00a0premiers"),
        ("7328293200007A", "chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "chiffres"),
        ("35600000009076", "5\u00a0derniers"),
    ],
)
def test_a_wrong_siret_says_what_is_wrong(siret: str, words: str) -> None:
    field = _try(SiretField(required="Écrivez le SIRET."), siret)
    assert words in field.errors[0]
    assert siret_problem(siret) == field.errors[0]


@pytest.mark.parametrize("name", ["L’Haÿ d'Ô", "محمد", "Ng\u0303uye\u0302n", "李 雷"])
def test_names_of_the_world_are_kept(name: str) -> None:
    field = _try(TextField("Nom", required="Écrivez votre nom."), f"  {name} ")
    assert field.errors == []
    assert field.data.strip() == field.data != ""


def test_a_null_byte_never_reaches_the_database() -> None:
    assert _try(TextField("Nom"), "a\x00b\x07c").data == "a b c"


def test_ten_thousand_characters_are_too_many_and_the_count_is_said() -> None:
    field = _try(TextField("Nom", max_length=200), "x" * 10_000)
    assert "10\u00a0000 caractères" in field.errors[0]
    assert "200" in field.errors[0]
    assert len(field.data) == 10_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("06 12 34 56 78", "+33612345678"), ("+590 690 00 00 00", "+590690000000"), ("0033612345678", "+33612345678")],
)
def test_a_phone_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert _try(PhoneField(), typed).data == kept


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0612345678", "06\u00a012\u00a034\u00a056\u00a078"), ("12", "12"), ("", ""), ("+12", "+12")],
)
def test_a_phone_number_comes_back_as_people_write_it(typed: str, shown: str) -> None:
    assert _try(PhoneField(), typed)._value() == shown


@pytest.mark.parametrize("typed", ["12", "pas de téléphone", "06 12 34"])
def test_a_wrong_phone_number_gives_an_example(typed: str) -> None:
    assert "06 12 34 56 78" in _try(PhoneField(), typed).errors[0]


@pytest.mark.parametrize("typed", ["marie", "marie@", "@x.fr", "a@b@c.fr", "a@fr"])
def test_a_wrong_address_gives_an_example(typed: str) -> None:
    assert "@exemple.fr" in _try(EmailField(), typed).errors[0]


def test_an_address_is_kept_in_lower_case() -> None:
    assert _try(EmailField(), " Marie.D@Exemple.FR ").data == "marie.d@exemple.fr"


def test_sixty_hours_a_week_is_too_much_and_the_limit_is_said() -> None:
    field = _try(DecimalField("Heures", maximum=48, unit="h"), "60")
    assert field.errors == ["C’est trop\u00a0: 48\u00a0h au plus."]
    assert field._value() == "60"


def test_a_whole_number_refuses_decimals() -> None:
    assert _try(IntegerField("Postes"), "2,5").errors == ["Écrivez un nombre entier."]
    assert _try(IntegerField("Postes"), "2").data == 2


def test_a_date_that_does_not_exist_is_kept_and_explained() -> None:
    field = _try(DateField("Début"), "31/11/2026")
    assert "n’existe pas" in field.errors[0]
    assert field._value() == "31/11/2026"


def test_an_empty_answer_says_the_message_of_the_field() -> None:
    assert _try(TextField("Nom", required="Écrivez votre nom."), "   ").errors == ["Écrivez votre nom."]
    assert _try(DateField("Début", required="Écrivez la date."), "").errors == ["Écrivez la date."]
    assert _try(TextField("Nom"), "").errors == []


def test_what_the_list_does_not_offer_is_refused() -> None:
    lines = [("a", "A"), ("b", "B")]
    assert _try(SelectField("Choix", choices=lines), "z").errors == ["Choisissez une réponse de la liste."]
    assert _try(RadioField("Choix", choices=lines), "z").errors == ["Choisissez une réponse de la liste."]
    assert _try(ManyField("Choix", choices=lines), "a", "z").errors == ["Choisissez une réponse de la liste."]
    assert _try(ManyField("Choix", choices=lines), "a", "b").data == ["a", "b"]
    assert _try(YesNoField("Choix", required="Dites oui ou non."), "oui").yes


def test_an_unknown_commune_suggests_near_ones() -> None:
    field = ResolvedField(
        "Commune",
        resolve=lambda text: text if text == "Massy" else None,
        suggest=lambda text: ["Massy", "Marcoussis"],
        unknown="Nous ne trouvons pas cette commune.",
    )
    wrong = _try(field, "Macy")
    assert wrong.errors == ["Nous ne trouvons pas cette commune. Vouliez-vous dire\u00a0: Massy, Marcoussis\u00a0?"]
    assert _try(field, "Massy").found == "Massy"


@pytest.mark.parametrize("text", ["31/12/9999", "01/01/0001", "9999-12-31"])
def test_a_date_of_an_impossible_year_is_no_date_to_count_with(text: str) -> None:
    field = _try(DateField("Début"), text)
    assert field.data is None
    assert field.errors == ["Vérifiez l’année de cette date."]
    assert field._value() == text
