"""The shipped tables hold together: nothing points at nothing, and people find what they look for."""

import csv
from collections import defaultdict
from re import fullmatch

import pytest

from app.reference.rules import OTHER_FAMILY, essence
from app.reference.service.load import DATA

# Words that mean work in more than one family, on purpose.
SHARED = {
    "aéroport", "bois", "boulangerie", "BTP", "cantonnier", "colis", "courrier", "dame de cantine", "dépannage",
    "électroménager", "enduit", "femme de ménage", "handicap", "homme de ménage", "linge", "ménage", "meubles", "Orly",
    "pain", "pâtisserie", "pavés", "pizza", "ravalement", "repassage", "supermarché", "vélo", "vêtements", "chauffeur",
}  # fmt: skip


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


COMMUNES, TRADES, MOVES, TITLES = _read("communes"), _read("trades"), _read("moves"), _read("titles")
SLUGS = {row["slug"]: row for row in TRADES}
FAMILIES = {row["slug"] for row in _read("families")}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("communes", "insee"), ("territories", "code"), ("mds", "code"), ("families", "slug"), ("trades", "slug"),
        ("rome_codes", "code"), ("skills", "slug"), ("titles", "slug"), ("licences", "slug"), ("conditions", "slug"),
    ],
)  # fmt: skip
def test_a_key_is_given_once_and_every_row_has_a_name(name: str, key: str) -> None:
    rows = _read(name)
    assert len({row[key] for row in rows}) == len(rows) > 0
    names = [row["name"] for row in rows]
    assert all(names)
    if name != "rome_codes":
        assert len({essence(text) for text in names}) == len(names)
        assert not any("'" in text for text in names), "the typographic apostrophe is ’"


def test_the_essonne_is_complete() -> None:
    assert len(COMMUNES) == 194
    assert {row["code"] for row in _read("territories")} == {row["territory"] for row in COMMUNES}
    assert {row["code"] for row in _read("mds")} == {row["mds"] for row in COMMUNES}
    assert len({row["mds"] for row in COMMUNES}) == 21
    assert len({row["territory"] for row in COMMUNES}) == 5
    assert sum(int(row["population"]) for row in COMMUNES) == 1_338_485


def test_a_commune_depends_on_an_mds_of_its_territory() -> None:
    home = {row["code"]: row["territory"] for row in _read("mds")}
    assert [row["name"] for row in COMMUNES if home[row["mds"]] != row["territory"]] == []


def test_the_seat_of_an_mds_is_in_its_territory() -> None:
    place = {row["insee"]: row["territory"] for row in COMMUNES}
    assert {row["code"]: row["territory"] for row in _read("mds")}.items() <= place.items()


@pytest.mark.parametrize("row", COMMUNES, ids=lambda row: row["insee"])
def test_a_commune_lies_in_the_essonne(row: dict[str, str]) -> None:
    assert fullmatch(r"91\d{3}", row["insee"])
    assert all(fullmatch(r"9[14]\d{3}", code) for code in _split(row["postcodes"]))
    assert _split(row["postcodes"])
    assert 48.28 < float(row["lat"]) < 48.78
    assert 1.91 < float(row["lon"]) < 2.59
    assert fullmatch(r"\d{9}", row["epci_siren"])


def test_there_are_about_150_trades_in_all_families_but_the_last() -> None:
    assert 140 <= len(TRADES) <= 170
    assert {row["family"] for row in TRADES} == FAMILIES - {OTHER_FAMILY}


@pytest.mark.parametrize("row", TRADES, ids=lambda row: row["slug"])
def test_a_trade_has_a_code_and_three_to_eight_everyday_words(row: dict[str, str]) -> None:
    assert row["rome_code"] in {code["code"] for code in _read("rome_codes")}
    words = _split(row["words"])
    assert 3 <= len(words) <= 8
    assert len({essence(word) for word in words}) == len(words)
    assert row["name"][0].isupper()
    assert row["feminine"][0].isupper()
    assert fullmatch(r"[a-z0-9-]+", row["slug"])


def test_job_codes_have_the_official_form_and_a_known_parent() -> None:
    codes = _read("rome_codes")
    known = {row["code"] for row in codes}
    assert all(fullmatch(r"[A-N]\d{4}", row["code"]) for row in codes)
    assert {row["parent_code"] for row in codes} <= known


def test_a_word_that_names_several_families_does_so_on_purpose() -> None:
    families = defaultdict(set)
    for row in TRADES:
        for word in _split(row["words"]):
            families[essence(word)].add(row["family"])
    shared = {essence(word) for word in SHARED}
    assert {word for word, found in families.items() if len(found) > 1} - shared == set()


def test_a_move_joins_two_known_trades_of_different_codes() -> None:
    assert len({(row["from"], row["to"]) for row in MOVES}) == len(MOVES) > 250
    for row in MOVES:
        start, end = SLUGS[row["from"]], SLUGS[row["to"]]
        assert start["rome_code"] != end["rome_code"], row
        assert 10 <= int(row["points"]) <= 20


def test_a_move_within_a_family_is_worth_more_than_the_family() -> None:
    weak = [
        row for row in MOVES if SLUGS[row["from"]]["family"] == SLUGS[row["to"]]["family"] and int(row["points"]) < 14
    ]
    assert weak == []


def test_nearly_every_trade_leads_somewhere_or_comes_from_somewhere() -> None:
    joined = {row[side] for row in MOVES for side in ("from", "to")}
    assert len(set(SLUGS) - joined) <= 8


def test_skills_belong_to_known_families_and_cover_them() -> None:
    skills = _read("skills")
    used = {family for row in skills for family in _split(row["families"])}
    assert 80 <= len(skills) <= 120
    assert used == FAMILIES - {OTHER_FAMILY}


def test_titles_required_by_law_are_asked_of_known_trades() -> None:
    asked = {(trade, row["slug"]) for row in TITLES for trade in _split(row["required_by_law"])}
    assert {trade for trade, _ in asked} <= set(SLUGS)
    assert ("agent-securite", "carte-securite") in asked
    assert ("aide-soignant", "deas") in asked
    assert not any(trade == "agent-entretien" for trade, _ in asked)
    assert all(row["validity_months"] == "" or int(row["validity_months"]) > 0 for row in TITLES)


def test_a_licence_implies_known_licences_and_all_that_these_imply() -> None:
    licences = {row["slug"]: set(_split(row["implies"])) for row in _read("licences")}
    for slug, implied in licences.items():
        assert slug not in implied
        assert implied == implied.union(*(licences[one] for one in implied))
    assert "b" in licences["ce"]


def test_a_condition_is_said_by_the_offer_and_refused_by_the_person() -> None:
    rows = _read("conditions")
    assert all(row["refusal_name"].startswith(("Pas ", "Un seul ")) for row in rows)
    assert {"hauteur", "nuit", "week-end", "animaux", "charges-lourdes", "domicile"} <= {row["slug"] for row in rows}
