"""Whom a fuzz run acts for, and what there is to act on."""

import re
import secrets
import subprocess
import tempfile
import urllib.parse

import requests


class Failed(Exception):
    """Something came back that must not."""


class Person:
    """Somebody who has signed in, with the token of the forms."""

    def __init__(self, base, name, password):
        self.base = base
        self.http = requests.Session()
        self.http.headers["Accept-Language"] = "en"
        self.csrf = self.read_csrf("/login")
        answer = self.http.post(
            base + "/login", data={"user": name, "password": password, "csrf": self.csrf}, allow_redirects=False)
        if answer.status_code != 303:
            raise Failed(f"{name} cannot sign in: {answer.status_code}")
        self.csrf = self.read_csrf("/account")
        self.cookie = self.http.cookies["session"]

    def read_csrf(self, path):
        return re.search(r'name="csrf" value="([^"]+)"', self.http.get(self.base + path).text)[1]

    def found(self, path, pattern):
        return sorted(set(re.findall(pattern, self.http.get(self.base + path).text)))


class Mall:
    """Whom the run acts for, and what there is to act on."""

    def __init__(self, house):
        self.base = house.base
        owner, victim = f"fuzz-{secrets.token_hex(4)}", f"fuzzed-{secrets.token_hex(4)}"
        password = secrets.token_hex(16)
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(password)
            file.flush()
            for name, role in [(owner, "owner"), (victim, "support")]:
                subprocess.run(
                    [house.operator, "users", "create", "--name", name, "--role", role, "--scope", "all",
                     "--password-file", file.name], env=house.environment, check=True, capture_output=True)
        self.owner = Person(self.base, owner, password)
        self.member = Person(self.base, "distributor", house.passwords["distributor"])
        self.token = self.make_token()
        users = self.owner.http.get(self.base + "/users").text
        self.ids = {"/users/": [re.findall(r'href="/users/(\d+)"', users[:users.index(victim) + 1])[-1]]}
        orders = [f"/orders?view={view}" for view in ["to-pay", "to-ship", "shipped", "held", "after-sales", "all"]]
        self.find("/orders/", orders)
        self.find("/cases/", ["/queues/cases"] + [f"/orders/{order}" for order in self.ids["/orders/"]])
        self.find("/parcels/", ["/queues/ship"])
        self.find("/roles/", ["/roles"])
        self.find("/disputes/", ["/disputes"])
        self.ids["/portal/earnings/"] = self.member.found("/portal/statement", r'href="/portal/earnings/([A-Z0-9-]+)"')
        self.ids["/api/orders/"] = self.ids["/orders/"]
        self.picks, self.keys = {}, {}

    def make_token(self):
        permissions = self.owner.found("/account/tokens", r'name="permission" value="([^"]+)"')
        answer = self.owner.http.post(
            self.base + "/account/tokens",
            data={"name": "fuzz", "days": "1", "permission": permissions, "csrf": self.owner.csrf})
        return re.search(r"trb_[A-Za-z0-9_-]+", answer.text)[0]

    def find(self, start, pages):
        """A few of each page."""
        found = [self.owner.found(page, rf'href="{start}([A-Za-z0-9%-]+(?:/[A-Za-z0-9%-]+)?)"')[:8] for page in pages]
        self.ids[start] = [link for links in found for link in links if link != "new"]

    def key(self, kind):
        if kind not in self.keys:
            path = f"/master/{kind}"
            self.keys[kind] = (self.owner.found(path, rf'href="{path}/record\?key=([^"&]+)"') or ["nothing"])[0]
        return urllib.parse.unquote(self.keys[kind])

    def pick(self, queue):
        if queue not in self.picks:
            self.picks[queue] = self.owner.found(queue, r'name="pick" value="([^"]+)"')[:1] or ["nothing"]
        return self.picks[queue]


def real_path(path, ids, number):
    """The path with something that exists in its places, as far as that is known."""
    for start in sorted(ids, key=len, reverse=True):
        if path.startswith(start + "{") and ids[start]:
            known = ids[start][number % len(ids[start])].split("/") + [""]
            path = re.sub(r"\{[a-z]+\}", lambda _: known.pop(0) or "T1", path)
    return re.sub(r"\{[a-z]+\}", "1000000", path)
