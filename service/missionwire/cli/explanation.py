"""An article document, made to be read: the text with all that was found in it, and under it each thing with its why.

    ●1 The crew was taken out of the [-device-]{+capsule+}¹ after {?his → her?}² flight.

With colours old words are struck out instead, new ones stand behind them, and who and what is named has the colour of
its kind. The small numbers lead to the reasons, ●1 to an event. Pure; nothing drives the terminal: see `terminal.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from missionwire.cli import terminal
from missionwire.cli.pieces import Piece, pieces
from missionwire.cli.rendering import Wrapped, colour_of, correction_line, corrections_of
from missionwire.cli.rendering import render as render_event
from missionwire.cli.words import mission_in_words, plain, sureness, time_in_words
from missionwire.domain.article import DEFAULT_SOURCE

MAX_LISTED: Final = 200
"""Of each kind at most so many are listed; how many more there are is said."""
MAX_FACT_CHARS: Final = 160
MAX_NAME_CHARS: Final = 34
"""Names up to this length stand in a column; a longer one pushes its own line aside."""

STYLES: Final = {"person": "cyan", "agency": "magenta", "craft": "blue", "time": "yellow"}
_OLD: Final = "strike red"
_NEW: Final = "bold green"
_SUGGESTED: Final = "underline yellow"
_INDENT: Final = 2

_SMALL: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Explained(NamedTuple):
    """The article document; the mentions that led to it, each with its `plugin`; what was not there to read it.

    A service gives the document alone: its people, agencies and times, and no craft.
    """

    document: Mapping[str, Any]
    mentions: Sequence[Mapping[str, Any]] = ()
    away: Sequence[str] = ()


class _Numbered(NamedTuple):
    """A correction with the number by which text and list know it."""

    number: int
    told: Mapping[str, Any]


def render(explained: Explained, *, is_plain: bool) -> Iterator[RenderableType]:
    """Make an article printable. `is_plain`: nothing may hang on a colour."""
    document = explained.document
    corrections = [_Numbered(n, each) for n, each in enumerate(corrections_of(document), start=1)]
    events = _list(document, "events")
    marks = _Marks(explained, corrections, events, is_plain=is_plain)
    title = marks.marked("title")
    title.stylize_before("bold")
    if title:
        yield Wrapped(title, 0, _INDENT)
    yield Wrapped(Text(_about(document), "dim"), 0, _INDENT)
    yield ""
    text = marks.marked("text")
    text.rstrip()
    yield Wrapped(text, _INDENT, _INDENT)
    yield ""
    yield Wrapped(_legend(is_plain=is_plain), 0, 0)
    yield from _section("Events", events, [_event(*each) for each in enumerate(events[:MAX_LISTED], start=1)])
    for heading, is_applied in (("Corrections", True), ("Only suggested, and left as it is", False)):
        of_kind = [each for each in corrections if (each.told.get("applied") is True) is is_applied]
        yield from _section(heading, of_kind, [_correction(each) for each in of_kind[:MAX_LISTED]])
    people, agencies = _list(document, "people"), _list(document, "agencies")
    craft, times = _craft(explained.mentions), _list(document, "times")
    for heading, kind, found, told in (
        ("People", "person", people, _person),
        ("Agencies", "agency", agencies, _agency),
        ("Craft and sites", "craft", craft, _thing),
        ("Times", "time", times, _time),
    ):
        rows = [told(each) for each in found[:MAX_LISTED]]
        yield from _section(heading, found, _table(rows, STYLES[kind]), by=_finders(explained.mentions, kind))
    faults = _list(document, "errors")
    yield from _section("Faults of plugins", faults, [_fault(each) for each in faults[:MAX_LISTED]])


def _about(document: Mapping[str, Any]) -> str:
    published = document.get("published")
    source = document.get("url") or document.get("source")
    corrections = corrections_of(document)
    applied = sum(1 for each in corrections if each.get("applied") is True)
    told = [
        f"published {published}" if published else "publication date not known",
        f"language {document['language']}" if document.get("language") else "",
        f"from {source}" if source not in (None, DEFAULT_SOURCE) else "",
        _counted(len(_list(document, "events")), "event"),
        _counted(applied, "correction"),
        _counted(len(corrections) - applied, "suggestion"),
    ]
    return " · ".join(terminal.line(each) for each in told if each)


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _legend(*, is_plain: bool) -> Text:
    if is_plain:
        return Text("[-taken out-]{+put in+}, number of its reason · {?only suggested?} · ●1 event 1 is told here")
    return Text.assemble(
        *(("old", _OLD), " ", ("new", _NEW), ("¹ ", "dim"), ("suggested", _SUGGESTED), ("² · ", "dim")),
        *((kind, style) if kind else " " for name, style in STYLES.items() for kind in (name, "")),
        *(("· ", "dim"), "●1 an event is told here"),
    )


def _section(
    name: str, found: Sequence[Any], told: Iterable[RenderableType], *, by: str = ""
) -> Iterator[RenderableType]:
    """Give a heading and what is told, nothing where nothing was found."""
    if not found:
        return
    yield Text.assemble("\n", (name, "bold"), (f" ({len(found):,}){by}", "dim"))
    yield from told
    if len(found) > MAX_LISTED:
        yield Text(f"  and {len(found) - MAX_LISTED:,} more", "dim")


def _finders(mentions: Iterable[Mapping[str, Any]], kind: str) -> str:
    names = sorted({_string(each.get("plugin")) for each in mentions if each.get("kind") == kind})
    return f" found by {terminal.line(', '.join(names))}" if names else ""


class _Row(NamedTuple):
    """What is told of one thing: its name, who or what that is, and the rest."""

    name: str
    known: Text
    facts: str = ""


def _table(rows: Sequence[_Row], style: str) -> Iterator[RenderableType]:
    names = [cell_len(row.name) for row in rows]
    knowns = [row.known.cell_len for row in rows]
    width, known_width = (
        max((each for each in found if each <= MAX_NAME_CHARS), default=0) for found in (names, knowns)
    )
    for row, name, known in zip(rows, names, knowns, strict=True):
        padding, gap = " " * (width - name), " " * (known_width - known)
        text = Text.assemble((row.name, style), padding, "  ", row.known)
        yield Wrapped(text.append(f"{gap}  {row.facts}", "dim") if row.facts else text, _INDENT, _INDENT * 2)


# --- the text ---------------------------------------------------------------------------------------------------------


class _Marks:
    """Marks a text with what was found in it."""

    def __init__(
        self,
        explained: Explained,
        corrections: Sequence[_Numbered],
        events: Sequence[Mapping[str, Any]],
        *,
        is_plain: bool,
    ) -> None:
        self._document = explained.document
        self._mentions = explained.mentions
        self._corrections = corrections
        self._events = events
        self._is_plain = is_plain

    def marked(self, field: str) -> Text:
        """Give a field as it was sent, with what was changed in it and what it names."""
        published = _string(self._document.get(field))
        original = self._document.get("original")
        as_sent = original.get(field) if isinstance(original, Mapping) else None
        mine = [each for each in self._corrections if each.told.get("field", "text") == field]
        cut = pieces(as_sent if isinstance(as_sent, str) else published, published, [each.told for each in mine])
        if cut is None:  # marks would be wrong
            return Text(terminal.text(published))
        text = self._named(field, "".join(piece.text for piece in cut))
        numbers = {place: each.number for each in mine if (place := _place(each.told))}
        told = self._told_at() if field == "text" else {}
        marked, start = Text(), 0
        for piece in cut:
            end = start + len(piece.text)
            if piece.kind == "same":
                marked.append_text(_interleaved(text, start, end, told))
            else:
                for mark in [each for each in told if start <= each < max(end, start + 1)]:
                    marked.append_text(told.pop(mark))
                number = numbers.get((start, end, piece.new, piece.kind == "edit"))
                marked.append_text(self._changed(piece, text[start:end], number))
            start = end
        return marked

    def _named(self, field: str, original: str) -> Text:
        """Give the text with the colours of whom and what it names."""
        text = Text(terminal.text(original))
        for kind, start, end in self._spans(field):
            text.stylize(STYLES[kind], start, end)
        return text

    def _spans(self, field: str) -> Iterator[tuple[str, int, int]]:
        if self._mentions:
            for each in self._mentions:
                if each.get("kind") in STYLES and each.get("field", "text") == field and (span := _span(each)):
                    yield each["kind"], *span
        elif field == "text":
            for kind, name in (("person", "people"), ("agency", "agencies")):
                for one in _list(self._document, name):
                    yield from ((kind, *span) for each in _list(one, "mentions") if (span := _span(each)))
            yield from (("time", *span) for each in _list(self._document, "times") if (span := _span(each)))

    def _told_at(self) -> dict[int, Text]:
        """Give the marks of events by the places where the text tells of them."""
        marks: dict[int, Text] = {}
        for number, event in enumerate(self._events[:MAX_LISTED], start=1):
            data = event.get("data")
            for each in _list(data, "evidence") if isinstance(data, Mapping) else ():
                if span := _span(each):
                    mark = Text(f"●{number} ", f"bold {colour_of(_string(event.get('type')))}")
                    marks.setdefault(span[0], Text()).append_text(mark)
        return dict(sorted(marks.items()))

    def _changed(self, piece: Piece, old: Text, number: int | None) -> Text:
        note = f"{number or ''}".translate(_SMALL)
        new = terminal.text(piece.new)
        if piece.kind == "suggested":
            asked = " ?" if piece.new == piece.text else f" → {new or 'nothing'}?"
            if self._is_plain:
                return Text.assemble("{?", old, asked, "}", note)
            old.stylize(_SUGGESTED)
            return Text.assemble(old, (asked, "yellow"), (note, "dim"))
        if self._is_plain:
            return Text.assemble(f"[-{old}-]" if old else "", f"{{+{new}+}}" if new else "", note)
        words = old.plain.rstrip()
        return Text.assemble(
            *((words, _OLD), old.plain[len(words) :], " " if old and new else "", (new, _NEW), (note, "dim"))
        )


def _span(one: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = one.get("start"), one.get("end")
    return (start, end) if type(start) is int and type(end) is int and 0 <= start <= end else None


def _place(told: Mapping[str, Any]) -> tuple[int, int, str, bool] | None:
    """Give what tells a correction from the others."""
    span = _span(told)
    return (*span, told["replacement"], told.get("applied") is True) if span else None


def _interleaved(text: Text, start: int, end: int, told: dict[int, Text]) -> Text:
    """Give a stretch of a text with the marks of events before the words where they belong."""
    out = Text()
    for place in [each for each in told if start <= each < end]:
        out.append_text(text[start:place])
        out.append_text(told.pop(place))
        start = place
    return out.append_text(text[start:end])


# --- what was found ---------------------------------------------------------------------------------------------------


def _event(number: int, event: Mapping[str, Any]) -> RenderableType:
    data = event.get("data")
    data = dict(data) if isinstance(data, Mapping) else {}
    why = _why(data)
    for done in ("corrections", "original"):  # they stand in the text above
        data.pop(done, None)
    shown = render_event({**event, "data": data}, mark=f"●{number}")
    return Group("", shown, Wrapped(Text(why, "dim"), _INDENT, _INDENT * 2)) if why else Group("", shown)


def _why(data: Mapping[str, Any]) -> str:
    """Say which plugin made an event, by which rule, how sure it is, and what the others added."""
    trail = _list(data, "provenance")
    maker = next((each.get("plugin") for each in trail if "*" in (each.get("fields") or ())), None)
    if not isinstance(maker, str):
        return ""
    ext = data.get("ext")
    own = ext.get(maker) if isinstance(ext, Mapping) else None
    facts = dict(own) if isinstance(own, Mapping) else {}
    rule, sure = facts.pop("rule", ""), sureness(facts.pop("confidence", None))
    parts = [f"why: found by {maker}", f"rule {rule}" if rule else "", sure]
    parts += [f"{plain(str(name))} {value}"[:MAX_FACT_CHARS] for name, value in facts.items()]
    told = ", ".join(part for part in parts if part)
    for each in trail:
        fields = [str(name) for name in each.get("fields") or () if name != "*" and not str(name).startswith("ext.")]
        if fields:
            told += f"; {', '.join(plain(name) for name in fields)} by {each.get('plugin')}"
    return terminal.line(told)


def _correction(one: _Numbered) -> RenderableType:
    return Wrapped(Text.assemble((f"{one.number:>2} ", "dim"), correction_line(one.told)), _INDENT, _INDENT + 5)


def _person(person: Mapping[str, Any]) -> _Row:
    return _row(person, [person.get(name) for name in ("role", "gender", "nationality", "agency")])


def _agency(agency: Mapping[str, Any]) -> _Row:
    role = agency.get("role")
    return _row(agency, [] if role == "mentioned" else [role])


def _thing(thing: Mapping[str, Any]) -> _Row:
    return _row(thing, [thing.get("what")])


def _row(one: Mapping[str, Any], facts: Iterable[Any]) -> _Row:
    id_ = terminal.line(_string(one.get("id")))
    times = len(one.get("mentions") or ())
    told = [plain(fact) for fact in facts if isinstance(fact, str) and fact]
    told += [f"{times}×"] if times > 1 else []
    known = Text(id_) if id_ else Text("not known who or what", "yellow")
    return _Row(terminal.line(_string(one.get("name"))), known, terminal.line(", ".join(told)))


def _craft(mentions: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Gather the mentions of craft, one entry each, in the order of the first."""
    found: dict[str, dict[str, Any]] = {}
    for each in mentions:
        if each.get("kind") == "craft":
            name = mission_in_words(_string(each.get("id"))) if each.get("what") == "mission" else each.get("name")
            one = found.setdefault(f"{each.get('id') or each.get('name')}", {**each, "name": name, "mentions": []})
            one["mentions"].append(each)
    return list(found.values())


def _time(time: Mapping[str, Any]) -> _Row:
    moment = time.get("time")
    told = time_in_words(moment, _string(time.get("time_precision"))) if moment else "cannot be resolved"
    disagrees = "the text gives two times that disagree" if time.get("contradiction") is True else ""
    return _Row(terminal.line(_string(time.get("original"))), Text(terminal.line(told)), disagrees)


def _fault(fault: Mapping[str, Any]) -> Text:
    told = ", ".join(f"{fault.get(name)}" for name in ("plugin", "hook", "kind"))
    return Text(f"  {terminal.line(told)}", "red")


def _list(members: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = members.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, (list, tuple)) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
