"""Tokens know their sentence, their paragraph and whether they are somebody's words."""

import pytest

from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.tokens import tokenise

ABBREVIATIONS = load_lexicon().abbreviations


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Moe met J. R. Kral. They spoke.", 2),
        ("The U.S. Navy came. It left.", 2),
        ("It weighs 3.5 t. It flies.", 2),
        ("“Was it hard?” he asked. No.", 2),
        ("“It was.” She left.", 2),
        ("“It was!” she said.", 1),
        ("A caption without a dot\n\nA sentence.", 2),
        ("One line that\nwraps here.", 1),
        ("At 4 p.m. on Friday it left.", 1),
        ("It came.\u00a0It left.\tIt came back.", 3),
        ("It came. “ It left. ” (It came back.)", 3),
        ("", 0),
    ],
)
def test_sentences_end_at_marks_and_paragraphs(text: str, count: int) -> None:
    assert len(tokenise(text, ABBREVIATIONS).sentences) == count


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “one two” three.", "one two"),
        ('He said "one two" three.', "one two"),
        ("He said «one two» three.", "one two"),
        ("He said „one two“ three.", "one two"),
        ("He said ``one two'' three.", "one two"),
        ("He said ‘one two’ three.", "one two"),
        ("He said 'one two,' and three.", "one two"),
        ("The astronauts' hatch isn't Moe's.", ""),
        ('A 5" pipe and a 6" pipe.', ""),
        ("Three. “one two", "one two"),
        ("“one\n\nThree.", "one"),
        ("— one two", "one two"),
        ("— one two, says Moe and smiles.", "one two"),
        ("— one two, she says.", "one two"),
        ("— one two, she says — three.", "one two three"),
    ],
)
def test_words_in_quotation_marks_are_known(text: str, quoted: str) -> None:
    tokens = tokenise(text, ABBREVIATIONS)
    assert " ".join(token.text for token in tokens.all if token.is_quoted and token.is_word) == quoted


def test_offsets_are_code_points() -> None:
    text = "🚀 Élodie’s cafe\u0301"
    assert [text[t.start : t.end] for t in tokenise(text, ABBREVIATIONS).all] == ["🚀", "Élodie", "’s", "cafe\u0301"]


def test_a_line_that_ends_with_a_mark_or_stands_before_an_empty_one_ends_a_paragraph() -> None:
    text = "One line that\nwraps. Then.\nTwo.\n \n\nThree\n\nfour"
    words = {t.lower: t.paragraph for t in tokenise(text, ABBREVIATIONS).all}
    assert {word: words[word] for word in ("one", "then", "two", "three", "four")} == {
        "one": 0,
        "then": 0,
        "two": 1,
        "three": 2,
        "four": 3,
    }
