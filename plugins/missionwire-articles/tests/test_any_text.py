"""Whatever the text, nothing raises, and spans cover what they say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionwire.plugin import Correction, CraftMention, Document, PersonMention, TimeMention
from missionwire.testing import make
from missionwire_articles import Articles

WORDS = """\
Soyuz MS-18|landed|docked|will|not|in Kazakhstan|the ISS|the capsule|lifted off|from Baikonur|was|taken off|who|Ana Lima
said|“It is a good day,”|as|before|being|, |. |; |and|on Friday|exited the ship|had to manually dock|became the first|"
?|spacewalk|began a|神舟十三号|Союз МС-18|\ue000|thrusters suddenly fired|🚀|a|i.e.|landing in|, landing in\
"""
PIECES = ["\n", *WORDS.replace("\n", "|").split("|")]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=60)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(texts)
    mentions: list[PersonMention | TimeMention] = []
    corrections: list[Correction] = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        match draw(st.integers(0, 2)):
            case 0:
                mentions.append(PersonMention(start=start, end=end, name=text[start:end] or "A", id="ana-lima"))
            case 1:
                when = draw(st.sampled_from(["2021-10-17T04:36:00Z", "2021-10", "nonsense", None]))
                mentions.append(TimeMention(start=start, end=end, time=when, time_precision="day"))
            case _ if all(end < other.start or other.end < start for other in corrections):
                corrections.append(
                    Correction(
                        start=start,
                        end=end,
                        original=text[start:end],
                        replacement="capsule",
                        reason="r",
                        confidence=1.0,
                    )
                )
            case _:
                pass
    return Document(id="a", text=text, published="2021-10-18", mentions=tuple(mentions), corrections=tuple(corrections))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(document=documents())
async def test_spans_lie_in_the_text_and_nothing_raises(articles: Articles, document: Document) -> None:
    named = await articles.annotate(document)
    for mention in named:
        assert 0 <= mention.start < mention.end <= len(document.text)
    whole = Document(
        id="a",
        text=document.text,
        published=document.published,
        mentions=(*document.mentions, *named),
        corrections=document.corrections,
    )
    drafts = await articles.extract(whole)
    for draft in drafts:
        assert draft.sentence in draft.evidence
        assert all(0 <= span.start < span.end <= len(document.text) for span in draft.evidence)
    assert len({(draft.type, draft.subject, draft.key) for draft in drafts}) == len(drafts)


@pytest.mark.parametrize("piece", ["landed ", '" ', "“", "„", ".", " ", "was was ", "a, "])
async def test_a_long_text_that_tells_nothing_gives_nothing(articles: Articles, piece: str) -> None:
    document = Document(id="a", text=piece * (20_000 // len(piece)))
    assert not list(await articles.annotate(document))
    assert not list(await articles.extract(document))


async def test_what_a_long_text_tells_again_and_again_is_one_event(articles: Articles) -> None:
    text = "The Soyuz MS-18 landed in Kazakhstan. " * 600
    mentions = tuple(await articles.annotate(Document(id="a", text=text)))
    (draft,) = await articles.extract(Document(id="a", text=text, mentions=mentions))
    assert (draft.type, draft.subject) == ("missionwire.landing.completed", "soyuz-ms-18")


async def test_only_what_is_wanted_is_given() -> None:
    plugin = make(Articles, narrations=["main"], statements=False, min_confidence=0.9)
    await plugin.startup()
    text = "Soyuz MS-18 landed in Kazakhstan. The Soyuz MS-18 crew returned to Earth. “A good day it is,” Lima said."
    mention = CraftMention(start=0, end=11, name="Soyuz MS-18", what="mission", id="soyuz-ms-18")
    person = PersonMention(start=text.index("Lima"), end=text.index("Lima") + 4, name="Lima", id="ana-lima")
    drafts = await plugin.extract(Document(id="a", text=text, mentions=(mention, person)))
    assert [draft.ext["rule"] for draft in drafts] == ["craft-lands"]
