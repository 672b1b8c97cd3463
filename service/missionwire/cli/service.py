"""The service that a command talks to: where it is, how it is reached, and what its refusals say."""

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import rich_click as click

from missionwire import __version__
from missionwire.cli import terminal

if TYPE_CHECKING:
    import httpx

DEFAULT_URL: Final = "http://127.0.0.1:8000"
CONNECT_S: Final = 10.0
MAX_RETRY_AFTER_S: Final = 60.0
"""A service that asks for a longer wait is asked again after this long."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_BAD_REQUEST: Final = 400


class ServiceAway(click.ClickException):
    """The service cannot be reached, or did not take anything in the time that was given."""

    exit_code = 3


class Refused(click.ClickException):
    """The service answered, and said no."""

    exit_code = 1


class WrongUse(click.ClickException):
    """The service says that a parameter of this command line is wrong."""

    exit_code = 2


def _checked_url(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        is_url = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_url = False
    if not is_url:
        message = f"{terminal.line(value)!r} is no address of a service; write it like {DEFAULT_URL}"
        raise click.BadParameter(message)
    return value.rstrip("/")


url_option: Final = click.option(
    "--url",
    metavar="URL",
    envvar="MISSIONWIRE_URL",
    default=DEFAULT_URL,
    show_default=True,
    callback=_checked_url,
    help="The service to talk to; MISSIONWIRE_URL sets it, too.",
)

instead_url_option: Final = click.option(
    "--url", metavar="URL", callback=_checked_url, help="Ask the service there instead, by a dry run."
)
"""For commands that need no service: one that is named in the environment is not asked without being told to."""


def connect(url: str, *, read_s: float) -> "httpx.Client":
    """Make a client for the service at `url`; an answer that stays away for `read_s` seconds is an error.

    Raises:
        WrongUse: the address cannot be one.
    """
    import httpx

    try:
        return httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(read_s, connect=CONNECT_S),
            headers={"User-Agent": f"missionwire/{__version__}"},
            trust_env=urlsplit(url).hostname not in _LOOPBACK,  # this machine is never behind a proxy
        )
    except httpx.InvalidURL as error:
        raise WrongUse(f"{terminal.line(url)} is no address of a service: {terminal.line(str(error))}") from error


def away(url: str, error: Exception) -> ServiceAway:
    """Say that the service cannot be reached, and what to do."""
    reason = terminal.line(str(error)) or type(error).__name__
    return ServiceAway(f"Cannot reach {url}: {reason}. Is it running? Start one with: missionwire serve")


def problem(answer: "httpx.Response") -> dict[str, Any]:
    """Give the problem document of an answer; an empty one where it has none."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def sentence(answer: "httpx.Response") -> str:
    """Say in one line what an answer complains of."""
    found = problem(answer)
    told = found.get("detail") or found.get("title")
    if isinstance(told, str) and told:
        return terminal.line(told)
    return f"{answer.url.host} answered {answer.status_code} {terminal.line(answer.reason_phrase)}".rstrip()


def refusal(answer: "httpx.Response") -> click.ClickException:
    """Make the error of an answer that is a refusal: wrong use for a 400, else refused."""
    kind = WrongUse if answer.status_code == _BAD_REQUEST else Refused
    return kind(sentence(answer))


def retry_after_s(answer: "httpx.Response", otherwise_s: float) -> float:
    """Give the seconds after which the service wants to be asked again, at most `MAX_RETRY_AFTER_S`."""
    try:
        wished_s = float(answer.headers["Retry-After"])
    except (KeyError, ValueError):
        return otherwise_s
    return min(max(wished_s, 0.0), MAX_RETRY_AFTER_S) if wished_s == wished_s else otherwise_s  # noqa: PLR0124  # NaN
