"""Rules that only one of the APIs has."""

import numpy as np
import pytest
import requests

from stand_ins.gemini import GEMINI, gemini_request
from stand_ins.right_request import PICTURE, RAW, URI, post
from stand_ins.vertex import VERTEX_PATH
from stand_ins.voyage import voyage_input


def one(provider):
    return pytest.mark.parametrize("stand_in", [provider], indirect=True)


@one("nomic")
def test_nomic_takes_pictures_as_files_of_a_form(stand_in):
    path, data = "/v1/embedding/image", {"model": "nomic-embed-vision-v1.5"}
    files = [("images", ("a.jpg", PICTURE, "image/jpeg"))] * 2
    response = post(stand_in, path=path, files=files, data=data)
    assert np.shape(response.json()["embeddings"]) == (2, 768)
    part = next(part for part in stand_in.received[-1].parts if part.name == "images")
    assert (part.data, part.filename, part.content_type) == (PICTURE, "a.jpg", "image/jpeg")
    as_the_official_client = [("images", PICTURE)]
    response = post(stand_in, path=path, files=as_the_official_client, data=data)
    assert response.status_code == 200
    assert post(stand_in, path=path, files=[("images", b"?")], data=data).status_code == 400
    without_filename = [("images", (None, PICTURE))]
    assert post(stand_in, path=path, files=without_filename, data=data).status_code == 422
    assert post(stand_in, path=path, data=data).status_code == 400
    assert post(stand_in, path=path, json={"images": [RAW]}).status_code == 422


@one("nomic")
def test_nomic_tells_the_official_client_who_it_is(stand_in):
    headers = {"Authorization": f"Bearer {stand_in.key}"}
    response = requests.get(stand_in.address + "/v1/user", headers=headers, timeout=30)
    assert response.status_code == 200
    assert isinstance(response.json(), dict)


@one("nomic")
def test_nomic_without_a_model_embeds_with_v1(stand_in):
    assert post(stand_in, {"texts": ["a"]}).json()["model"] == "nomic-embed-text-v1"
    body = {"texts": ["a"], "dimensionality": 256}
    assert post(stand_in, body).status_code == 400
    body["model"] = "nomic-embed-text-v1.5"
    assert np.shape(post(stand_in, body).json()["embeddings"]) == (1, 256)


@one("jina")
def test_jina_chooses_its_schema_by_the_model(stand_in):
    def status(model, **fields):
        return post(stand_in, {"model": model, "input": ["a"], **fields}).status_code

    assert status("jina-clip-v1", normalized=True) == 200
    assert status("jina-clip-v1", task="retrieval.query") == 422
    assert status("jina-clip-v1", dimensions=768) == 422
    assert status("jina-clip-v2", task="retrieval.query") == 200
    assert status("jina-clip-v2", task="retrieval.passage") == 422
    assert status("jina-clip-v2", dimensions=1025) == 422
    assert status("jina-embeddings-v4", normalized=True) == 422
    assert status("jina-embeddings-v4", task="code.query", dimensions=2048) == 200
    assert status("jina-embeddings-v5-omni-nano", task="clustering") == 200
    assert status("jina-clip-v3") == 400


@one("jina")
def test_jina_takes_a_picture_as_base64_data_uri_and_address(stand_in):
    for image in (RAW, URI, "https://example.org/a.jpg"):
        body = {"model": "jina-clip-v2", "input": [{"image": image}]}
        assert post(stand_in, body).status_code == 200
    for item in ({"image": "a.jpg"}, {"bytes": RAW}, {"url": URI}, {"text": "a", "image": RAW}):
        assert post(stand_in, {"model": "jina-clip-v2", "input": [item]}).status_code == 422


@one("jina")
def test_jina_says_what_a_request_cost_and_what_is_left(stand_in):
    response = post(stand_in)
    usage = response.json()["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["image_tokens"]
    assert usage["image_tokens"] == 8000  # 600 x 400 pixels are two tiles of 512 x 512
    assert response.headers["X-RateLimit-Remaining-Requests"] == "99"
    assert "X-RateLimit-Remaining-Tokens" in response.headers


@one("vertex")
def test_vertex_takes_a_token_and_no_api_key(stand_in):
    body = {"instances": [{"text": "a"}]}
    alone = requests.post(
        stand_in.address + VERTEX_PATH + f"?key={stand_in.key}", json=body, timeout=30
    )
    assert alone.status_code == 401
    assert alone.json()["error"]["details"][0]["reason"] == "CREDENTIALS_MISSING"
    assert post(stand_in, body, path=VERTEX_PATH + "?key=k").status_code == 400
    stand_in.expired.add("old")
    late = post(stand_in, body, key="old")
    assert late.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_EXPIRED"


@one("vertex")
def test_vertex_vectors_are_not_of_unit_length_and_texts_end_after_32_tokens(stand_in):
    words = " ".join(f"w{at}" for at in range(32))
    [shorter], [longer] = (
        post(stand_in, {"instances": [{"text": text}]}).json()["predictions"]
        for text in (words, words + " more")
    )
    assert set(shorter) == {"textEmbedding"}
    assert shorter == longer
    assert np.linalg.norm(shorter["textEmbedding"]) == pytest.approx(3.0, abs=1e-4)


@pytest.mark.parametrize(
    ("stand_in", "body"),
    [
        ("vertex", {"instances": [{"image": {"bytesBase64Encoded": URI}}]}),
        ("vertex", {"instances": [{"image": {"gcsUri": "https://example.org/a.jpg"}}]}),
        ("vertex", {"instances": [{"text": "a"}], "parameters": {"dimension": 300}}),
        (
            "gemini",
            {
                "requests": [
                    gemini_request({"inline_data": {"mime_type": "image/jpeg", "data": URI}})
                ]
            },
        ),
        ("cohere", {"model": "embed-v4.0", "input_type": "image", "images": [RAW]}),
        (
            "cohere",
            {"model": "embed-v4.0", "input_type": "image", "images": [URI], "texts": ["a"]},
        ),
        (
            "voyage",
            {
                "model": "voyage-multimodal-3.5",
                "inputs": [{"content": [{"type": "image_base64", "image_base64": RAW}]}],
            },
        ),
        (
            "voyage",
            {
                "model": "voyage-multimodal-3",
                "inputs": [voyage_input("a")],
                "output_dimension": 256,
            },
        ),
    ],
    indirect=["stand_in"],
)
def test_what_an_api_does_not_document_is_refused(stand_in, body):
    assert post(stand_in, body).status_code == 400


@one("gemini")
def test_gemini_fuses_the_parts_of_one_content(stand_in):
    body = {
        "content": {
            "parts": [
                {"text": "a"},
                {"inlineData": {"mimeType": "image/jpeg", "data": RAW}},
            ]
        },
        "outputDimensionality": 768,
    }
    response = post(stand_in, body, path=f"{GEMINI}:embedContent")
    assert np.shape(response.json()["embedding"]["values"]) == (768,)
    assert post(stand_in, {**body, "task_type": "CLUSTERING"}).status_code == 400


@one("cohere")
def test_cohere_embeds_raw_base64_among_texts_as_text(stand_in):
    body = {"model": "embed-v4.0", "input_type": "search_query", "output_dimension": 256}
    answer = post(stand_in, {**body, "texts": [RAW]}).json()
    assert set(answer) == {"id", "embeddings", "texts", "images", "meta"}
    assert np.shape(answer["embeddings"]["float"]) == (1, 256)
