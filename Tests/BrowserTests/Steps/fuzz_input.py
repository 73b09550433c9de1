"""What is sent to the operations of Services/Console/openapi.json: as people would, and as nobody would."""

import json
import pathlib
import re

FILE = pathlib.Path(__file__).resolve().parents[3] / "Services/Console/openapi.json"

MARKUP = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>"]
FORMULAS = ["=HYPERLINK(\"http://x\",\"y\")", "+1+1", "@SUM(1)"]
SMALLEST, LARGEST = str(-1 << 63), str((1 << 63) - 1)
TEXTS = [
    "' OR 1=1 --", "'; DROP TABLE orders; --", *MARKUP, *FORMULAS, "a" * 10_000, SMALLEST, LARGEST, "9" * 400,
    "-1", "0000-01-01", "9999-12-31", f"{SMALLEST}.1.x", f"{SMALLEST}~x", f"{LARGEST}.{LARGEST}", "[" * 5_000]
# No text at all: refused before any page sees it.
BYTES = ["%00", "%ED%A0%80"]
# Forms with files that no browser makes.
BODIES = [
    "", "--b", "--b--", "--b\r\n--b--", "--b\r\n\r\n--b--", "--b\r\n--b\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\r\n\r\n\r\n--b--"]

# Of each kind of master record.
KEYS = {
    "items": ["sku"], "listings": ["channel", "externalSku"], "warehouses": ["warehouse"],
    "carriers": ["carrier"], "channels": ["channel"], "bindings": ["channel", "externalBuyerId"], "members": ["memberId"], "plans": ["planId"]}
# Without a hostile text these stay empty, because any text says something else than the rest.
LEFT_OPEN = {
    "json", "restore", "step", "ends", "period", "after", "before", "view", "table", "values", "offset", "q", "channel"}
# The server's own limit of an address, 8 KiB, is not what is looked at.
QUERY_LETTERS = 1_500


class Operation:
    def __init__(self, document, path, method, described):
        self.path, self.method, self.described = path, method, described
        self.document = document
        self.name = described["operationId"]
        self.is_own = any(name.startswith("own.") for name in described["x-permissions"]) or path == "/portal/payouts"
        parameters = [self.resolve(one) for one in described.get("parameters", [])]
        self.query = {one["name"]: self.resolve(one["schema"]) for one in parameters if one["in"] == "query"}
        self.form = {}
        for content in described.get("requestBody", {}).get("content", {}).values():
            schema = content["schema"]
            self.form = {name: self.resolve(one) for name, one in schema.get("properties", {}).items()}
            for pattern, one in schema.get("patternProperties", {}).items():
                self.form |= {name: self.resolve(one) for name in names(pattern)}
        self.is_upload = "file" in self.form
        self.form.pop("file", None)

    def resolve(self, value):
        if value.get("type") == "array":
            return value | {"items": self.resolve(value["items"])}
        if "$ref" not in value:
            return value
        found = self.document
        for part in value["$ref"].split("/")[1:]:
            found = found[part]
        return found | {"name": found.get("name", part), "kind": part}


def operations():
    document = json.loads(FILE.read_text(encoding="utf-8"))
    return [
        Operation(document, path, method, described)
        for path, methods in document["paths"].items() for method, described in methods.items()]


def names(pattern):
    """Names that fit a pattern of names: one for each word that it offers, and numbers at both ends of rows."""
    words = re.search(r"\(([a-zA-Z|-]+)\)", pattern)
    for word in words[1].split("|") if words else [""]:
        name = pattern.strip("^$").replace("\\.", ".")
        name = name.replace(words[0], word) if words else name
        if "[0-9]{1,2}" in name:
            yield from (name.replace("[0-9]{1,2}", row) for row in ["0", "59", "-9", LARGEST])
        else:
            yield name if name[-1] not in "/-" else name + "1"


def usual(name, schema):
    """What people would send."""
    if schema.get("type") == "array":
        return [usual(name, schema["items"])]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = {"Amount": "1.00", "Number": "1", "Day": "2026-11-18", "Month": "2026-11", "Address": "/", "Time": "",
             "Percent": "1", "Lines": "one", "Hold": "operator", "OwnID": "fuzz", "ExternalID": "fuzz"}
    kind = schema.get("kind")
    return kinds.get(kind, "CNY" if name == "currency" else "x" * max(schema.get("minLength", 1), 5))
