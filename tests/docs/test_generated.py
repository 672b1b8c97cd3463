"""Pages that are made from the code are up to date."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = (
    "docs/hooks.md",
    "docs/hooks.schema.json",
    "docs/settings.md",
    "docs/errors.md",
    "docs/cli.md",
    "openapi/openapi.json",
)


def test_these_pages_are_made_and_no_other_says_that_it_is() -> None:
    module = generator()
    marked = {page.relative_to(ROOT).as_posix() for page in ROOT.glob("docs/*.md") if module._MADE in page.read_text()}

    assert set(module.pages()) == set(MADE)
    assert marked == {name for name in MADE if name.endswith(".md")} | {"docs/plugins.md"}


@pytest.mark.parametrize("name", MADE)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == generator().pages()[name], "run `make docs`"


@pytest.mark.slow
def test_the_page_of_the_plugins_is_what_their_examination_says() -> None:
    assert (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8") == generator().plugins_page(), "run `make docs`"
