"""A text is cut into words and what stands between them, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from missionwire_crew.cut import Cut, Cutter

_SIGNS = " \n\0aBds'’é\u0301Ж-(.1"


def cut(text: str) -> Cut:
    return Cutter({"d"}).cut(text)


@given(st.text(st.sampled_from(_SIGNS) | st.characters(), max_size=60))
def test_words_and_gaps_are_the_whole_text_and_each_word_stands_where_it_is_said_to(text: str) -> None:
    words, starts, gaps = cut(text)

    assert len(gaps) == len(words) + 1
    assert "".join([gaps[0], *(word + gap for word, gap in zip(words, gaps[1:], strict=True))]) == text
    assert all(text.startswith(word, start) for word, start in zip(words, starts, strict=True))


@given(st.text(st.sampled_from(_SIGNS), max_size=40))
def test_a_text_is_cut_alike_whether_its_blanks_stand_before_letters_or_not(text: str) -> None:
    words, starts, _ = cut(text.replace(" ", "\n"))

    assert cut(text)[:2] == (words, starts)


def test_an_elision_and_a_possessive_are_no_part_of_a_word() -> None:
    words, starts, gaps = cut("d'Anton’s ship (Soyuz) 4 days")

    assert words == ["Anton", "ship", "Soyuz", "days"]
    assert starts == [2, 10, 16, 25]
    assert gaps == ["d'", "’s ", " (", ") 4 ", ""]
