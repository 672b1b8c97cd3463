"""Texts that nobody writes and anybody may send: every span stays exact to the code point, and no hook gives up."""

import inspect
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionwire.domain.article import SentArticle
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Hook, Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import AgencyMention, CraftMention, PersonMention
from missionwire.plugins.registry import implementations
from missionwire.testing import ArticleResult, Bench, make
from missionwire_agencies import Agencies
from missionwire_articles import Articles
from missionwire_crew import Crew
from missionwire_pronouns import Pronouns
from missionwire_terms import Terms

PLUGINS = (Agencies, Articles, Crew, Pronouns, Terms)
PATIENCE_S = 300.0

WORDS = [
    *("Oleg Novitskiy", "Новицкий", "Юлия Пересильд", "王亚平", "هزاع المنصوري", "O’Hara", "J.", "Kelly", "she", "his"),
    *("NASA", "ESA", "Роскосмос", "Russian space agency", "Soyuz MS-18", "capsule", "device", "coupling", "crew"),
    *("landed", "docked", "said", "launched", "was taken out of the device", "on Friday", "this Sunday (17)"),
    *("4:36 am GMT (1:36 am GMT)", "2021-10-17", "April 12, 1961", "“It is late,”", "https://nasa.gov/x", "the", "and"),
]
SIGNS = [
    *(" ", " ", " ", ". ", ", ", "\n", "\n\n", "-", "’s ", "(", ")", "“", "”", '"', "…", "?!", "•", "—"),
    *("\u0301", "e\u0301", "\u200b", "\u200f", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad", "\x00", "\r\n", "\t"),
    *("\U0001f680", "\U0001f468\u200d\U0001f680", "\U0001f1f7\U0001f1fa", "İ", "ß", "ǆ", "ﬁ", "Ⅷ", "۱۲", "\U0001d40d"),
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS) | st.text(max_size=3), max_size=60).map("".join)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench(*PLUGINS) as bench:
        yield bench


@pytest.fixture
async def patient() -> AsyncIterator[Pipeline]:
    """The pipeline with as much time for a million code points as a machine with much else to do may need."""
    caller = Caller()
    participants = []
    for kind in PLUGINS:
        plugin = make(kind)
        hooks = {hook: Hook(*found) for hook, found in implementations(plugin.name, plugin).items()}
        started = hooks["startup"].function()
        if inspect.isawaitable(started):
            await started
        participants.append(
            Participant(plugin.name, "0", hooks, writes=plugin.writes, after=plugin.after, timeout_s=PATIENCE_S)
        )
    yield Pipeline(make_plan(participants), caller)
    caller.close()


def is_exact(result: ArticleResult, text: str) -> bool:
    """Check each span of an article's document against the text as it was sent, and the repaired text against both."""
    document = result.document
    assert result.errors == ()
    assert document.text == text
    for mention in document.mentions:
        if mention.field == "text":
            assert 0 <= mention.start <= mention.end <= len(text)
        if isinstance(mention, PersonMention | AgencyMention | CraftMention) and mention.field == "text":
            assert text[mention.start : mention.end] == mention.name
    mended, place = [], 0
    for correction in sorted(document.corrections, key=lambda each: each.start):
        assert text[correction.start : correction.end] == correction.original
        if correction.applied:
            mended += [text[place : correction.start], correction.replacement]
            place = correction.end
    assert result.text == "".join([*mended, text[place:]])
    for event in result.events:
        spans = event["data"]["evidence"]
        assert all(0 <= span["start"] < span["end"] <= len(text) for span in spans)
    return True


@pytest.mark.slow
@given(text=TEXTS.filter(str.strip))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_are_exact_whatever_the_signs(bench: Bench, text: str) -> None:
    assert is_exact(bench.article(text, published="2021-10-18"), text)


@given(text=TEXTS.filter(str.strip), before=st.sampled_from(["\U0001f680", "e\u0301", "\u202e", "👨‍🚀 "]))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_stands_before_a_paragraph_moves_its_spans_by_its_code_points(
    bench: Bench, text: str, before: str
) -> None:
    told = "\n\nThe cosmonaut Oleg Novitskiy landed in the Soyuz MS-18 capsule, NASA said."
    result = bench.article(before + text + told, published="2021-10-18")
    assert is_exact(result, before + text + told)
    at = len(before + text) + 2
    assert (at + 14, at + 28) in {(m.start, m.end) for m in result.document.people()}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "text",
    [
        "the crew of the capsule and " * 36_000,  # 1 MB without a sentence's end
        "Kelly " * 100_000,
        "Oleg Novitskiy met Юлия Пересильд. " * 25_000,  # 100,000 words that are names
        "Zhao Qian, an engineer, met Zyta Gorecka. " * 2_500,
        "NASA and ESA (CSA) and " * 5_000,
        "a\u0301" * 50_000,
        "\u202eOleg\u202c \u200fNASA\u200f " * 6_000,
        "Олег王亚平هزاع المنصوريOleg " * 4_000,
        "\U0001f468\u200d\U0001f680 landed " * 9_000,
        "“" * 100_000,
        "(((" * 33_000,
        "4:36 " * 20_000,
    ],
    ids=[
        *(
            "no-end",
            "names-alone",
            "names-in-sentences",
            "strangers",
            "agencies",
            "accents",
            "right-to-left",
            "scripts",
        ),
        *("emoji", "quotes", "brackets", "clocks"),
    ],
)
async def test_a_long_hostile_text_is_read_to_its_end(patient: Pipeline, text: str) -> None:
    done = await patient.article(SentArticle(text=text, published="2021-10-18"))
    document = done.document
    assert is_exact(
        ArticleResult(text=document.text, document=done.reading, events=document.events, errors=document.errors), text
    )
