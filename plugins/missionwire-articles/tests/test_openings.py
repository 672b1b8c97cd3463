"""Where names may begin."""

from missionwire_articles.openings import Begun, Openings


def test_the_longest_opening_is_told_of_each_place() -> None:
    openings = Openings(["Sky", "Skylab", "Lab"])
    assert openings.find("Sky, Skylab and Lab") == [(0, "Sky"), (5, "Skylab"), (16, "Lab")]


def test_no_name_begins_in_the_middle_of_a_word() -> None:
    assert Openings(["lab"]).find("Skylab, 4lab, co-lab, _lab") == [(17, "lab"), (23, "lab")]


def test_a_chinese_name_may_stand_right_behind_any_letter() -> None:
    assert Openings(["神舟", "lab"]).find("在神舟lab") == [(1, "神舟")]


def test_whose_names_begin_with_the_first_of_some_letters_is_told_with_them_in_their_order() -> None:
    begun = Begun([("Sky", 1), ("Moon", 2), ("Skylab", 3), ("S", 1)], list)
    assert begun["Skylab"] == [1, 3]
    assert begun["Sky"] == [1]
    assert begun.letters == {"Sky", "Moon", "Skylab", "S"}
