"""Whom a fuzz run acts for, and what there is to act on."""

import random
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
        self.http.headers.update({"Accept-Language": "en", "X-Forwarded-For": some_address()})
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


class Spare:
    """Somebody for the operations that end what they are asked with: each request has a session of its own."""

    # Of which operations, with the links of a page that name what may be ended.
    OPERATIONS = {
        "signOut": None, "changePassword": None, "endSession": ("/account", r"/account/sessions/(\d+)/end"),
        "revokeToken": ("/account/tokens", r"/account/tokens/(\d+)/revoke")}

    def __init__(self, base, name, password):
        # A form that is filled in as people do it changes the password.
        self.base, self.name, self.passwords = base, name, [password, "x" * 10]

    def come(self):
        for password in list(self.passwords):
            try:
                person = Person(self.base, self.name, password)
            except Failed:
                continue
            self.passwords.sort(key=lambda one: one != password)
            return person
        raise Failed(f"{self.name} cannot sign in any more")

    def something(self, person, operation):
        """The number of a session or a token of its own, or none."""
        if self.OPERATIONS[operation] is None:
            return None
        if operation == "revokeToken":
            make_token(person)
        found = person.found(*self.OPERATIONS[operation])
        return found[0] if found else None


def some_address():
    """Of a peer that nobody else has: who tries too often shuts the door of its own address alone."""
    return "10." + ".".join(str(random.randrange(1, 255)) for _ in range(3))


def make_token(person):
    permissions = person.found("/account/tokens", r'name="permission" value="([^"]+)"')
    answer = person.http.post(
        person.base + "/account/tokens",
        data={"name": "fuzz", "days": "1", "permission": permissions, "csrf": person.csrf})
    found = re.search(r"trb_[A-Za-z0-9_-]+", answer.text)
    return found and found[0]


class Mall:
    """Whom the run acts for, and what there is to act on."""

    def __init__(self, house):
        self.base = house.base
        owner, victim = f"fuzz-{secrets.token_hex(4)}", f"fuzzed-{secrets.token_hex(4)}"
        password = secrets.token_hex(16)
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(password)
            file.flush()
            spares = {one: f"fuzz-{one.lower()}-{secrets.token_hex(4)}" for one in Spare.OPERATIONS}
            for name, role in [(owner, "owner"), (victim, "support")] + [(one, "support") for one in spares.values()]:
                subprocess.run(
                    [house.operator, "users", "create", "--name", name, "--role", role, "--scope", "all",
                     "--password-file", file.name], env=house.environment, check=True, capture_output=True)
        self.owner = Person(self.base, owner, password)
        self.member = Person(self.base, "distributor", house.passwords["distributor"])
        self.spares = {one: Spare(self.base, name, password) for one, name in spares.items()}
        self.token = make_token(self.owner)
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
