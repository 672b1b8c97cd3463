from importlib.resources import files
from typing import get_args

import pytest

from missionwire.store import scripts
from missionwire.store.log import Log
from missionwire.store.scripts import script

NAMES = get_args(scripts.Name)


def test_every_script_has_its_file_and_every_file_its_script() -> None:
    there = {each.name.removesuffix(".lua") for each in files("missionwire.store").joinpath("lua").iterdir()}
    assert there == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_the_server_names_a_script_as_we_do(log: Log, name: scripts.Name) -> None:
    assert await log.server.pool.script_load(script(name).text) == script(name).sha


async def test_a_server_that_has_forgotten_the_scripts_gets_them_again(log: Log) -> None:
    await log.server.pool.script_flush()
    tip = await log.open()
    assert tip.n == 0
