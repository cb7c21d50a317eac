"""Vertex AI: what stands on the wire, and what is read from it."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from collection.embeddings import ItemFailure
from providers.connection import connect
from providers.errors import (
    MissingCredentials,
    ProviderFailed,
    UnusableCredential,
    UnusableEndpoint,
)
from providers.failure_kind import FailureKind
from providers.hosted.vertex import VERTEX
from providers.transport.credentials import find_credentials
from stand_ins import ERROR_CASES
from stand_ins.faults import MissingField, NotFinite, Status
from stand_ins.google import error_body
from stand_ins.vertex import VertexStandIn
from tests.providers.hosted.asking import answers_of, embedder_at, parts_of, picture, text

PATH = (
    "/v1/projects/a-project/locations/us-central1/publishers/google/models"
    "/multimodalembedding@001:predict"
)
API = VERTEX.api


@pytest.fixture
def server():
    with VertexStandIn() as running:
        yield running


@pytest.fixture
def embedder(server):
    return embedder_for(server)


def embedder_for(server, **options):
    given = {"access_token": server.key, "project": "a-project", **options}
    return embedder_at(server.address, VERTEX, **given)[0]


def couple(number):
    return text(f"caption {number}"), picture(f"#{number}00000")


def pairs_of(*pairs_in_one_call):
    return [(caption.item_id, shown.item_id) for caption, shown in pairs_in_one_call]


def test_a_text_is_one_instance_with_nothing_else(server, embedder):
    (vector,) = answers_of(embedder, text("a red kite")).values()
    (call,) = server.received
    assert (call.method, call.path, call.query) == ("POST", PATH, {})
    assert call.json == {"instances": [{"text": "a red kite"}], "parameters": {"dimension": 1408}}
    assert call.headers["Authorization"] == f"Bearer {server.key}"
    assert call.headers["Content-Type"] == "application/json"
    assert (vector.shape, vector.dtype) == ((1408,), np.float32)


def test_a_picture_is_raw_base64_and_goes_without_a_text(server, embedder):
    red = picture("red")
    answers_of(embedder, red)
    (instance,) = server.received[0].json["instances"]
    assert instance == {
        "image": {
            "bytesBase64Encoded": base64.b64encode(red.jpeg).decode(),
            "mimeType": "image/jpeg",
        }
    }


def test_a_picture_is_sent_at_most_512_pixels_long(server, embedder):
    answers_of(embedder, picture("red", side=513))
    (instance,) = server.received[0].json["instances"]
    sent = base64.b64decode(instance["image"]["bytesBase64Encoded"])
    with Image.open(io.BytesIO(sent)) as image:
        assert (image.size, image.format) == ((512, 512), "JPEG")


@pytest.mark.parametrize("dimension", [1408, 512, 256, 128])
def test_a_dimension_is_asked_for_beside_the_instance(server, dimension):
    embedder = embedder_for(server, dimension=dimension)
    (vector,) = answers_of(embedder, text("a kite")).values()
    assert server.received[0].json["parameters"] == {"dimension": dimension}
    assert vector.shape == (dimension,)


def test_five_pairs_take_five_calls_for_ten_vectors_which_are_those_of_single_calls(server):
    pairs_in_one_call = [couple(number) for number in range(5)]
    everything = [item for both in pairs_in_one_call for item in both]
    parts = parts_of(embedder_for(server), *everything, pairs=pairs_of(*pairs_in_one_call))
    assert len(server.received) == len(parts) == 5
    assert all({*call.json["instances"][0]} == {"text", "image"} for call in server.received)
    together = {i.item_id: a for p in parts for i, a in zip(p.inputs, p.answers, strict=True)}
    server.forget()
    alone = answers_of(embedder_for(server), *everything)
    assert len(server.received) == 10
    assert together.keys() == alone.keys()
    assert all(np.array_equal(together[name], alone[name]) for name in alone)
    assert len({vector.tobytes() for vector in alone.values()}) == 10


def test_a_caption_of_three_pictures_takes_three_calls(server, embedder):
    caption, pictures = text("red"), [picture("red", side) for side in (10, 20, 30)]
    pairs = [(caption.item_id, one.item_id) for one in pictures]
    found = answers_of(embedder, caption, *pictures, pairs=pairs)
    assert len(server.received) == 3
    assert sum("text" in call.json["instances"][0] for call in server.received) == 1
    assert len(found) == 4


def test_two_texts_never_share_a_call(server, embedder):
    answers_of(embedder, text("a kite"), text("a cat"))
    assert [len(call.json["instances"]) for call in server.received] == [1, 1]


def test_of_a_refused_pair_only_the_bad_one_is_lost(server, embedder):
    caption, shown = couple(1)
    refusal = Status(400, error_body(400, "The text cannot be used."))
    server.misbehave(refusal, times=None, when=lambda call: b"caption 1" in call.body)
    found = answers_of(embedder, caption, shown, pairs=pairs_of((caption, shown)))
    assert isinstance(found[caption.item_id], ItemFailure)
    assert "The text cannot be used" in found[caption.item_id].reason
    assert found[shown.item_id].shape == (1408,)
    assert len(server.received) == 3


def test_of_a_pair_with_one_broken_vector_only_that_one_is_asked_for_again(server, embedder):
    both = couple(1)
    server.misbehave(NotFinite(row=1))
    found = answers_of(embedder, *both, pairs=pairs_of(both))
    assert [*server.received[1].json["instances"][0]] == ["image"]
    assert len(server.received) == 2
    assert all(np.isfinite(vector).all() for vector in found.values())


def test_a_picture_without_a_vector_is_asked_for_alone_and_costs_its_caption_nothing(
    server, embedder
):
    both = couple(1)
    server.misbehave(MissingField(row=1))
    found = answers_of(embedder, *both, pairs=pairs_of(both))
    assert [len(vector) for vector in found.values()] == [embedder.setup.dimension] * 2
    assert len(server.received) == 2
    assert "text" not in server.received[1].json["instances"][0]


@pytest.mark.parametrize("case", ERROR_CASES["vertex"], ids=lambda case: case.name)
def test_each_documented_error_is_told_apart(case):
    failure = API.explain(case.status, case.headers, case.fault(None, None).encoded()[1])
    assert failure.kind is FailureKind[case.kind.upper()]
    assert failure.action == case.action


@pytest.mark.parametrize(
    ("reason", "status", "said"),
    [
        ("ACCESS_TOKEN_EXPIRED", 401, "gcloud auth print-access-token"),
        ("ACCESS_TOKEN_EXPIRED", 401, "one hour"),
        ("CREDENTIALS_MISSING", 401, "Use OAuth, not an API key"),
        ("IAM_PERMISSION_DENIED", 403, "roles/aiplatform.user"),
        ("IAM_PERMISSION_DENIED", 403, "project id"),
        ("SERVICE_DISABLED", 403, "services enable aiplatform.googleapis.com"),
        ("BILLING_DISABLED", 403, "console.cloud.google.com/billing"),
    ],
)
def test_a_failure_says_what_to_do(server, embedder, reason, status, said):
    server.misbehave(Status(status, error_body(status, "No.", reason)), times=None)
    with pytest.raises(ProviderFailed) as caught:
        answers_of(embedder, text("a kite"))
    assert said in str(caught.value)
    assert len(server.received) == 1


def test_a_region_with_a_smaller_quota_slows_the_calls_to_the_least_that_any_has(
    server, embedder, paces
):
    server.misbehave(Status(429, error_body(429, "Quota exceeded.")))
    answers_of(embedder, text("a kite"))
    assert paces == [120 / 60]


def test_a_pasted_token_that_has_run_out_ends_it(server):
    server.expired.add("old-token")
    with pytest.raises(ProviderFailed, match="run out") as caught:
        answers_of(embedder_for(server, access_token="old-token"), text("a kite"))
    assert len(server.received) == 1
    assert "old-token" not in str(caught.value)


def test_connect_asks_where_vertex_base_url_says_and_sends_no_api_key(server, monkeypatch):
    monkeypatch.setenv("VERTEX_BASE_URL", server.address)
    monkeypatch.setenv("GOOGLE_API_KEY", "AIza-not-for-vertex")
    monkeypatch.setenv("GEMINI_API_KEY", "AIza-nor-this")
    connection = connect("vertex", access_token=server.key, project="a-project")
    rows = connection.embed_texts(["a kite", "a cat"])
    assert rows.shape == (2, 1408)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    for call in server.received:
        assert call.query == {}
        assert "x-goog-api-key" not in call.headers
        assert not any("AIza" in value for value in call.headers.values())


def test_project_and_region_come_from_the_environment():
    environment = {"GOOGLE_CLOUD_PROJECT": "other", "PROJECT_ID": "mine-1"}
    found = find_credentials(API.info, {}, environment=environment)
    assert (found.value("project"), found.value("region")) == ("mine-1", "us-central1")
    assert API.base_url_for(found) == "https://us-central1-aiplatform.googleapis.com"
    environment["GOOGLE_CLOUD_LOCATION"] = "europe-west4"
    found = find_credentials(API.info, {}, environment=environment)
    assert API.base_url_for(found) == "https://europe-west4-aiplatform.googleapis.com"
    request = API.request_for(API.info.setup(), (text("a"),), found)
    assert request.path.startswith("/v1/projects/mine-1/locations/europe-west4/")


def test_a_project_of_a_domain_is_quoted_in_the_path(server):
    answers_of(embedder_for(server, project="example.com:proj"), text("a kite"))
    assert "/projects/example.com:proj/" in server.received[0].path
    given = {"project": "example.com:proj"}
    found = find_credentials(API.info, given, environment={})
    request = API.request_for(API.info.setup(), (text("a"),), found)
    assert "/projects/example.com%3Aproj/" in request.path


@pytest.mark.parametrize(
    "given",
    [
        {"region": "evil.example/x"},
        {"region": "us-central1.evil.example"},
        {"region": "us-central1@evil"},
        {"region": "US-central1"},
        {"region": "-aiplatform"},
        {"region": "a" * 60},  # longer than a part of a host may be
        {"project": "a/../b"},
        {"project": "../b"},
        {"project": "My First Project"},
        {"project": "a?key=b"},
    ],
    ids=str,
)
def test_a_project_or_region_that_could_lead_elsewhere_is_refused(given):
    with pytest.raises(UnusableCredential):
        find_credentials(API.info, {"project": "a-project", **given}, environment={})


@pytest.mark.parametrize("project", ["p", "P1", "my_project", "123456", "example.com:proj"])
@pytest.mark.parametrize("region", ["us-central1", "global", "northamerica-northeast1"])
def test_whatever_is_spelled_like_a_project_or_a_region_is_left_to_google_to_judge(project, region):
    found = find_credentials(API.info, {"project": project, "region": region}, environment={})
    assert (found.value("project"), found.value("region")) == (project, region)


def test_what_google_calls_global_is_no_part_of_the_host():
    found = find_credentials(API.info, {"project": "p", "region": "global"}, environment={})
    assert API.base_url_for(found) == "https://aiplatform.googleapis.com"


def test_a_project_that_cannot_be_one_is_shown_with_what_one_looks_like():
    with pytest.raises(
        UnusableEndpoint, match=r"“My First Project”.*small letters, digits"
    ) as caught:
        find_credentials(API.info, {"project": "My First Project"}, environment={})
    assert "line break" not in str(caught.value)


def test_without_a_project_it_is_said_where_one_is_looked_for():
    with pytest.raises(MissingCredentials, match="PROJECT_ID or GOOGLE_CLOUD_PROJECT"):
        find_credentials(API.info, {"access_token": "t"}, environment={})


def test_a_call_counts_the_characters_and_pictures_that_it_is_billed_for(server):
    given = {"access_token": server.key, "project": "a-project"}
    embedder, log = embedder_at(server.address, VERTEX, **given)
    both = text("0123456789"), picture("red")
    answers_of(embedder, *both, pairs=pairs_of(both))
    assert log.calls[0].dollars == pytest.approx(0.0001 + 10 * 0.0002 / 1000)
