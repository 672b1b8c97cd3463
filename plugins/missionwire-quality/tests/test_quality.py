"""The plugin in the real pipeline, with keys on a real server."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from missionwire.plugin import Config, Document, Draft, Plugin, Span, hookimpl
from missionwire.testing import Workbench, an_event, make
from missionwire_quality import Quality

DOCKING = an_event(
    id="first",
    source="urn:agency",
    type="missionwire.docking.completed",
    subject="Soyuz MS-24",
    time="2023-09-15T18:53:32Z",
    station="iss",
    title="Docked",
)


def again(**members: Any) -> dict[str, Any]:
    """The same docking, as somebody else tells it."""
    data = {**DOCKING["data"], "title": "Three have arrived", **members.pop("data", {})}
    return {**DOCKING, "id": "second", "source": "urn:paper", "data": data, **members}


@pytest.fixture
async def bench() -> AsyncIterator[Workbench]:
    async with Workbench(Quality) as bench:
        yield bench


def quality(event: dict[str, Any]) -> dict[str, Any]:
    """What the plugin says of an event that nothing went wrong with."""
    data = event["data"]
    assert "errors" not in data
    found: dict[str, Any] = data.get("ext", {}).get("quality", {})
    return found


async def test_an_event_is_labelled(bench: Workbench) -> None:
    assert quality(await bench.event(DOCKING)) == {"grade": "complete"}
    assert quality(await bench.event(an_event(id="2", type="missionwire.eva.started"))) == {
        "grade": "incomplete",
        "lacks": ["when", "who"],
    }
    assert quality(await bench.event(an_event(id="3", type="org.example.other"))) == {}


async def test_what_was_told_before_says_by_whom(bench: Workbench) -> None:
    await bench.event(DOCKING)

    same = quality(await bench.event(again(time="2023-09-15T18:53:50Z")))
    more = quality(await bench.event(again(id="third", data={"mode": "automatic"})))

    assert same["told_before"] == {"source": "urn:agency", "id": "first", "adds_nothing": True}
    assert more["told_before"] == {"source": "urn:agency", "id": "first", "adds_nothing": False}


async def test_an_event_that_comes_once_more_is_not_its_own_retelling(bench: Workbench) -> None:
    first, once_more = await bench.event(DOCKING), await bench.event(DOCKING)

    assert first == once_more


@pytest.mark.parametrize(
    "other",
    [
        again(subject="Soyuz MS-25"),
        again(type="missionwire.undocking.completed"),
        again(time="2023-09-15T18:54:00Z"),
        again(data={"time_precision": "hour"}),
        again(data={"mission_inferred": True}),
        again(data={"narration": "planned"}),
        {**again(), "type": "missionwire.statement.made"},
    ],
    ids=["mission", "type", "minute", "coarse time", "inferred", "planned", "may be twice a minute"],
)
async def test_what_may_be_something_else_is_no_retelling(bench: Workbench, other: dict[str, Any]) -> None:
    await bench.event(DOCKING)

    assert "told_before" not in quality(await bench.event(other))


async def test_without_settings_nothing_is_dropped(bench: Workbench) -> None:
    await bench.event(DOCKING)

    assert (await bench.event(again()))["id"] == "second"
    assert (await bench.event({**DOCKING, "id": "bare", "data": {}}))["id"] == "bare"


async def test_an_operator_may_drop_retellings_that_add_nothing() -> None:
    async with Workbench(make(Quality, drop_retellings=True)) as bench:
        await bench.event(DOCKING)

        with pytest.raises(AssertionError, match="told before by urn:agency first"):
            await bench.event(again())
        assert (await bench.event(again(data={"mode": "automatic"})))["id"] == "second"


async def test_an_operator_may_require_facts() -> None:
    async with Workbench(make(Quality, require=["when"], drop_retellings=True)) as bench:
        with pytest.raises(AssertionError, match="lacks when"):
            await bench.event(an_event(type="missionwire.eva.started", crew=["Jasmin Moghbeli"]))
        assert await bench.event(an_event(type="missionwire.crew.assigned")), "its type need not tell when"
        assert await bench.event(an_event(type="org.example.other"))


async def test_what_was_dropped_was_not_told() -> None:
    async with Workbench(make(Quality, require=["where"], drop_retellings=True)) as bench:
        with pytest.raises(AssertionError, match="lacks where"):
            await bench.event({**DOCKING, "data": {}})

        assert "told_before" not in quality(await bench.event(again()))


class Finder(Plugin[Config]):
    """Finds the docking in an article."""

    @hookimpl
    async def extract(self, document: Document) -> list[Draft]:
        draft = Draft(
            type=DOCKING["type"],
            sentence=Span(0, len(document.text)),
            subject=DOCKING["subject"],
            time=DOCKING["time"],
            time_precision="minute",
            data={"station": "iss"},
        )
        return [draft]


async def test_what_an_article_tells_may_be_told_before_and_is_never_the_first() -> None:
    async with Workbench(Finder, Quality) as bench:
        await bench.article("The ship has docked.")
        first = await bench.event(DOCKING)
        (found,) = (await bench.article("The ship docked at 18:53.")).events

    assert "told_before" not in quality(first)
    assert quality(found)["told_before"]["id"] == "first"


async def test_its_health_and_its_last_words_tell_what_it_saw(caplog: pytest.LogCaptureFixture) -> None:
    plugin = make(Quality)
    with caplog.at_level("INFO", logger="missionwire.plugins.quality"):
        async with Workbench(plugin) as bench:
            await bench.event(DOCKING)
            await bench.event(an_event(id="2", type="missionwire.eva.started"))
            health = await plugin.health()
        await plugin.shutdown()

    assert health.detail == "2 events since the start: 1 complete, 1 incomplete"
    ours = [record.message for record in caplog.records if record.name == plugin.log.name]
    assert ours == [health.detail]
