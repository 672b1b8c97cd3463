"""Events that stand at one `enrich_batch` at the same time, through the real pipeline."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import pytest

from missionwire.domain.article import SentArticle
from missionwire.domain.document import Document, Draft
from missionwire.domain.span import Span
from missionwire.pipeline.batch import MAX_BYTES, MAX_EVENTS
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.pipeline.way import Done
from missionwire.plugin import Drop, Event, Patch, Retry
from tests.unit.pipeline.made import participant

Answer = Callable[[Sequence[Event]], Awaitable[object]]


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    caller = Caller()
    yield caller
    caller.close()


class Asked:
    """A plugin's `enrich_batch` that notes the ids it was asked about, and answers when it may."""

    def __init__(self, answer: Answer | None = None, *, is_open: bool = True) -> None:
        self.calls: list[list[str]] = []
        self.began = asyncio.Event()
        self.may_answer = asyncio.Event()
        self._answer = answer or labelled
        if is_open:
            self.may_answer.set()

    async def __call__(self, events: Sequence[Event]) -> object:
        self.calls.append([event.id for event in events])
        self.began.set()
        await self.may_answer.wait()
        return await self._answer(events)

    def plugin(self, **options: Any) -> Participant:
        """Give the plugin."""

        async def enrich_batch(events: Sequence[Event]) -> object:
            return await self(events)

        return participant("several", {"enrich_batch": enrich_batch}, **options)


async def labelled(events: Sequence[Event]) -> list[Patch]:
    """Answer each event with its own id, and with how many it came."""
    return [Patch(ext={"id": event.id, "of": len(events)}) for event in events]


def an_event(id_: str, text: str = "") -> dict[str, Any]:
    sent: dict[str, Any] = {"specversion": "1.0", "id": id_, "source": "urn:test", "type": "missionwire.test.performed"}
    return sent | {"data": {"text": text}} if text else sent


def label_of(done: Done) -> Any:
    return done.event["data"]["ext"]["several"]


async def run(caller: Caller, plugin: Participant, *ids: str) -> list[Done]:
    """Let events come at the same time."""
    pipeline = Pipeline(make_plan([plugin]), caller)
    return await asyncio.gather(*(pipeline.event(an_event(id_)) for id_ in ids))


async def test_events_that_come_at_the_same_time_go_into_one_call_and_each_gets_its_own_answer(caller: Caller) -> None:
    asked = Asked()

    done = await run(caller, asked.plugin(), "a", "b", "c")

    assert asked.calls == [["a", "b", "c"]]
    assert [label_of(each) for each in done] == [{"id": id_, "of": 3} for id_ in "abc"]


async def test_one_alone_waits_for_no_other_and_who_comes_meanwhile_is_in_the_next_call(caller: Caller) -> None:
    asked = Asked(is_open=False)
    pipeline = Pipeline(make_plan([asked.plugin()]), caller)

    first = asyncio.create_task(pipeline.event(an_event("first")))
    await asked.began.wait()
    later = []
    for id_ in "abc":
        later.append(asyncio.create_task(pipeline.event(an_event(id_))))
        await asyncio.sleep(0)
    asked.may_answer.set()
    done = await asyncio.gather(first, *later)

    assert asked.calls == [["first"], ["a", "b", "c"]]
    assert [label_of(each)["id"] for each in done] == ["first", "a", "b", "c"]


async def test_the_events_of_an_article_go_together(caller: Caller) -> None:
    asked = Asked()

    async def extract(document: Document) -> list[Draft]:
        return [Draft(type="missionwire.test.performed", sentence=Span(n, n + 1)) for n in range(len(document.text))]

    plan = make_plan([asked.plugin(), participant("finder", {"extract": extract})])
    found = await Pipeline(plan, caller).article(SentArticle(text="abcdef"))

    assert [len(call) for call in asked.calls] == [6]
    assert [each.event["data"]["text"] for each in found.events] == list("abcdef")
    assert asked.calls == [[each.event["id"] for each in found.events]]


async def test_the_events_of_an_article_wait_at_the_same_time_where_they_go_together(caller: Caller) -> None:
    met = asyncio.Barrier(3)

    async def extract(document: Document) -> list[Draft]:
        return [Draft(type="missionwire.test.performed", sentence=Span(n, n + 1)) for n in range(len(document.text))]

    async def enrich(event: Event) -> Patch:
        await met.wait()
        return Patch(ext={"text": event.data.text})

    plan = make_plan([Asked().plugin(), participant("meets", {"extract": extract, "enrich": enrich})])
    found = await asyncio.wait_for(Pipeline(plan, caller).article(SentArticle(text="abc")), 5)

    assert [each.event["data"]["ext"]["meets"] for each in found.events] == [{"text": text} for text in "abc"]


async def test_an_event_of_an_article_that_is_dropped_is_asked_about_no_more_and_the_others_are(caller: Caller) -> None:
    asked = Asked()

    async def extract(document: Document) -> list[Draft]:
        return [Draft(type="missionwire.test.performed", sentence=Span(n, n + 1)) for n in range(len(document.text))]

    async def enrich(event: Event) -> None:
        if event.data.text == "b":
            raise Drop("not wanted")

    plan = make_plan([asked.plugin(after=("chooses",)), participant("chooses", {"extract": extract, "enrich": enrich})])
    found = await Pipeline(plan, caller).article(SentArticle(text="abc"))

    assert [each.dropped for each in found.events] == [None, "not wanted", None]
    assert asked.calls == [[each.event["id"] for each in found.events if each.dropped is None]]


async def test_the_events_of_an_article_are_cut_into_calls_that_are_not_too_large(caller: Caller) -> None:
    asked = Asked()

    async def extract(document: Document) -> list[Draft]:
        whole = Span(0, len(document.text))
        return [Draft(type="missionwire.test.performed", sentence=whole, key=key) for key in "abcd"]

    plan = make_plan([asked.plugin(), participant("finder", {"extract": extract})])
    found = await Pipeline(plan, caller).article(SentArticle(text="x" * (MAX_BYTES * 2 // 5)))

    assert [len(call) for call in asked.calls] == [2, 2]
    assert [label_of(each)["id"] for each in found.events] == [each.event["id"] for each in found.events]


async def test_a_call_is_bounded_in_its_events(caller: Caller) -> None:
    asked = Asked()

    await run(caller, asked.plugin(), *(str(number) for number in range(2 * MAX_EVENTS + 3)))

    assert [len(call) for call in asked.calls] == [MAX_EVENTS, MAX_EVENTS, 3]


async def test_a_call_is_bounded_in_its_bytes_and_a_larger_event_goes_alone(caller: Caller) -> None:
    asked = Asked()
    pipeline = Pipeline(make_plan([asked.plugin()]), caller)
    half, whole = "x" * (MAX_BYTES // 2), "x" * MAX_BYTES

    texts = {"a": "x", "b": half, "c": half, "d": whole, "e": "x", "f": "x"}
    await asyncio.gather(*(pipeline.event(an_event(id_, text)) for id_, text in texts.items()))

    assert asked.calls == [["a", "b"], ["c"], ["d"], ["e", "f"]]


async def _short(events: Sequence[Event]) -> list[None]:
    return [None for _ in events[1:]]


async def _undeclared(events: Sequence[Event]) -> list[Patch]:
    return [Patch(fields={"station": "iss"}) for _ in events]


async def _text(events: Sequence[Event]) -> str:
    return "x" * len(events)


async def _raising(events: Sequence[Event]) -> None:
    raise ValueError("broken")


async def _hanging(events: Sequence[Event]) -> None:
    await asyncio.sleep(600)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_short, "invalid"),
        (_text, "invalid"),
        (_undeclared, "undeclared"),
        (_raising, "raised"),
        (_hanging, "timeout"),
    ],
)
async def test_a_fault_counts_once_and_each_event_of_the_call_carries_it(
    caller: Caller, answer: Answer, kind: str
) -> None:
    plugin = Asked(answer).plugin(timeout_s=0.1)

    done = await run(caller, plugin, "a", "b", "c")

    carried = {"plugin": "several", "hook": "enrich_batch", "kind": kind}
    assert [each.event["data"]["errors"] for each in done] == [[carried]] * 3
    tally = plugin.tallies["enrich_batch"]
    assert (tally.calls, dict(tally.errors)) == (1, {kind: 1})


async def test_a_fault_does_to_each_event_what_the_operator_set(caller: Caller) -> None:
    dead = await run(caller, Asked(_raising).plugin(on_error="dead-letter"), "a", "b")
    dropped = await run(caller, Asked(_raising).plugin(on_error="drop"), "a", "b")

    assert [each.dead.message for each in dead if each.dead] == ["ValueError: broken"] * 2
    assert [each.dropped for each in dropped] == ["several: raised"] * 2


async def test_no_answer_at_all_is_nothing_for_each(caller: Caller) -> None:
    async def nothing(events: Sequence[Event]) -> None: ...

    done = await run(caller, Asked(nothing).plugin(), "a", "b")

    assert all("ext" not in each.event["data"] and "errors" not in each.event["data"] for each in done)


async def test_an_open_breaker_is_told_to_each_event(caller: Caller) -> None:
    plugin = Asked().plugin()
    plugin.breaker.trip(asyncio.get_running_loop().time())

    done = await run(caller, plugin, "a", "b")

    assert [each.event["data"]["errors"][0]["kind"] for each in done] == ["open", "open"]


async def test_a_drop_out_of_several_drops_only_the_one_that_is_meant(caller: Caller) -> None:
    async def choosy(events: Sequence[Event]) -> list[Patch]:
        if any(event.id == "b" for event in events):
            raise Drop("old news")
        return await labelled(events)

    asked = Asked(choosy)
    done = await run(caller, asked.plugin(), "a", "b", "c")

    assert asked.calls == [["a", "b", "c"], ["a"], ["b"], ["c"]]
    assert [each.dropped for each in done] == [None, "old news", None]


async def test_a_call_that_is_asked_for_later_holds_up_no_other(caller: Caller) -> None:
    passed = asyncio.Event()

    async def waiting(events: Sequence[Event]) -> list[Patch]:
        if events[0].id == "first" and not passed.is_set():
            raise Retry(0.05)
        return await labelled(events)

    asked = Asked(waiting)
    pipeline = Pipeline(make_plan([asked.plugin()]), caller)
    first = asyncio.create_task(pipeline.event(an_event("first")))
    await asked.began.wait()
    other = await pipeline.event(an_event("other"))
    passed.set()

    assert label_of(other) == {"id": "other", "of": 1}
    assert label_of(await first) == {"id": "first", "of": 1}


async def test_who_is_called_off_is_left_out_and_the_others_are_answered(caller: Caller) -> None:
    asked = Asked(is_open=False)
    pipeline = Pipeline(make_plan([asked.plugin()]), caller)
    tasks = {id_: asyncio.create_task(pipeline.event(an_event(id_))) for id_ in "abc"}
    await asked.began.wait()
    late = asyncio.create_task(pipeline.event(an_event("d")))
    later = asyncio.create_task(pipeline.event(an_event("e")))
    await asyncio.sleep(0)

    tasks["b"].cancel()
    late.cancel()
    await asyncio.wait({tasks["b"], late})
    asked.may_answer.set()

    assert [label_of(await task)["id"] for task in (tasks["a"], tasks["c"], later)] == ["a", "c", "e"]
    assert asked.calls == [["a", "b", "c"], ["e"]]


async def test_the_first_of_several_may_be_called_off_before_their_call(caller: Caller) -> None:
    asked = Asked()
    pipeline = Pipeline(make_plan([asked.plugin()]), caller)
    first, *others = [asyncio.create_task(pipeline.event(an_event(id_))) for id_ in "abc"]
    await asyncio.sleep(0)

    first.cancel()
    await asyncio.wait({first})

    assert [label_of(await task) for task in others] == [{"id": "b", "of": 2}, {"id": "c", "of": 2}]
    assert asked.calls == [["b", "c"]]


async def test_a_call_for_one_alone_ends_with_it(caller: Caller) -> None:
    ended = asyncio.Event()

    async def hang(events: Sequence[Event]) -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    asked = Asked(hang)
    alone = asyncio.create_task(Pipeline(make_plan([asked.plugin(timeout_s=600)]), caller).event(an_event("a")))
    await asked.began.wait()

    alone.cancel()
    await asyncio.wait({alone})

    assert ended.is_set()


async def test_a_call_for_which_nobody_waits_any_more_ends(caller: Caller) -> None:
    ended = asyncio.Event()

    async def hang(events: Sequence[Event]) -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    asked = Asked(hang)
    pipeline = Pipeline(make_plan([asked.plugin(timeout_s=600)]), caller)
    tasks = [asyncio.create_task(pipeline.event(an_event(id_))) for id_ in "ab"]
    await asked.began.wait()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await asyncio.wait_for(ended.wait(), 5)

    again = Asked()
    assert [label_of(each)["id"] for each in await run(caller, again.plugin(), "c")] == ["c"]


async def test_an_operator_may_let_several_calls_run_at_a_time(caller: Caller) -> None:
    asked = Asked(is_open=False)
    pipeline = Pipeline(make_plan([asked.plugin(concurrency=2)]), caller)

    tasks = []
    for id_ in "abc":
        tasks.append(asyncio.create_task(pipeline.event(an_event(id_))))
        for _ in range(3):
            await asyncio.sleep(0)
    assert asked.calls == [["a"], ["b"]]
    asked.may_answer.set()
    await asyncio.gather(*tasks)

    assert asked.calls == [["a"], ["b"], ["c"]]


async def test_in_shadow_mode_each_event_says_what_it_would_have_got(caller: Caller) -> None:
    done = await run(caller, Asked().plugin(is_shadow=True), "a", "b")

    assert [label_of(each)["shadow"]["enrich_batch"]["ext"]["id"] for each in done] == ["a", "b"]


async def test_a_sync_hook_takes_several_too(caller: Caller) -> None:
    calls = []

    def enrich_batch(events: Sequence[Event]) -> list[Patch]:
        calls.append(len(events))
        return [Patch(ext={"id": event.id}) for event in events]

    plugin = participant("several", {"enrich_batch": enrich_batch}, is_async=False)
    done = await run(caller, plugin, "a", "b", "c")

    assert calls == [3]
    assert [label_of(each)["id"] for each in done] == ["a", "b", "c"]
