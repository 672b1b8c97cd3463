import pytest

from missionwire_agencies.cues import Words

TEXTS = [
    "",
    "   \n ",
    "according to",
    "The head of the agency didn't say, and won't, that ESA's long-haul U.S. partner had left; \"no\", he said.",
    "Nach Angaben der Raumfahrtagentur\nkehrte die Besatzung (drei Personen) am Freitag um 4.36 Uhr zurück – heil.",
    "x" * 200 + " " + "y" * 200,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4,
]


@pytest.mark.parametrize("is_backward", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_words_are_the_same_however_they_are_asked_for(text: str, *, is_backward: bool) -> None:
    at_one_time = Words(text, is_backward=is_backward).folded
    one_by_one, some = Words(text, is_backward=is_backward), Words(text, is_backward=is_backward)

    assert [one_by_one.at(place) for place in range(len(at_one_time) + 1)] == [*at_one_time, None]
    assert some.some(1, 3) == at_one_time[1:4]
    assert some.folded == at_one_time
    assert at_one_time == (Words(text).folded[::-1] if is_backward else Words(text).folded)


def test_what_is_a_name_has_a_capital_or_digits() -> None:
    words = Words("met Roscosmos on 31 May")

    assert [words.is_name(place) for place in range(6)] == [False, True, False, True, True, False]
