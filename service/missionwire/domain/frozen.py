"""JSON that nobody can change: what plugins are given is one and the same for all of them."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn


class FrozenError(TypeError):
    """Something tried to change what is frozen."""

    def __init__(self) -> None:
        super().__init__("what a hook is given cannot be changed; change a copy of it: copy.deepcopy(…)")


def _refuse(*_: object, **__: object) -> NoReturn:
    raise FrozenError


class FrozenDict(dict[str, Any]):
    """An object that is read as any dict, and written as any dict; copies of it can be changed."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """Make a plain dict where it is copied or pickled."""
        return dict, (dict(self),)


class FrozenList(list[Any]):
    """The same for an array."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = append = clear = extend = insert = pop = _refuse
    remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        """Make a plain list where it is copied or pickled."""
        return list, (list(self),)


_FROZEN: Final[Mapping[type, Callable[[Any], Any]]] = {dict: FrozenDict, list: FrozenList}

FREEZABLE: Final = frozenset(_FROZEN)
"""The types of which `frozen` makes another one."""


def frozen(value: Any) -> Any:  # noqa: ANN401  # JSON
    """Give a copy of decoded JSON that cannot be changed, all through; a scalar, or what is frozen, is itself."""
    if type(value) not in FREEZABLE:
        return value
    copy = _FROZEN[type(value)](value)
    waiting = [copy]
    while waiting:  # no recursion: JSON may be nested deeper than Python calls
        parent = waiting.pop()
        is_list = type(parent) is FrozenList
        put = list.__setitem__ if is_list else dict.__setitem__
        for place, each in enumerate(parent) if is_list else parent.items():
            kind = type(each)
            if kind is dict or kind is list:
                child = _FROZEN[kind](each)
                put(parent, place, child)
                waiting.append(child)
    return copy
