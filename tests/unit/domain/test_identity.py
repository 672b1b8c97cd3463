import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.identity import article_id, digest, ident, partition

JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        items = [(name, _shuffled(each, chance)) for name, each in value.items()]
        chance.shuffle(items)
        return dict(items)
    return [_shuffled(each, chance) for each in value] if isinstance(value, list) else value


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=5), st.randoms())
def test_the_order_of_keys_does_not_change_a_digest(item: dict[str, Any], chance: random.Random) -> None:
    assert digest(_shuffled(item, chance)) == digest(item)


@given(st.text(max_size=20), st.text(max_size=20))
def test_source_and_id_are_not_run_together(source: str, id_: str) -> None:
    assert ident("event", source + "x", id_) != ident("event", source, "x" + id_)
    assert ident("event", source, id_) != ident("article", source, id_)


def test_a_changed_content_changes_the_digest() -> None:
    assert digest({"a": 1}) != digest({"a": 2})
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})


def test_an_article_is_known_by_its_url_and_without_one_by_its_text() -> None:
    assert article_id("s", "u", "one text") == article_id("s", "u", "another")
    assert article_id("s", None, "one text") != article_id("s", None, "another")
    assert article_id("s", "u", "t") != article_id("other", "u", "t")
    assert article_id("s", "t", "x") != article_id("s", None, "t")


@given(st.text(max_size=30))
def test_a_lane_has_one_stream(lane: str) -> None:
    assert 0 <= partition(lane, 16) < 16
    assert partition(lane, 16) == partition(lane, 16)
