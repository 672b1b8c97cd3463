import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_articles.clauses import clauses
from missionwire_articles.seams import Seams
from missionwire_articles.sentences import quotes, sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One went. Two stayed.", ["One went.", "Two stayed."]),
        ("At 4:36 a.m. GMT it landed. It was cold.", ["At 4:36 a.m. GMT it landed.", "It was cold."]),
        ("Dr. A. Smith of the U.S. Navy flew.", ["Dr. A. Smith of the U.S. Navy flew."]),
        ("“It is over. We are home,” she said. Then rain.", ["“It is over.", "We are home,” she said.", "Then rain."]),
        ("It flew on Soyuz-2.1b. 3 people went.", ["It flew on Soyuz-2.1b.", "3 people went."]),
        ("Wait... what? Yes!", ["Wait... what?", "Yes!"]),
        ("One.\nTwo\n\nThree.", ["One.", "Two", "Three."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_short_paragraph_without_a_full_stop_is_a_caption() -> None:
    found = sentences("The crew during training in Star City\n\nThe crew trained in Star City.")
    assert [sentence.is_caption for sentence in found] == [True, False]


def test_a_half_of_the_day_ends_a_sentence_where_another_begins() -> None:
    text = "It left at 6 p.m. On Friday it came. It was 6 p.m. Moscow time."
    assert [text[found.start : found.end] for found in sentences(text)] == [
        "It left at 6 p.m.",
        "On Friday it came.",
        "It was 6 p.m. Moscow time.",
    ]


def test_quotes_of_all_kinds_are_found() -> None:
    text = 'He said “yes it is” and "no it is" and «да, это так».'
    assert [text[quote.start : quote.end] for quote in quotes(text)] == ["“yes it is”", '"no it is"', "«да, это так»"]


@given(st.text(alphabet=st.sampled_from("aB .!?\n“”\"'«»„,;1")))
def test_sentences_hold_all_but_white_space_and_do_not_overlap(text: str) -> None:
    found = sentences(text)
    place = 0
    for sentence in found:
        assert not text[place : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip()
        place = sentence.end
    assert not text[place:].strip()


@given(st.text(alphabet=st.sampled_from("aB ,;:—"), max_size=80))
def test_clauses_cover_their_sentence(text: str) -> None:
    parts = clauses(text, Seams(text.lower()), 0, len(text))
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert not text or (parts[0].start, parts[-1].end) == (0, len(text))


def test_a_clock_ends_a_sentence_only_where_a_function_word_follows() -> None:
    text = (
        "It undocked at 12:14 a.m. On Friday it landed. It docked at 6 p.m. Moscow time, and at 7 p.m. Friday it slept."
    )
    pieces = [text[sentence.start : sentence.end] for sentence in sentences(text)]
    assert [piece.split()[0] for piece in pieces] == ["It", "On", "It"]
