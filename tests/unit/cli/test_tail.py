import json
import re
import signal
import subprocess

import pytest

from tests.unit.cli.commands import COMMAND, begin, environment, run
from tests.unit.cli.scripted import Answer, Exchange, Scripted, as_json, event, event_frame, frame, start, stream

END = frame({}, id="e1.9-0.end", event="end")


def once(*steps: bytes | float) -> Scripted:
    return Scripted(lambda _: stream(start(), *steps))


def in_turn(*answers: Answer) -> Scripted:
    """Answer the first request with the first, and so on; the last goes on."""
    left = list(answers)
    return Scripted(lambda _: left.pop(0) if len(left) > 1 else left[0])


def test_json_gives_one_event_a_line_and_nothing_else() -> None:
    with once(event_frame(2, data={"text": "Grüße 🚀"}), event_frame(3), END) as service:
        ran = run("tail", "--json", "--url", service.url, LC_ALL="C", PYTHONIOENCODING="ascii")

    assert ran.code == 0
    assert [json.loads(line) for line in ran.lines] == [event(2, data={"text": "Grüße 🚀"}), event(3)]
    assert ran.err == ""


def test_json_of_an_event_with_terminal_controls_is_the_same_json_without_them() -> None:
    text = "a\x9b31m\u202eb\x7f"
    with once(event_frame(2, data={"text": text}), END) as service:
        ran = run("tail", "--json", "--url", service.url)

    assert json.loads(ran.out)["data"]["text"] == text
    assert not set(ran.out) & {"\x9b", "\u202e", "\x7f"}


def test_filters_and_moments_become_the_feeds_parameters() -> None:
    options = ["--type", "missionwire.docking.*", "--type", "x.y", "--mission", "Soyuz MS-18", "--agency", "nasa"]
    options += [
        "--crew",
        "A B",
        "--source",
        "urn:x",
        "--since",
        "2h",
        "--until",
        "2030-01-01T00:00:00Z",
        "--limit",
        "5",
    ]
    options += ["--speed", "10", "--occurred-since", "2020-01-01T00:00:00Z", "--occurred-until", "2021-01-01T00:00:00Z"]
    with once(END) as service:
        run("tail", *options, "--last-event-id", "e1.7-3", "--url", service.url)

    (asked,) = service.asked("/v1/feed")
    assert asked.query == {
        "type": ["missionwire.docking.*", "x.y"],
        "mission": ["Soyuz MS-18"],
        "agency": ["nasa"],
        "crew": ["A B"],
        "source": ["urn:x"],
        "since": ["2h"],
        "until": ["2030-01-01T00:00:00Z"],
        "limit": ["5"],
        "speed": ["10.0"],
        "occurred_since": ["2020-01-01T00:00:00Z"],
        "occurred_until": ["2021-01-01T00:00:00Z"],
    }
    assert asked.headers["Last-Event-ID"] == "e1.7-3"
    assert asked.headers["Accept"] == "text/event-stream"


def test_after_a_break_it_goes_on_where_it_was_and_says_so_once() -> None:
    broken = stream(start(), event_frame(2), frame({}, id="e1.5-0", event="position"))
    with in_turn(broken, stream(start("e1.5-0"), event_frame(6), END)) as service:
        ran = run("tail", "--json", "--url", service.url)

    assert [json.loads(line)["id"] for line in ran.lines] == ["n2", "n6"]
    assert [asked.headers.get("Last-Event-ID") for asked in service.asked("/v1/feed")] == [None, "e1.5-0"]
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "missionwire: The feed was closed; going on where it was.",
        "missionwire: Connected again.",
    ]


def test_the_limit_counts_over_all_connections() -> None:
    with in_turn(stream(start(), event_frame(2)), stream(start(), event_frame(3), event_frame(4), 5.0)) as service:
        ran = run("tail", "--json", "--limit", "2", "--url", service.url)

    assert [json.loads(line)["id"] for line in ran.lines] == ["n2", "n3"]
    assert [asked.query["limit"] for asked in service.asked("/v1/feed")] == [["2"], ["1"]]


def test_a_gap_is_told_on_stderr_with_what_is_kept() -> None:
    facts = {"reason": "trimmed", "from": "e1.1-1", "to": "e1.1-9", "count": 1234, "link": "/v1/events?after=e1.1-9"}
    with once(frame(facts, id="e1.1-9", event="gap"), END) as service:
        ran = run("tail", "--json", "--url", service.url)

    assert ran.out == ""
    assert ran.err == (
        "missionwire: 1,234 events are missing here: those events were trimmed to make room (from e1.1-1 to e1.1-9). "
        f"What is kept: {service.url}/v1/events?after=e1.1-9\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("facts", [{}, [], {"count": "x", "from": 5, "link": None, "reason": {}}, "\x1b[31m"])
def test_a_gap_of_any_shape_is_told_too(facts: object) -> None:
    with once(frame(facts, id="e1.1-9", event="gap"), END) as service:
        ran = run("tail", "--url", service.url)

    assert ran.err == "missionwire: Events are missing here: the reason was not given.\n"


def test_busy_and_goodbye_are_waited_out() -> None:
    busy = stream(frame({}, event="busy", retry=10))
    goodbye = stream(start(), event_frame(2), frame({}, id="e1.2-0", event="goodbye", retry=10))
    with in_turn(
        busy, goodbye, as_json(503, {"detail": "Gone for now."}, Retry_After="0"), stream(start(), END)
    ) as service:
        ran = run("tail", "--json", "--url", service.url)

    assert ran.code == 0
    assert [asked.headers.get("Last-Event-ID") for asked in service.asked("/v1/feed")] == [
        None,
        None,
        "e1.2-0",
        "e1.2-0",
    ]
    assert "The service is busy; trying again." in ran.err
    assert "The service is going down" in ran.err


@pytest.mark.slow
def test_an_answer_without_content_ends_it() -> None:
    with Scripted(lambda _: Answer(204)) as service:
        assert run("tail", "--last-event-id", "e1.1-0.end", "--url", service.url) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize(("status", "code"), [(400, 2), (401, 1), (404, 1), (410, 1)])
def test_a_refusal_is_told_by_its_own_sentence(status: int, code: int) -> None:
    with Scripted(
        lambda _: as_json(status, {"title": "t", "detail": "Parameter 'since': no \x1b[31m moment"})
    ) as service:
        ran = run("tail", "--url", service.url)

    assert (ran.code, ran.err) == (code, "Error: Parameter 'since': no ␛[31m moment\n")


@pytest.mark.slow
def test_something_that_is_no_feed_is_refused() -> None:
    with Scripted(lambda _: Answer(200, [b"<html>"], {"Content-Type": "text/html"})) as service:
        ran = run("tail", "--url", service.url)

    assert ran.code == 1
    assert "gives no feed" in ran.err


def test_no_service_is_an_exit_code_of_its_own() -> None:
    with once() as service:
        url = service.url

    ran = run("tail", "--url", url)

    assert ran.code == 3
    assert ran.err.startswith(f"Error: Cannot reach {url}: ")
    assert "missionwire serve" in ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "url", ["ftp://x", "127.0.0.1:8000", "http://", "http://x:99999", "http://x:y", "http://[", ""]
)
def test_an_address_that_is_none_is_wrong_use(url: str) -> None:
    assert run("tail", "--url", url).code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [["--limit", "0"], ["--speed", "0"], ["--last-event-id", "a b"], ["--last-event-id", ""], ["extra"]]
)
def test_wrong_values_are_wrong_use(options: list[str]) -> None:
    assert run("tail", *options).code == 2


@pytest.mark.slow
def test_the_service_may_be_named_by_the_environment() -> None:
    with once(END) as service:
        assert run("tail", MISSIONWIRE_URL=service.url).code == 0


def test_people_get_a_readable_event_and_colours_only_where_they_are_wanted() -> None:
    text = "The device landed."
    fix = {"start": 4, "end": 10, "original": "device", "replacement": "capsule", "applied": True, "plugin": "terms"}
    data = {"text": "The capsule landed.", "original": {"text": text}, "corrections": [{**fix, "reason": "it landed"}]}
    with once(event_frame(2, data=data), END) as service:
        plain = run("tail", "--url", service.url)
    with once(event_frame(2, data=data), END) as service:
        coloured = run("tail", "--url", service.url, FORCE_COLOR="1", TERM="xterm-256color")
    with once(event_frame(2, data=data), END) as service:
        without = run("tail", "--url", service.url, FORCE_COLOR="1", NO_COLOR="1")

    assert plain.lines == [
        "● time not known  Docking",
        "  The capsule landed.",
        "  ✎ device → capsule  it landed (terms)",
    ]
    assert "\x1b[1;32mcapsule" in coloured.out
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", without.out)


@pytest.mark.slow
def test_a_terminal_without_unicode_gets_question_marks_and_no_fault() -> None:
    with once(event_frame(2, data={"text": "Привет 🚀"}), END) as service:
        ran = run("tail", "--url", service.url, PYTHONIOENCODING="ascii")

    assert ran.code == 0
    assert "Docking" in ran.out


@pytest.mark.slow
def test_an_event_that_is_no_json_is_told_and_passed_over() -> None:
    with once(b"id: e1.2-0\ndata: {nonsense\n\n", event_frame(3), END) as service:
        ran = run("tail", "--url", service.url)

    assert ran.code == 0
    assert "Docking" in ran.out
    assert ran.err == "missionwire: An event could not be read; --json shows what came.\n"


def test_ctrl_c_ends_it_quietly() -> None:
    with once(event_frame(2), 30.0) as service, begin("tail", "--json", "--url", service.url) as tail:
        assert tail.stdout is not None
        tail.stdout.readline()
        tail.send_signal(signal.SIGINT)
        out, err = tail.communicate(timeout=10)

    assert (tail.returncode, out, err.strip()) == (130, b"", b"")


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    with (
        Scripted(
            lambda _: stream(start(), *[event_frame(n, data={"text": "x" * 4000}) for n in range(200)], 30.0)
        ) as service,
        begin("tail", "--json", "--url", service.url) as tail,
    ):
        assert tail.stdout is not None
        assert tail.stderr is not None
        tail.stdout.readline()
        tail.stdout.close()
        assert tail.wait(timeout=10) == 141
        assert tail.stderr.read() == b""


def test_help_tells_all_options() -> None:
    done = subprocess.run([*COMMAND, "tail", "--help"], capture_output=True, text=True, check=True, env=environment())

    assert all(
        option in done.stdout for option in ("--type", "--since", "--speed", "--last-event-id", "--json", "--url")
    )


@pytest.mark.slow
def test_silence_is_taken_for_a_break() -> None:
    from missionwire.cli.follower import SILENCE_S, Follower  # noqa: PLC0415  # only this test looks inside

    assert SILENCE_S == 45
    told: list[str] = []

    class Impatient(Follower):
        """As the real one, with less patience than a test has time."""

        silence_s = 0.3

    def answer(asked: Exchange) -> Answer:
        return stream(start(), event_frame(2), 30.0) if "Last-Event-ID" not in asked.headers else stream(start(), END)

    with Scripted(answer) as service:
        follower = Impatient(service.url, [], place=None, limit=None, tell=told.append)
        events = list(follower.events())

    assert [json.loads(one)["id"] for one in events] == ["n2"]
    assert told == ["The feed broke off (silent for too long); trying again.", "Connected again."]
