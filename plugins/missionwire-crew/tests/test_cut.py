"""A text is cut into words, and each is told with its place."""

from hypothesis import given
from hypothesis import strategies as st

from missionwire_crew.cut import Cut, Cutter

_SIGNS = " \n\0aBds'’é\u0301Ж-(.1"


def cut(text: str) -> Cut:
    return Cutter({"d"}).cut(text)


@given(st.text(st.sampled_from(_SIGNS) | st.characters(), max_size=60))
def test_each_word_stands_where_it_is_said_to_and_none_shares_a_place_with_the_next(text: str) -> None:
    words, starts = cut(text)

    places = list(zip(words, starts[:-1], starts[1:], strict=True))
    assert all(text.startswith(word, start) and start + len(word) <= after for word, start, after in places)
    assert starts[-1] == len(text)


@given(st.text(st.sampled_from(_SIGNS), max_size=40))
def test_a_text_is_cut_alike_whatever_letters_are_behind_it(text: str) -> None:
    words, starts = cut(text)

    assert cut(f"{text} Ж") == ([*words, "Ж"], [*starts[:-1], len(text) + 1, len(text) + 2])


@given(st.text(st.sampled_from(_SIGNS), max_size=40))
def test_a_text_is_cut_alike_whether_its_blanks_stand_before_letters_or_not(text: str) -> None:
    assert cut(text.replace(" ", "\n")) == cut(text)


def test_an_elision_and_a_possessive_are_no_part_of_a_word() -> None:
    words, starts = cut("d'Anton’s ship (Soyuz) 4 days")

    assert words == ["Anton", "ship", "Soyuz", "days"]
    assert starts == [2, 10, 16, 25, 29]
