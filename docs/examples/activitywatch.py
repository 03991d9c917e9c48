#!/usr/bin/env python3
"""A hook that tells a local ActivityWatch of breaks, prompts, postures and pauses.

Copy it to a place of yours and name it in the settings:

    [hooks]
    break_ended = ["python3", "~/bin/activitywatch.py"]
    prompt = ["python3", "~/bin/activitywatch.py"]
    posture = ["python3", "~/bin/activitywatch.py"]

Each event becomes one event of the bucket `deskbreak_HOSTNAME`; what has a length ends where the
event says so. Another address than http://127.0.0.1:5600 goes behind the file name. It needs
nothing but Python.
"""

import json
import socket
import sys
import urllib.error
import urllib.request
from datetime import datetime, timedelta

CLIENT = "deskbreak"
TIMEOUT_S = 5


def main() -> str | None:
    """Read the event on standard input and hand it on; what is returned is what went amiss."""
    event = json.load(sys.stdin)
    server = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5600").rstrip("/")
    host = socket.gethostname()
    bucket = f"{server}/api/0/buckets/{CLIENT}_{host}"
    try:
        make_bucket(bucket, host)
        post(f"{bucket}/events", [as_activity(event)])
    except OSError as reason:
        return f"ActivityWatch at {server} does not answer: {reason}"
    return None


def as_activity(event: dict) -> dict:
    """An event of ActivityWatch: when it began, how long it was, what it is."""
    ended = datetime.fromisoformat(event.pop("wall"))
    seconds = event.get("length_s", event.get("away_s", 0))
    title = event.get("routine") or event.get("to") or event.get("reason") or event.get("kind")
    return {
        "timestamp": (ended - timedelta(seconds=seconds)).isoformat(),
        "duration": seconds,
        "data": {"title": title or event["event"], **event},
    }


def make_bucket(url: str, host: str) -> None:
    """Make the bucket; one that is there already answers 304, which is fine."""
    try:
        post(url, {"client": CLIENT, "type": "app.deskbreak.activity", "hostname": host})
    except urllib.error.HTTPError as answer:
        if answer.code != 304:
            raise


def post(url: str, content: object) -> None:
    """Send JSON. Raises OSError."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(content).encode(), headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as reply:
        reply.read()


if __name__ == "__main__":
    sys.exit(main())
