"""An API for tests: a text's vector counts its letters; and a wire that answers by a script."""

import json
import threading

from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.info import Limits, Model, ProviderInfo, Rate
from providers.transport.api import HostedApi, ParsedAnswer, numbers_in
from providers.transport.call_context import CallContext, RetryPolicy
from providers.transport.call_log import CallLog
from providers.transport.credentials import Credentials, Secret
from providers.transport.failure import Rule
from providers.transport.http import Answer
from providers.transport.request import PictureData, Request

ADDRESS = "https://letters.example.org"
MODEL = Model(
    "letters",
    (3,),
    max_tokens=8,
    source="this file",
    picture_side=512,
    limits=Limits(10, 1.0, source="this file"),
)


def info(**more):
    return ProviderInfo(
        **{
            "id": "letters",
            "title": "Letters",
            "models": (MODEL,),
            "version": "1",
            "embedded": False,
            "concurrency": 4,
            **more,
        }
    )


class LetterApi(HostedApi):
    """Rows in the order of the inputs, and what was counted."""

    info = info()
    base_url = ADDRESS
    rules = (
        Rule((403,), "expired", FailureKind.EXPIRED, Action.RENEW, "It has run out."),
        Rule((429,), "at once", FailureKind.RATE, Action.RETRY, "Slow.", lower_concurrency=True),
        Rule((429,), "pace", FailureKind.RATE, Action.RETRY, "Slow.", calls_a_second=50.0),
        Rule((504,), "", FailureKind.SERVICE, Action.RETRY, "Too much.", split_first=True),
    )

    def request_for(self, setup, batch, credentials):
        return Request(
            "/embed",
            json=[
                item.text if item.modality is Modality.TEXT else PictureData(item) for item in batch
            ],
        )

    def read(self, setup, batch, answer):
        return ParsedAnswer(answer["rows"], numbers_in(answer.get("usage")))

    def remaining(self, headers):
        return headers.get("left", "")


class CrowdedApi(LetterApi):
    """The same, where the provider counts calls by the caller's address."""

    info = info(rate=Rate(1000, 60.0, source="this file", per_address=True))


def row_of(text):
    return [float(text.count(letter)) for letter in "ab"] + [1.0]


def good(request, usage=None):
    """The proper answer to a request."""
    rows = [row_of(entry) if isinstance(entry, str) else [0, 0, 2.0] for entry in request.json]
    return answer(200, {"rows": rows, "usage": usage or {"tokens": len(rows)}})


def answer(status, body=b"", **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, names, data, seconds=0.5, sent_bytes=20)


class FakeHttp:
    """Stands for the network: `script` says what comes back, request by request, then `good`.

    An entry of the script is an answer, a failure, or a function of the request.
    """

    def __init__(self, *script, usual=good):
        self.script, self.usual = list(script), usual
        self.requests, self.keys = [], []
        self._lock = threading.Lock()

    def send(self, request, authorization):
        with self._lock:
            self.requests.append(request)
            next_one = self.script.pop(0) if self.script else self.usual
        return next_one(request) if callable(next_one) else next_one

    @property
    def calls(self):
        return len(self.requests)


class RecordingEvent(threading.Event):
    """A cancel event that writes down how long somebody would have waited, and goes on at once."""

    def __init__(self):
        super().__init__()
        self.waits = []

    def wait(self, timeout=None):
        self.waits.append(timeout)
        return self.is_set()


PATIENCE = RetryPolicy(first_wait=1.0, longest_wait=60.0, tries=5)


def context_of(key="a key", **more):
    credentials = Credentials("letters", {"api_key": Secret(key)})
    return CallContext(credentials, log=CallLog(), **{"retry_policy": PATIENCE, **more})
