"""The short pass of a fuzz run: hostile texts in every field."""

import concurrent.futures
import contextlib
import csv
import io
import itertools
import json
import random
import re
import secrets
import threading
import time
import urllib.parse

import requests

from fuzz_house import Failed, Spare, real_path, some_address
from fuzz_input import BODIES, BYTES, FORMULAS, KEYS, LEFT_OPEN, MARKUP, QUERY_LETTERS, TEXTS, operations, usual

SEED = 20261118
SECONDS = 70


class Pass:
    """The short pass: each hostile text in each field once, the other fields as people fill them or hostile, too."""

    def __init__(self, mall):
        self.mall = mall
        self.lock = threading.Lock()
        # More exports at once than the site writes are told to come again.
        self.export = threading.Lock()
        self.failures = {}
        self.count = 0
        self.mark = secrets.token_hex(2)
        self.numbers = itertools.count()
        self.end = time.monotonic() + SECONDS
        self.left = 0

    def run(self):
        chosen = operations()
        tasks = [(one, {}) for one in chosen if one.method == "post"]
        tasks += [task for one in chosen for task in self.rotations(one)]
        tasks += [task for one in chosen for task in self.broken(one)]
        single = [task for one in chosen for task in self.singles(one)]
        # Should there be no time for all of them, so many of each.
        random.Random(SEED).shuffle(single)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda task: self.attempt(*task), tasks + single))
        # What was kept comes back on pages and in files.
        self.end = time.monotonic() + SECONDS
        for one in chosen:
            if one.method == "get":
                self.attempt(one, {})
        return self.failures

    def rotations(self, operation):
        """As many requests as texts, each with another text in every field."""
        fields = list(operation.query) + list(operation.form)
        for turn in range(len(TEXTS) if fields else 0):
            yield operation, {name: TEXTS[(turn + place) % len(TEXTS)] for place, name in enumerate(fields)}

    def singles(self, operation):
        for name in list(operation.query) + list(operation.form):
            for text in TEXTS:
                yield operation, {name: text}

    def broken(self, operation):
        for name in list(operation.query) + list(operation.form):
            for text in BYTES:
                yield operation, {name: bytes(text, "ascii")}
        for body in BODIES if operation.is_upload else []:
            yield operation, {}, body

    def attempt(self, operation, hostile, body=None):
        if time.monotonic() > self.end:
            self.left += 1
            return
        try:
            person, own = self.person(operation)
        except Failed as failed:
            self.fail(f"nobody for {operation.name}", str(failed))
            return
        query = self.fill(operation, operation.query, hostile)
        form = self.fill(operation, operation.form, hostile)
        path = operation.path.replace("{id}", own) if own else self.path(operation)
        target = self.mall.base + path + ("?" + query if query else "")
        headers = {
            "Cookie": f"session={person.cookie}", "Accept-Language": "en", "X-Forwarded-For": some_address()}
        if operation.method == "post":
            kind = "multipart/form-data; boundary=b" if body is not None else "application/x-www-form-urlencoded"
            headers |= {"Content-Type": kind, "X-CSRF-Token": person.csrf}
            body = form if body is None else body
        said = f"{operation.method.upper()} {target[len(self.mall.base):]} {body or ''}"[:600]
        try:
            with self.export if operation.name.startswith("export") else contextlib.nullcontext():
                answer = requests.request(
                    operation.method, target, headers=headers, data=body, allow_redirects=False, timeout=20,
                    stream=operation.name == "followLive")
                text = next(answer.iter_content(200), b"").decode() if operation.name == "followLive" else answer.text
                answer.close()
        except requests.RequestException as error:
            self.fail(f"no answer to {operation.name}", f"{said}: {error}")
            self.wait()
            return
        self.look(operation, answer, text, said)

    def person(self, operation):
        """Who asks, and what of its own it asks for: with every second request something that exists."""
        spare = self.mall.spares.get(operation.name)
        if spare is None:
            return (self.mall.member if operation.is_own else self.mall.owner), None
        # One after the other: a password that has changed is known to the next.
        with self.lock:
            person = spare.come()
        return person, spare.something(person, operation.name) if next(self.numbers) % 2 else None

    def look(self, operation, answer, text, said):
        with self.lock:
            self.count += 1
        if answer.status_code >= 500:
            self.fail(f"{answer.status_code} of {operation.name}", said)
        place = answer.headers.get("Location", "")
        if place.startswith("/login") and operation.name not in {"bringCode", "signOut"}:
            self.fail(f"{operation.name} was asked by nobody", said)
        command = re.match(r"/commands/([^?]+)", place)
        if command:
            self.mall.ids["/commands/"] = self.mall.ids["/api/commands/"] = [command[1]]
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text/html") and any(markup in text for markup in MARKUP):
            self.fail(f"markup of {operation.name}", said)
        if kind.startswith("text/csv"):
            cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
            if any(cell.startswith(tuple(FORMULAS)) for cell in cells):
                self.fail(f"a formula of {operation.name}", said)

    def fill(self, operation, fields, hostile):
        pairs = []
        for name, schema in fields.items():
            value = hostile.get(name)
            if value is None:
                value = self.known(operation, name)
                if value is None and (name in LEFT_OPEN or name == "key"):
                    continue
                value = usual(name, schema) if value is None else value
            if fields is operation.query and isinstance(value, str):
                value = value[:QUERY_LETTERS]
            for one in value if isinstance(value, list) else [value]:
                text = one.decode() if isinstance(one, bytes) else urllib.parse.quote(one, safe="")
                pairs.append(f"{urllib.parse.quote(self.field(operation, name), safe='')}={text}")
        return "&".join(pairs)

    def field(self, operation, name):
        """A row's own field carries the row's id."""
        if operation.path.endswith("/act") and name.endswith("/1"):
            return name[:-1] + self.mall.pick(operation.path.removesuffix("/act"))[0]
        return name

    def known(self, operation, name):
        """What makes sense in this field; nothing where any text will do."""
        parts = operation.path.split("/")
        number = next(self.numbers)
        new = f"fuzz-{self.mark}-{number}"
        match name:
            case "pick": return self.mall.pick(operation.path.removesuffix("/act"))
            case "order": return self.mall.ids["/orders/"][:2]
            case "query": return "q=x" if "orders" in parts else "period=today"
            case "current": return self.mall.spares["changePassword"].passwords[0]
            case "role": return ["auditor"]
            case "name" if operation.name == "addUser": return new
            case "code": return new
            case "key" if operation.path.endswith("/record"): return self.mall.key(parts[2])
            case "body" | "table" if parts[1] == "master":
                record = {key: new for key in KEYS.get(parts[2], [])} | {"name": (MARKUP + FORMULAS)[number % 5]}
                record |= {"kind": "web"} if parts[2] == "channels" else {}
                if name == "body":
                    return json.dumps(record | ({"components": [{"sku": new}]} if parts[2] == "listings" else {}))
                return ",".join(record) + "\n" + ",".join(f'"{quoted(text)}"' for text in record.values())
        return new if operation.path.endswith("/check") and name in KEYS[parts[2]] else None

    def path(self, operation):
        return real_path(operation.path, self.mall.ids, next(self.numbers))

    def fail(self, what, said):
        with self.lock:
            self.failures.setdefault(what, said)

    def wait(self):
        """A process that has crashed is started again."""
        for _ in range(100):
            try:
                requests.get(self.mall.base + "/login", timeout=5)
                return
            except requests.RequestException:
                time.sleep(0.2)


def quoted(text):
    return text.replace('"', '""')
