"""A fresh Python embeds texts and pictures while every socket call is watched."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SWITCH = "ORT_DISABLE_TELEMETRY"
ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, sys, time
import urllib3  # binds a socket to this machine as it is imported, to see whether there is IPv6
sockets = []
sys.addaudithook(lambda event, _: sockets.append(event) if event.startswith("socket.") else None)
from PIL import Image
from providers.local.models import LOCAL_MODELS
lazy = "onnxruntime" not in sys.modules
for model in LOCAL_MODELS.values():
    model.embed_texts(["a cat"])
    model.embed_pictures([Image.new("RGB", (30, 20), "orange")])
heavy = sorted({"torch", "transformers", "tokenizers", "onnx", "streamlit"} & set(sys.modules))
ran = "onnxruntime" in sys.modules
time.sleep(3)  # a report would be under way by now
print(json.dumps({"sockets": sockets, "lazy": lazy, "heavy": heavy, "ran": ran}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A new home; onnxruntime leaves its identifier there before it reports its use."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def facts(home):
    places = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA"), str(home))
    # In CI onnxruntime keeps quiet by itself, so this must not look like CI.
    usual = {name: value for name, value in os.environ.items() if name not in {"CI", SWITCH}}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=usual | places,
    )
    return json.loads(done.stdout)


def test_no_socket_is_opened(facts):
    assert facts["ran"]
    assert facts["sockets"] == []


def test_the_runtime_s_own_reports_are_switched_off_before_it_is_imported(facts, home):
    assert facts["ran"]
    assert list(home.rglob("*")) == []


def test_neither_torch_nor_transformers_is_imported(facts):
    assert facts["heavy"] == []


def test_nothing_heavy_happens_at_import_time(facts):
    assert facts["lazy"]


def test_the_watch_would_see_a_socket():
    program = PROGRAM.replace("from PIL import Image", "import socket; socket.socket().close()", 1)
    program = program.split("from providers")[0] + "print(sockets)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "socket.__new__" in done.stdout
