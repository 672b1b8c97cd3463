"""What the README shows is what comes out."""

import json
import re
from pathlib import Path

from missionwire.plugin import Document
from missionwire.testing import Workbench, make
from missionwire_agencies import Agencies
from missionwire_agencies.roles import STRONGEST_FIRST

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


async def test_the_example_gives_what_it_says() -> None:
    (text,) = re.findall(r"The text `(.+?)` gives", README)
    (shown,) = re.findall(r"```json\n(.+?)```", README, re.DOTALL)
    event = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "missionwire.x.y", "data": {"text": text}}
    async with Workbench(Agencies) as bench:
        published = await bench.event(event)
    assert json.loads(json.dumps(published["data"]["agencies"])) == json.loads(shown)


async def test_the_operators_file_in_it_is_taken(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.+?)```", README, re.DOTALL)
    file = tmp_path / "agencies-here.toml"
    file.write_text(shown, encoding="utf-8")
    plugin = make(Agencies, agencies_file=str(file))
    plugin.startup()
    found = await plugin.annotate(Document(id="a", text="America's space agency asked the FAA."))
    assert [mention.id for mention in found] == ["nasa", "faa"]


def test_its_table_lists_the_roles_in_the_order_of_their_strength() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \| (?!none)", README, re.MULTILINE)) == STRONGEST_FIRST
