"""What every engine promises. A test file for an engine subclasses this and gives an `engine`, prepared and empty."""

import pytest

from search_index.engine import Engine, EngineFailure
from tests.search_index.contract_answers import CANDIDATES, OFFERS, Facets, Filters, Orders, Words, ask, fill, names
from tests.search_index.samples import offer, person, uuid


class Versions:
    """Whatever the order in which writes arrive, the newest stays."""

    def test_an_older_version_never_overwrites(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("a", "macon", version=5)])
        written = engine.write(OFFERS, [offer("a", "vendeur", version=4), offer("b", version=1)])
        assert (written.taken, written.refused) == (1, 1)
        assert names(engine, "ab", words="maçon") == ["a"]
        engine.write(OFFERS, [offer("a", "vendeur", version=6)])
        assert names(engine, "ab", words="maçon") == []

    def test_the_same_version_may_be_written_again(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("a", "macon", version=5)])
        assert engine.write(OFFERS, [offer("a", "vendeur", version=5)]).taken == 1

    def test_the_newest_of_a_batch_stays(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("a", "macon", version=7), offer("a", "vendeur", version=6)])
        assert names(engine, "a", words="maçon") == ["a"]

    def test_a_deletion_is_remembered(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("a", version=5), offer("b", version=5)])
        assert engine.delete(OFFERS, [uuid("a")], version=6) == 1
        assert names(engine, "ab") == ["b"]
        assert engine.count(OFFERS) == 1
        engine.write(OFFERS, [offer("a", version=5)])
        assert names(engine, "ab") == ["b"]
        engine.write(OFFERS, [offer("a", version=7)])
        assert engine.count(OFFERS) == 2

    def test_an_old_deletion_does_not_delete(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("a", version=5)])
        assert engine.delete(OFFERS, [uuid("a")], version=4) == 0
        assert engine.count(OFFERS) == 1

    def test_what_was_never_there_can_be_deleted_first(self, engine: Engine) -> None:
        engine.delete(OFFERS, [uuid("a"), uuid("a")], version=9)
        engine.write(OFFERS, [offer("a", version=8)])
        assert engine.count(OFFERS) == 0

    def test_versions_are_walked_in_order(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer(str(n), version=n) for n in range(7)])
        engine.delete(OFFERS, [uuid("3")], version=10)
        first = engine.versions(OFFERS, limit=4)
        rest = engine.versions(OFFERS, after=first[-1].id, limit=4)
        held = [*first, *rest]
        assert [one.id for one in held] == sorted(uuid(str(n)) for n in range(7) if n != 3)
        assert {one.id: one.version for one in held}[uuid("6")] == 6
        assert all(len(one.digest) == 32 for one in held)

    def test_nothing_to_write_is_no_trouble(self, engine: Engine) -> None:
        assert engine.write(OFFERS, []).taken == 0
        assert engine.delete(OFFERS, [], version=1) == 0
        assert engine.senses(OFFERS, []) == {}


class Lives:
    """An index is built beside the live one and takes its place at once."""

    def test_what_is_being_built_is_not_read_and_misses_nothing(self, engine: Engine) -> None:
        engine.write(OFFERS, [offer("old", version=1), offer("gone", version=1)])
        index = engine.create(OFFERS)
        engine.write(OFFERS, [offer("meanwhile", version=3)])
        engine.delete(OFFERS, [uuid("gone")], version=4)
        engine.write(OFFERS, [offer("old", version=2), offer("gone", version=2)], index=index)
        assert engine.count(OFFERS) == 2
        assert engine.count(OFFERS, index=index) == 2
        former = engine.publish(OFFERS, index)
        assert former is not None
        engine.drop(OFFERS, former)
        assert set(names(engine, ["old", "meanwhile", "gone"])) == {"old", "meanwhile"}
        engine.write(OFFERS, [offer("after", version=5)])
        assert engine.count(OFFERS) == 3

    def test_kinds_do_not_meet(self, engine: Engine) -> None:
        fill(engine, offer("a"), person("A B"))
        index = engine.create(OFFERS)
        engine.publish(OFFERS, index)
        assert (engine.count(OFFERS), engine.count(CANDIDATES)) == (0, 1)

    def test_the_live_index_cannot_be_dropped_nor_an_unknown_one_published(self, engine: Engine) -> None:
        index = engine.create(OFFERS)
        engine.publish(OFFERS, index)
        with pytest.raises(EngineFailure):
            engine.drop(OFFERS, index)
        with pytest.raises(EngineFailure):
            engine.publish(OFFERS, "search_index_offers_v999")

    def test_an_abandoned_building_is_replaced(self, engine: Engine) -> None:
        abandoned = engine.create(OFFERS)
        index = engine.create(OFFERS)
        assert index != abandoned
        engine.write(OFFERS, [offer("a")])
        assert engine.count(OFFERS, index=index) == 1
        engine.drop(OFFERS, index)
        engine.write(OFFERS, [offer("b")])
        assert engine.count(OFFERS) == 2

    def test_preparing_again_changes_nothing(self, engine: Engine) -> None:
        fill(engine, offer("a"))
        engine.prepare()
        assert engine.count(OFFERS) == 1
        assert engine.outdated() == []


class Misspellings:
    """A word that nobody knows is read as the nearest one, and it is said."""

    def test_an_unknown_word_is_corrected_with_the_index(self, engine: Engine) -> None:
        fill(engine, offer("a", employer="Les Ateliers Tournesol"), offer("b"))
        found = ask(engine, "tourneçol")
        assert found.ids == (uuid("a"),)
        assert [(one.typed, one.read_as) for one in found.corrections] == [("tourneçol", "tournesol")]

    def test_a_beginning_is_completed(self, engine: Engine) -> None:
        fill(engine, offer("a", employer="Les Ateliers Tournesol"), offer("b"))
        assert ask(engine, "tourne").ids == (uuid("a"),)
        assert ask(engine, "tourne").corrections == ()

    def test_a_known_word_is_left_alone(self, engine: Engine) -> None:
        fill(engine, offer("a", employer="Caresse"), offer("b", employer="Carasse"))
        found = ask(engine, "carasse")
        assert (found.ids, found.corrections) == ((uuid("b"),), ())

    def test_a_word_of_a_description_is_still_found(self, engine: Engine) -> None:
        fill(engine, offer("a", description="Travaux acrobatiques"), offer("b"))
        assert ask(engine, "acrobatique").ids == (uuid("a"),)

    def test_what_resembles_nothing_finds_nothing(self, engine: Engine) -> None:
        fill(engine, offer("a"))
        found = ask(engine, "xqzwvk")
        assert (found.total, found.corrections) == (0, ())


class People:
    """Facilitators find people by name, number and wishes."""

    @pytest.mark.parametrize(
        "typed", ["kad", "Kaddour", "KADDOUR amina", "kadour", "amina", "10042", "n'diaye", "ndiaye"]
    )
    def test_somebody_is_found_by_name_or_number(self, engine: Engine, typed: str) -> None:
        fill(
            engine,
            person("Amina Kaddour", number="10042", other_names=("N’Diaye",)),
            person("Luc Martin", number="10043"),
        )
        assert ask(engine, typed, CANDIDATES).ids == (uuid("Amina Kaddour"),)

    def test_a_name_that_is_also_a_trade(self, engine: Engine) -> None:
        fill(engine, person("Jean Maçon", "plongeur"), person("Luc Martin", "macon"), person("Eva Roy", "vendeur"))
        assert set(ask(engine, "maçon", CANDIDATES).ids) == {uuid("Jean Maçon"), uuid("Luc Martin")}

    def test_a_job_near_a_place(self, engine: Engine) -> None:
        fill(engine, person("A A", "macon", "Étampes"), person("B B", "macon", "Massy"), person("C C", "vendeur"))
        found = ask(engine, "macon etampes", CANDIDATES)
        assert found.ids == (uuid("A A"),)
        assert found.place is not None
        assert found.place.name == "Étampes"

    def test_own_words_and_skills(self, engine: Engine) -> None:
        fill(engine, person("A A", own_words=("travailler avec les chevaux",), skills=("Soudure",)), person("B B"))
        assert ask(engine, "cheval", CANDIDATES).total + ask(engine, "chevaux", CANDIDATES).total >= 1
        assert ask(engine, "soudure", CANDIDATES).ids == (uuid("A A"),)


class EngineContract(Filters, Words, Orders, Facets, Versions, Lives, Misspellings, People):
    """All of it."""
