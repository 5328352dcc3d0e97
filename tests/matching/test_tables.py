from math import isnan

import pytest

from matching.tables import Distances


def test_over_a_short_way_the_great_circle_is_flat_ground():
    """0.094° north is 10.45 km; 0.151° west at this latitude 11.13 km; together 15.27 km."""
    points = {"91223": (48.4350, 2.1620), "91200": (48.5290, 2.0110)}
    assert Distances.from_points(points).km("91223", "91200") == pytest.approx(15.27, abs=0.01)


def test_one_degree_of_latitude_is_111_kilometres():
    assert Distances.from_points({"a": (48, 2), "b": (49, 2)}).km("a", "b") == pytest.approx(111.195, abs=0.001)


def test_a_distance_is_the_same_both_ways_to_the_last_bit():
    draw = Distances.from_points({str(row): (48 + row / 7, 2 + row / 11) for row in range(9)})
    assert all(draw.km(str(a), str(b)) == draw.km(str(b), str(a)) for a in range(9) for b in range(9))


def test_a_commune_is_at_no_distance_from_itself():
    assert Distances.from_points({"a": (48.1, 2.2), "b": (48.3, 2)}).km("a", "a") == 0


def test_a_commune_outside_the_table_has_no_distance():
    distances = Distances.from_points({"a": (48.1, 2.2)})
    assert isnan(distances.km("a", "75056"))
    assert isnan(distances.km("75056", "75056"))


def test_a_table_that_is_not_square_is_refused():
    with pytest.raises(ValueError, match="square"):
        Distances.from_matrix(["a", "b"], [[0, 1]])
    with pytest.raises(ValueError, match="square"):
        Distances.from_matrix(["a", "a"], [[0, 1], [1, 0]])
