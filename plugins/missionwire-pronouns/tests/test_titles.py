"""Titles are repaired, too, where they tell by themselves whose something is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import Correction

Repair = Callable[..., Awaitable[Any]]

BOTH = "Die crew is back: Moe and Kral slept."

REPAIRED = {
    "Moe takes command in his first flight": "Moe takes command in her first flight",
    "Moe dedicates the prize to his daughter": "Moe dedicates the prize to her daughter",
    "Moe opens the hatch with his own hands": "Moe opens the hatch with her own hands",
    "After her first flight, Kral dreams of Mars": "After his first flight, Kral dreams of Mars",
    "Moe leads his crew into orbit": "Moe leads her crew into orbit",
    "Moe becomes first woman to fly his own ship": "Moe becomes first woman to fly her own ship",
}
LEFT_ALONE = (
    "Moe praises his courage",
    "Moe follows in his footsteps",
    "Moe shows his sense of humour",
    "Kral out, Moe in: his seat is filled",
    "He saved the station, says Moe",
    "Kral says she wept in orbit",
    "“I saw him smile,” says Moe",
    "“She is the best,” Kral praises his pilot",
    "Kral leads his crew into orbit",
)


async def _titled(repair: Repair, term: Correction, title: str) -> str:
    found = (await repair(BOTH, title=title, mended=(term,))).applied
    for each in sorted(found, key=lambda correction: -correction.start):
        assert each.field == "title"
        title = title[: each.start] + each.replacement + title[each.end :]
    return title


@pytest.mark.parametrize("title", REPAIRED)
async def test_what_a_title_tells_of_its_person_is_repaired(repair: Repair, term: Correction, title: str) -> None:
    assert await _titled(repair, term, title) == REPAIRED[title]


@pytest.mark.parametrize("title", LEFT_ALONE)
async def test_what_a_title_may_tell_of_another_stays(repair: Repair, term: Correction, title: str) -> None:
    assert await _titled(repair, term, title) == title
