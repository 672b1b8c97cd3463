import json

from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.serving import one_line, served


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=30), min_size=1, max_size=5))
def test_a_served_event_is_the_event_with_its_position_on_one_line(event: dict[str, str]) -> None:
    event.pop("position", None)
    event["id"] = "1"
    payload = one_line(json.dumps(event, ensure_ascii=False).encode(errors="backslashreplace").replace(b"\\u", b"\\u"))

    made = served(payload, "abcd.1-1")

    assert len(made.decode().splitlines()) == 1
    assert json.loads(made) == json.loads(payload) | {"position": "abcd.1-1"}


def test_line_ends_of_unicode_are_escaped_and_read_back() -> None:
    text = "a\x85b\u2028c\u2029d"
    payload = json.dumps({"text": text}, ensure_ascii=False).encode()

    made = one_line(payload)

    assert made.decode().splitlines() == [made.decode()]
    assert json.loads(made) == {"text": text}
