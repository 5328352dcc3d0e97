"""The law asks one title of each group."""

from app.offers.rules.titles import asked, compulsory, groups_of, held

ROWS = [
    ("aide-soignant", "deas", 1),
    ("ambulancier", "dea", 1),
    ("ambulancier", "attestation", 1),
    ("ambulancier", "afgsu2", 2),
]


def test_titles_of_one_number_are_alternatives() -> None:
    groups = groups_of(ROWS)

    assert groups["aide-soignant"] == (frozenset({"deas"}),)
    assert groups["ambulancier"] == (frozenset({"dea", "attestation"}), frozenset({"afgsu2"}))


def test_only_a_title_without_alternative_is_compulsory() -> None:
    assert compulsory(groups_of(ROWS)["ambulancier"]) == ("afgsu2",)


def test_a_person_holds_one_of_each_group_or_is_refused() -> None:
    groups = groups_of(ROWS)["ambulancier"]

    assert asked(groups) <= held({"dea", "afgsu2"}, groups)
    assert asked(groups) <= held({"attestation", "afgsu2", "permis"}, groups)
    assert not asked(groups) <= held({"dea"}, groups)
    assert not asked(groups) <= held({"afgsu2"}, groups)
    assert not asked(groups) <= held((), groups)
