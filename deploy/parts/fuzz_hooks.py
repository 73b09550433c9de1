"""What schemathesis needs to know to get behind the edge's door: signatures, and now and then a message that is right."""

import base64
import hashlib
import hmac
import os
import time
import uuid

import requests
import schemathesis

SECRET = base64.b64decode(os.environ["FUZZ_SECRET"].removeprefix("whsec_"))
CHANNEL = "fuzz"


class StandardWebhooks(requests.auth.AuthBase):
    """Signs whatever bytes are about to be sent, with the id and time that the request has or new ones."""

    def __call__(self, request):
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        message_id = str(uuid.uuid4())
        timestamp = str(int(time.time()))
        signed = f"{message_id}.{timestamp}.".encode() + body
        code = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
        request.headers["webhook-id"] = message_id
        request.headers["webhook-timestamp"] = timestamp
        request.headers["webhook-signature"] = f"v1,{code}"
        return request


if os.environ.get("FUZZ_SIGNED") == "1":
    schemathesis.auth.set_from_requests(StandardWebhooks())


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Seven of eight posts go to the channel that exists."""
    if path_parameters and hash(str(path_parameters)) % 8:
        path_parameters["channel"] = CHANNEL
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Makes the sums right where the parts are, so that some orders are taken."""
    if not isinstance(body, dict):
        return body
    order = body.get("data") if isinstance(body.get("data"), dict) else body
    if isinstance(order.get("channel"), str):
        order["channel"] = CHANNEL
    lines = order.get("lines")
    try:
        order["total"] = sum(line["quantity"] * line["unitPrice"] - line.get("discount", 0) for line in lines)
        for number, line in enumerate(lines):
            line["lineId"] = str(number)
    except (AttributeError, KeyError, TypeError):
        pass
    return body
