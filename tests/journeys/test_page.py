"""The page at `/` and the reference at `/docs`, in a real browser before the real service."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests import chromium
from tests.service import PLAIN, Service, an_event

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
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", heard)
    yield tab
    context.close()
    assert faults == []


def test_an_event_appears_by_itself_and_its_json_is_one_click_away(service: Service, tab: Page) -> None:
    mission = f"test-{uuid4().hex[:8]}"
    tab.goto(f"{service.url}/?mission={mission}&since=now")
    expect(tab.locator("#state")).to_have_text("Live")
    expect(tab.locator("#empty")).to_be_visible()

    evil = "<script>document.title = 'owned'</script>"
    service.post(
        an_event(subject=mission, time="2021-10-17T04:36:00Z", data={"text": evil, "time_precision": "minute"})
    )

    card = tab.locator("#wire > li")
    expect(card).to_have_count(1)
    expect(card.locator(".text")).to_have_text(evil)
    expect(card.locator("time")).to_have_text("17 Oct 202104:36 UTC")
    assert tab.title() == "missionwire"
    link = card.get_by_role("link", name="JSON").get_attribute("href")
    assert link is not None
    assert service.get(link).json()["subject"] == mission


def test_after_the_service_was_killed_the_page_goes_on_and_shows_each_event_once(tmp_path: Path, tab: Page) -> None:
    with Service(tmp_path / "data") as own:
        own.post(an_event("1"))
        tab.goto(f"{own.url}/?since=all")
        expect(tab.locator("#wire > li")).to_have_count(1)
        own.kill()
        expect(tab.locator("#state")).not_to_have_text("Live")
        own.start()
        own.post(an_event("2", type="missionwire.docking.completed"))
        expect(tab.locator("#wire > li")).to_have_count(2, timeout=40_000)
        expect(tab.locator("#wire h2").first).to_have_text("Docking")
        expect(tab.locator("#state")).to_have_text("Live")


def test_a_filter_that_can_match_nothing_is_explained_by_the_service(service: Service, tab: Page) -> None:
    tab.goto(f"{service.url}/?type=a+b")
    expect(tab.locator("#state")).to_contain_text("is no type")


def test_the_reference_shows_every_call(service: Service, tab: Page) -> None:
    tab.goto(f"{service.url}/docs")
    for call in ("/v1/events", "/v1/feed", "/v1/articles", "/v1/plugins"):
        expect(tab.locator("#reference")).to_contain_text(call, timeout=10_000)


def test_an_asset_that_has_not_changed_is_not_sent_again(service: Service) -> None:
    first = httpx.get(f"{service.url}/assets/card.js", verify=PLAIN)
    second = httpx.get(f"{service.url}/assets/card.js", headers={"If-None-Match": first.headers["ETag"]}, verify=PLAIN)

    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")
    assert "default-src 'none'" in first.headers["Content-Security-Policy"]
