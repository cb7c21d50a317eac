"""For each API a request that its documentation allows, and how to send it to a stand-in."""

import base64
import io

import requests
from PIL import Image


def _jpeg():
    memory = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 40, 40)).save(memory, "JPEG")
    return memory.getvalue()


PICTURE = _jpeg()
RAW = base64.b64encode(PICTURE).decode()
URI = f"data:image/jpeg;base64,{RAW}"
VERTEX_PATH = (
    "/v1/projects/a-project/locations/us-central1/publishers/google/models"
    "/multimodalembedding@001:predict"
)
GEMINI = "/v1beta/models/gemini-embedding-2"


def gemini_request(part):
    return {"model": "models/gemini-embedding-2", "content": {"parts": [part]}}


def voyage_input(text):
    return {"content": [{"type": "text", "text": text}]}


# provider -> (path, right body, where its vectors are, dimension)
RIGHT = {
    "nomic": (
        "/v1/embedding/text",
        {
            "model": "nomic-embed-text-v1.5",
            "task_type": "search_query",
            "texts": ["a kite", "a cat"],
        },
        lambda body: body["embeddings"],
        768,
    ),
    "jina": (
        "/v1/embeddings",
        {
            "model": "jina-clip-v2",
            "normalized": True,
            "dimensions": 512,
            "input": [{"text": "a kite"}, {"image": RAW}],
        },
        lambda body: [entry["embedding"] for entry in body["data"]],
        512,
    ),
    "vertex": (
        VERTEX_PATH,
        {
            "instances": [{"text": "a kite", "image": {"bytesBase64Encoded": RAW}}],
            "parameters": {"dimension": 256},
        },
        lambda body: [body["predictions"][0][name] for name in ("textEmbedding", "imageEmbedding")],
        256,
    ),
    "gemini": (
        f"{GEMINI}:batchEmbedContents",
        {
            "requests": [
                gemini_request({"text": "a kite"}),
                gemini_request({"inline_data": {"mime_type": "image/jpeg", "data": RAW}}),
            ]
        },
        lambda body: [entry["values"] for entry in body["embeddings"]],
        3072,
    ),
    "cohere": (
        "/v2/embed",
        {
            "model": "embed-v4.0",
            "input_type": "search_document",
            "embedding_types": ["float"],
            "inputs": [
                {"content": [{"type": "text", "text": "a kite"}]},
                {"content": [{"type": "image_url", "image_url": {"url": URI}}]},
            ],
        },
        lambda body: body["embeddings"]["float"],
        1536,
    ),
    "voyage": (
        "/v1/multimodalembeddings",
        {
            "model": "voyage-multimodal-3.5",
            "input_type": "query",
            "inputs": [
                voyage_input("a kite"),
                {"content": [{"type": "image_base64", "image_base64": URI}]},
            ],
        },
        lambda body: [entry["embedding"] for entry in body["data"]],
        1024,
    ),
}


def post(stand_in, body=None, *, path=None, key=None, **more):
    right_path, right_body, _, _ = RIGHT[stand_in.provider]
    key = stand_in.key if key is None else key
    headers = {"Authorization": f"Bearer {key}"}
    if stand_in.provider == "gemini":
        headers = {"x-goog-api-key": key}
    if not more:
        more = {"json": right_body if body is None else body}
    return requests.post(
        stand_in.address + (path or right_path), headers=headers, timeout=30, **more
    )


def vectors(stand_in, response):
    return RIGHT[stand_in.provider][2](response.json())
