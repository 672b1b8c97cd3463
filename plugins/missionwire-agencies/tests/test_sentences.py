"""Where sentences begin, and where a full stop only shortens a word."""

import pytest

from missionwire_agencies.sentences import Sentences


@pytest.mark.parametrize("shortened", ["approx.", "Approx.", "Prof.", "capt.", "J.", "U.S.", "акад."])
def test_a_full_stop_that_shortens_a_word_ends_no_sentence(shortened: str) -> None:
    text = f"It came after {shortened} Ten of them. Then it left."

    assert Sentences(text).around(0) == (0, text.index("Then"))


@pytest.mark.parametrize("word", ["orbit", "approximations", "Kourou", "ракеты", "2031", "on", "approx.."])
def test_a_full_stop_behind_any_other_word_ends_one(word: str) -> None:
    text = f"It was told of {word}. Then it left."

    assert Sentences(text).around(0) == (0, text.index("Then"))
