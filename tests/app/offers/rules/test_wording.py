"""Forbidden words are found as they were typed, and ordinary sentences are left alone."""

import pytest

from app.offers.rules.wording import WORDS, Criterion, found_words


@pytest.mark.parametrize(
    ("text", "criterion", "found"),
    [
        ("Nous cherchons une personne Jeune et Dynamique.", Criterion.AGE, "Jeune et Dynamique"),
        ("Équipe jeune, bonne ambiance", Criterion.AGE, "Équipe jeune"),
        ("Vous avez moins de 35 ans.", Criterion.AGE, "moins de 35 ans"),
        ("Âgée de 18 à 25 ans", Criterion.AGE, "Âgée de 18 à 25 ans"),
        ("Poste idéal pour un retraité", Criterion.AGE, "pour un retraité"),
        ("Cherche femme de ménage", Criterion.SEX, "femme de ménage"),
        ("HOMME  À TOUT FAIRE", Criterion.SEX, "HOMME  À TOUT FAIRE"),
        ("Recrutons une femme sérieuse", Criterion.SEX, "Recrutons une femme"),
        ("Poste d’hôtesse de caisse", Criterion.SEX, "hôtesse"),
        ("Nationalité française exigée", Criterion.ORIGIN, "Nationalité française"),
        ("Français langue maternelle", Criterion.ORIGIN, "Français langue maternelle"),
        ("Personne sans enfant", Criterion.FAMILY, "sans enfant"),
        ("Célibataire de préférence", Criterion.FAMILY, "Célibataire"),
        ("Votre situation de famille", Criterion.FAMILY, "situation de famille"),
        ("Très bonne présentation", Criterion.APPEARANCE, "Très bonne présentation"),
        ("CV avec photo", Criterion.APPEARANCE, "avec photo"),
        ("Bonne condition physique indispensable", Criterion.HEALTH, "Bonne condition physique"),
        ("Pas de femme voilée", Criterion.BELIEF, "voilée"),
        ("Habitant à Massy ou alentour", Criterion.RESIDENCE, "Habitant à"),
    ],
)
def test_a_forbidden_phrase_is_found_as_it_was_written(text: str, criterion: Criterion, found: str) -> None:
    words = found_words(text)

    assert [(word.criterion, word.text) for word in words] == [(criterion, found)]
    assert words[0].better


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vous accompagnez de jeunes enfants et des personnes âgées à leur domicile.",
        "Accueil des enfants âgés de 3 à 6 ans, animation pour les jeunes du quartier.",
        "Entreprise de plus de 20 ans d’expérience.",
        "Hôte ou hôtesse de caisse (H/F)",
        "Agent d’entretien (H/F), linge blanc, produits d’origine végétale",
        "Nettoyer l’enceinte sportive, le soir, sans enfants présents.",
        "Port de charges jusqu’à 10 kg, travail debout.",
        "مطلوب عامل نظافة",
        "Tom O’Hara vous présente l’équipe.",
    ],
)
def test_an_ordinary_sentence_raises_nothing(text: str) -> None:
    assert found_words(text) == ()


def test_several_phrases_come_in_the_order_of_the_text_and_once_each() -> None:
    text = "Sans enfant, célibataire, sans enfant. Œuvrer en équipe. Jeune et dynamique."

    assert [word.text for word in found_words(text)] == ["Sans enfant", "célibataire", "Jeune et dynamique"]


def test_ten_thousand_characters_are_read() -> None:
    text = "bon travail " * 900 + "jeune et dynamique"

    assert [word.text for word in found_words(text)] == ["jeune et dynamique"]


def test_every_criterion_has_words() -> None:
    assert {word.criterion for word in WORDS} == set(Criterion)
