"""What was sent and what has come of it: the producers, the reader, and the judgement over both."""

import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from typing import Any

from missionwire.domain.errors import ServerAway
from missionwire.store import ledger
from missionwire.store.articles import find_article
from missionwire.store.dead_letters import DeadLetter, DeadLetters
from missionwire.store.inbox import Inbox, Item
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.wire import Entry, Wire
from tests.faults.fates import ENDS, SLOW_MISSION, fate, keys_of
from tests.unit.store.takes import SOURCE, article, event

ENDS_EVERY_S = 5.0
MOST_ENDS = 5
MOST_BEHIND = 3000
"""So many events behind, the workers are left to catch up; else a long run would only prove that they are slow."""

MISSIONS = tuple(f"crew-{n}" for n in range(20))


class History:
    """One run's history. `counts` tells of what happened, `faults` of what must not."""

    def __init__(self, log: Log, seed: int) -> None:
        self.log = log
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.sent: dict[str, int] = dict.fromkeys(MISSIONS, 0)
        self.articles: list[Item] = []
        self.ends: list[Item] = []
        self.seen: list[Entry] = []
        self.is_over = False
        self._random = random.Random(seed)  # noqa: S311  # no secret; the seed is printed to run it again
        self._inbox = Inbox(log, limit=0)

    # --- producers ------------------------------------------------------------------------------------------------

    async def send_events(self, mission: str) -> None:
        """Send a mission's events, numbered from 0, and between them some again and some with another content."""
        while not self.is_over:
            if sum(self.sent.values()) * 0.8 - len(self.seen) > MOST_BEHIND:
                await asyncio.sleep(0.2)
                continue
            first = self.sent[mission]
            group = [_event(mission, first + n) for n in range(self._random.randint(1, 5))]
            if first and self._random.random() < 0.2:
                await self._expect("dr", [_event(mission, self._random.randrange(first))])
            if first and self._random.random() < 0.05:
                await self._refuse(mission, self._random.randrange(first), group[0])
            await self._expect("ad", group)
            self.sent[mission] = first + len(group)
            await asyncio.sleep(self._random.random() * (1 if mission == SLOW_MISSION else 0.03))

    async def send_articles(self) -> None:
        """Send articles, and revise some, some of those while they wait."""
        while not self.is_over:
            number = len(self.articles)
            self.articles.append(article(f"https://news/{number}"))
            await self._expect("ad", [self.articles[-1]])
            if self._random.random() < 0.3:
                again = self._random.randrange(number + 1)
                revision = article(f"https://news/{again}", text=f"revised after {number}")
                await self._expect("vd", [revision])
                self.articles[again] = revision
            await asyncio.sleep(self._random.random() * 0.05)

    async def send_ends(self) -> None:
        """Send, now and then, an event that ends the worker which runs it. Each costs four workers or more."""
        while len(self.ends) < MOST_ENDS:
            if await self._has_passed(ENDS_EVERY_S):
                return
            sent = event(f"end-{len(self.ends)}-0", mission=f"end-{len(self.ends)}", source=ENDS)
            await self._expect("ad", [sent])
            self.ends.append(sent)

    async def _has_passed(self, wait_s: float) -> bool:
        """Wait, and tell whether the run is over."""
        end = time.monotonic() + wait_s
        while time.monotonic() < end and not self.is_over:
            await asyncio.sleep(0.1)
        return self.is_over

    async def _refuse(self, mission: str, number: int, fresh: Item) -> None:
        if fate(_id(mission, number)) == "dead":  # another content takes the place of a dead letter
            return
        letters = await self._accept([fresh, event(_id(mission, number), mission=mission, note="other")])
        self.counts["conflicts"] += 1
        if letters != "-c":
            self.faults.append(f"a conflict over {mission} {number} was answered {letters}")

    async def _expect(self, allowed: str, group: list[Item]) -> None:
        letters = await self._accept(group)
        self.counts.update(f"answered {letter}" for letter in letters)
        if len(letters) != len(group) or set(letters) - set(allowed):
            self.faults.append(f"{[json.loads(item.payload) for item in group]} was answered {letters}")

    async def _accept(self, group: list[Item]) -> str:
        while True:
            try:
                return (await self._inbox.accept([group]))[0]
            except ServerAway:
                self.counts["sent again"] += 1
                await asyncio.sleep(self._random.random() * 0.1)

    # --- the reader -----------------------------------------------------------------------------------------------

    async def follow(self, url: str) -> None:
        """Read the wire as it grows, on connections of its own, until cancelled."""
        ms, n = 0, 0
        while True:
            server = Server(url)
            wire = Wire(Log(server, self.log.keys.name))
            try:
                async with server.connection(block_s=0.5) as client:
                    while True:
                        for entry in await wire.follow(client, ms, n, count=500, block_s=0.5):
                            if entry.n != n + 1:
                                self.faults.append(f"the reader got {entry.n} after {n}")
                            ms, n = entry.ms, entry.n
                            self.seen.append(entry)
            except ServerAway:
                self.counts["reader came back"] += 1
                await asyncio.sleep(0.05)

    async def settle(self, timeout_s: float) -> None:
        """Wait until all is committed and the reader has it."""
        end = time.monotonic() + timeout_s
        while await self._inbox.depth() or len(self.seen) < (await self.log.tip()).n:
            assert time.monotonic() < end, f"still waiting: {await self._inbox.depth()}, seen {len(self.seen)}"
            await asyncio.sleep(0.05)

    # --- the judgement --------------------------------------------------------------------------------------------

    async def judge(self) -> list[str]:
        """Give all that went wrong."""
        wire = [entry async for entry in self._wire()]
        self._compare("ordinals", [entry.n for entry in wire], list(range(1, len(wire) + 1)))
        self._compare("what the reader saw", self.seen, wire)
        by_mission: dict[str, list[Entry]] = defaultdict(list)
        extracted: list[Entry] = []
        for entry in wire:
            body = json.loads(entry.payload)
            (by_mission[body["subject"]] if body["source"] == SOURCE else extracted).append(entry)
            if errors := body.get("data", {}).get("errors"):
                self.faults.append(f"{body['id']} was published with {errors}")
        for mission, number in self.sent.items():
            got = [json.loads(entry.payload)["id"] for entry in by_mission[mission]]
            self._compare(f"wire of {mission}", got, _ids(mission, number, "publish"))
            index = await self.log.server.pool.xrange(self.log.keys.mission(mission))
            places = [f"{entry.ms}-{entry.n}".encode() for entry in by_mission[mission]]
            self._compare(f"index of {mission}", [id_ for id_, _ in index], places)
        await self._judge_the_dead()
        await self._judge_the_dropped()
        await self._judge_articles(extracted)
        size = (len(wire), sum(len(entry.payload) for entry in wire))
        self._compare("size", await Wire(self.log).size(), size)
        self._compare("forks", self.log.forks, {})
        self.counts.update(sent=sum(self.sent.values()), articles=len(self.articles), wire=len(wire))
        return self.faults

    async def _judge_the_dead(self) -> None:
        letters: list[DeadLetter] = []
        after = ""
        while page := await DeadLetters(self.log).page(after=after, limit=1000):
            letters += page
            after = page[-1].id
        ids = [id_ for mission, number in self.sent.items() for id_ in _ids(mission, number, "dead")]
        expected = [(id_, "raised", "ValueError: the figure is 3") for id_ in ids]
        message = "It ended a worker 3 times while it ran alone."
        expected += [(json.loads(item.payload)["id"], "ends-worker", message) for item in self.ends]
        got = [(json.loads(bytes(each.event))["id"], each.error.kind, each.error.message) for each in letters]
        self._compare("dead letters", sorted(got), sorted(expected))

    async def _judge_the_dropped(self) -> None:
        for mission, number in self.sent.items():
            ids = _ids(mission, number, "drop")
            found = [(await ledger.find(self.log, event(id_, mission=mission).ident)).state for id_ in ids]
            self._compare(f"dropped of {mission}", found, ["dropped"] * len(ids))

    async def _judge_articles(self, entries: list[Entry]) -> None:
        places = {_told_by(entry): entry.n for entry in entries}
        told = [(sent.article, key) for sent in self.articles for key in keys_of(json.loads(sent.payload)["text"])]
        self._compare("events of articles", sorted(_told_by(entry) for entry in entries), sorted(told))
        for sent in self.articles:
            if places.get((sent.article, "b")) != places.get((sent.article, "a"), 0) + 1:
                self.faults.append(f"the events of the article {sent.article} do not stand together")
            kept = await find_article(self.log, sent.article)
            if kept is None or kept.state != "published" or kept.document is None:
                self.faults.append(f"article {sent.article} is kept as {kept}")
            else:
                text = json.loads(sent.payload)["text"]
                self._compare(f"article {sent.article}", [_text(kept.sent), _text(kept.document)], [text, text])

    async def _wire(self) -> AsyncIterator[Entry]:
        ms, n = 0, 0
        while page := await Wire(self.log).after(ms, n, count=1000):
            for entry in page:
                yield entry
            ms, n = page[-1].ms, page[-1].n

    def _compare(self, name: str, got: Any, expected: Any) -> None:  # of any type
        if got != expected:
            self.faults.append(f"{name}: {_difference(got, expected)}")


def _difference(got: object, expected: object) -> str:
    if not isinstance(got, list) or not isinstance(expected, list):
        return f"{got} instead of {expected}"
    pairs = enumerate(zip(got, expected, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(got), len(expected)))
    near = slice(place, place + 3)
    return f"{len(got)} instead of {len(expected)}, first other at {place}: {got[near]} instead of {expected[near]}"


def _id(mission: str, number: int) -> str:
    return f"{mission}-{number}"


def _told_by(entry: Entry) -> tuple[str, str]:
    """Give the article and the key of an extracted event."""
    article_, *_, key = json.loads(entry.payload)["id"].split(":")
    return article_, key


def _text(document: bytes) -> str:
    text: str = json.loads(document)["text"]
    return text


def _event(mission: str, number: int) -> Item:
    return event(_id(mission, number), mission=mission, note="x" * 200)


def _ids(mission: str, count: int, wanted: str) -> list[str]:
    return [id_ for id_ in (_id(mission, n) for n in range(count)) if fate(id_) == wanted]
