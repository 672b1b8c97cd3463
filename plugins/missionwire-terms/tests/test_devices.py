import pytest

from missionwire_terms.devices import first_device


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("They checked a small device, then the device.", "a small device"),
        ("Devices were put up.", "Devices"),
        ("The apparatus for breathing was mended.", "apparatus for"),
        ("The crew left the device. Another appliance was there.", "Another appliance"),
    ],
)
def test_a_device_ends_where_it_is_introduced_first(text: str, introduced: str) -> None:
    assert first_device(text, text.lower()) == text.index(introduced) + len(introduced)


@pytest.mark.parametrize("text", ["", "The crew left the device.", "They were in a descent apparatus."])
def test_a_text_that_introduces_none_has_it_behind_its_end(text: str) -> None:
    assert first_device(text, text.lower()) > len(text)
