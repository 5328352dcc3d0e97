"""What is kept of a search, what it is called, which new offers are named."""

from hypothesis import given
from hypothesis import strategies as st

from app.offers.rules.saved import TOLD_MOST, kept_query, search_name, to_tell


def test_pages_and_sorts_are_not_part_of_what_is_sought() -> None:
    assert kept_query("tri=date&mots=m%C3%A9nage&page=3&utm=x") == "mots=m%C3%A9nage"


def test_two_addresses_that_seek_the_same_are_one() -> None:
    assert kept_query("lieu=Massy&mots=macon&contrat=cdi") == kept_query("contrat=cdi&mots=macon&lieu=Massy&page=2")


def test_a_distance_without_a_place_says_nothing() -> None:
    assert kept_query("distance=30&mots=") == ""
    assert kept_query("distance=30&lieu=Massy") == "lieu=Massy&distance=30"


@given(st.text(max_size=300))
def test_keeping_twice_changes_nothing(query: str) -> None:
    once = kept_query(query)
    assert len(once) <= 600
    if len(once) < 600:
        assert kept_query(once) == once


def test_the_name_reads_like_what_was_typed() -> None:
    assert search_name("ménage", "Massy", 15, ["CDI"]) == "ménage, Massy à 15\u00a0km, CDI"
    assert search_name("", "", 15, []) == "Toutes les offres"


def test_a_message_names_three_offers_at_most() -> None:
    titles = [f"Offre {number}" for number in range(TOLD_MOST + 2)]
    assert to_tell(titles) == (titles[:3], 2)
    assert to_tell(titles[:1]) == (titles[:1], 0)
