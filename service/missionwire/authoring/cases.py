"""JSON cases: what goes into a hook, and what is expected out of it. `cases/*.json`, one case or a list of them a file.

    {"about": "a text gets its minutes", "hook": "enrich", "config": {"words_per_minute": 10},
     "event": {"data": {"text": "..."}}, "expect": {"ext": {"minutes": 1.5}}}

`event` is one as it is sent, of which attributes may be left out; `enrich_batch` has `events`, the hooks that get a
document have `document`. Members of the answer that hold their default are left out of `expect`; null is no answer.
"""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from missionwire.authoring.answer import KINDS, event_of
from missionwire.authoring.verdict import CaseResult
from missionwire.domain.document import Document
from missionwire.domain.event import Event

MAX_CASE_FILE_BYTES: Final = 16 << 20

_DOCUMENT_HOOKS: Final = frozenset({"annotate", "repair", "extract"})


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case as it is written."""

    about: str = ""
    hook: str = "enrich"
    config: dict[str, Any] = {}
    event: dict[str, Any] | UnsetType = UNSET
    events: list[dict[str, Any]] | UnsetType = UNSET
    document: dict[str, Any] | UnsetType = UNSET
    expect: Any = UNSET


class Placed(NamedTuple):
    """A case and where it stands; `fault` says why it is none."""

    file: str
    number: int
    case: Case
    fault: str = ""


def read_cases(files: Iterable[Path]) -> Iterator[Placed]:
    """Read case files. A file or a case that cannot be read is told as one with a fault."""
    for file in files:
        try:
            written = _decoded(file)
        except (OSError, ValueError) as error:
            yield Placed(str(file), 0, Case(), f"cannot be read: {error}")
            continue
        for index, each in enumerate(written if isinstance(written, list) else [written]):
            try:
                case = msgspec.convert(each, Case)
                fault = _fault(case)
            except msgspec.ValidationError as error:
                case, fault = Case(), str(error)
            yield Placed(str(file), index, case, fault)


def _decoded(file: Path) -> Any:  # noqa: ANN401  # JSON
    if file.stat().st_size > MAX_CASE_FILE_BYTES:
        message = f"it is over {MAX_CASE_FILE_BYTES:,} bytes"
        raise ValueError(message)
    return json.loads(file.read_text(encoding="utf-8"))


def _fault(case: Case) -> str:
    if case.hook not in KINDS:
        near = difflib.get_close_matches(case.hook, KINDS, n=1)
        return f"there is no hook {case.hook!r} to try; " + (f"did you mean {near[0]}?" if near else ", ".join(KINDS))
    wanted = "document" if case.hook in _DOCUMENT_HOOKS else "events" if case.hook == "enrich_batch" else "event"
    given = [name for name in ("event", "events", "document") if getattr(case, name) is not UNSET]
    return "" if given == [wanted] else f"{case.hook} takes {wanted}, the case gives {', '.join(given) or 'nothing'}"


def given_to(case: Case) -> Document | Event | tuple[Event, ...]:
    """Give what goes into the hook.

    Raises:
        ValueError: it is no valid event, or no document.
    """
    if case.document is not UNSET:
        try:
            return msgspec.convert({"id": "case", **case.document}, Document)
        except msgspec.ValidationError as error:
            message = f"document: {error}"
            raise ValueError(message) from error
    if case.events is not UNSET:
        return tuple(event_of({"id": str(number), **each}) for number, each in enumerate(case.events, 1))
    return event_of(case.event if case.event is not UNSET else {})


def difference(result: CaseResult) -> tuple[str, ...]:
    """Give the lines of a diff from what a case expects to what came out."""
    expected, got = (_lines(each) for each in (result.expected, result.got))
    return tuple(difflib.unified_diff(expected, got, "expected", "came out", lineterm=""))


def _lines(value: object) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).splitlines()


def accept(results: Iterable[CaseResult]) -> tuple[Path, ...]:
    """Write what came out into the case files as what is expected from now on; gives the files that changed.

    Raises:
        OSError: one cannot be read or written.
    """
    changed: dict[Path, list[CaseResult]] = {}
    for result in results:
        if not result.is_met and not result.error:
            changed.setdefault(Path(result.file), []).append(result)
    for file, fresh in changed.items():
        written = _decoded(file)
        for result in fresh:
            case = written[result.index] if isinstance(written, list) else written
            _expect(case, result.got)
        file.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return tuple(changed)


def _expect(case: dict[str, Any], got: object) -> None:
    case["expect"] = got


def described(result: CaseResult) -> str:
    """Give the words by which a case is told of."""
    return f"{Path(result.file).name}[{result.index}]" + (f" {result.about}" if result.about else "")


def config_key(config: Mapping[str, Any]) -> str:
    """Give a key by which equal settings are known again."""
    return json.dumps(config, sort_keys=True)
