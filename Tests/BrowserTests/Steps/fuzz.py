"""What nobody types: every operation of Services/Console/openapi.json with made-up and with hostile input.

It comes last, because it changes and orders whatever it can. Stand-alone: fuzz.py DESCRIPTION, as run.py gets it. The
file is schemathesis' hooks module as well: that process finds who it is in the environment.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

from fuzz_house import Failed, Mall, Spare, real_path, some_address
from fuzz_input import FILE, QUERY_LETTERS, operations
from fuzz_pass import SEED, Pass

CHECKS = "not_a_server_error,content_type_conformance,status_code_conformance,response_schema_conformance"
SECONDS = 50

# How long the stream of a page is listened to, in seconds.
LIVE_SECONDS = 2


def made_up_input(browser):
    """Schemathesis: no failure, no dropped connection, and nothing that the description does not say."""
    mall = Mall(browser.house)
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", str(FILE), "--url", mall.base, "--checks", CHECKS,
             "--phases", "coverage,fuzzing", "--max-examples", "5", "--max-time", str(SECONDS), "--workers", "2",
             "--seed", str(SEED), "--request-timeout", "20", "--no-shrink", "--continue-on-failure", "--no-color",
             "--generation-with-security-parameters", "false", "--generation-database", "none", "--warnings", "off",
             "--suppress-health-check", "all"],
            cwd=folder, capture_output=True, text=True, timeout=SECONDS * 3, env=os.environ | {
                "SCHEMATHESIS_HOOKS": "fuzz", "PYTHONPATH": str(pathlib.Path(__file__).parent),
                "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "1", "FUZZ": json.dumps({
                    "ids": mall.ids, "token": mall.token, "owner": [mall.owner.cookie, mall.owner.csrf],
                    "member": [mall.member.cookie, mall.member.csrf], "base": mall.base,
                    "spares": {one: [spare.name, spare.passwords[0]] for one, spare in mall.spares.items()}})})
    print(result.stdout[-3000:])
    if result.returncode:
        raise Failed(f"{result.stdout[-30000:]}\n{result.stderr[-3000:]}")


def hostile_input(browser):
    """No failure, no markup of others, no formula."""
    run = Pass(Mall(browser.house))
    failures = run.run()
    print(f"{run.count} requests, {run.left} for which there was no time, {len(failures)} failures")
    if failures:
        raise Failed("\n".join(f"{what}: {said}" for what, said in sorted(failures.items())))


STEPS = [made_up_input, hostile_input]


def short(value, letters=QUERY_LETTERS // 3):
    """So that an address is not longer than the server reads."""
    if isinstance(value, list):
        return [short(one, letters // 5) for one in value[:5]]
    return value[:letters] if isinstance(value, str) else value


def add_hooks(known):
    import schemathesis

    own = {one.name for one in operations() if one.is_own}
    spares = {one: Spare(known["base"], *told) for one, told in known["spares"].items()}

    @schemathesis.hook
    def before_call(context, case, kwargs):
        """Signs in: programs' addresses by the token, pages by a session. Every second path leads to something."""
        kwargs["allow_redirects"] = False
        name = case.operation.definition.raw["operationId"]
        if name == "followLive":
            kwargs["timeout"] = LIVE_SECONDS
        headers = {"Accept-Language": "en", "X-Forwarded-For": some_address()}
        if name in spares:
            # A session for this request alone: it may end it.
            person = spares[name].come()
            thing = spares[name].something(person, name)
            headers |= {"Cookie": f"session={person.cookie}", "X-CSRF-Token": person.csrf}
            if thing and int(thing) % 2:
                case.path_parameters = {"id": thing}
        elif case.path.startswith("/api/"):
            headers["Authorization"] = f"Bearer {known['token']}"
        else:
            cookie, csrf = known["member" if name in own else "owner"]
            headers |= {"Cookie": f"session={cookie}", "X-CSRF-Token": csrf}
        case.headers = dict(case.headers or {}) | headers
        if case.query:
            case.query = {name: short(value) for name, value in case.query.items()}
        if case.path_parameters and name not in spares:
            number = hash(str(sorted(case.path_parameters.items())))
            if number % 2 or case.path.startswith("/users/"):
                real = real_path(case.path, known["ids"], number // 2)
                shape = re.sub(r"\\\{([a-z]+)\\\}", r"(?P<\1>[^/]+)", re.escape(case.path))
                case.path_parameters = {
                    name: urllib.parse.unquote(value) for name, value in re.fullmatch(shape, real).groupdict().items()}


if __name__ == "__main__":
    import types

    from browser import House

    told = types.SimpleNamespace(house=House(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))))
    for step in STEPS:
        start = time.monotonic()
        try:
            step(told)
            print(f"ok {step.__name__} ({time.monotonic() - start:.1f} s)", flush=True)
        except Failed as failed:
            print(f"FAILED {step.__name__} ({time.monotonic() - start:.1f} s)\n{failed}", flush=True)
elif "FUZZ" in os.environ:
    add_hooks(json.loads(os.environ["FUZZ"]))
