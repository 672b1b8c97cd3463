import pytest

from missionwire_terms.lexicon import Lexicon, Words
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts
from missionwire_terms.tables import read_table


def test_every_word_of_every_kind_is_found_whatever_blanks_are_in_it() -> None:
    signposts = Signposts()
    lexicon = Lexicon.load(signposts)
    for kind, words in read_table("kinds", dict[str, list[str]]).items():
        for word in words:
            for text in (
                word,
                f"({word}) ",
                f"It is “{word}”, x",
                f"The\n{'  '.join(word.split())}.",
                "\n".join(word.split()),
            ):
                found = [match[0] for match in lexicon.words(kind).find(Passage(text, signposts))]
                assert any(each.split() == word.split() for each in found), (kind, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The space station and a station", ["space station", "station"]),
        ("Ships, shipping and a space ship", ["Ships", "ship"]),
        ("He saw the heat; she, the helium. (He he)", ["He", "He", "he"]),
        ("spacestation ISS iss MISS", ["ISS"]),
    ],
)
def test_words_are_found_as_a_search_for_them_finds_them(text: str, found: list[str]) -> None:
    signposts = Signposts()
    words = Words(["space station", "station", "ship", "he", "ISS"], signposts)
    passage = Passage(text, signposts)
    assert [match[0] for match in words.find(passage)] == found == [match[0] for match in words.pattern.finditer(text)]


def test_of_a_part_of_a_text_the_words_are_found_that_begin_there() -> None:
    signposts = Signposts()
    words = Words(["ship"], signposts)
    passage = Passage("A ship, a ship, a ship", signposts)
    assert [match.start() for match in words.find_in(passage, 3, 17)] == [10]
