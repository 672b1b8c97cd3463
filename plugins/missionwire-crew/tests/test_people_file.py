"""People whom the operator adds."""

from pathlib import Path

import pytest

from missionwire.plugin import Document, PersonMention
from missionwire.testing import make
from missionwire_crew import Crew
from missionwire_crew.additions import PeopleFileError

GOOD = """
[[people]]
id = "zara-quill"
name = "Zara Quill"
gender = "female"
nationality = "Canada"
agency = "csa"
aliases = ["Зара Квилл"]

[[people]]
id = "raja-chari"
name = "Raja Chari"
aliases = ["Raja Grinder Chari"]
"""


async def test_added_people_are_found(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(GOOD, encoding="utf-8")
    plugin = make(Crew, people_file=str(file))
    plugin.startup()
    text = "Zara Quill and Raja Grinder Chari trained. Зара Квилл waved; Quill left."
    found = [m for m in await plugin.annotate(Document(id="a", text=text)) or () if isinstance(m, PersonMention)]
    assert [mention.id for mention in found] == ["zara-quill", "raja-chari", "zara-quill", "zara-quill"]
    assert (found[0].gender, found[0].agency) == ("female", "csa")
    assert found[1].agency == "nasa"  # what the file leaves out stays


@pytest.mark.parametrize(
    ("content", "key", "fault"),
    [
        ("[[people]]\nid = 'a-b'\n", "people[0]", "missing required field `name`"),
        ("[[people]]\nid = 'a-b'\nname = 'A B'\nsex = 'f'\n", "people[0]", "unknown field `sex`"),
        ("[[people]]\nid = 'a-b'\nname = 'A B'\ngender = 'f'\n", "people[0].gender", "Invalid enum value 'f'"),
        ("[[people]]\nid = 'A B'\nname = 'A B'\n", "people[0].id", "is no slug"),
        ("[[people]]\nid = 'a-b'\nname = 'Ab'\n", "people[0].name", "not a whole name"),
        ("[[people]]\nid = 'a-b'\nname = 'A B'\n[[people]]\nid = 'a-b'\nname = 'A C'\n", "people[1].id", "twice"),
        ("people = 3\n", "people", "Expected `array`"),
        ("[[people\n", "", "no TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_key(tmp_path: Path, content: str, key: str, fault: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PeopleFileError) as raised:
        make(Crew, people_file=str(file)).startup()
    assert str(file) in str(raised.value)
    assert raised.value.key == key
    assert fault in raised.value.fault


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError, match="No such file"):
        make(Crew, people_file=str(tmp_path / "none.toml")).startup()
