"""How long the console's pages take: pages.py BASE USER PASSWORD-FILE ORDERS COUNT prints p50, p95 and the most.

One reader with one connection, as a browser keeps it; the time from the question to the answer's last byte.
"""

import gzip
import http.client
import random
import re
import sys
import time
import urllib.parse


class Reader:
    def __init__(self, base):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=120)
        self.cookies = {}

    def ask(self, path, form=None):
        """Answers the milliseconds, the bytes that were sent, and the text."""
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        taken = (time.perf_counter() - start) * 1000
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if answer.status >= 400:
            sys.exit(f"{path}: {answer.status} {content[:300]}")
        text = gzip.decompress(content) if answer.getheader("content-encoding") == "gzip" else content
        return taken, len(content), text.decode(errors="replace")

    def sign_in(self, user, password):
        _, _, page = self.ask("/login")
        token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
        self.ask("/login", {"csrf": token, "user": user, "password": password})
        self.ask("/orders")


def say(name, times):
    times = sorted(times)
    at = lambda part: times[min(len(times) - 1, int(len(times) * part))]
    print(f"{name:<34} p50 {at(0.5):7.1f} ms  p95 {at(0.95):7.1f} ms  most {times[-1]:7.1f} ms", flush=True)


def index_questions(chance, orders):
    """What people ask of the index, the newest page as often as all else."""
    while True:
        yield "/orders"
        yield chance.choice([
            "/orders?view=to-ship", "/orders?view=completed", "/orders?view=shipped", "/orders?view=cancelled",
            "/orders?sort=oldest", "/orders?sort=amount", f"/orders?channel=channel-{chance.randint(1, 6)}",
            f"/orders?q=X-{chance.randint(1, orders)}", f"/orders?seller=M{chance.randint(421, 19999)}",
            f"/orders?warehouse=w{chance.randint(1, 4)}&state=paid", f"/orders?sku=SKU-{chance.randint(1, 5000)}",
            "/orders?refund=partial", f"/orders?min=100&max=200&channel=channel-{chance.randint(1, 6)}",
            "/orders?deep",
        ])


def main(base, user, password_file, orders, count):
    orders, count = int(orders), int(count)
    chance = random.Random(1)
    reader = Reader(base)
    with open(password_file, encoding="utf-8") as file:
        reader.sign_in(user, file.read().strip())
    times, deep = {}, "/orders"
    questions = index_questions(chance, orders)
    for _ in range(count):
        question = next(questions)
        path = deep if question == "/orders?deep" else question
        taken, _, page = reader.ask(path)
        times.setdefault("index", []).append(taken)
        times.setdefault("  " + re.sub(r"\d+", "N", question), []).append(taken)
        if question == "/orders?deep":
            following = re.search(r'href="(/orders\?[^"]*after=[^"]+)"', page)
            deep = following.group(1).replace("&amp;", "&") if following else "/orders"
    say("order index", times.pop("index"))
    for name in sorted(times):
        say(name, times[name])
    say("order page", [
        reader.ask(f"/orders/ORDER{chance.randint(1, orders):010d}")[0] for _ in range(count)])
    _, _, page = reader.ask("/reports/sales")
    codes = sorted(set(re.findall(r'<li><a href="/reports/([a-z]+)["?]', page)) - {"schedules"})
    for code in codes:
        for span in ["last-90-days", "this-year"]:
            path = f"/reports/{code}?period={span}"
            say(f"report {code}, {span}", [reader.ask(path)[0] for _ in range(max(3, count // 20))])
    total = first = reader.ask("/orders")[1]
    _, _, page = reader.ask("/orders")
    for path in sorted(set(re.findall(r'(?:rel="stylesheet" href|<script src)="([^"]+)"', page))):
        total += reader.ask(path)[1]
    print(f"first paint of the index: {total / 1000:.1f} KB transferred, {first / 1000:.1f} of them the page")


if __name__ == "__main__":
    main(*sys.argv[1:])
