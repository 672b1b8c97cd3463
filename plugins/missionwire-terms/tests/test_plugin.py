"""The plugin as the host meets it: settings, set-up, and events."""

import pytest

from missionwire.plugin import Data, Document, Event
from missionwire.testing import make
from missionwire_terms import Terms

TEXT = "Three minutes after take-off of the rocket came the coupling with the ISS."


async def test_rows_can_be_switched_off() -> None:
    terms = make(Terms, off=["launch"])
    terms.startup()
    assert [c.original for c in await terms.repair(Document(id="a", text=TEXT))] == ["coupling"]


def test_a_row_that_is_not_there_is_refused() -> None:
    terms = make(Terms, off=["lunch"])
    with pytest.raises(ValueError, match=r"no such row of terms: lunch; there are .*launch"):
        terms.startup()


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(Exception, match=r"unknown field `rows`"):
        make(Terms, rows=["launch"])


async def test_the_text_of_a_missions_event_needs_no_other_word_of_spaceflight() -> None:
    terms = make(Terms)
    terms.startup()
    text = "The commander was helped out of the device."
    event = Event(id="1", source="urn:x", type="missionwire.crew.egressed", data=Data(text=text))
    assert not list(await terms.repair(Document(id="a", text=text)))
    [correction] = await terms.repair(Document(id="a", text=text, event=event))
    assert (correction.original, correction.replacement) == ("device", "capsule")
