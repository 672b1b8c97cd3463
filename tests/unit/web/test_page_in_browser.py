"""The page in a real browser, before a service that does what a test says: breaks, refusals, hostile events."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

from missionwire.domain.errors import NotFound
from missionwire.web.pages import page as stored
from tests import chromium
from tests.unit.cli.scripted import Answer, Exchange, Scripted, as_json, event_frame, frame, start, stream

pytestmark = chromium.NEEDED


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which no script fails and no policy is broken."""
    context = browser.new_context()
    tab = context.new_page()
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def refused(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    tab.on("console", heard)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("dialog", refused)
    yield tab
    context.close()
    assert faults == []


def site(feed: Callable[[Exchange], Answer], history: Callable[[Exchange], Answer] | None = None) -> Scripted:
    """Serve the real pages as the service does, with a feed of the test's own."""

    def answer(asked: Exchange) -> Answer:
        if asked.path == "/v1/feed":
            return feed(asked)
        if asked.path == "/v1/events":
            return history(asked) if history else as_json(200, [])
        if asked.path == "/openapi.json":
            paths = {
                "/v1/events": {"get": {"summary": "Read the history", "responses": {"200": {"description": "ok"}}}}
            }
            return as_json(200, {"openapi": "3.1.0", "info": {"title": "missionwire", "version": "1"}, "paths": paths})
        try:
            found = stored(
                {"/": "index.html", "/docs": "docs.html"}.get(asked.path, asked.path.removeprefix("/assets/"))
            )
        except NotFound:
            return Answer(404)
        return Answer(200, [found.body], {"Content-Type": found.media_type, "Content-Security-Policy": found.csp})

    return Scripted(answer)


def steady(*steps: bytes) -> Callable[[Exchange], Answer]:
    return lambda _: stream(start(), *steps, 60.0)


def in_turn(*answers: Answer) -> Callable[[Exchange], Answer]:
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def cards(tab: Page) -> Locator:
    return tab.locator("#wire > li")


def test_events_are_cards_the_newest_on_top_with_time_as_precise_as_it_is_known(tab: Page) -> None:
    month = event_frame(2, subject="artemis-2", time="2026-02-01T00:00:00Z", data={"time_precision": "month"})
    minute = event_frame(3, subject="crew-1", time="2020-11-17T04:01:00Z", data={"time_precision": "minute"})
    with site(steady(month, minute)) as service:
        tab.goto(service.url)

        expect(tab.locator("#state")).to_have_text("Live")
        expect(cards(tab)).to_have_count(2)
        expect(cards(tab).first.locator("h2")).to_have_text("Docking Crew-1")
        expect(cards(tab).first.locator("time")).to_have_attribute("datetime", "2020-11-17T04:01:00Z")
        expect(cards(tab).last.locator("time")).to_have_text("February 2026month only")
        expect(cards(tab).last.locator("time")).to_have_attribute("datetime", "2026-02")
        expect(cards(tab).last.get_by_role("link", name="JSON")).to_have_attribute("href", "/v1/events/e1.2-0")
    assert service.asked("/v1/feed")[0].query == {"since": ["24h"]}


def test_corrections_are_marked_where_they_stand_and_explained(tab: Page) -> None:
    sent = "🚀 He left the device. The crew waited."
    published = "🚀 She left the device. The crew waited."
    fixes = [
        {
            "field": "text",
            "start": 2,
            "end": 4,
            "original": "He",
            "replacement": "She",
            "applied": True,
            "reason": "Only a woman was named.",
            "plugin": "pronouns",
            "confidence": 0.95,
        },
        {
            "field": "text",
            "start": 26,
            "end": 30,
            "original": "crew",
            "replacement": "team",
            "applied": False,
            "reason": "The owner is an official.",
            "plugin": "terms",
            "confidence": 0.6,
        },
    ]
    data = {"text": published, "original": {"text": sent}, "corrections": fixes}
    with site(steady(event_frame(2, data=data))) as service:
        tab.goto(service.url)
        card = cards(tab).first

        expect(card.locator(".text del")).to_have_text("He")
        expect(card.locator(".text ins")).to_have_text("She")
        expect(card.locator(".text ins")).to_have_attribute("title", "Only a woman was named. — pronouns, 95% sure")
        expect(card.locator(".text .suggested")).to_have_text("crew")
        card.get_by_text("1 correction, 1 suggestion").click()
        expect(card.locator(".corrections li")).to_have_count(2)
        expect(card.locator(".corrections li").last).to_contain_text("suggested, not applied")
        expect(card.locator(".corrections li").last).to_contain_text("terms · 60% sure")
        card.get_by_text("as sent").click()
        expect(card.locator(".sent")).to_have_text(sent)


def test_what_an_event_says_is_text_and_never_code(tab: Page) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    hostile: dict[str, Any] = {
        "type": evil,
        "subject": evil,
        "source": evil,
        "time": evil,
        "position": "../../" + evil,
        "data": {
            "title": evil,
            "text": evil,
            "url": "javascript:alert(1)",
            "narration": evil,
            "mission": evil,
            "crew": [evil, {"name": evil, "role": evil, "id": evil}, 5, None, [evil]],
            "agencies": {"a": evil},
            "original": {evil: evil},
            "errors": [{"plugin": evil}, 7],
            "__proto__": {"x": evil},
            evil: evil,
            "corrections": [
                {"start": 0, "end": 9**9, "original": evil, "replacement": evil, "reason": evil},
                None,
                evil,
            ],
        },
    }
    shapes: list[object] = [None, [], "x", 5, {"crew": 5, "corrections": {}}]
    odd = [event_frame(number, data=shape) for number, shape in enumerate(shapes, start=3)]
    with site(
        steady(event_frame(2, **hostile), *odd, b"id: e1.9-0\ndata: nonsense\n\n", b"id: e1.9-1\ndata: null\n\n")
    ) as service:
        tab.goto(service.url)

        expect(cards(tab)).to_have_count(6)
        last = cards(tab).last
        for summary in last.locator("summary").all():
            summary.click()
        expect(last.locator(".title")).to_have_text(evil)
        assert tab.locator("#wire img, #wire script").count() == 0
        links = tab.eval_on_selector_all("#wire a", "all => all.map(a => a.href)")
        assert links
        assert all(link.startswith(service.url) for link in links), links


def test_the_filter_is_in_the_address_the_feed_and_the_curl_line(tab: Page) -> None:
    with site(steady()) as service:
        tab.goto(f"{service.url}/?mission=Soyuz+MS-18&crew=a,b")
        expect(tab.get_by_label("Mission")).to_have_value("Soyuz MS-18")
        expect(tab.get_by_label("Crew")).to_have_value("a, b")
        tab.get_by_label("Agency").fill("nasa, roscosmos")
        tab.get_by_label("Agency").press("Enter")
        asked = service.wait_for("/v1/feed", 2)[1]
        expected = {"mission": ["Soyuz MS-18"], "agency": ["nasa", "roscosmos"], "crew": ["a", "b"], "since": ["24h"]}
        assert asked.query == expected
        assert tab.url.endswith("/?mission=Soyuz+MS-18&agency=nasa&agency=roscosmos&crew=a&crew=b")
        expect(tab.locator("#curl")).to_contain_text("curl -N 'http://127.0.0.1")
        expect(tab.locator("#curl")).to_contain_text("agency=nasa&agency=roscosmos")
        tab.go_back()
        expect(tab.get_by_label("Agency")).to_have_value("")
        assert service.wait_for("/v1/feed", 3)[2].query == {k: v for k, v in expected.items() if k != "agency"}
        tab.get_by_role("button", name="Clear").click()
        assert service.wait_for("/v1/feed", 4)[3].query == {"since": ["24h"]}
        tab.get_by_label("From").select_option("now on")
        assert service.wait_for("/v1/feed", 5)[4].query == {}


def test_a_name_on_a_card_is_a_filter(tab: Page) -> None:
    with site(
        steady(event_frame(2, subject="soyuz-ms-18", data={"crew": [{"id": "anton-s", "name": "Anton S"}]}))
    ) as service:
        tab.goto(service.url)
        cards(tab).first.get_by_role("link", name="Anton S").click()
        assert service.wait_for("/v1/feed", 2)[1].query == {"crew": ["anton-s"], "since": ["24h"]}
        expect(tab.get_by_label("Crew")).to_have_value("anton-s")


def test_after_a_break_it_resumes_by_itself_and_shows_each_event_once(tab: Page) -> None:
    broken = stream(start(), event_frame(2))
    with site(in_turn(broken, stream(start("e1.2-0"), event_frame(3), event_frame(2), 60.0))) as service:
        tab.goto(service.url)
        expect(cards(tab)).to_have_count(2)
        asked = service.asked("/v1/feed")
    assert [one.headers.get("Last-Event-ID") for one in asked] == [None, "e1.2-0"]


def test_a_stream_that_the_browser_gave_up_is_made_anew_at_its_place(tab: Page) -> None:
    away = as_json(502, {"detail": "A proxy's own."})
    with site(in_turn(stream(start(), event_frame(2)), away, stream(start("e1.2-0"), event_frame(3), 60.0))) as service:
        tab.goto(service.url)
        expect(cards(tab)).to_have_count(2, timeout=10_000)
        expect(tab.locator("#state")).to_have_text("Live")
        asked = service.asked("/v1/feed")
    assert asked[2].query == {"since": ["24h"], "last_event_id": ["e1.2-0"]}


def test_a_filter_that_is_refused_is_explained_and_not_tried_for_ever(tab: Page) -> None:
    problem = as_json(400, {"title": "t", "detail": "Parameter 'type': 'x y' is no type"})
    with site(lambda _: problem, lambda _: problem) as service:
        tab.goto(f"{service.url}/?type=x+y")
        expect(tab.locator("#state")).to_have_text("Not possible: Parameter 'type': 'x y' is no type")
        tab.wait_for_timeout(2_500)
        assert len(service.asked("/v1/feed")) == 1


def test_a_gap_is_shown_between_the_events(tab: Page) -> None:
    facts = {"reason": "trimmed", "from": "e1.2-0", "to": "e1.9-0", "count": 1234, "link": "/v1/events?after=e1.9-0"}
    gap = frame(facts, id="e1.9-0", event="gap")
    evil = frame({"reason": "<b>", "count": "x", "link": "//evil.example/v1/"}, id="e1.9-1", event="gap")
    with site(steady(event_frame(2), gap, event_frame(10), evil)) as service:
        tab.goto(service.url)
        expect(cards(tab)).to_have_count(4)
        expect(cards(tab).nth(2)).to_have_text(
            "1,234 events missing here: those events were trimmed to make room. See what is kept"
        )
        expect(cards(tab).nth(2).locator("a")).to_have_attribute("href", "/v1/events?after=e1.9-0")
        expect(cards(tab).first).to_have_text("Events are missing here: the reason was not given.")


def test_the_end_ends_it(tab: Page) -> None:
    with site(lambda _: stream(start(), event_frame(2), frame({}, id="e1.2-0.end", event="end"))) as service:
        tab.goto(service.url)
        expect(tab.locator("#state")).to_have_text("The feed has ended")
        tab.wait_for_timeout(1_000)
        assert len(service.asked("/v1/feed")) == 1


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (frame({}, event="busy", retry=60_000), "The service is busy"),
        (frame({}, id="e1.2-0", event="goodbye", retry=60_000), "The service is restarting"),
    ],
)
def test_busy_and_goodbye_are_told_and_kept_until_the_next_try(tab: Page, last: bytes, words: str) -> None:
    with site(lambda _: stream(last)) as service:
        tab.goto(service.url)
        expect(tab.locator("#state")).to_have_text(words)
        tab.wait_for_timeout(500)
        expect(tab.locator("#state")).to_have_text(words)


def test_silence_makes_it_connect_anew_at_its_place(tab: Page) -> None:
    with site(steady(event_frame(2))) as service:
        tab.clock.install()
        tab.goto(service.url)
        service.wait_for("/v1/feed", 1)
        tab.clock.run_for(1_000)
        expect(cards(tab)).to_have_count(1)
        tab.clock.run_for(40_000)
        assert len(service.asked("/v1/feed")) == 1
        tab.clock.run_for(9_000)
        assert service.wait_for("/v1/feed", 2)[1].query == {"since": ["24h"], "last_event_id": ["e1.2-0"]}


def test_a_hidden_page_lets_go_of_its_stream_and_comes_back_to_its_place(tab: Page) -> None:
    hide = """isHidden => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    with site(steady(event_frame(2))) as service:
        tab.clock.install()
        tab.goto(service.url)
        service.wait_for("/v1/feed", 1)
        tab.clock.run_for(1_000)
        expect(cards(tab)).to_have_count(1)
        tab.evaluate(hide, arg=True)
        tab.clock.run_for(31_000)
        expect(tab.locator("#state")).to_have_text("Resting while hidden")
        tab.evaluate(hide, arg=False)
        assert service.wait_for("/v1/feed", 2)[1].query == {"since": ["24h"], "last_event_id": ["e1.2-0"]}


def test_a_flood_leaves_the_newest_two_hundred(tab: Page) -> None:
    with site(steady(b"".join(event_frame(n, data={"text": f"Event {n}"}) for n in range(2, 5002)))) as service:
        tab.goto(service.url)
        expect(cards(tab).first).to_contain_text("Event 5001", timeout=20_000)
        expect(cards(tab)).to_have_count(200)
        expect(cards(tab).last).to_contain_text("Event 4802")
        expect(tab.locator("#full")).to_be_visible()


def test_while_paused_events_wait_and_are_counted(tab: Page) -> None:
    def feed(asked: Exchange) -> Answer:
        def steps() -> Iterator[bytes | float]:
            yield start()
            deadline_s = time.monotonic() + 10
            while not paused and time.monotonic() < deadline_s:
                yield 0.02
            yield event_frame(2)
            yield event_frame(3)
            yield 60.0

        return stream()._replace(steps=steps())

    paused: list[bool] = []
    with site(feed) as service:
        tab.goto(service.url)
        tab.get_by_role("button", name="Pause").click()
        paused.append(True)
        pill = tab.get_by_role("button", name="2 new events: show")
        expect(pill).to_be_visible()
        expect(cards(tab)).to_have_count(0)
        pill.click()
        expect(cards(tab)).to_have_count(2)
        expect(tab.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "false")


def test_a_long_text_is_folded_until_asked_for(tab: Page) -> None:
    with site(steady(event_frame(2, data={"text": "Long. " * 500}))) as service:
        tab.goto(service.url)
        more = cards(tab).first.get_by_role("button", name="Read all of it")
        expect(more).to_have_attribute("aria-expanded", "false")
        folded = cards(tab).first.bounding_box()
        more.click()
        unfolded = cards(tab).first.bounding_box()
        assert folded is not None
        assert unfolded is not None
        assert unfolded["height"] > 2 * folded["height"]


def test_an_empty_wire_says_so_and_how_to_see_more(tab: Page) -> None:
    with site(steady()) as service:
        tab.goto(service.url)
        expect(tab.locator("#empty")).to_be_visible()
        tab.get_by_role("link", name="Show all that is kept.").click()
        assert service.wait_for("/v1/feed", 2)[1].query == {"since": ["all"]}
        expect(tab.locator("#all")).to_be_hidden()


def test_a_screen_reader_hears_one_sentence_and_controls_have_names(tab: Page) -> None:
    with site(steady(event_frame(2, subject="crew-1"), event_frame(3, subject="crew-1"))) as service:
        tab.goto(service.url)
        expect(tab.locator("#announcer")).to_have_text("2 new events, last Docking, Crew-1", timeout=8_000)
        unnamed = tab.eval_on_selector_all(
            "button, a, input, select",
            "all => all.filter(e => !(e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML)",
        )
        assert unnamed == []
        tab.keyboard.press("Tab")
        expect(tab.locator(":focus")).to_have_text("Skip to the events")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(tab: Page, width: int) -> None:
    wide = event_frame(
        2,
        source="urn:" + "x" * 400,
        subject="y" * 300,
        data={"text": "z" * 900, "crew": ["w" * 300], "port": "p" * 200},
    )
    with site(steady(wide)) as service:
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(service.url)
        expect(cards(tab)).to_have_count(1)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_reference_is_shown_from_this_service_alone(tab: Page) -> None:
    asked: list[str] = []
    with site(steady()) as service:
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{service.url}/docs")
        expect(tab.locator("#reference")).to_contain_text("Read the history", timeout=10_000)
        outside = [url for url in asked if not re.match(rf"{re.escape(service.url)}/|data:", url)]
        assert outside == []
