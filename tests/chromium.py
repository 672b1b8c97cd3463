"""Chromium, for the tests of the page as people see it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

PATH = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

NEEDED = [
    pytest.mark.browser,
    pytest.mark.skipif(PATH is None, reason="no Chromium here: apt-get install chromium"),
]
"""The marks of a module that needs it."""


@contextmanager
def running() -> Iterator[Browser]:
    """A Chromium without windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
        yield browser
        browser.close()
