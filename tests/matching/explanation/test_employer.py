import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.comparison import compare
from matching.criteria import Candidate, Means, Travel
from matching.explanation import for_employer
from tests.matching import strategies
from tests.matching.examples import DOURDAN, MORIGNY, START, TABLES, WEIGHTS, WORDS, hours_of, offer, person

ALLOWED = re.compile(
    r"Recherche (ce métier|un métier proche) : .+"
    r"|(Compétences du poste|Titre obligatoire|Permis demandé|Atouts souhaités) : .+"
    r"|Disponible sur tous les horaires du poste"
    r"|Disponible au \d+(er)? [a-zéû]+ \d{4}, date de début"
    r"|Habite (la commune du poste|à moins de (5|10) km du poste)"
    r"|Éligible à la clause jusqu’au \d+(er)? [a-zéû]+ \d{4}"
)


def sentences(who, what):
    return [text.replace("\u00a0", " ") for text in for_employer(compare(who, what, TABLES, WEIGHTS), WORDS)]


def test_the_employer_reads_what_bears_on_the_job():
    who = person(
        skills=frozenset({"mop", "iron"}),
        licences=frozenset({"b"}),
        titles=frozenset({"advf"}),
        eligible_until=date(2028, 3, 14),
    )
    what = offer(
        place=MORIGNY,
        grid=hours_of(range(5), 8, 12),
        required_skills=frozenset({"mop"}),
        wished_skills=frozenset({"iron"}),
        required_licences=frozenset({"b"}),
        required_titles=frozenset({"advf"}),
        claused=True,
    )
    assert sentences(who, what) == [
        "Recherche ce métier : agent d’entretien",
        "Compétences du poste : laver les sols",
        "Titre obligatoire : TP ADVF",
        "Permis demandé : permis B",
        "Atouts souhaités : repasser",
        "Disponible sur tous les horaires du poste",
        "Disponible au 1er mars 2027, date de début",
        "Habite à moins de 5 km du poste",
        "Éligible à la clause jusqu’au 14 mars 2028",
    ]


def test_a_licence_the_job_does_not_need_is_not_shown():
    assert not any("ermis" in text for text in sentences(person(licences=frozenset({"b"})), offer()))


def test_what_limits_the_person_is_not_shown():
    who = person(
        french=0,
        travels=(Travel(Means.CAR, max_km=17.0),),
        available_from=None,
        grid=hours_of((0,), 8, 12),
        trades=("gardener",),
    )
    what = offer(
        place=DOURDAN, grid=hours_of(range(5), 8, 12), french=3, required_skills=frozenset({"mop"}), claused=True
    )
    assert sentences(who, what) == []


@given(strategies.one_candidate, strategies.one_offer)
def test_only_the_listed_sentences_exist(who, what):
    assert all(ALLOWED.fullmatch(text) for text in sentences(who, what))


@given(strategies.one_candidate, strategies.one_offer, strategies.one_candidate, st.data())
def test_nothing_of_what_an_employer_must_not_learn_changes_a_sentence_or_its_place(who, what, other, data):
    """How the person travels and how far, hours wished, refusals, French, other offers, waiting, what is not asked."""
    values = {name: getattr(who, name) for name in Candidate.__dataclass_fields__}
    hidden = {
        name: getattr(other, name)
        for name in ("travels", "hours_min", "hours_max", "refusals", "refused_offers", "french", "waiting_since")
    }
    if not what.claused:
        hidden["eligible_until"] = data.draw(st.none() | st.just(START))
    asked_skills = what.required_skills | what.wished_skills
    asked_titles = what.required_titles | what.wished_titles
    hidden["skills"] = who.skills & asked_skills | other.skills - asked_skills
    hidden["titles"] = who.titles & asked_titles | other.titles - asked_titles
    hidden["licences"] = who.licences & what.required_licences | other.licences - what.required_licences
    assert sentences(Candidate(**{**values, **hidden}), what) == sentences(who, what)
