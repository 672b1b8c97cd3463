"""Reading request bodies: bounded, with media types and charsets checked."""

from typing import Any, NoReturn

from litestar import Request
from litestar.exceptions import ClientException

from missionwire.domain.errors import BodyTooLarge, UnreadableBody, UnsupportedMediaType

ReadRequest = Request[Any, Any, Any]


def content_type_of(request: ReadRequest) -> tuple[str, str | None]:
    """Give the media type without parameters, lower-case, and the charset where one is named."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return media_type.strip().lower(), value.strip('" ').lower()
    return media_type.strip().lower(), None


def media_type_of(request: ReadRequest) -> str:
    """Give the media type without parameters, lower-case.

    Raises:
        UnsupportedMediaType: a charset other than UTF-8 is named.
    """
    media_type, charset = content_type_of(request)
    if charset not in (None, "utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(request.headers.get("content-type", ""), ("UTF-8",))
    return media_type


def binary_headers(request: ReadRequest) -> dict[str, str]:
    """Give the headers of CloudEvents' binary mode, lower-case; those of other calls are not looked at."""
    return {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in request.scope["headers"]
        if name.startswith(b"ce-")
    }


async def read_bytes(request: ReadRequest, limit: int) -> bytes:
    """Read a body up to the limit; a longer one is cut off there, streamed ones, too.

    Raises:
        BodyTooLarge: it is longer.
        UnreadableBody: the client went away in the middle.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise BodyTooLarge(limit)
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise BodyTooLarge(limit)
            parts.append(part)
    except ClientException as error:
        _gone(error)
    return b"".join(parts)


def _gone(error: Exception) -> NoReturn:
    message = "The body ended before it was whole."
    raise UnreadableBody(message) from error
