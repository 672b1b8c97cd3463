import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import pytest

from missionwire.domain.article import SentWebpage
from missionwire.domain.errors import NoArticle, UnreadableWebpage, WebpagesFull
from missionwire.web.reducer import Reducer
from tests import webpages

pytestmark = pytest.mark.slow

PAGE = SentWebpage(html=webpages.newsroom(), url="https://gazette.example/1", source="urn:gazette")
SLOW = SentWebpage(html=webpages.NESTED)


@pytest.fixture
async def reducer() -> AsyncIterator[Reducer]:
    reducer = Reducer(timeout_s=10)
    yield reducer
    await reducer.aclose()


@pytest.fixture
async def hasty() -> AsyncIterator[Reducer]:
    """One that gives up at once."""
    reducer = Reducer(timeout_s=1, max_waiting=1)
    yield reducer
    await reducer.aclose()


async def gone(pid: int, within_s: float = 20) -> bool:
    """Whether a process ends in time."""
    async with asyncio.timeout(within_s):
        while True:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            await asyncio.sleep(0.05)


async def under_way(reducer: Reducer) -> None:
    """Wait until its process has a page in hand."""
    async with asyncio.timeout(20):
        while reducer._child is not None:
            await asyncio.sleep(0)


def pid_of(reducer: Reducer) -> int:
    assert reducer._child is not None
    return reducer._child.pid


async def test_what_is_given_wins_over_what_the_page_says(reducer: Reducer) -> None:
    told = SentWebpage(html=PAGE.html, title="Mine", published="2023-02", language="ru", source="urn:me")

    article, mine = await reducer.article(PAGE), await reducer.article(told)

    assert (article.title, article.published, article.language) == (webpages.TITLE, webpages.DATE, "en")
    assert (article.url, article.source) == ("https://gazette.example/1", "urn:gazette")
    assert (mine.title, mine.published, mine.language, mine.source) == ("Mine", "2023-02", "ru", "urn:me")
    assert mine.text == article.text == webpages.TEXT


async def test_one_process_reads_one_page_after_another(reducer: Reducer) -> None:
    first, second = await asyncio.gather(reducer.article(PAGE), reducer.article(PAGE))
    pid = pid_of(reducer)
    with pytest.raises(NoArticle):
        await reducer.article(SentWebpage(html=webpages.LINKS))

    assert first == second
    assert pid_of(reducer) == pid


async def test_a_page_that_takes_too_long_is_refused_and_the_next_is_read(hasty: Reducer) -> None:
    with pytest.raises(UnreadableWebpage, match="longer than 1 s"):
        await hasty.article(SLOW)

    assert (await hasty.article(PAGE)).text == webpages.TEXT


async def test_one_page_more_than_may_wait_is_refused(hasty: Reducer) -> None:
    first = asyncio.create_task(hasty.article(SLOW))
    await asyncio.sleep(0)

    with pytest.raises(WebpagesFull):
        await hasty.article(PAGE)

    with pytest.raises(UnreadableWebpage):
        await first


async def test_a_page_whose_sender_left_is_not_answered_to_the_next(reducer: Reducer) -> None:
    await reducer.article(PAGE)
    left = asyncio.create_task(reducer.article(SLOW))
    await under_way(reducer)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left

    assert (await reducer.article(PAGE)).text == webpages.TEXT


async def test_a_process_that_ends_in_the_middle_is_told_and_replaced(reducer: Reducer) -> None:
    await reducer.article(PAGE)
    pid = pid_of(reducer)
    slow = asyncio.create_task(reducer.article(SLOW))
    await under_way(reducer)
    os.kill(pid, signal.SIGKILL)

    with pytest.raises(UnreadableWebpage, match="ends the process"):
        await slow

    assert (await reducer.article(PAGE)).text == webpages.TEXT


async def test_a_process_that_ended_between_two_pages_is_replaced(reducer: Reducer) -> None:
    await reducer.article(PAGE)
    pid = pid_of(reducer)
    os.kill(pid, signal.SIGKILL)

    assert await gone(pid)
    assert (await reducer.article(PAGE)).text == webpages.TEXT


async def test_a_process_with_nothing_to_do_ends_and_the_next_page_starts_another() -> None:
    reducer = Reducer(timeout_s=10, idle_s=0.05)
    await reducer.article(PAGE)
    pid = pid_of(reducer)

    assert await gone(pid)
    assert (await reducer.article(PAGE)).text == webpages.TEXT

    await reducer.aclose()


PARENT = """
import asyncio, sys
from missionwire.domain.article import SentWebpage
from missionwire.web.reducer import Reducer
from tests import webpages

async def main():
    reducer = Reducer(timeout_s=3)
    await reducer.article(SentWebpage(html=webpages.newsroom()))
    print(reducer._child.pid, flush=True)
    if sys.argv[1] == "busy":
        asyncio.create_task(reducer.article(SentWebpage(html=webpages.NESTED)))
        while reducer._child is not None:
            await asyncio.sleep(0)
        print("now", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("doing", ["idle", "busy"])
async def test_the_process_ends_after_its_parent_was_killed(doing: str) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, doing, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    if doing == "busy":
        assert await parent.stdout.readline() == b"now\n"
    parent.kill()
    await parent.wait()

    assert await gone(pid)


@pytest.mark.parametrize("make", [lambda: "<p>" + "x" * 3_000_000, lambda: "<b>" * 300_000])
async def test_a_large_page_of_nothing_is_refused_by_name(reducer: Reducer, make: Callable[[], str]) -> None:
    with pytest.raises((NoArticle, UnreadableWebpage)):
        await reducer.article(SentWebpage(html=make()))
