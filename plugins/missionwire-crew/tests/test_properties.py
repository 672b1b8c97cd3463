"""What holds for any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from missionwire.plugin import Data, Document, Event, Person, PersonMention
from missionwire_crew import Crew

NAMES = ["Oleg", "Novitskiy", "Юлия", "Пересильд", "Kelly", "Mark", "王亚平", "J.", "the", "cosmonauts", "S.S."]
SIGNS = [" ", "  ", ", ", ". ", "-", "’s ", '"', "\n", "\n\n", " and ", "\u0301", "\U0001f680", "(", ") "]
TEXTS = st.lists(st.sampled_from(NAMES + SIGNS) | st.text(max_size=4), max_size=40).map("".join)
PEOPLE = (TEXTS | st.sampled_from(["Oleg Novitski", "Kelly", "Novitskiy, Oleg"])).map(lambda name: Person(name=name))
TIMES = ["2021-10-05T09:00:00Z", "no time", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2021-10-05"]
TYPES = ["launch.lifted-off", "landing.completed", "crew.departed", "statement.made", ""]


@given(text=TEXTS, title=st.none() | TEXTS)
@settings(deadline=None)
async def test_mentions_lie_in_the_text_in_order_and_apart(crew: Crew, text: str, title: str | None) -> None:
    found = list(await crew.annotate(Document(id="a", text=text, title=title)) or ())
    people = [mention for mention in found if isinstance(mention, PersonMention)]
    assert len(people) == len(found)
    fields = {"title": title or "", "text": text}
    assert all(fields[m.field][m.start : m.end] == m.name and m.name for m in people)
    assert all((m.id is None) == bool(m.candidates) for m in people)
    assert all(one.end <= other.start for one, other in pairwise(people) if one.field == other.field)


@given(
    event=st.builds(
        Event,
        id=st.just("1"),
        source=st.just("s"),
        type=st.sampled_from(TYPES).map("missionwire.{}".format),
        time=st.none() | st.sampled_from(TIMES),
        mission=st.sampled_from([None, "soyuz-ms-18", "sts-107", "shenzhou-22", "nothing"]),
        data=st.builds(
            Data,
            crew=st.lists(PEOPLE, max_size=5).map(tuple),
            text=st.none() | TEXTS,
            time_precision=st.sampled_from([None, "second", "day", "month", "year", "unknown"]),
            narration=st.sampled_from([None, "main", "planned"]),
        ),
    )
)
@settings(deadline=None)
async def test_enriching_never_fails_and_never_adds_somebody_unknown(crew: Crew, event: Event) -> None:
    (patch,) = await crew.enrich_batch([event])
    assert patch is None or all(person.id for person in patch.crew)
    assert patch is None or (patch.ext and patch.ext["data_version"])
