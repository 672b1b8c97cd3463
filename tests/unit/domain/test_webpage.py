import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.webpage import decode_html, is_html

RUSSIAN = "<html><head>{}</head><p>Спускаемый аппарат приземлился.</p></html>"


def named(charset: str) -> str:
    return RUSSIAN.format(f'<meta charset="{charset}">')


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "iso-8859-5", "utf-8", "ISO-2022-JP"])
def test_a_page_is_read_by_the_charset_that_it_names(charset: str) -> None:
    text = named(charset)

    assert decode_html(text.encode(charset)) == text


def test_the_old_way_to_name_a_charset_is_known_too() -> None:
    text = RUSSIAN.format('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')

    assert decode_html(text.encode("windows-1251")) == text


def test_a_page_in_utf_8_that_claims_another_charset_is_read_as_what_it_is() -> None:
    text = named("windows-1251")

    assert decode_html(text.encode(), "iso-8859-1") == text


def test_the_http_header_goes_before_the_page() -> None:
    text = named("iso-8859-1")

    assert decode_html(text.encode("windows-1251"), "windows-1251") == text


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_decides(charset: str) -> None:
    text = named("windows-1251")

    assert decode_html(text.encode(charset), "koi8-r").removeprefix("\ufeff") == text


@pytest.mark.parametrize("name", ["latin1", "nonsense", "hex", "punycode", "utf-7", ""])
def test_a_charset_that_is_none_or_too_small_is_read_as_windows_does(name: str) -> None:
    text = f'<html><meta charset="{name}"><p>“Née”</p></html>'

    assert decode_html(text.encode("windows-1252"), name) == text


@given(st.binary(max_size=200), st.text(max_size=12) | st.none())
def test_any_bytes_are_read(page: bytes, charset: str | None) -> None:
    decode_html(b"<meta charset=" + page + b">" + page, charset)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><title>x",
        b"\xef\xbb\xbf\n <HTML lang=en>",
        b"<!-- saved from url=(0022)https://a.example/ -->\n<html>",
    ],
)
def test_a_page_is_known_by_its_head(content: bytes) -> None:
    assert is_html(content)


@pytest.mark.parametrize("content", [b"", b'{"text": "<html>"}', b"<5 km to go, the <html> said", b"<htmlish>"])
def test_what_only_speaks_of_html_is_no_page(content: bytes) -> None:
    assert not is_html(content)
