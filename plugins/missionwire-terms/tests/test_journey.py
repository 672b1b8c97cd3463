"""The plugin in the real pipeline: what is published."""

from missionwire.testing import Workbench
from missionwire_terms import Terms


async def test_an_article_is_mended_and_its_times_are_told() -> None:
    text = (
        "date 2022-12-05 Three taikonauts landed this Sunday (4) at 12:09 pm GMT (9:09 am GMT). "
        "They had left the Tiangong station in Shenzhou-14.\n\n"
        "Chen Dong was the first to be taken out of the device. The uncoupling of the ship went well, too."
    )
    async with Workbench(Terms) as bench:
        result = await bench.article(text, title="Shenzhou crew uncoupled from Tiangong, landed", published=None)
    assert result.text == (
        "Three taikonauts landed this Sunday (4) at 12:09 pm GMT (9:09 am Brasília time). "
        "They had left the Tiangong station in Shenzhou-14.\n\n"
        "Chen Dong was the first to be taken out of the capsule. The undocking of the ship went well, too."
    )
    assert result.errors == ()
    assert [time.time for time in result.document.times()] == [
        "2022-12-05T00:00:00Z",
        "2022-12-04T00:00:00Z",
        "2022-12-04T12:09:00Z",
    ]
    assert result.document.reading("title").text == "Shenzhou crew undocked from Tiangong, landed"


async def test_a_sent_event_keeps_its_original() -> None:
    async with Workbench(Terms) as bench:
        event = await bench.event(
            {
                "specversion": "1.0",
                "id": "1",
                "source": "urn:test",
                "type": "missionwire.docking.completed",
                "subject": "soyuz-tma-20",
                "data": {"text": "The coupling of the ship with the station took place at night."},
            }
        )
    data = event["data"]
    assert data["text"] == "The docking of the ship with the station took place at night."
    assert data["original"]["text"] == "The coupling of the ship with the station took place at night."
    [correction] = data["corrections"]
    assert (correction["original"], correction["replacement"], correction["plugin"]) == ("coupling", "docking", "terms")
