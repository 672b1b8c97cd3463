"""`publish` and `tail` against the real service, each as a user runs it."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from tests.service import Service, an_event
from tests.unit.cli.commands import begin, run


@pytest.fixture
def source() -> str:
    """A source of this test alone, so that the wire of the session holds nothing else of it."""
    return f"urn:journey:{uuid4().hex[:8]}"


def write(path: Path, events: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return str(path)


def test_what_is_published_from_files_comes_out_of_tail_in_its_order(
    service: Service, source: str, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.ndjson", [an_event(str(n), source=source, subject="crew-1") for n in range(1200)])

    published = run("publish", file, "--url", service.url)
    tailed = run("tail", "--json", "--since", "all", "--source", source, "--limit", "1200", "--url", service.url)
    again = run("publish", file, "--json", "--url", service.url)

    assert published.code == 0
    assert published.out.startswith("1,200 accepted in ")
    assert [json.loads(line)["id"] for line in tailed.lines] == [str(n) for n in range(1200)]
    assert (tailed.code, tailed.err) == (0, "")
    assert (again.code, json.loads(again.out)["duplicate"]) == (0, 1200)


@pytest.mark.slow
def test_faulty_events_and_conflicts_are_told_by_line_and_the_rest_is_published(
    service: Service, source: str, tmp_path: Path
) -> None:
    run("publish", write(tmp_path / "first.ndjson", [an_event("1", source=source)]), "--url", service.url)
    second = [
        an_event("0", source=source),
        an_event("1", source=source, subject="another"),
        {"specversion": "1.0", "source": source, "id": "2"},
        an_event("3", source=source),
    ]
    file = write(tmp_path / "second.ndjson", second)

    ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert ran.out.startswith("2 accepted, 1 in conflict, 1 faulty in ")
    told = ran.err.splitlines()
    assert told[0].startswith(f"{file}:3: $.type: ")
    assert told[1].startswith(f"{file}:2: ")
    assert "was sent before with another content" in told[1]


@pytest.mark.slow
def test_a_text_file_is_an_article_whose_document_can_be_read(service: Service, source: str, tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text("The crew of Soyuz MS-19 left the device in the steppe on Sunday, 17 October 2021.\n")

    options = [
        "--title",
        "Back",
        "--source",
        source,
        "--article-url",
        "https://example.org/a",
        "--published",
        "2021-10-18",
    ]
    first = run("publish", str(text), *options, "--json", "--url", service.url)
    second = run("publish", str(text), *options, "--json", "--url", service.url)

    (article,) = json.loads(first.out)["articles"]
    assert (first.code, article["status"]) == (0, "accepted")
    assert json.loads(second.out)["articles"][0] == {**article, "status": "duplicate"}
    document = service.get(f"/v1/articles/{article['id']}").json()
    assert (document["source"], document["url"], document["title"]) == (source, "https://example.org/a", "Back")


@pytest.mark.slow
def test_tail_goes_on_after_the_service_was_killed_and_misses_and_repeats_nothing(tmp_path: Path, source: str) -> None:
    with (
        Service(tmp_path / "data") as own,
        begin("tail", "--json", "--since", "all", "--limit", "4", "--url", own.url) as tail,
    ):
        for number in (1, 2):
            assert own.post(an_event(str(number), source=source)).status_code == 202
        assert tail.stdout is not None
        before = [tail.stdout.readline(), tail.stdout.readline()]
        own.kill()
        own.start()
        for number in (3, 4):
            assert own.post(an_event(str(number), source=source)).status_code == 202
        out, err = tail.communicate(timeout=60)

    assert tail.returncode == 0, err.decode()
    assert [json.loads(line)["id"] for line in [*before, *out.splitlines()]] == ["1", "2", "3", "4"]
    assert b"Connected again." in err


def test_tail_stops_at_the_end_that_was_asked_for(service: Service, source: str) -> None:
    service.post(an_event("1", source=source))
    service.wait_for(source, "1")

    ran = run("tail", "--since", "1h", "--until", "2000-01-01T00:00:00Z", "--source", source, "--url", service.url)

    assert (ran.code, ran.out) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "told"),
    [(["--type", "a b"], "is no type"), (["--since", "soon"], "since"), (["--speed", "2"], "speed")],
)
def test_what_the_service_refuses_is_wrong_use_with_its_own_sentence(
    service: Service, options: list[str], told: str
) -> None:
    ran = run("tail", *options, "--url", service.url)

    assert ran.code == 2
    assert told in ran.err


@pytest.mark.slow
def test_a_place_that_is_none_is_told_as_a_gap_and_tail_goes_on(service: Service, source: str) -> None:
    service.post(an_event("1", source=source))
    options = ["--last-event-id", "nonsense", "--since", "all", "--limit", "1", "--source", source]

    ran = run("tail", "--json", *options, "--url", service.url)

    assert [json.loads(line)["id"] for line in ran.lines] == ["1"]

    assert "the place could not be read" in ran.err


@pytest.mark.slow
def test_tail_and_publish_make_a_copy_of_a_wire(service: Service, source: str, tmp_path: Path) -> None:
    with Service(tmp_path / "copy") as copy:
        sent = [an_event(str(n), source=source, data={"text": f"Nr. {n}"}) for n in range(3)]
        run("publish", write(tmp_path / "a.ndjson", sent), "--url", service.url)
        tailed = run("tail", "--json", "--since", "all", "--source", source, "--limit", "3", "--url", service.url)
        copied = run("publish", "-", "--url", copy.url, stdin=tailed.out.encode())

        assert (copied.code, copied.err) == (0, "")
        assert copy.wait_for(source, "2")["data"]["text"] == "Nr. 2"
