"""Siblings: calls that do not wait for one another. Those that have nothing to wait for cost no task."""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import Any, Generic, TypeVar, final

S = TypeVar("S")
T = TypeVar("T")


@final
class Waiting(Generic[T]):
    """What has begun and cannot answer yet. It is to be awaited at once, in the task in which it began."""

    __slots__ = ("_rest",)

    def __init__(self, rest: Coroutine[Any, Any, T]) -> None:
        self._rest = rest

    def __await__(self) -> Generator[Any, Any, T]:
        return self._rest.__await__()


def begin_all(begin: Callable[[S], T | Waiting[T]], asked: Sequence[S]) -> list[T] | Waiting[list[T]]:
    """Ask all at the same time, where `begin` takes the first step of one; gives their answers in order.

    First steps are taken here, one after another. The first that has to wait goes on in this task, for what it waits
    with may belong to the task in which it began; those after it are asked in another one, by the same rule.
    """
    answers: list[T] = []
    for each in asked:
        begun = begin(each)
        if type(begun) is Waiting:
            return Waiting(_among_others(answers, begun, begin, asked[len(answers) + 1 :]))
        answers.append(begun)
    return answers


async def answers_of(begin: Callable[[S], T | Waiting[T]], asked: Sequence[S]) -> list[T]:
    """Ask all at the same time, and wait for the answers; see `begin_all`."""
    begun = begin_all(begin, asked)
    return await begun if type(begun) is Waiting else begun


async def _among_others(
    before: Sequence[T], waiting: Waiting[T], begin: Callable[[S], T | Waiting[T]], after: Sequence[S]
) -> list[T]:
    if not after:
        return [*before, await waiting]
    others = asyncio.create_task(answers_of(begin, after))
    try:
        answer = await waiting
    except BaseException:
        others.cancel()
        raise
    return [*before, answer, *await others]
