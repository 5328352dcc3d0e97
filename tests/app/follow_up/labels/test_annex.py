"""The text of the annex: whole, the same for the same facts, without a word on why the person is accompanied."""

from dataclasses import replace
from datetime import date

import pytest

from app.follow_up.labels.annex import annex_text
from app.follow_up.rules.annex import AnnexFacts, blocks

FACTS = AnnexFacts(
    person="Moussa Traoré",
    referent="Claire Fontaine",
    place="MDS de Brétigny-sur-Orge",
    employer="Logistique du Val d’Orge",
    title="Préparateur de commandes",
    commune="Brétigny-sur-Orge",
    terms="CDD du 1er septembre 2026 au 30 avril 2027, 35 h par semaine",
    starts_on=date(2026, 9, 1),
    ends_on=date(2027, 2, 28),
    steps=(("J+7, appel", date(2026, 9, 8)), ("Clôture", date(2027, 2, 26))),
)


def test_it_names_everybody_the_job_the_dates_and_who_reads_what() -> None:
    text = annex_text(FACTS).replace("\u00a0", " ")
    for said in (
        "Moussa Traoré",
        "Claire Fontaine, MDS de Brétigny-sur-Orge",
        "Logistique du Val d’Orge",
        "Préparateur de commandes, à Brétigny-sur-Orge",
        "35 h par semaine",
        "du 1er septembre 2026 au 28 février 2027",
        "J+7, appel : mardi 8 septembre 2026",
        "arrêter ce suivi à tout moment",
    ):
        assert said in text
    assert len(list(blocks(text))) == 6


def test_the_same_facts_make_the_same_text_and_another_fact_another() -> None:
    assert annex_text(FACTS) == annex_text(replace(FACTS))
    assert annex_text(FACTS) != annex_text(replace(FACTS, employer="Autre"))


def test_a_team_stands_for_a_referent_not_named_yet() -> None:
    text = annex_text(replace(FACTS, referent="")).replace("\u00a0", " ")
    assert "La personne qui la suit : MDS de Brétigny-sur-Orge" in text
    nobody = annex_text(replace(FACTS, referent="", place="")).replace("\u00a0", " ")
    assert "La personne qui la suit : une équipe du Département" in nobody


@pytest.mark.parametrize("word", ["rsa", "santé", "handicap", "rqth", "allocation", "plie", "sanction ", "frein"])
def test_no_word_says_why_the_person_is_accompanied(word: str) -> None:
    assert word not in annex_text(FACTS).lower()
