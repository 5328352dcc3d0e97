"""What people type finds their commune."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.paging import paginate
from app.reference import queries
from app.reference.models import Commune
from tests.conftest import Statements
from tests.factories.reference import AssignmentFactory, CommuneFactory

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Étampes", "Étampes"),
        ("etampe", "Étampes"),
        ("  ETAMPES  ", "Étampes"),
        ("st germain les arpajon", "Saint-Germain-lès-Arpajon"),
        ("Ste-Geneviève-des-Bois", "Sainte-Geneviève-des-Bois"),
        ("ste genevieve des bois", "Sainte-Geneviève-des-Bois"),
        ("d'huison longueville", "D’Huison-Longueville"),
        ("ulis", "Les Ulis"),
        ("ferte alais", "La Ferté-Alais"),
        ("Évry", "Évry-Courcouronnes"),
        ("courcouronnes", "Évry-Courcouronnes"),
        ("Méréville", "Le Mérévillois"),
        ("Evry cedex", "Évry-Courcouronnes"),
        ("corbeil", "Corbeil-Essonnes"),
        ("Massy (91300)", "Massy"),
        ("91300 MASSY", "Massy"),
        ("91300", "Massy"),
        ("91223", "Étampes"),
        ("saint germain 91250", "Saint-Germain-lès-Corbeil"),
        ("91150", None),
        ("saint germain", None),
        ("Massy 91150", None),
        ("75001", None),
        ("Paris", None),
        ("", None),
        ("?", None),
        ("le", None),
        ("x" * 10_000, None),
        ("باريس", None),
    ],
)
def test_one_commune_is_found_or_none(session: scoped_session, typed: str, name: str | None) -> None:
    found = queries.find_commune(typed)
    assert (found.name if found else None) == name


def test_every_commune_is_found_by_its_own_name_and_by_its_insee_code(session: scoped_session) -> None:
    for commune in session.scalars(select(Commune)):
        assert queries.find_commune(commune.name) is commune
        assert queries.find_commune(commune.name.upper().replace("-", " ")) is commune


def test_a_postcode_shared_by_several_suggests_them_the_largest_first(session: scoped_session) -> None:
    near = queries.suggest_communes("91150")
    assert near[0].name == "Étampes"
    assert len(near) == 8
    assert all("91150" in commune.postcodes for commune in near)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("longjumo", "Longjumeau"), ("saint germain", "Saint-Germain-lès-Arpajon"), ("bretigni", "Brétigny-sur-Orge"),
     ("vert le pti", "Vert-le-Petit"), ("savigny", "Savigny-sur-Orge")],
)  # fmt: skip
def test_a_half_remembered_name_suggests(session: scoped_session, typed: str, name: str) -> None:
    assert name in [commune.name for commune in queries.suggest_communes(typed)[:3]]


def test_nonsense_suggests_nothing(session: scoped_session) -> None:
    assert queries.suggest_communes("zzzqqq") == []
    assert queries.suggest_communes("") == []


def test_looking_up_is_one_query(session: scoped_session, statements: Statements) -> None:
    queries.find_commune("etampes")
    assert len(statements) == 1


def test_the_list_is_filtered_by_words_postcode_territory_and_mds(session: scoped_session) -> None:
    def names(**asked: str) -> list[str]:
        return [one.name for one in paginate(queries.communes_listed(DAY, **asked), 1, 500)]

    assert len(names()) == 194
    assert len(names(territory="nord-ouest")) == 42
    assert len(names(territory="sud-essonne")) == 84
    assert names(words="st-cheron") == ["Saint-Chéron"]
    assert "Étampes" in names(words="91150")
    assert names(words="91223") == ["Étampes"]
    assert names(words="?!") == []
    assert names(words="%") == []
    assert names(mds="91377", sort="-population")[0] == "Massy"
    assert names(territory="nulle-part") == []
    assert names(sort="n'importe quoi") == names()


def test_places_come_with_the_territory_of_the_day_in_one_query(
    session: scoped_session, statements: Statements
) -> None:
    communes = paginate(queries.communes_listed(DAY), 1, 200).items
    statements.clear()
    places = queries.places_of(communes, DAY)
    assert len(statements) == 1
    massy = next(place for place in places if place.commune.insee == "91377")
    assert massy.territory is not None
    assert massy.mds is not None
    assert (massy.territory.name, massy.mds.name) == ("Nord-Ouest", "MDS de Massy")


def test_a_commune_without_an_assignment_is_listed_all_the_same(session: scoped_session) -> None:
    commune = CommuneFactory()
    assert queries.assignment_on(commune.insee, DAY) is None
    (place,) = queries.places_of([commune], DAY)
    assert (place.territory, place.mds) == (None, None)
    assert commune in paginate(queries.communes_listed(DAY), 1, 500).items


def test_the_codes_of_a_territory_serve_inside_another_query(session: scoped_session) -> None:
    AssignmentFactory(valid_from=date(2027, 1, 1))
    inside = select(Commune.insee).where(Commune.insee.in_(queries.commune_codes_in("nord-ouest", DAY)))
    codes = session.scalars(inside).all()
    assert len(codes) == 42
    assert "91377" in codes
    assert len(session.scalars(queries.commune_codes_in("nord-ouest", date(2027, 1, 1))).all()) == 43


def test_territories_sum_up_their_mds(session: scoped_session) -> None:
    lines = queries.territory_lines(DAY)
    assert sum(line.communes for line in lines) == 194
    assert sum(line.population for line in lines) == 1_338_485
    assert {line.territory.code: line.communes for line in lines} == {
        "nord-ouest": 42, "nord-est": 15, "grand-paris-sud": 16, "centre-essonne": 37, "sud-essonne": 84,
    }  # fmt: skip
