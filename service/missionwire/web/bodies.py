"""Reading request bodies: bounded, with media types and charsets checked."""

from typing import Any, NoReturn

from litestar import Request
from litestar.exceptions import ClientException

from missionwire.domain.errors import BodyTooLarge, UnreadableBody, UnsupportedMediaType

ReadRequest = Request[Any, Any, Any]


def media_type_of(request: ReadRequest) -> str:
    """Give the media type without parameters, lower-case.

    Raises:
        UnsupportedMediaType: a charset other than UTF-8 is named.
    """
    given = request.headers.get("content-type", "")
    media_type, _, parameters = given.partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset" and value.strip('" ').lower() not in ("utf-8", "utf8", "us-ascii"):
            raise UnsupportedMediaType(given, ("UTF-8",))
    return media_type.strip().lower()


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
