import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.batch.kept import BestOffers, best_rows

marks_lists = st.lists(st.integers(0, 101) | st.sampled_from([0, 7, 8, 9]), max_size=80)


@given(marks_lists, st.integers(1, 50))
def test_the_best_rows_are_the_first_of_a_sort(marks, count):
    expected = sorted((row for row, mark in enumerate(marks) if mark), key=lambda row: (-marks[row], row))
    assert best_rows(np.array(marks, dtype=np.uint8), count).tolist() == expected[:count]


def test_many_equals_keep_their_order():
    marks = np.array([(8, 9, 0, 7)[row % 4] for row in range(400)], dtype=np.uint8)
    nines, eights = list(range(1, 400, 4)), list(range(0, 400, 4))
    assert best_rows(marks, 230).tolist() == [*nines, *eights, *range(3, 120, 4)]


@given(st.integers(1, 6), st.integers(1, 4), st.integers(1, 300), st.randoms(use_true_random=False))
def test_the_best_offers_of_each_person_survive_any_order(people, count, offers, draw):
    table = np.array(
        [[draw.choice((0, 1, 50, 100, 101)) for _ in range(people)] for _ in range(offers)], dtype=np.uint8
    )
    ranks = list(range(offers))
    draw.shuffle(ranks)
    best = BestOffers(people, count)
    for rank in ranks:
        best.see(rank, table[rank])
    found, marks = best.best()
    for person in range(people):
        seen = [rank for rank in range(offers) if table[rank, person]]
        expected = sorted(seen, key=lambda rank: (-int(table[rank, person]), rank))[:count]
        assert [rank for rank in found[person].tolist() if rank >= 0] == expected
        assert [mark for mark in marks[person].tolist() if mark] == [int(table[rank, person]) for rank in expected]
