"""No network during an examination: whoever asks for it is refused at once, and the host asked for is noted."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx


class NoNetworkError(ConnectionError):
    """An examination has no network."""


def is_away(error: BaseException) -> bool:
    """Whether an error comes of the missing network."""
    return any(isinstance(each, NoNetworkError) or "NoNetworkError" in str(each) for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _causes(each)
        error = error.__cause__ or error.__context__


class Refusal:
    """Refuses connections, and notes the hosts: `asked` through the given client, `reached` past it."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.reached: set[str] = set()

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse what would leave this process. A hook for `sys.addaudithook`.

        Raises:
            NoNetworkError: a connection was asked for, or a host looked up.
        """
        if event == "socket.getaddrinfo":
            self._refuse(str(arguments[0]))
        elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
            self._refuse(str(arguments[1][0]))

    def _refuse(self, host: str) -> None:
        self.reached.add(host)
        message = f"NoNetworkError: no connection to {host} during an examination"
        raise NoNetworkError(message)

    def unnamed(self, hosts: Iterable[str]) -> list[str]:
        """Give the hosts that were asked for, and that are none of these, nor below them."""
        known = tuple(hosts)
        return sorted(
            host
            for host in self.asked | self.reached
            if not any(host == each or host.endswith(f".{each}") for each in known)
        )

    def client(self) -> "httpx.AsyncClient":
        """Make the HTTP client that the plugin gets as `self.http`."""
        import httpx  # noqa: PLC0415  # heavy, and only here

        async def refuse(request: httpx.Request) -> httpx.Response:
            self.asked.add(request.url.host)
            message = f"NoNetworkError: no connection to {request.url.host} during an examination"
            raise httpx.ConnectError(message, request=request) from NoNetworkError(message)

        return httpx.AsyncClient(transport=httpx.MockTransport(refuse))
