import asyncio

import pytest

from missionwire.store.log import Log
from missionwire.store.plugin_keys import MAX_VALUE_BYTES, PluginKeys


async def test_a_plugin_keeps_values_that_no_other_plugin_sees(log: Log) -> None:
    crew, terms = PluginKeys(log, "crew"), PluginKeys(log, "terms")
    await crew.set("roster", b"\x00\xff")
    assert await crew.get("roster") == b"\x00\xff"
    assert await terms.get("roster") is None
    await crew.delete("roster")
    await crew.delete("roster")
    assert await crew.get("roster") is None


async def test_several_values_are_given_in_one_step_in_the_order_of_their_keys(log: Log) -> None:
    crew, terms = PluginKeys(log, "crew"), PluginKeys(log, "terms")
    await crew.set("one", b"1")
    await crew.set("two", b"2")
    await terms.set("three", b"3")
    assert await crew.get_many(["two", "three", "one", "two"]) == [b"2", None, b"1", b"2"]
    assert await crew.get_many([]) == []


async def test_a_value_goes_when_its_time_is_over(log: Log) -> None:
    keys = PluginKeys(log, "crew")
    await keys.set("short", b"x", ttl_s=0.01)
    await keys.set("long", b"x", ttl_s=60)
    await asyncio.sleep(0.02)
    assert await keys.get("short") is None
    assert await keys.get("long") == b"x"


async def test_a_value_too_large_is_refused(log: Log) -> None:
    with pytest.raises(ValueError, match="1,048,576"):
        await PluginKeys(log, "crew").set("k", b"x" * (MAX_VALUE_BYTES + 1))
