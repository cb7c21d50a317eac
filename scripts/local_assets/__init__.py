"""Builds the files of the embedded models."""

import providers.local  # noqa: F401 - switches off what onnxruntime would report, before its import
