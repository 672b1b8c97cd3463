"""The pictures: cost of a delivery, and memory of a subscriber, over the number of subscribers; logarithmic scales."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from xml.sax.saxutils import escape

from fanout import COST
from result import Rounds
from rows import Row

LEAST_FOR_MEMORY: Final = 1000
"""With fewer subscribers, what a process allocates only once is more than what they need."""

LEAST: Final = 0.1
"""The scale is logarithmic: who needs nothing at all stands here."""

TICKS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
COLORS: Final = ("#0b5fa5", "#d1495b", "#6c757d", "#2a9d8f", "#c77d0a", "#7b2d8b")
WIDTH: Final = 760
HEIGHT: Final = 400
LEFT: Final = 60
RIGHT: Final = 560
TOP: Final = 50
BOTTOM: Final = 340

Line: TypeAlias = Sequence[tuple[float, float]]


class Picture(NamedTuple):
    """What is drawn of a member of the figures."""

    file: str
    title: str
    unit: str
    member: str
    least_subscribers: int = 1


PICTURES: Final = (
    Picture("cost-per-delivery.svg", "Server CPU for each delivery, as fast as events come", "µs", COST),
    Picture(
        "memory-per-subscriber.svg",
        "Memory of the server for each idle subscriber",
        "kB",
        "kb_per_conn",
        LEAST_FOR_MEMORY,
    ),
)


def draw(folder: Path, rows: Sequence[Row], names: Sequence[str], figures: Rounds) -> list[Path]:
    """Draw what was measured of these servers in these rows; gives the files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for picture in PICTURES:
        lines = {name: line for name in names if (line := _line(picture, rows, name, figures))}
        if lines:
            made.append(folder / picture.file)
            made[-1].write_text("\n".join(_drawn(picture, lines)) + "\n", encoding="utf-8")
    return made


def _line(picture: Picture, rows: Sequence[Row], name: str, figures: Rounds) -> Line:
    points = []
    for row in rows:
        key = f"{row.name}: {name}"
        if key in figures and (subscribers := figures.median(key, "n")) >= picture.least_subscribers:
            points.append((subscribers, max(LEAST, figures.median(key, picture.member))))
    return sorted(points)


class Scale(NamedTuple):
    """Where a value stands between two edges of the picture."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a value."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)


def _drawn(picture: Picture, lines: Mapping[str, Line]) -> Iterator[str]:
    values = [value for line in lines.values() for _, value in line]
    places = sorted({place for line in lines.values() for place, _ in line})
    x = Scale(places[0] / 1.5, places[-1] * 1.5, LEFT, RIGHT)
    y = Scale(min(values) / 1.5, max(values) * 1.5, BOTTOM, TOP)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="13" fill="#222">'
    )
    yield f"<title>{escape(picture.title)}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    yield _text(LEFT, TOP - 22, f"{picture.title}, {picture.unit}", "start", size=15)
    for tick in (tick for tick in TICKS if y.low <= tick <= y.high):
        yield f'<path d="M{LEFT} {y.at(tick)}H{RIGHT}" stroke="#ddd"/>'
        yield _text(LEFT - 8, y.at(tick) + 4, f"{tick:g}", "end")
    for place in places:
        yield _text(x.at(place), BOTTOM + 20, f"{place:,.0f}", "middle")
    yield _text((LEFT + RIGHT) / 2, BOTTOM + 42, "subscribers", "middle")
    for i, (name, line) in enumerate(lines.items()):
        yield from _curve(COLORS[i % len(COLORS)], [(x.at(place), y.at(value)) for place, value in line])
        yield f'<rect x="{RIGHT + 20}" y="{TOP + 24 * i}" width="12" height="12" fill="{COLORS[i % len(COLORS)]}"/>'
        yield _text(RIGHT + 40, TOP + 24 * i + 11, name, "start")
    yield "</svg>"


def _curve(color: str, points: Line) -> Iterator[str]:
    path = "L".join(f"{x} {y}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="{color}"/>' for x, y in points)


def _text(x: float, y: float, text: str, anchor: str, *, size: int = 13) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'
