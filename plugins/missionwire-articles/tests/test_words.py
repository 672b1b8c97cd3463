"""The words of a text, each with the letters behind it that tell what it begins."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_articles.beginnings import LENGTH
from missionwire_articles.words import in_latin, words_in

_PLAIN = re.compile(rf"(?<![^\W_])(?=([^\W_].{{0,{LENGTH - 1}}}\w*))[^\W_]*", re.DOTALL)
_SIGNS = st.text(
    st.one_of(st.sampled_from("ab z_?-’“é½łж中²\ue000\ue007\n,"), st.characters(codec="utf-8")), max_size=40
)


@given(text=_SIGNS)
def test_each_word_is_found_where_it_begins_with_the_letters_behind_it(text: str) -> None:
    found = [(word.start(), word[1]) for word in words_in(text)]
    expected = [(word.start(), in_latin(word[1])) for word in _PLAIN.finditer(text)]
    assert [(start, letters.rstrip(" ")) for start, letters in found] == [
        (start, letters.rstrip(" ")) for start, letters in expected
    ]


@pytest.mark.parametrize("text", ["the _first_ launch", "un-crewed", "“landed”"])
def test_a_word_begins_behind_any_sign_that_is_no_letter(text: str) -> None:
    assert [word.start() for word in words_in(text)] == [word.start() for word in re.finditer("[a-z]+", text)]


@given(text=_SIGNS)
def test_in_latin_a_letter_stays_a_letter_and_all_have_their_places(text: str) -> None:
    told = in_latin(text)
    assert [sign.isalnum() for sign in told] == [sign.isalnum() for sign in text]
