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
        ("They were waiting for her in paper hats.", "object"),
        ("They spoke about her on television.", "object"),
        ("They waited for her past midnight.", "object"),
        ("They looked for her near Bari.", "object"),
        ("They waited for her return.", "possessive"),
        ("In her past life it rained.", "possessive"),
        ("They stood behind her holding flags.", "unclear"),
        ("Thanks to her training it held.", "possessive"),
        ("They met her last week.", "unclear"),
        ("On her last evening it rained.", "possessive"),
        ("They called her every day.", "object"),
        ("They watched her every move.", "possessive"),
        ("They sat with her one evening.", "object"),
        ("They spoke with her Tuesday.", "object"),
        ("They saw her again Monday.", "object"),
        ("They greeted her very warmly.", "object"),
        ("They liked her very dry humour.", "possessive"),
        ("Beside her sat two others.", "object"),
        ("Above her burned a lamp.", "unclear"),
        ("For her nothing changed.", "object"),
        ("It did her good.", "object"),
        ("It fits her best.", "unclear"),
        ("It was her best.", "possessive"),
        ("They elected her president.", "object"),
        ("They appointed her deputy.", "possessive"),
        ("They took her prisoner.", "object"),
        ("They took her bag.", "possessive"),
        ("They thought her mad.", "object"),
        ("They thought her idea was mad.", "possessive"),
        ("They hugged her goodbye.", "unclear"),
        ("They photographed her smiling.", "unclear"),
        ("They found her sitting there.", "object"),
        ("They found her missing glove.", "unclear"),
        ("They had her repeat it.", "object"),
        ("They left her shattered.", "unclear"),
        ("They denied her entry.", "unclear"),
        ("They taught her chess.", "unclear"),
        ("They gave her more time.", "unclear"),
        ("They awarded her first prize.", "unclear"),
        ("They owe her first success to it.", "possessive"),
        ("They placed her third.", "unclear"),
        ("They praised her third book.", "possessive"),
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
