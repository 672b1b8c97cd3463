"""The trace: what each plugin got and gave, by the plan of a worker, without a service."""

import msgspec
import pytest

from missionwire.authoring.trace import NotTraceableError, changes_of, read_input, trace
from missionwire.domain.article import SentArticle
from missionwire.plugin import Patch, Person
from missionwire.settings import PluginSettings, Settings
from missionwire.testing import an_event


def test_a_change_is_told_member_by_member() -> None:
    before = {"id": "1", "data": {"crew": [{"name": "Anna Kikina"}]}}

    changes = list(changes_of(before, "p", Patch(crew=(Person(name="Anna Kikina", id="anna-kikina"),), ext={"n": 1})))

    assert {change.path: (change.before, change.after) for change in changes} == {
        "data.crew[0].id": (None, "anna-kikina"),
        "data.ext.p.n": (None, 1),
    }


async def test_an_event_is_followed_through_the_plugins_that_the_settings_let_run() -> None:
    settings = Settings(plugins={"pronouns": PluginSettings(enabled=False)})

    traced = await trace(settings, an_event(text="NASA astronaut Kayla Barron said that all was well."))

    assert "pronouns" not in traced.running
    assert {each.name: each.state for each in traced.away} == {"pronouns": "disabled"}
    assert [step.stage for step in traced.steps] == sorted(
        (step.stage for step in traced.steps),
        key=["annotate", "repair", "extract", "enrich", "enrich_batch", "classify", "keep"].index,
    )
    crew = next(step for step in traced.steps if step.plugin == "crew" and step.stage == "annotate")
    assert [each["id"] for each in crew.answer] == ["kayla-barron"]
    assert traced.result["data"]["crew"][0]["id"] == "kayla-barron"
    assert msgspec.json.encode(traced.steps)


async def test_an_article_is_followed_too() -> None:
    traced = await trace(Settings(), SentArticle(text="The Soyuz MS-99 capsule landed in Kazakhstan on March 4, 2031."))

    assert "extract" in {step.stage for step in traced.steps}
    assert [event["type"] for event in traced.result["events"]] == ["missionwire.landing.completed"]


@pytest.mark.parametrize(
    ("written", "is_article", "told"),
    [
        (b"{", False, "truncated"),
        (b"[]", False, "Expected `object`"),
        (b'{"time": 3}', False, "RFC 3339"),
        (b'{"text": 3}', True, "Expected `str`"),
        (b"  ", True, "needs a text"),
        (b"\xff", True, "utf-8"),
    ],
)
def test_what_is_neither_event_nor_article_is_told(written: bytes, is_article: bool, told: str) -> None:  # noqa: FBT001  # parametrised
    with pytest.raises(NotTraceableError, match=told):
        read_input(written, is_article=is_article)


def test_the_bare_text_of_an_article_will_do() -> None:
    article = read_input("Союз МС-99 приземлился.".encode(), is_article=True)

    assert isinstance(article, SentArticle)
    assert article.text == "Союз МС-99 приземлился."
