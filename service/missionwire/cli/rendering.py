"""One event, made to be read at a glance: an event as JSON object in, something that rich can print out. Pure.

    ● 17 Oct 2021, 04:00–05:00 UTC  Crew out of the spacecraft  Soyuz MS-18  [background]
      The text as it reads now, what was mended highlighted.
      Irina Velikova (cosmonaut), Paul Arnaud (flight engineer) · Roscosmos (recovery)
      ✎ device → capsule  a crew came out of it (terms, 90% sure)
      ? crew → team  not applied: the owner may be an official (terms, 60% sure)

Nothing of an event is markup, and nothing of it drives the terminal: see `terminal.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text

from missionwire.cli import terminal
from missionwire.cli.pieces import pieces
from missionwire.cli.words import family_of, mission_in_words, plain, sureness, time_in_words, type_in_words

MAX_TEXT_CHARS: Final = 2000
"""Longer texts are cut, and say so."""
MAX_ITEMS: Final = 20
"""At most so many people, agencies, facts or corrections; how many more there are is said."""
MAX_FACT_CHARS: Final = 120
MIN_TOLD_CHARS: Final = 40
MAX_MARKS: Final = 300
"""With more corrections than this, a text is shown without marks."""

_COLOURS: Final = {
    "ascent": "yellow",
    "flight": "blue",
    "people": "magenta",
    "return": "green",
    "trouble": "red",
    "other": "cyan",
}
_INDENT: Final = 2
_MARKS: Final = ("✎ ", "? ", "! ")

_PLACED: Final = frozenset(
    {
        *("title", "text", "language", "url", "mission", "mission_inferred", "time_precision", "narration"),
        *("crew", "agencies", "article", "evidence"),
        *("original", "corrections", "ext", "provenance", "errors"),
    }
)
"""Members of `data` that have a place of their own, or that only machines want."""


def render(event: Mapping[str, Any], *, mark: str = "●") -> RenderableType:
    """Make one event printable. Any JSON object will do: what is missing or of another kind is passed over."""
    data = _object(event.get("data"))
    body = [part for part in _body(data) if part]
    return Group(Wrapped(_head(event, data, mark), 0, _INDENT), *(Wrapped(part, _INDENT, _hang(part)) for part in body))


def _hang(part: Text) -> int:
    """Let the second line of what begins with a mark stand under the words of the first."""
    return _INDENT + (len("✎ ") if part.plain.startswith(_MARKS) else 0)


class Wrapped:
    """A text wrapped to the width that is left beside an indent of its first and of its other lines, in cells.

    No line ends with spaces.
    """

    def __init__(self, text: Text, first: int, others: int) -> None:
        self._text = text
        self._first = first
        self._others = others

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        indent = self._first
        for line in self._text.wrap(console, max(1, options.max_width - self._others)):
            line.rstrip()
            yield Text.assemble(" " * indent if line else "", line)
            indent = self._others

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        measured = Measurement.get(console, options, self._text)
        return Measurement(measured.minimum + self._others, measured.maximum + self._others)


def colour_of(type_: str) -> str:
    """Give the colour of a type of event."""
    return _COLOURS[family_of(type_)]


def _head(event: Mapping[str, Any], data: Mapping[str, Any], mark: str) -> Text:
    type_ = _string(event.get("type"))
    colour = colour_of(type_)
    head = Text.assemble(
        (f"{mark} ", colour),
        (terminal.line(time_in_words(_string(event.get("time")), _string(data.get("time_precision")))), "dim"),
        "  ",
        (terminal.line(type_in_words(type_)), f"bold {colour}"),
    )
    if mission := _string(data.get("mission")) or mission_in_words(_string(event.get("subject"))):
        head.append(f"  {terminal.line(mission)}", "bold")
        if data.get("mission_inferred") is True:
            head.append(" (inferred)", "dim")
    narration = _string(data.get("narration"))
    if narration not in ("", "main"):
        head.append(f"  [{terminal.line(narration)}]", "yellow")
    return head


def _body(data: Mapping[str, Any]) -> Iterator[Text]:
    title, text = _string(data.get("title")), _string(data.get("text"))
    if title.strip():
        marked = _marked(data, "title", title)
        marked.stylize_before("bold")
        yield marked
    if text.strip():
        yield _shortened(_marked(data, "text", text))
    yield _people(data)
    yield _facts(data)
    yield from _corrections(data)
    yield from _faults(data)


def _marked(data: Mapping[str, Any], field: str, published: str) -> Text:
    """Give the text as published, with what was mended highlighted and what was only suggested underlined."""
    as_sent = _object(data.get("original")).get(field)
    corrections = [one for one in corrections_of(data)[:MAX_MARKS] if one.get("field", "text") == field]
    cut = pieces(as_sent if isinstance(as_sent, str) else published, published, corrections)
    if cut is None:
        return Text(terminal.text(published))
    marked = Text()
    for piece in cut:
        words = piece.new if piece.kind == "edit" else piece.text
        style = {"same": "", "edit": "bold green", "suggested": "underline"}[piece.kind]
        marked.append(terminal.text(words), style)
    return marked


def _shortened(text: Text) -> Text:
    left = len(text) - MAX_TEXT_CHARS
    if left <= 0:
        return text
    short = text[:MAX_TEXT_CHARS]
    short.append(f" … ({left:,} characters more)", "dim")
    return short


def _people(data: Mapping[str, Any]) -> Text:
    crew = _listed([_person(item) for item in _list(data.get("crew"))])
    agencies = _listed([_agency(item) for item in _list(data.get("agencies"))])
    return Text(" · ").join([part for part in (crew, agencies) if part])


def _person(item: object) -> Text | None:
    about = _object(item)
    words = dict.fromkeys(plain(word) for key in ("role", "occupation") if (word := _string(about.get(key))))
    return _named(item, ", ".join(words))


def _agency(item: object) -> Text | None:
    role = _string(_object(item).get("role"))
    return _named(item, "" if role == "mentioned" else plain(role))


def _named(item: object, about: str) -> Text | None:
    name = item if isinstance(item, str) else _string(_object(item).get("name"))
    if not name:
        return None
    return Text.assemble(terminal.line(name), (f" ({terminal.line(about)})" if about else "", "dim"))


def _listed(items: Sequence[Text | None]) -> Text:
    named = [item for item in items if item]
    listed = Text(", ").join(named[:MAX_ITEMS])
    if len(named) > MAX_ITEMS:
        listed.append(f" and {len(named) - MAX_ITEMS} more", "dim")
    return listed


def _facts(data: Mapping[str, Any]) -> Text:
    told = _string(data.get("text"))
    facts = [
        (key, words)
        for key, value in data.items()
        if key not in _PLACED and (words := _fact(value)) and not _is_told(value, told)
    ]
    return Text("  ").join(
        Text.assemble((f"{terminal.line(plain(key)[:MAX_FACT_CHARS])} ", "dim"), terminal.line(words))
        for key, words in facts[:MAX_ITEMS]
    )


def _is_told(value: object, text: str) -> bool:
    """Whether a long value, such as a quote, stands in the text anyway."""
    return isinstance(value, str) and len(value) > MIN_TOLD_CHARS and value in text


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value}"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value[:MAX_ITEMS])
    words = value if isinstance(value, str) else _string(_object(value).get("name"))
    return words if len(words) <= MAX_FACT_CHARS else f"{words[:MAX_FACT_CHARS]}…"


def _corrections(data: Mapping[str, Any]) -> Iterator[Text]:
    corrections = corrections_of(data)
    for correction in corrections[:MAX_ITEMS]:
        yield correction_line(correction)
    if len(corrections) > MAX_ITEMS:
        yield Text(f"and {len(corrections) - MAX_ITEMS} more corrections", "dim")


def correction_line(one: Mapping[str, Any]) -> Text:
    """Give a correction in a line: what it replaces by what, why, which plugin made it and how sure it is."""
    is_applied = one.get("applied") is True
    field = _string(one.get("field"))
    by = [terminal.line(_string(one.get("plugin"))), sureness(one.get("confidence"))]
    if field not in ("", "text"):
        by.append(f"in {terminal.line(plain(field))}")
    told = ", ".join(part for part in by if part)
    return Text.assemble(
        ("✎ ", "green") if is_applied else ("? ", "yellow"),
        (terminal.line(one["original"]) or "nothing", "red" if is_applied else ""),
        " → ",
        (terminal.line(one["replacement"]) or "left out", "green" if is_applied else ""),
        ("  not applied: " if not is_applied else "  ", "dim"),
        (terminal.line(_string(one.get("reason"))), "dim"),
        (f" ({told})" if told else "", "dim"),
    )


def corrections_of(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the corrections that can be shown: each has an original and a replacement."""
    return [
        one
        for item in _list(data.get("corrections"))
        if isinstance((one := _object(item)).get("original"), str) and isinstance(one.get("replacement"), str)
    ]


def _faults(data: Mapping[str, Any]) -> Iterator[Text]:
    for item in _list(data.get("errors"))[:MAX_ITEMS]:
        words = [terminal.line(word) for key in ("plugin", "hook", "kind") if (word := _string(_object(item).get(key)))]
        if words:
            yield Text(f"! plugin fault: {', '.join(words)}", "red")


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else ()


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
