import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.commands import begin, run
from tests.unit.cli.scripted import Answer, Exchange, Scripted, as_json

BATCH = "application/cloudevents-batch+json"


def taken(asked: Exchange) -> Answer:
    """Take everything, as the service does."""
    if asked.path == "/v1/articles":
        return as_json(202, {"id": "a1", "status": "accepted"})
    sent = json.loads(asked.body)
    return as_json(202, {"accepted": [{"source": e["source"], "id": e["id"], "status": "accepted"} for e in sent]})


def strict(refuses: Callable[[dict[str, Any]], str]) -> Callable[[Exchange], Answer]:
    """Take a batch only whole: 422 names the items that `refuses` calls faulty, 409 those in conflict."""

    def answer(asked: Exchange) -> Answer:
        verdicts = [(number, refuses(event), event) for number, event in enumerate(json.loads(asked.body))]
        faults = [{"item": n, "path": "$.type", "message": "is missing"} for n, v, _ in verdicts if v == "faulty"]
        if faults:
            return as_json(422, {"title": "t", "detail": "d", "faults": faults})
        conflicts = [{"item": n, "source": e["source"], "id": e["id"]} for n, v, e in verdicts if v == "conflict"]
        if conflicts:
            return as_json(409, {"title": "t", "detail": "d", "conflicts": conflicts})
        return taken(asked)

    return answer


def events(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [
        {"specversion": "1.0", "source": "urn:test", "id": str(n), "type": "x.y"} for n in range(start, start + count)
    ]


def ndjson(path: Path, items: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    return str(path)


def test_events_go_in_batches_in_their_order(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(1201))
    with Scripted(taken) as service:
        ran = run("publish", file, "--url", service.url)

    posted = service.asked("/v1/events")
    assert [len(json.loads(asked.body)) for asked in posted] == [500, 500, 201]
    assert [e["id"] for asked in posted for e in json.loads(asked.body)] == [str(n) for n in range(1201)]
    assert {asked.headers["Content-Type"] for asked in posted} == {BATCH}
    assert ran.code == 0
    assert ran.out.startswith("1,201 accepted in ")
    assert ran.err == ""


def test_articles_and_events_keep_their_order_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(events(2)))
    (tmp_path / "b.txt").write_text("A text.")
    (tmp_path / "c.json").write_text(json.dumps(events(1, 2)))
    with Scripted(taken) as service:
        ran = run(
            "publish",
            str(tmp_path),
            "--source",
            "urn:paper",
            "--title",
            "T",
            "--article-url",
            "https://e.org/a",
            "--url",
            service.url,
        )

    assert [asked.path for asked in service.exchanges] == ["/v1/events", "/v1/articles", "/v1/events"]
    article = service.exchanges[1]
    assert json.loads(article.body) == {
        "title": "T",
        "url": "https://e.org/a",
        "source": "urn:paper",
        "text": "A text.",
    }
    assert article.headers["Content-Type"] == "application/json"
    assert ran.lines[0].startswith("4 accepted in ")
    assert ran.lines[1] == f"article a1 accepted ({tmp_path / 'b.txt'})"


def test_what_is_refused_is_told_with_file_and_line_and_the_rest_is_taken(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(6))
    verdicts = {"1": "faulty", "4": "faulty", "2": "conflict"}
    with Scripted(strict(lambda event: verdicts.get(event["id"], ""))) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert ran.err.splitlines() == [
        f"{file}:2: $.type: is missing",
        f"{file}:5: $.type: is missing",
        f"{file}:3: source 'urn:test' with id '2' was sent before with another content",
    ]
    assert ran.out.startswith("3 accepted, 1 in conflict, 2 faulty in ")
    assert [e["id"] for e in json.loads(service.exchanges[-1].body)] == ["0", "3", "5"]


def test_json_gives_the_account_and_nothing_else(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(3))
    verdicts = {"1": "faulty", "2": "conflict"}
    with Scripted(strict(lambda event: verdicts.get(event["id"], ""))) as service:
        ran = run("publish", file, "--json", "--url", service.url)

    told = json.loads(ran.out)
    assert {
        name: told[name] for name in ("accepted", "duplicate", "revised", "conflict", "faulty", "unsent", "error")
    } == {"accepted": 1, "duplicate": 0, "revised": 0, "conflict": 1, "faulty": 1, "unsent": 0, "error": None}
    assert told["faults"] == [{"file": file, "line": 2, "message": "is missing", "path": "$.type"}]
    assert told["conflicts"][0]["line"] == 3


def test_duplicates_and_revisions_are_counted_and_no_failure(tmp_path: Path) -> None:
    def answer(asked: Exchange) -> Answer:
        if asked.path == "/v1/articles":
            return as_json(202, {"id": "a1", "status": "revised"})
        return as_json(202, {"accepted": [{"source": "urn:test", "id": "0", "status": "duplicate"}]})

    (tmp_path / "a.md").write_text("A text.")
    file = ndjson(tmp_path / "b.ndjson", events(1))
    with Scripted(answer) as service:
        ran = run("publish", str(tmp_path / "a.md"), file, "--url", service.url)

    assert ran.code == 0
    assert ran.out.startswith("1 revised, 1 duplicate in ")


def test_a_body_that_is_too_large_is_halved_down_to_the_item_that_is(tmp_path: Path) -> None:
    def answer(asked: Exchange) -> Answer:
        return as_json(413, {"detail": "Too large."}) if b'"id": "3"' in asked.body else taken(asked)

    file = ndjson(tmp_path / "a.ndjson", events(8))
    with Scripted(answer) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert ran.out.startswith("7 accepted, 1 faulty in ")
    assert ran.err == f"{file}:4: Too large.\n"


@pytest.mark.slow
def test_a_busy_service_is_asked_again_when_it_says(tmp_path: Path) -> None:
    answers = [as_json(503, {"detail": "Full."}, Retry_After="1"), as_json(503, {"detail": "Full."})]
    file = ndjson(tmp_path / "a.ndjson", events(1))
    with Scripted(lambda asked: answers.pop(0) if answers else taken(asked)) as service:
        started_s = time.monotonic()
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 0
    assert time.monotonic() - started_s > 1.0
    assert len(service.exchanges) == 3


def test_patience_is_bounded(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(1))
    with Scripted(lambda _: as_json(503, {"detail": "Too much is waiting."}, Retry_After="30")) as service:
        ran = run("publish", file, "--patience", "1", "--url", service.url)

    assert ran.code == 3
    assert ran.err == "Error: Given up after 1 s: Too much is waiting.\n"
    assert ran.out.startswith("1 not sent in ")


@pytest.mark.slow
def test_a_full_store_ends_it_with_what_it_says(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(600))
    with Scripted(lambda _: as_json(507, {"detail": "The store is full."})) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert ran.err == "Error: The store is full.\n"
    assert len(service.exchanges) == 1


def test_no_service_is_an_exit_code_of_its_own_and_comes_at_once(tmp_path: Path) -> None:
    with Scripted(taken) as service:
        url = service.url
    file = ndjson(tmp_path / "a.ndjson", events(1))

    ran = run("publish", file, "--url", url, timeout_s=10)

    assert ran.code == 3
    assert f"Cannot reach {url}" in ran.err


@pytest.mark.slow
def test_something_that_is_no_missionwire_is_said_to_be_none(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(1))
    with Scripted(lambda _: Answer(404, [b"<html>"], {"Content-Type": "text/html"})) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 3
    assert "is no missionwire" in ran.err


@pytest.mark.slow
def test_a_refusal_that_names_no_item_is_told_for_each(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(2))
    with Scripted(lambda _: Answer(422, [b"nonsense \xff"])) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert ran.err.count("answered 422") == 2


@pytest.mark.slow
@pytest.mark.parametrize("faults", [[{"item": 9}], [{"item": -1}], [{"item": True}], ["x"], {"item": 0}, None])
def test_a_refusal_that_names_items_that_are_not_there_does_not_confuse_it(tmp_path: Path, faults: object) -> None:
    file = ndjson(tmp_path / "a.ndjson", events(1))
    with Scripted(lambda _: as_json(422, {"detail": "No.", "faults": faults})) as service:
        ran = run("publish", file, "--url", service.url)

    assert (ran.code, ran.err) == (1, f"{file}:1: No.\n")


@pytest.mark.slow
def test_stdin_may_be_events_or_a_text() -> None:
    with Scripted(taken) as service:
        first = run("publish", "-", "--url", service.url, stdin=json.dumps(events(2), indent=2).encode())
        second = run("publish", "-", "--language", "de", "--url", service.url, stdin=b"Ein Text.\n")
        third = run("publish", "-", "--url", service.url, stdin=b"")

    assert (first.code, second.code, third.code) == (0, 0, 1)
    assert json.loads(service.asked("/v1/articles")[0].body) == {"language": "de", "text": "Ein Text.\n"}
    assert third.err == "-:1: is empty; an article needs a text\n"


@pytest.mark.slow
def test_a_trickle_on_stdin_is_not_held_back_until_a_batch_is_full() -> None:
    with Scripted(taken) as service, begin("publish", "-", "--url", service.url) as publish:
        assert publish.stdin is not None
        for number in range(2):
            publish.stdin.write(json.dumps(events(1, number)[0]).encode() + b"\n")
            publish.stdin.flush()
            service.wait_for("/v1/events", number + 1)
        out, _ = publish.communicate(timeout=10)

    assert publish.returncode == 0
    assert out.startswith(b"2 accepted")


@pytest.mark.slow
def test_many_faults_are_counted_and_not_all_told(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text("nonsense\n" * 1200)
    with Scripted(taken) as service:
        ran = run("publish", str(tmp_path), "--url", service.url)

    assert ran.code == 1
    assert ran.out.startswith("1,200 faulty in ")
    assert len(ran.err.splitlines()) == 51
    assert service.exchanges == []


@pytest.mark.slow
def test_one_title_for_two_texts_is_wrong_use(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")

    assert run("publish", str(tmp_path), "--title", "T").code == 2


@pytest.mark.slow
def test_a_title_for_no_text_is_wrong_use(tmp_path: Path) -> None:
    assert run("publish", ndjson(tmp_path / "a.ndjson", events(1)), "--title", "T").code == 2


def test_the_texts_of_files_and_answers_cannot_drive_the_terminal(tmp_path: Path) -> None:
    file = ndjson(tmp_path / "\x1b[31m.ndjson", events(1))
    with Scripted(lambda _: as_json(422, {"faults": [{"item": 0, "path": "\x1b]0;", "message": "\x9b1m"}]})) as service:
        ran = run("publish", file, "--url", service.url)

    assert ran.code == 1
    assert not set(ran.err + ran.out) & {"\x1b", "\x9b"}
