"""Companion: a voice-first companion that lives on your own computer."""

import os

# onnxruntime reports its use to its maker unless told not to. Nothing here may reach the network unasked.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
