"""A headless Chromium, driven through chromedriver (WebDriver is JSON over http). Standard library only."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from . import web
from .beside import Beside
from .failure import Failed, demand
from .places import optional
from .ports import free_port

LIMIT = 20.0
T = TypeVar("T")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# WebDriver's name of an element in JSON.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
TAB, ENTER = "\ue004", "\ue007"


class Browser:
    """One browser with a new profile in `folder`, for `with`."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        driver, chromium = optional("chromedriver"), optional("chromium")
        if driver is None or chromium is None:
            raise Failed("chromium or chromedriver is missing: tests/packages.sh installs them")
        # With --port=0 it takes a port of ::1 that may be taken on 127.0.0.1.
        port = free_port()
        self._driver = Beside([driver, f"--port={port}"])
        try:
            log = self._driver.output_when(lambda log: "started successfully" in log, LIMIT)
            if "started successfully" not in log:
                raise self._driver.failed("(chromedriver) does not listen")
            self._url = f"http://127.0.0.1:{port}/session"
            options = {"binary": chromium, "args": [*ARGUMENTS, f"--user-data-dir={folder}", *arguments]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            self._url += f"/{self._ask('POST', '', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        except BaseException:
            self._driver.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._ask("DELETE", "", None)
        finally:
            self._driver.stop()

    def begin(self) -> None:
        """One empty tab on a desk by day, and nothing said."""
        tabs = self.tabs()
        self.new_tab()
        kept = self.tab
        for tab in tabs:
            self.switch(tab)
            self._ask("DELETE", "/window", None)
        self.switch(kept)
        self.screen(1280, 900)
        self.console()

    def _ask(self, method: str, path: str, document: object) -> Any:
        body = None if document is None else json.dumps(document)
        answer = web.request(method, self._url + path, body, {"content-type": "application/json"})
        value = json.loads(answer.text)["value"]
        if answer.status != 200:
            raise Failed(f"the browser, at {path}: {value['message'].splitlines()[0]}")
        return value

    def devtools(self, method: str, **parameters: object) -> Any:
        """One command of Chromium's own."""
        return self._ask("POST", "/goog/cdp/execute", {"cmd": method, "params": parameters})

    def open(self, url: str) -> None:
        """Goes there, and waits until it has loaded."""
        self._ask("POST", "/url", {"url": url})

    @property
    def address(self) -> str:
        """What the address bar has."""
        return str(self._ask("GET", "/url", None))

    def run(self, script: str, *arguments: object) -> Any:
        """What this function body returns, promises awaited."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def go(self, steps: int) -> None:
        """Back or forward in the tab's list; it may take a while."""
        # Not in the script itself: where the page is gone before its answer, the driver runs it once more.
        self.run("const steps = arguments[0]; setTimeout(() => history.go(steps))", steps)

    def wait(self, script: str, *arguments: object) -> Any:
        """Waits until this expression is true; its value."""
        return self.until(lambda: self.run(f"return ({script})", *arguments), script)

    def until(self, ready: Callable[[], T], what: str) -> T:
        """Waits until `ready` returns something true."""
        end = time.monotonic() + LIMIT
        while not (value := ready()):
            demand(time.monotonic() < end, f"this never became true: {what}; it is at {self.address}")
            time.sleep(0.05)
        return value

    def find(self, css: str) -> str:
        """The element's name for the calls below."""
        return str(self._ask("POST", "/element", {"using": "css selector", "value": css})[ELEMENT])

    def click(self, css: str) -> None:
        """A real click, into the middle of what is seen of it."""
        self._ask("POST", f"/element/{self.find(css)}/click", {})

    def double_click(self, css: str) -> None:
        """Two clicks in quick order."""
        origin = {ELEMENT: self.find(css)}
        press, release = ({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))
        move = {"type": "pointerMove", "origin": origin, "x": 0, "y": 0}
        steps = [move, press, release, press, release]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self._ask("POST", "/actions", {"actions": [mouse]})

    def type(self, css: str, text: str) -> None:
        """Replaces what is written in a field, which has the focus all the while: the page renews those without."""
        element = self.find(css)
        self.run("arguments[0].focus(); arguments[0].select()", {ELEMENT: element})
        self._ask("POST", f"/element/{element}/value", {"text": text})

    def press(self, keys: str) -> None:
        """Keys for whatever has the focus."""
        steps = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": steps}]})

    def text(self, css: str = "body") -> str:
        """What a person reads there."""
        return str(self._ask("GET", f"/element/{self.find(css)}/text", None))

    def tabs(self) -> list[str]:
        """Every tab."""
        return list(self._ask("GET", "/window/handles", None))

    @property
    def tab(self) -> str:
        """The tab that is driven."""
        return str(self._ask("GET", "/window", None))

    def switch(self, tab: str) -> None:
        """Drives another tab, and shows it."""
        self._ask("POST", "/window", {"handle": tab})
        self.devtools("Page.bringToFront")

    def new_tab(self) -> str:
        """Opens a tab and drives it."""
        tab = str(self._ask("POST", "/window/new", {"type": "tab"})["handle"])
        self.switch(tab)
        return tab

    def screen(self, width: int, height: int, *, dark: bool = False) -> None:
        """A screen of this size, and what its user prefers."""
        mobile = width < 600
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, file: Path) -> None:
        """The whole page as a PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        data = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        file.write_bytes(base64.b64decode(data))

    def console(self) -> list[str]:
        """What the browser complained of since the last call."""
        entries = self._ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def demand_silence(self, except_for: str = "") -> None:
        """Fails where it complained of anything, except of this."""
        told = [message for message in self.console() if not (except_for and except_for in message)]
        demand(not told, "the browser's console says:\n" + "\n".join(told))
