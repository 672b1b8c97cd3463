"""Which language an article is in, and that one without rules keeps its names and gives no event."""

from missionwire.plugin import Document
from missionwire_articles import Articles
from missionwire_articles.tongue import tongue_of

WORDS = {"en": frozenset({"the", "of", "and", "was"})}
ENGLISH = "The capsule of the crew landed at noon and the doctors were there. " * 5
PORTUGUESE = "A cápsula Soyuz MS-31 pousou no Cazaquistão no sábado, com três pessoas a bordo, disse o médico. " * 5


def test_a_text_is_known_by_its_words_whatever_it_is_called() -> None:
    assert tongue_of(ENGLISH, "pt", WORDS, "en") == "en"
    assert tongue_of(PORTUGUESE, "en", WORDS, "en") is None


def test_of_a_short_text_the_sender_knows_the_language() -> None:
    assert tongue_of("Soyuz MS-31 landed.", None, WORDS, "en") == "en"
    assert tongue_of("Soyuz MS-31 landed.", "en-GB", WORDS, "en") == "en"
    assert tongue_of("Soyuz MS-31 pousou.", "pt-BR", WORDS, "en") is None


async def test_an_article_in_another_language_has_names_and_no_events(articles: Articles) -> None:
    text = f"{PORTUGUESE} “Soyuz MS-31 landed on Friday,” disse o rádio."
    found = await articles.annotate(Document(id="a", text=text))
    assert {mention.id for mention in found} == {"soyuz-ms-31"}
    assert await articles.extract(Document(id="a", text=text, mentions=tuple(found))) == []
