"""The README's example is what the plugin does."""

from pathlib import Path

from missionwire.testing import Workbench
from missionwire_terms import Terms

README = Path(__file__).parent.parent / "README.md"


async def test_the_example_reads_as_the_readme_says() -> None:
    _, found, _, mended, *_ = README.read_text(encoding="utf-8").split("```\n")
    async with Workbench(Terms) as bench:
        result = await bench.article(found.strip())
    assert result.text == mended.strip()
