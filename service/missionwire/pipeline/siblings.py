"""Siblings: calls that do not wait for one another. Those that have nothing to wait for cost no task."""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import Any, Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


async def answers_of(ask: Callable[[S], Coroutine[Any, Any, T]], asked: Sequence[S]) -> list[T]:
    """Ask all at the same time; gives their answers in order.

    First steps are taken here, one after another. The first that has to wait goes on in this task, for what it waits
    with may belong to the task in which it began; those after it are asked in another one, by the same rule.
    """
    answers: list[T] = []
    for number, each in enumerate(asked[:-1], 1):
        begun = _Begun(ask(each))
        if begun.is_over:
            answers.append(begun.answer)
            continue
        others = asyncio.create_task(answers_of(ask, asked[number:]))
        try:
            answers.append(await begun)
        except BaseException:
            others.cancel()
            raise
        return answers + await others
    if asked:
        answers.append(await ask(asked[-1]))  # nobody is asked after it, so it may wait
    return answers


class _Begun(Generic[T]):
    """A coroutine after its first step: over, with its answer, or to be awaited."""

    __slots__ = ("_coroutine", "_yielded", "answer", "is_over")

    answer: T

    def __init__(self, coroutine: Coroutine[Any, Any, T]) -> None:
        self._coroutine = coroutine
        self.is_over = False
        try:
            self._yielded = coroutine.send(None)
        except StopIteration as stop:
            self.is_over, self.answer = True, stop.value

    def __await__(self) -> Generator[Any, Any, T]:
        yielded = self._yielded
        while True:
            go: Callable[[Any], Any] = self._coroutine.send
            try:
                value = yield yielded
            except GeneratorExit:
                self._coroutine.close()
                raise
            except BaseException as error:  # thrown into what waits
                go, value = self._coroutine.throw, error
            try:
                yielded = go(value)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]  # a coroutine's answer
