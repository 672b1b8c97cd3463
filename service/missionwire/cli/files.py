"""What `publish` is given to send: files, folders and stdin, cut into events and articles that know their line."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Final, Literal, NamedTuple, NoReturn

import msgspec
import rich_click as click

from missionwire.domain.webpage import decode_html, is_html

STDIN: Final = "-"
OF_EVENTS: Final = frozenset({"specversion", "type", "id", "data"})
"""Members that an event has, and no article."""

MAX_DOCUMENT_BYTES: Final = 256 << 20
"""A JSON document larger than this is refused; NDJSON has no such limit, since it is read by line."""
MAX_LINE_BYTES: Final = 16 << 20
LULL_S: Final = 0.5
"""After so long without a line on stdin, what came is sent: a trickle is not held back until a batch is full."""
_MAX_WAITING_LINES: Final = 1000

_LINES: Final = frozenset({".ndjson", ".jsonl"})
_TEXTS: Final = frozenset({".txt", ".md"})
_PAGES: Final = frozenset({".html", ".htm"})
_KNOWN: Final = frozenset({".json"}) | _LINES | _TEXTS | _PAGES
_SPACE: Final = re.compile(r"\s*")


class Item(NamedTuple):
    """One event or article to send, as JSON, with the file and line where it begins."""

    file: str
    line: int
    kind: Literal["event", "article"]
    body: bytes


class Fault(NamedTuple):
    """Something that cannot be sent, or was refused; `path` is a JSON path or empty."""

    file: str
    line: int
    message: str
    path: str = ""


class Lull(NamedTuple):
    """Nothing more is there for now: what was gathered should be sent."""


class About(NamedTuple):
    """What the command line says about a text that is an article."""

    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None


Found = Item | Fault | Lull


def find(given: Sequence[str]) -> list[str]:
    """Give the files to read, in order; a folder stands for what has a known ending in it, sorted, without hidden ones.

    Raises:
        click.UsageError: a file is not there, or a folder has nothing to send.
    """
    found: list[str] = []
    for name in given:
        path = Path(name)
        if name == STDIN or (path.exists() and not path.is_dir()):
            found.append(name)
        elif path.is_dir():
            found += _in_folder(path)
        else:
            raise click.UsageError(f"{name!r} is not there.")
    if found.count(STDIN) > 1:
        raise click.UsageError("'-' stands for stdin, which can be read only once.")
    return found


def _in_folder(folder: Path) -> list[str]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _KNOWN
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not files:
        raise click.UsageError(f"{str(folder)!r} holds nothing to send: no {', '.join(sorted(_KNOWN))}.")
    return [str(path) for path in files]


def is_text(name: str) -> bool:
    """Whether a file is sent as one article, going by its ending."""
    return Path(name).suffix.lower() in _TEXTS | _PAGES


def _is_page(name: str, content: bytes) -> bool:
    """Whether this is the web page that carries an article, going by its ending, without a known one by its head."""
    ending = Path(name).suffix.lower()
    return ending in _PAGES or (ending not in _KNOWN and is_html(content))


def read(name: str, about: About) -> Iterator[Found]:
    """Cut one file, or stdin, into what can be sent; what cannot be read is a `Fault`, never an exception."""
    try:
        if name == STDIN:
            yield from _stdin(about)
            return
        path = Path(name)
        if path.suffix.lower() in _LINES:
            with path.open("rb") as file:
                yield from _numbered(name, file)
        elif path.stat().st_size > MAX_DOCUMENT_BYTES:
            yield Fault(name, 1, f"is larger than {MAX_DOCUMENT_BYTES >> 20} MiB; send it as NDJSON, one event a line")
        else:
            yield from cut(name, path.read_bytes(), about)
    except OSError as error:
        yield Fault(name, 0, f"cannot be read: {error.strerror or error}")


def cut(name: str, content: bytes, about: About) -> Iterator[Item | Fault]:
    """Cut the whole content of a file, or of stdin, into what can be sent."""
    if _is_page(name, content):
        yield _article(name, "html", decode_html(content), about)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Fault(name, content.count(b"\n", 0, error.start) + 1, f"is not UTF-8: a bad byte at offset {error.start}")
        return
    if is_text(name) or (Path(name).suffix.lower() != ".json" and not text.lstrip().startswith(("{", "["))):
        yield _article(name, "text", text, about)
    elif not text.strip():
        yield Fault(name, 1, "is empty")
    else:
        yield from _documents(name, text)


def _article(name: str, member: Literal["text", "html"], text: str, about: About) -> Item | Fault:
    if not text.strip():
        return Fault(name, 1, f"is empty; an article needs a {'text' if member == 'text' else 'page'}")
    told = {key: value for key, value in about._asdict().items() if value is not None}
    return Item(name, 1, "article", msgspec.json.encode({**told, member: text}))


# --- JSON: one value, an array, or several values one after another ------------------------------------------------


def _documents(name: str, text: str) -> Iterator[Item | Fault]:
    """Cut a JSON text into its objects: the text of each as it stands, so that nothing is written anew."""
    line, counted, place = 1, 0, _space(text, 0)
    while place < len(text):
        for start, end, value in _values(text, place):
            if isinstance(value, json.JSONDecodeError):
                yield Fault(name, value.lineno, f"is no JSON: {value.msg} at column {value.colno}")
                return
            line, counted = line + text.count("\n", counted, start), start
            yield _item(name, line, value, text[start:end].encode())
            place = end
        place = _space(text, place)
        if text.startswith("]", place):  # the array whose items were given
            place = _space(text, place + 1)


def _values(text: str, place: int) -> Iterator[tuple[int, int, object]]:
    """Give the value at a place, or each item of the array there, with where it starts and ends; an error as value."""
    if not text.startswith("[", place):
        yield _value(text, place)
        return
    place = _space(text, place + 1)
    if text.startswith("]", place):
        yield place, place, _error(text, place, "an empty array holds nothing to send")
        return
    while True:
        start, end, value = _value(text, place)
        yield start, end, value
        place = _space(text, end)
        if isinstance(value, json.JSONDecodeError) or text.startswith("]", place):
            return
        if not text.startswith(",", place):
            yield place, place, _error(text, place, "Expecting ',' or ']'")
            return
        place = _space(text, place + 1)


def _value(text: str, place: int) -> tuple[int, int, object]:
    try:
        value, end = _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        return place, place, error
    except RecursionError:
        return place, place, _error(text, place, "nested too deep")
    except ValueError as error:
        return place, place, _error(text, place, str(error))
    return place, end, value


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


def _error(text: str, place: int, message: str) -> json.JSONDecodeError:
    return json.JSONDecodeError(message, text, place)


def _space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _item(name: str, line: int, value: object, body: bytes) -> Item | Fault:
    """Tell an event from an article: an article has a text or a page, and none of what makes an event."""
    if not isinstance(value, dict):
        return Fault(name, line, "is no object; an event or an article is one")
    is_article = bool(value.keys() & {"text", "html"}) and not value.keys() & OF_EVENTS
    return Item(name, line, "article" if is_article else "event", body)


# --- NDJSON, line by line -------------------------------------------------------------------------------------------


def _numbered(name: str, file: IO[bytes]) -> Iterator[Item | Fault]:
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            yield Fault(name, number, f"the line is longer than {MAX_LINE_BYTES >> 20} MiB")
            return
        yield from _line(name, number, line)


def _line(name: str, number: int, line: bytes) -> Iterator[Item | Fault]:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError as error:
        yield Fault(name, number, f"is not UTF-8: a bad byte at offset {error.start} of the line")
        return
    if not text:
        return
    _, end, value = _value(text, 0)
    if isinstance(value, json.JSONDecodeError):
        yield Fault(name, number, f"is no JSON: {value.msg} at column {value.colno}")
    elif text[end:].strip():
        yield Fault(name, number, f"has more than one value; the second begins at column {end + 1}")
    else:
        yield _item(name, number, value, text.encode())


# --- stdin ----------------------------------------------------------------------------------------------------------


def _stdin(about: About) -> Iterator[Found]:
    """Read stdin: as NDJSON, live, where its first line is a whole JSON object; else to its end."""
    file = sys.stdin.buffer
    first = file.readline(MAX_LINE_BYTES + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and _is_whole(first):
        yield from _live(first, file)
        return
    content = first + file.read(MAX_DOCUMENT_BYTES + 1 - len(first))
    if len(content) > MAX_DOCUMENT_BYTES:
        yield Fault(STDIN, 1, f"is larger than {MAX_DOCUMENT_BYTES >> 20} MiB; send it as NDJSON, one event a line")
        return
    yield from cut(STDIN, content, about)


def _is_whole(line: bytes) -> bool:
    return any(isinstance(found, Item) for found in _line(STDIN, 1, line))


def _live(first: bytes, file: IO[bytes]) -> Iterator[Found]:
    """Give lines as they come, and a `Lull` when none came for a while."""
    lines: Queue[bytes] = Queue(_MAX_WAITING_LINES)

    def fill() -> None:
        for line in iter(lambda: file.readline(MAX_LINE_BYTES + 1), b""):
            lines.put(line)
        lines.put(b"")

    Thread(target=fill, name="stdin", daemon=True).start()
    yield from _line(STDIN, 1, first)
    number = 1
    while True:
        try:
            line = lines.get(timeout=LULL_S)
        except Empty:
            yield Lull()
            continue
        if not line:
            return
        number += 1
        if len(line) > MAX_LINE_BYTES:
            yield Fault(STDIN, number, f"the line is longer than {MAX_LINE_BYTES >> 20} MiB")
            return
        yield from _line(STDIN, number, line)
