"""Does what people of a mall do, page by page; each area has its own list of steps.

run.py DESCRIPTION AXE SCREENS: a JSON file, axe.min.js, and the folder for screenshots.
"""

import json
import pathlib
import sys
import time
import traceback

import access
import fuzz
import live
import orders
import portal
import reports
from browser import Browser, House

AREAS = [orders, portal, reports, live, access, fuzz]


def main(description, axe, screens):
    house = House(json.loads(pathlib.Path(description).read_text(encoding="utf-8")))
    browser = Browser(house, screens, axe)
    failures = 0
    try:
        for area in AREAS:
            for step in area.STEPS:
                name = f"{area.__name__}.{step.__name__}"
                start = time.monotonic()
                try:
                    step(browser)
                    print(f"ok {name} ({time.monotonic() - start:.1f} s)", flush=True)
                except Exception:
                    failures += 1
                    browser.shoot(f"failure-{name}")
                    browser.driver.get_log("browser")
                    print(f"FAILED {name}\n{traceback.format_exc(limit=-3)}", flush=True)
    finally:
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
