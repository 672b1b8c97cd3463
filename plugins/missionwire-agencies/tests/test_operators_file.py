"""An operator's own agencies: added from a file, refused with file and key where it is wrong."""

from pathlib import Path

import pytest

from missionwire.plugin import Document
from missionwire.testing import make
from missionwire_agencies import Agencies
from missionwire_agencies.register import RegisterError

NEW = """
[[agency]]
id = "faa"
name = "Federal Aviation Administration"
country = "US"
kind = "agency"
acronyms = ["FAA"]
"""


def with_file(folder: Path, text: str) -> Agencies:
    file = folder / "agencies-here.toml"
    file.write_text(text, encoding="utf-8")
    plugin = make(Agencies, agencies_file=str(file))
    plugin.startup()
    return plugin


async def found(plugin: Agencies, text: str) -> list[tuple[str | None, str | None]]:
    return [(m.id, m.role) for m in await plugin.annotate(Document(id="a", text=text))]


async def test_a_new_agency_is_found_with_its_role(tmp_path: Path) -> None:
    plugin = with_file(tmp_path, NEW)
    assert await found(plugin, "The rocket was licensed by the FAA.") == [("faa", "regulator")]


async def test_an_entry_with_a_known_id_adds_aliases_and_keeps_the_old_ones(tmp_path: Path) -> None:
    plugin = with_file(tmp_path, '[[agency]]\nid = "nasa"\nnames.en = ["Uncle Sam\'s rocketeers"]\n')
    text = "Uncle Sam's rocketeers met NASA."
    assert await found(plugin, text) == [("nasa", "mentioned"), ("nasa", "mentioned")]


async def test_an_operator_may_take_away_an_aliass_care(tmp_path: Path) -> None:
    plugin = with_file(tmp_path, '[[agency]]\nid = "gctc"\nnames.en = ["Star City"]\n')
    assert await found(plugin, "They met in Star City.") == [("gctc", "mentioned")]


@pytest.mark.parametrize(
    ("text", "key", "fault"),
    [
        ("[[agency]\n", "", "is no TOML"),
        ('[[agency]]\nname = "X"\n', "agency[0]", "missing required field `id`"),
        ('[[agency]]\nid = "x"\nname = 3\n', "agency[0].name", "Expected `str | null`, got `int`"),
        ('[[agency]]\nid = "x"\nkind = "agency"\n', "agency[0].name", "is a new agency and needs one"),
        ('[[agency]]\nid = "x"\nname = "X"\n', "agency[0].kind", "is a new agency and needs one"),
        ('[[agency]]\nid = "x"\nname = "X"\nkind = "club"\n', "agency[0].kind", "Invalid enum value 'club'"),
        ('[[agency]]\nid = "Big X"\nname = "X"\nkind = "agency"\n', "agency[0].id", "is no slug"),
        ('[[agency]]\nid = "nasa"\n[[agency]]\nid = "nasa"\n', "agency[1].id", "stands twice"),
        ('[[agency]]\nid = "nasa"\nnames.en = ["Boeing"]\n', "agency[0].names.en[0]", "already an alias of 'boeing'"),
        ('[[agency]]\nid = "nasa"\nacronyms = ["ESA"]\n', "agency[0].acronyms[0]", "already an alias of 'esa'"),
        ('[[agency]]\nid = "nasa"\nnames.en = ["…"]\n', "agency[0].names.en[0]", "needs a letter or digit"),
        ('[[agency]]\nid = "nasa"\nnames.en = ["a{b|c"]\n', "agency[0].names.en[0]", "a brace without its partner"),
        ('[[agency]]\nid = "nasa"\nnames.en = ["a{b|c} {d}"]\n', "agency[0].names.en[0]", "vary together"),
        (
            '[[agency]]\nid = "nasa"\nnames.en = [{name = "N", needs = "moon"}]\n',
            "agency[0].names.en[0]",
            "no context 'moon'",
        ),
        ('[[agency]]\nid = "nasa"\nalias = ["N"]\n', "agency[0]", "unknown field `alias`"),
        ("[agencies]\n", "top level", "unknown field `agencies`"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_key(tmp_path: Path, text: str, key: str, fault: str) -> None:
    with pytest.raises(RegisterError) as caught:
        with_file(tmp_path, text)
    assert caught.value.key == key
    assert fault in str(caught.value)
    assert str(tmp_path / "agencies-here.toml") in str(caught.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(RegisterError, match=r"agencies file /nowhere/agencies\.toml: cannot be read"):
        make(Agencies, agencies_file="/nowhere/agencies.toml").startup()


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes(b'[[agency]]\nid = "\xe9"\n')
    with pytest.raises(RegisterError, match="cannot be read"):
        make(Agencies, agencies_file=str(file)).startup()
