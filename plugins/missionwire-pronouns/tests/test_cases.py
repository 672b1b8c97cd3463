"""`her` is `him` or `his`, `his` is `her` or `hers`, by the words that follow."""

import pytest

from missionwire_pronouns.cases import case_of
from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.tokens import tokenise

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("They thanked her.", "object"),
        ("They thanked her for it.", "object"),
        ("They gave her a map.", "object"),
        ("They gave her two maps.", "unclear"),
        ("They lent her old maps.", "unclear"),
        ("They let her climb the ladder.", "object"),
        ("They heard her laugh.", "unclear"),
        ("It made her happy.", "object"),
        ("They greeted her warmly.", "object"),
        ("They drove her home.", "object"),
        ("It took her five hours.", "unclear"),
        ("They read her recently published book.", "possessive"),
        ("They saw her first flight.", "possessive"),
        ("It was the start of her recording.", "possessive"),
        ("They forgot her past.", "possessive"),
        ("They made her debut film.", "possessive"),
        ("With her own hands.", "possessive"),
        ("They liked her “Challenge”.", "possessive"),
        ("They liked his flight.", "possessive"),
        ("He did his best.", "possessive"),
        ("The choice was his.", "absolute"),
        ("A friend of his from school.", "absolute"),
    ],
)
def test_the_words_that_follow_decide(text: str, case: str) -> None:
    tokens = tokenise(text, LEXICON.abbreviations)
    (index,) = (token.index for token in tokens.all if token.lower in {"her", "his"})
    assert case_of(tokens, LEXICON, index) == case
