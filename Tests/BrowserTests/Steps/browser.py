"""A browser in front of the console, and what every page has to keep to."""

import json
import os
import pathlib
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import ElementClickInterceptedException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

WIDTHS = {"phone": (360, 740), "desk": (1920, 1080)}
# What axe calls the rules of WCAG 2.2 AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Failed(Exception):
    """A page that is not as it has to be."""


class House:
    """The installation that is looked at, as the test that started it describes it."""

    def __init__(self, description):
        self.base = description["base"]
        self.passwords = description["passwords"]
        self.operator = description["ops"]
        self.environment = description["environment"]
        self.facts = description["facts"]

    def now(self):
        """The house's time, which may be another than the machine's."""
        said = subprocess.run(
            [self.operator, "clock", "show"], env=self.environment, check=True, capture_output=True, text=True)
        return said.stdout.split(" ")[0].strip()

    def publish(self, topic, key, value):
        """Says something to the house, as a channel or a carrier would."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "value": value}, ensure_ascii=False) + "\n")
            file.flush()
            subprocess.run(
                [self.operator, "publish", "--topic", topic, "--file", file.name],
                env=self.environment, check=True, capture_output=True)


class Browser:
    def __init__(self, house, screens, axe):
        self.house = house
        self.screens = pathlib.Path(screens)
        self.downloads = self.screens / "downloads"
        self.downloads.mkdir(parents=True, exist_ok=True)
        self.axe = pathlib.Path(axe).read_text(encoding="utf-8")
        self.checked = set()
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"]:
            options.add_argument(argument)
        options.add_experimental_option(
            "prefs", {
                "intl.accept_languages": "zh-CN,zh", "download.default_directory": str(self.downloads),
                "download.prompt_for_download": False})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.width("desk")
        self.theme("light")

    def close(self):
        self.driver.quit()

    # What people do.

    def open(self, path):
        self.driver.get(self.house.base + path)
        self.complain_about_log()

    def sign_in(self, role, password=None):
        self.driver.delete_all_cookies()
        self.open("/login")
        self.type("user", role)
        self.type("password", password or self.house.passwords[role])
        self.press("main form button")
        self.wait(f"{role} is in", lambda: "/login" not in self.driver.current_url)

    def find(self, selector):
        """The first element; waits for it."""
        return self.wait(f"there is {selector}", lambda: (self.all(selector) or [None])[0])

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, selector):
        def click():
            element = self.find(selector)
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            element.click()
        self.again(click)

    def type(self, name, text):
        def write():
            field = self.find(f"main [name='{name}']")
            field.clear()
            field.send_keys(text)
        self.again(write)

    def text(self, selector="main"):
        return self.again(lambda: self.find(selector).text)

    def again(self, deed, times=5):
        """Pages move by themselves, and charts grow: what was found may be gone or elsewhere."""
        for _ in range(times):
            try:
                return deed()
            except (ElementClickInterceptedException, StaleElementReferenceException):
                time.sleep(0.2)
        return deed()

    def wait(self, what, condition, seconds=30):
        def holds(_):
            try:
                return condition()
            except Exception as error:  # A page that is just being exchanged.
                if "stale element" in str(error) or "no such element" in str(error):
                    return None
                raise
        try:
            return WebDriverWait(self.driver, seconds, poll_frequency=0.1).until(holds)
        except Exception as error:
            self.shoot("failure")
            raise Failed(f"never: {what}, on {self.driver.current_url}: {self.all('body')[0].text[:800]}") from error

    def reload_until(self, what, condition, seconds=60):
        """For what reaches the page by way of the services."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                self.shoot("failure")
                raise Failed(f"never: {what}, on {self.driver.current_url}: {self.text()[:800]}")
            time.sleep(0.3)
            self.driver.refresh()

    def accepted(self):
        """Waits on the page of a command until its owner has said yes."""
        self.wait("the command is answered", lambda: self.all("[data-command].alert-success, [data-command].alert-danger"))
        self.require(".alert-success", "the command is accepted")

    # What pages have to keep to.

    def require(self, selector, what):
        if not self.all(selector):
            self.shoot("failure")
            raise Failed(f"{what}: no {selector} on {self.driver.current_url}: {self.text()[:800]}")

    def says(self, text):
        if text not in self.text():
            self.shoot("failure")
            raise Failed(f"'{text}' is not on {self.driver.current_url}: {self.text()[:800]}")

    def complain_about_log(self, allowed=()):
        """Scripts that fail, files that are missing, what the content policy had to refuse."""
        lines = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        lines = [line for line in lines if not any(word in line for word in allowed)]
        if lines:
            raise Failed(f"{self.driver.current_url} complains: {lines}")

    def width(self, name):
        width, height = WIDTHS[name]
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def theme(self, name):
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {
                # Nothing is looked at half-way.
                "features": [
                    {"name": "prefers-color-scheme", "value": name},
                    {"name": "prefers-reduced-motion", "value": "reduce"},
                ]})

    def shoot(self, name):
        self.driver.save_screenshot(str(self.screens / f"{name}.png"))

    def check(self, name):
        """The page that is open, light and dark, narrow and wide; once for each name."""
        if name in self.checked:
            return
        self.checked.add(name)
        if len(self.all("h1")) != 1:
            raise Failed(f"{name} has {len(self.all('h1'))} h1")
        try:
            for width in WIDTHS:
                self.width(width)
                self.look_for_overflow(f"{name}-{width}")
                for theme in ["light", "dark"]:
                    self.theme(theme)
                    self.shoot(f"{name}-{width}-{theme}")
                    self.look_with_axe(f"{name}-{width}-{theme}")
        finally:
            self.theme("light")
            self.width("desk")
        self.complain_about_log()

    def look_for_overflow(self, name):
        """A chart follows its window a moment later; what is still too wide after three seconds stays so."""
        for _ in range(30):
            wide, seen = self.driver.execute_script(
                "const root = document.documentElement; return [root.scrollWidth, root.clientWidth];")
            if wide <= seen:
                return
            time.sleep(0.1)
        self.shoot(name)
        raise Failed(f"{name} is {wide} wide in a window of {seen}: {self.widest(seen)}")

    def widest(self, seen):
        return self.driver.execute_script(
            "return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > "
            "arguments[0] && !e.closest('.scroll')).slice(0, 3).map((e) => e.outerHTML.slice(0, 120));", seen)

    def look_with_axe(self, name):
        self.driver.execute_script(self.axe)
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']}).then((r) => done(r.violations));",
            RULES)
        if result:
            said = [
                f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in result]
            raise Failed(f"{name}: " + "\n".join(said))

    def keyboard_reaches(self, selector, limit=60):
        """Whether somebody without a mouse comes there, and sees where they are."""
        self.driver.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _ in range(limit):
            webdriver.ActionChains(self.driver).send_keys(Keys.TAB).perform()
            there, outline = self.driver.execute_script(
                "const e = document.activeElement; return [e.matches(arguments[0]), getComputedStyle(e).outlineStyle];",
                selector)
            if there:
                if outline == "none":
                    raise Failed(f"{selector} shows no focus")
                return
        raise Failed(f"the keyboard does not reach {selector} on {self.driver.current_url}")
