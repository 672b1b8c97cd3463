from pathlib import Path

import pytest

from missionwire.plugin import Config, Event, Plugin, hookimpl
from missionwire.plugins.discovery import Found
from missionwire.plugins.loading import ConfigError, load_class, make_config
from missionwire.plugins.registry import UnfitPluginError


class Settings(Config):
    """Two settings."""

    words_per_minute: int = 220
    label: str = ""


class Reads(Plugin[Settings]):
    """Has settings."""

    @hookimpl
    def enrich(self, event: Event) -> None:
        """Add nothing."""


def _file(folder: Path, text: str) -> Found:
    path = folder / "made.py"
    path.write_text(text, encoding="utf-8")
    return Found(name="made", version="0", distribution="made.py", api_level=1, target=str(path), is_file=True)


def test_settings_are_made_of_what_is_given() -> None:
    made = make_config("reads", Reads, {"words_per_minute": "300"})

    assert made == Settings(words_per_minute=300)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"words_per_minut": 1}, "words_per_minut"),
        ({"words_per_minute": "many"}, "words_per_minute"),
        ({"label": 5}, "label"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_with_those_that_there_are(given: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError) as found:
        make_config("reads", Reads, given)

    assert "[plugins.reads.config]" in str(found.value)
    assert told in str(found.value)
    assert "It knows: words_per_minute, label." in str(found.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\n", "it has 0"),
        ("from missionwire.plugin import Plugin\n", "it has 0"),
        (
            "from missionwire.plugin import Config, Plugin\nclass A(Plugin[Config]): pass\nclass B(A): pass\n",
            "it has 2",
        ),
    ],
)
def test_a_file_defines_one_plugin(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnfitPluginError, match=told):
        load_class(_file(tmp_path, text))


@pytest.mark.parametrize("target", ["missionwire.plugin:Config", "missionwire.plugin:hookimpl", "json:dumps"])
def test_an_entry_point_names_a_plugin_class(target: str) -> None:
    found = Found(name="made", version="0", distribution="made", api_level=1, target=target)

    with pytest.raises(UnfitPluginError, match="not a class derived from"):
        load_class(found)


def test_a_misspelt_setting_is_answered_with_the_one_that_was_meant() -> None:
    class Words(Config):
        words_per_minute: int = 220

    class Reader(Plugin[Words]):
        """Reads."""

    with pytest.raises(ConfigError, match=r"Did you mean words_per_minute\?"):
        make_config("reader", Reader, {"word_per_minute": 3})
