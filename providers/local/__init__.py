"""The embedded providers: models that run on this machine and tell nobody about it."""

import os

# onnxruntime reports its use to its maker from native code, from the first import on, unless it
# is told not to before that. Nothing may leave this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
