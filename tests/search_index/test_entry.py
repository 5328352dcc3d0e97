"""Every document becomes an entry that fills each field of its index."""

import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from search_index.documents import CandidateDocument, Kind, OfferDocument, Schedule
from search_index.entry import Weight, digest_of, entry_of
from search_index.fields import FIELDS
from search_index.geometry import chord2, chord2_of, metres, vector
from search_index.query import Query
from tests.search_index.samples import offer, person, uuid


@pytest.mark.parametrize("document", [offer("a"), person("A B")])
def test_every_field_of_an_index_is_filled(document: OfferDocument | CandidateDocument) -> None:
    kind = Kind.OFFERS if isinstance(document, OfferDocument) else Kind.CANDIDATES
    assert set(entry_of(document).values) == {field.name for field in FIELDS[kind]}


def test_the_best_place_of_a_word_counts() -> None:
    entry = entry_of(offer("a", "macon", description="maçon vacances", employer="Vacances"))
    assert entry.tokens["macon"] is Weight.A
    assert entry.tokens["vacanc"] is Weight.C
    assert entry.tokens["trade:macon"] is Weight.A
    assert entry.tokens["btp"] is Weight.B


def test_descriptions_teach_no_spelling() -> None:
    entry = entry_of(offer("a", description="chaufeur", employer="Élan 2000"))
    assert "chaufeur" not in entry.words
    assert entry.words["elan"] == "élan"
    assert "2000" not in entry.words


OTHERS = {
    "id": uuid("other"),
    "schedule": frozenset({Schedule.DAY}),
    "hours_week": Decimal(7),
    "lat": 1.0,
    "lon": 1.0,
    "french": 3,
    "referent": uuid("r"),
    "pay": Decimal("12.5"),
}


@pytest.mark.parametrize("document", [offer("a"), person("A B")])
def test_any_change_of_content_changes_the_digest_and_a_version_does_not(
    document: OfferDocument | CandidateDocument,
) -> None:
    digest = digest_of(document)
    assert digest_of(replace(document, version=99)) == digest
    for one in fields(document):
        if one.name == "version":
            continue
        now = getattr(document, one.name)
        other = OTHERS.get(one.name)
        if other is None:
            if isinstance(now, bool):
                other = not now
            elif isinstance(now, tuple):
                other = (*now, "more")
            elif one.name.endswith(("_on", "_from")):
                other = date(2026, 1, 1)
            else:
                other = f"{now}x"
        assert digest_of(replace(document, **{one.name: other})) != digest, one.name


def test_the_digest_is_the_same_in_another_process() -> None:
    code = (
        "from tests.search_index.samples import offer; from search_index.entry import digest_of;"
        "from search_index.documents import Schedule;"
        "print(digest_of(offer('a', schedule=frozenset(Schedule))))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {digest_of(offer("a", schedule=frozenset(Schedule))) + "\n"}


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [((48.8566, 2.3522), (45.7640, 4.8357), 391.5), ((0, 0), (0, 1), 111.195), ((48.5, 2.2), (48.5, 2.2), 0)],
)
def test_distances(here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    square = chord2(vector(*here), vector(*there))
    assert metres(square) / 1000 == pytest.approx(km, rel=1e-3)
    assert square <= chord2_of(km * 1.01 + 0.001)
    assert km == 0 or square > chord2_of(km * 0.99)


@pytest.mark.parametrize("wrong", [{"page": 0}, {"size": 201}, {"size": -1}])
def test_a_page_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Query(**wrong)  # type: ignore[arg-type]
