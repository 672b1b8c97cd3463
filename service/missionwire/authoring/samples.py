"""Events and documents to try a plugin with: ordinary, empty, in many scripts, huge and odd. All texts are made up."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from missionwire.authoring.answer import event_of
from missionwire.domain.document import AgencyMention, CraftMention, Document, Mention, PersonMention, TimeMention
from missionwire.domain.event import Event

HUGE_CODE_POINTS: Final = 200_000
"""The length of the huge text: some forty times that of a long article."""

ARTICLE: Final = """\
The Soyuz MS-99 spacecraft undocked from the International Space Station on 4 March 2031 at 04:13 Moscow time. The
crew of three, commander Irina Velikova, flight engineer Paul Arnaud and NASA astronaut Dana Whitfield, had spent 187
days in orbit. Velikova reported that he was well, Roscosmos said.

The descent device landed near the town of Zhezkazgan at 07:35 Moscow time. According to NASA, the rescue team opened
the hatch twelve minutes later. "We saw the parachute from far away," said the head of the recovery team. Arnaud was
the second out of the device, she waved to the cameras.

The next crew will launch on board Soyuz MS-100 in September 2031 from the Baikonur cosmodrome. It was planned to dock
with the Rassvet module, but the docking was moved to Prichal (see https://example.org/plan?year=2031).
"""

_UNICODE: Final = (
    "Космонавт Ирина Великова \u2014 «я здорова» \U0001f680\u200d\U0001f6f0\ufe0f; "
    "na\u00efve na\u0131\u0308ve e\u0301\u0301; \u5b87\u822a\u54e1\u306f\u5730\u7403\u306b\u623b\u3063\u305f\u3002 "
    "\u0639\u0627\u062f \u0627\u0644\u0637\u0627\u0642\u0645 \u202eolleh\u202c "
    "\u1e9e\u0130\u01c5 \ufb01n \U0001d54a\u200b."
)
_ODD: Final = (
    "  \t\r\n\u2028.,;:!? ''\"\" <b>bold</b> &amp; {}[]() %s \\n $x `` --- ... "
    "12:61 99.99.9999 \u0000\u0007 \uffff NaN null  "
)


class EventSample(NamedTuple):
    """An event with the name under which it is told of."""

    name: str
    event: Event
    is_huge: bool = False


class DocumentSample(NamedTuple):
    """A document with the name under which it is told of."""

    name: str
    document: Document
    is_huge: bool = False


def events() -> tuple[EventSample, ...]:
    """Make the events, fresh ones each time: a plugin may spoil what it gets."""
    landing = {"type": "missionwire.landing.completed", "subject": "Soyuz MS-99", "time": "2031-03-04T04:35:00Z"}
    return (
        EventSample("bare", event_of({})),
        EventSample(
            "with a text", event_of({**landing, "data": {"title": "Back home", "text": ARTICLE.splitlines()[0]}})
        ),
        EventSample("whole", event_of({**landing, **_WHOLE})),
        EventSample("out of an article", event_of({**landing, **_EXTRACTED})),
        EventSample("empty", event_of({**landing, "data": {"title": "", "text": "", "crew": [], "agencies": []}})),
        EventSample("in many scripts", event_of({**landing, "data": {"title": _UNICODE, "text": _UNICODE}})),
        EventSample("odd", event_of(_ODD_EVENT)),
        EventSample("huge", event_of({**landing, "data": {"text": _huge()}}), is_huge=True),
    )


def documents() -> tuple[DocumentSample, ...]:
    """Make the documents, fresh ones each time."""
    sent = events()[1].event
    return (
        DocumentSample(
            "an article", _document(ARTICLE, title="Crew of three lands in the steppe", url="https://example.org/1")
        ),
        DocumentSample(
            "an article with mentions", _document(ARTICLE, mentions=tuple(_mentions()), published="2031-03-05")
        ),
        DocumentSample("the text of an event", _document(sent.original_text, event=sent)),
        DocumentSample("one word", _document("Landed")),
        DocumentSample("empty", _document("", title="")),
        DocumentSample("a title alone", _document("", title="Crew of Soyuz MS-99 lands")),
        DocumentSample("in many scripts", _document(_UNICODE, title=_UNICODE, language="ru")),
        DocumentSample("odd", _document(_ODD, title=_ODD, published="2031", language="xx")),
        DocumentSample("huge", _document(_huge()), is_huge=True),
    )


_WHOLE: Final = {
    "customer": "7",
    "data": {
        "title": "Crew of three lands",
        "text": ARTICLE,
        "language": "en",
        "url": "https://example.org/1",
        "mission": "Soyuz MS-99",
        "spacecraft": "Soyuz MS-99",
        "station": "ISS",
        "location": {"name": "near Zhezkazgan", "latitude": 47.8, "longitude": 67.7},
        "time_precision": "minute",
        "narration": "main",
        "crew": ["Irina Velikova", {"name": "Paul Arnaud", "role": "flight-engineer"}],
        "agencies": ["NASA", {"name": "Roscosmos", "id": "roscosmos"}],
        "days_in_orbit": 187,
    },
}

_EXTRACTED: Final = {
    "source": "urn:missionwire:articles",
    "data": {
        "text": "The descent capsule landed near the town of Zhezkazgan.",
        "original": {"text": "The descent device landed near the town of Zhezkazgan."},
        "corrections": [
            {
                "start": 12,
                "end": 18,
                "original": "device",
                "replacement": "capsule",
                "reason": "a crew comes down in a capsule",
                "confidence": 0.9,
                "plugin": "another",
            }
        ],
        "article": "a-1",
        "evidence": [{"start": 120, "end": 174}],
        "narration": "background",
        "mission_inferred": True,
        "ext": {"another": {"label": "landing"}},
        "provenance": [{"plugin": "another", "version": "1", "fields": ["*"]}],
    },
}

_ODD_EVENT: Final = {
    "id": "\u00e9 %2F ?#",
    "source": "//example.org/a b",
    "type": "org.example.Something-Else",
    "datacontenttype": "application/json",
    "data": {
        "text": _ODD,
        "location": "",
        "crew": [{"name": "", "nickname": "x"}, ""],
        "deep": {"list": [[], {}, [None, True, 1.5e300]]},
        "": "a member without a name",
    },
}


def _huge() -> str:
    return (ARTICLE * (HUGE_CODE_POINTS // len(ARTICLE) + 1))[:HUGE_CODE_POINTS]


def _document(text: str, **members: object) -> Document:
    return Document(id="sample", source="urn:missionwire:articles", text=text, **members)  # type: ignore[arg-type]  # members of Document


def _mentions() -> Iterable[Mention]:
    people = {
        "Irina Velikova": ("irina-velikova", "female", "commander"),
        "Paul Arnaud": ("paul-arnaud", "male", "flight-engineer"),
        "Dana Whitfield": ("dana-whitfield", None, "astronaut"),
        "Arnaud was": ("paul-arnaud", "male", None),
    }
    for named, (id_, gender, role) in people.items():
        start, length = ARTICLE.index(named), len(named.removesuffix(" was"))
        yield PersonMention(
            start=start,
            end=start + length,
            name=ARTICLE[start : start + length],
            id=id_,
            gender=gender,  # type: ignore[arg-type]  # one of its literals
            role=role,
        )
    for name in ("Roscosmos", "NASA"):
        start = ARTICLE.index(name)
        yield AgencyMention(start=start, end=start + len(name), name=name, id=name.lower(), role="source")
    start = ARTICLE.index("Soyuz MS-99")
    yield CraftMention(start=start, end=start + 11, name="Soyuz MS-99", what="mission", id="soyuz-ms-99")
    start, told = ARTICLE.index("4 March"), "4 March 2031 at 04:13 Moscow time"
    yield TimeMention(start=start, end=start + len(told), time="2031-03-04T01:13:00Z", time_precision="minute")
